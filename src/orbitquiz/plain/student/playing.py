"""In a room, line by line: what it shows is said, and what is typed is answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from math import ceil

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import FINAL, Client, Lost, Update
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.options import option_lines, picked
from orbitquiz.plain.standings import head
from orbitquiz.plain.student import verdict
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

KEYS = (
    "1 to 4, a letter from a, or the words of an answer: answer.",
    "Enter: what is waited for, and how many seconds are left.",
    "q: leave. You can come back.",
    "?: these keys.",
)
_TRIED = "It is tried again; a for another address, q to leave."
_GOES_ON = "Waiting for the host to go on."
_SETTLED = 3.0  # seconds in which a room says what became of an answer


class Left(Exception):
    """The player leaves."""


class Playing:
    """What a player knows of the room, from its messages alone."""

    def __init__(self, conversation: AsyncConsole, address: str, clock: Callable[[], float]) -> None:
        self._talk = conversation
        self._address = address
        self._clock = clock
        self._client: Client | None = None
        self._seqs = itertools.count(1)
        self.welcome: protocol.Welcome | None = None
        self.refusal: protocol.Refusal | None = None
        """Why the visit has ended."""
        self.ended: protocol.EndedMessage | None = None
        self._lobby: protocol.Lobby | None = None  # while the game has not begun
        self._question: protocol.QuestionOut | None = None  # while one is open
        self._ends_at: float | None = None  # when its time is up, by the clock
        self._sent: int | None = None  # the answer of which nothing was heard yet
        self._said: tuple[str, int] | None = None  # the moment that was said last
        self._is_lost = False
        self._is_back = False  # and how the room stands has not been said since

    def begin(self, client: Client, address: str) -> None:
        """A new visit begins, by `client`."""
        self._client = client
        self._address = address
        self.refusal = None
        self._sent = None
        self._is_lost = False

    @property
    def is_at_the_door(self) -> bool:
        """Whether there is no connection to a room in which the player has never been."""
        return self.welcome is None and self._is_lost

    @property
    def is_timed(self) -> bool:
        """Whether there is a timer in the room."""
        return self.welcome is not None and self.welcome.timer is not None

    # What the room says.

    def take(self, update: Update) -> None:
        """Say what is new."""
        match update:
            case Lost(why):
                self._lose(why)
            case protocol.Welcome():
                self._enter(update)
            case protocol.Named(name=name):
                self._talk.say(f"The host has given you another name: {line_of(name)}.")
            case protocol.Refusal():
                self._be_refused(update)
            case protocol.Accepted():
                self._be_accepted(update)
            case protocol.Clock():
                self._set_clock(update)
            case protocol.Lobby() | protocol.QuestionOut() | protocol.RevealOut() | protocol.SkippedMessage():
                self._see(update)
            case protocol.EndedMessage():
                self.ended = update
                self._talk.say()
                self._talk.say_all(verdict.end_lines(update))
            case _:
                pass  # what only a host is told

    def _lose(self, why: str) -> None:
        if self._is_lost:
            return
        self._is_lost = True
        if self.welcome is None:
            self._talk.say(f"{self._address} cannot be reached ({why}). {_TRIED}")
        else:
            self._talk.say(f"The connection is lost ({why}). It is tried again.")

    def _enter(self, welcome: protocol.Welcome) -> None:
        if self.welcome is not None and self._is_lost:
            self._talk.say("Connected again.")
        else:
            self._talk.say_all(verdict.welcome_lines(welcome))
        self.welcome = welcome
        self._is_lost, self._is_back = False, True

    def _be_refused(self, refusal: protocol.Refusal) -> None:
        if refusal.seq is None and refusal.reason in FINAL:
            self.refusal = refusal
            return
        self._talk.say(refusal.text)
        if refusal.seq == self._sent:
            self._sent = None

    def _be_accepted(self, accepted: protocol.Accepted) -> None:
        if accepted.seq == self._sent:
            self._sent = None
        question = self._question
        if question and question.number == accepted.number and question.picked != accepted.option:
            self._question = question.model_copy(update={"picked": accepted.option})
            self._talk.say(self._waiting)

    def _see(self, state: protocol.Lobby | protocol.QuestionOut | protocol.RevealOut | protocol.SkippedMessage) -> None:
        """Say how the room stands, unless that was said already."""
        before, self._lobby, self._question = self._question, None, None
        said = self._said
        match state:
            case protocol.Lobby():
                self._lobby = state
                self._say_once("lobby", 0, lambda: [self._waiting])
            case protocol.QuestionOut():
                self._question = state
                self._start_clock(state.left, is_paused=state.is_paused)
                if state.is_paused:  # nobody is to think about it meanwhile
                    if before is None or not before.is_paused:
                        self._talk.say(self._waiting)
                        self._is_back = False
                else:
                    self._say_once("question", state.number, self._question_lines)
            case protocol.RevealOut():
                self._sent = None
                self._say_once("reveal", state.question.number, lambda: self._reveal_lines(state, said))
            case protocol.SkippedMessage(number=number):
                self._sent = None
                taken_back = f"The host has taken question {number} back. It counts for nobody."
                self._say_once("skipped", number, lambda: [taken_back, _GOES_ON])
        if self._is_back and said == self._said:
            self._talk.say(self._waiting)
        self._is_back = False

    def _say_once(self, what: str, number: int, lines: Callable[[], Iterable[str]]) -> None:
        if self._said != (what, number):
            self._said = (what, number)
            self._talk.say_all(lines(), hang=3 if what == "question" else 0)

    def _question_lines(self) -> Iterable[str]:
        assert self._question is not None
        yield ""
        yield head(self._question)
        yield self._question.stem
        yield from option_lines(option.text for option in self._question.options)
        yield self._waiting

    def _reveal_lines(self, reveal: protocol.RevealOut, said: tuple[str, int] | None) -> Iterable[str]:
        if said != ("question", reveal.question.number):
            yield ""
            yield head(reveal.question)
            yield reveal.question.stem
        yield from verdict.verdict_lines(reveal, is_timed=self.is_timed)
        yield verdict.place_line(reveal.yours)
        yield _GOES_ON

    def _set_clock(self, clock: protocol.Clock) -> None:
        question = self._question
        if question is None or question.number != clock.number:
            return
        changes = {"limit": clock.limit, "left": clock.left, "is_paused": clock.is_paused}
        self._question = question.model_copy(update=changes)
        self._start_clock(clock.left, is_paused=clock.is_paused)
        if clock.limit != question.limit:
            self._talk.say("The host gives you more time.")
        if not clock.is_paused and self._said != ("question", clock.number):
            self._say_once("question", clock.number, self._question_lines)  # it was paused when the player came
        else:
            self._talk.say(self._waiting)

    def _start_clock(self, left: float | None, *, is_paused: bool) -> None:
        self._ends_at = None if left is None or is_paused else self._clock() + left

    # What the player types.

    async def do(self, line: str) -> None:
        """Do what a line says. Raises `Left`."""
        match line.strip().casefold():
            case "q":
                raise Left
            case "?":
                self._talk.say_all(KEYS, hang=3)
            case "":
                self._talk.say(self._waiting)
            case _:
                await self._answer(line)

    async def _answer(self, line: str) -> None:
        question = self._question
        if question is None or not question.plays or question.is_paused or self._sent or question.picked:
            self._talk.say(self._waiting)
            return
        if (index := picked(line, [option.text for option in question.options])) is None:
            self._talk.say(f"Not understood. {self._waiting}")
            return
        assert self._client is not None
        self._sent = next(self._seqs)
        option = question.options[index].id
        await self._client.send(protocol.AnswerMessage(seq=self._sent, number=question.number, option=option))
        if self._is_lost:
            self._talk.say("Your answer is sent as soon as there is a connection again.")
        else:
            await self._settle()

    async def _settle(self) -> None:
        """Wait for what becomes of the answer: the next line may be the last one."""
        end = self._clock() + _SETTLED
        while self._sent and not self._is_lost and self.refusal is None and (left := end - self._clock()) > 0:
            heard = await self._talk.next(left, typed=False)
            if heard is not None and not isinstance(heard, str):
                self.take(heard)

    @property
    def _waiting(self) -> str:
        """What is waited for, and how long."""
        question = self._question
        if self.welcome is None:
            return f"There is no connection to the room yet. {_TRIED}"
        if self._is_lost:
            return "There is no connection to the room just now. It is tried again; q to leave."
        if question is None:
            if self._lobby is not None:
                return f"Waiting for the host to begin. {counted(self._lobby.players, 'player')} in the room."
            return _GOES_ON
        answered = "" if question.picked is None else f"Answered: {self._picked(question)}. "
        if question.is_paused:
            return f"{answered}The host has paused."
        if not question.plays:
            return "You play from the next question on."
        if answered:
            return f"{answered}Waiting for the others."
        if self._sent is not None:
            return "Your answer is on its way."
        left = "" if self._ends_at is None else f"{counted(self._seconds_left, 'second')} left. "
        return f"{left}Answer 1 to {len(question.options)}:"

    @property
    def _seconds_left(self) -> int:
        return ceil(max((self._ends_at or 0.0) - self._clock(), 0.0))

    def _picked(self, question: protocol.QuestionOut) -> str:
        numbers = (number for number, option in enumerate(question.options, 1) if option.id == question.picked)
        number = next(numbers, None)
        return "yes" if number is None else f"{number}, {line_of(question.options[number - 1].text)}"
