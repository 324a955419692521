"""Playing in a room line by line: what it shows is said, and what is typed is answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from math import ceil

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Client, Lost, Update
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.question import open_lines, option_lines
from orbitquiz.plain.standings import head
from orbitquiz.plain.student import verdict
from orbitquiz.presenter.own_pace import attempt_line, closing, done_line, later_line
from orbitquiz.presenter.player_state import READ_FIRST, PlayerState, View
from orbitquiz.quiz.typed import choices_of, picked
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

KEYS = (
    "1 to 4, a letter from a, or the words of an answer: answer.",
    "Enter: what is waited for, and how many seconds are left; at your own pace, go on.",
    "n: at your own pace, the next question.",
    "q: leave. You can come back.",
    "?: these keys.",
)
_RECONNECTING = "Reconnecting; a for another address, q to leave."
_GOES_ON = "Waiting for the host to go on."
_SETTLED = 3.0  # seconds in which a room says what became of an answer


class Left(Exception):
    """The player leaves."""


class Playing:
    """Says what a room shows a player, and sends the answers that are typed."""

    def __init__(self, conversation: AsyncConsole, address: str, clock: Callable[[], float]) -> None:
        self._talk = conversation
        self._address = address
        self._clock = clock
        self._client: Client | None = None
        self._seqs = itertools.count(1)
        self.state = PlayerState()
        self._said: tuple[str, int] | None = None  # the moment that was said last
        self._stem_said: int | None = None  # the question whose stem was said just before
        self._wanted: protocol.Show | None = None
        self._is_back = False  # connected again, and nothing has been said since

    def begin(self, client: Client, address: str) -> None:
        """Begin a new visit, by `client`."""
        self._client = client
        self._address = address
        self.state = PlayerState(self.state.welcome, self.state.view)

    @property
    def ended(self) -> protocol.EndedMessage | None:
        """The end of the game, once it has come."""
        return self.state.view if isinstance(self.state.view, protocol.EndedMessage) else None

    @property
    def is_outside(self) -> bool:
        """True if there is no connection to a room in which the player has never been."""
        return self.state.welcome is None and self.state.lost is not None

    # What the room says.

    def take(self, update: Update) -> None:
        """Say what is new."""
        before = self.state
        self.state = before.after(update, self._clock())
        match update:
            case Lost(why):
                if before.lost is None:
                    self._lose(why)
            case protocol.Welcome():
                is_back = before.welcome is not None and before.lost is not None
                self._talk.say_all(["Connected again."] if is_back else verdict.welcome_lines(update))
                self._is_back = True
            case protocol.Named(name=name):
                self._talk.say(f"The host has given you another name: {line_of(name)}.")
            case protocol.Refusal():
                if self.state.away is None:
                    self._talk.say(update.text)
            case protocol.Accepted():
                if self.state != before and not self.state.is_alone:  # else the question or its key follows
                    self._talk.say(self._waiting)
            case protocol.Clock():
                self._clocked(update, is_more=before.gains(update))
            case protocol.EndedMessage():
                self._talk.say()
                self._talk.say_all(verdict.end_lines(update))
            case protocol.Progress() if self.state.wants:
                self._wanted = protocol.Show(number=self.state.wants)
            case (
                protocol.Progress()
                | protocol.Lobby()
                | protocol.QuestionOut()
                | protocol.RevealOut()
                | protocol.SkippedMessage()
            ):
                self._see(update, before)

    def _lose(self, why: str) -> None:
        if self.state.welcome is None:
            self._talk.say(f"{self._address} cannot be reached ({why}). {_RECONNECTING}")
        else:
            self._talk.say(f"Connection lost ({why}). Reconnecting…")

    def _see(self, view: View, before: PlayerState) -> None:
        """Say how the room stands, unless that was said already."""
        said = self._said
        match view:
            case protocol.Progress():
                self._said, self._is_back = None, False
                self._talk.say_all(self._progress_lines(view))
            case protocol.QuestionOut(attempts=int(), picked=str()):
                self._said = ("question", view.number)
                self._talk.say(self._waiting)
            case protocol.Lobby(total=total):
                if isinstance(before.view, protocol.EndedMessage):
                    self._talk.say(f"Another game: {line_of(view.title)}, {counted(total, 'question')}.")
                self._say_once("lobby", 0, lambda: [self._waiting])
            case protocol.QuestionOut(is_paused=True):  # nobody is to think about it meanwhile
                if before.question is None or not before.question.is_paused:
                    self._talk.say(self._waiting)
                    self._is_back = False
            case protocol.QuestionOut(reading=float()):
                self._say_once("stem", view.number, self._stem_lines)
            case protocol.QuestionOut():
                self._say_once("question", view.number, self._question_lines)
            case protocol.RevealOut():
                self._say_once("reveal", view.question.number, lambda: self._reveal_lines(view, said))
            case protocol.SkippedMessage(number=number):
                voided = f"The host voided question {number}. It won't count."
                self._say_once("skipped", number, lambda: [voided, _GOES_ON])
        if self._is_back and said == self._said:
            self._talk.say(self._waiting)
        self._is_back = False

    def _say_once(self, what: str, number: int, lines: Callable[[], Iterable[str]]) -> None:
        if self._said != (what, number):
            self._stem_said = number if self._said == ("stem", number) else None
            self._said = (what, number)
            self._talk.say_all(lines(), hang=3 if what == "question" else 0)

    def _stem_lines(self) -> Iterable[str]:
        question = self.state.question
        assert question is not None
        yield ""
        yield head(question)
        yield from open_lines(question.passages)
        yield question.stem
        if self.state.is_reading:
            yield READ_FIRST

    def _question_lines(self) -> Iterable[str]:
        question = self.state.question
        assert question is not None
        if self._stem_said != question.number:
            yield from self._stem_lines()
        yield from option_lines(option.text for option in question.options)
        yield self._waiting

    def _reveal_lines(self, reveal: protocol.RevealOut, said: tuple[str, int] | None) -> Iterable[str]:
        if said != ("question", reveal.question.number):
            yield ""
            yield head(reveal.question)
            yield reveal.question.stem
        yield from verdict.verdict_lines(reveal, is_timed=self.state.is_timed)
        yield verdict.place_line(reveal.yours)
        yield self._onward if self.state.is_alone else _GOES_ON

    def _progress_lines(self, progress: protocol.Progress) -> Iterable[str]:
        yield done_line(progress)
        if words := closing(progress.closes):
            yield words
        yield self._onward

    @property
    def _onward(self) -> str:
        """Where Enter leads at one's own pace."""
        if number := self.state.next_number:
            return f"Enter for question {number}."
        return later_line(self.state.view) if isinstance(self.state.view, protocol.Progress) else "Enter to go on."

    def _clocked(self, clock: protocol.Clock, *, is_more: bool) -> None:
        question = self.state.question
        if question is None or question.number != clock.number:
            return
        if is_more:
            self._talk.say("The host gives you more time.")
        if self.state.is_reading and not clock.is_paused:
            self._say_once("stem", clock.number, self._stem_lines)
        elif not clock.is_paused and self._said != ("question", clock.number):
            self._say_once("question", clock.number, self._question_lines)  # it was paused when the player came
        else:
            self._talk.say(self._waiting)

    # What the player types.

    async def do(self, line: str) -> None:
        """Do what a line says. Raise `Left`."""
        match line.strip().casefold():
            case "q":
                raise Left
            case "?":
                self._talk.say_all(KEYS, hang=3)
            case "n" if self.state.is_alone:
                await self._go_on()
            case "" if self.state.may_go_on:
                await self._go_on()
            case "":
                self._talk.say(self._waiting)
            case _:
                await self._answer(line)

    async def _go_on(self) -> None:
        """Ask for the next question, at one's own pace."""
        assert self._client is not None
        self.state = self.state.going_on()
        self._said = None
        await self._client.send(protocol.Show(number=self.state.wants))

    async def catch_up(self) -> None:
        """Ask again for the question that was shown when the connection was lost, at one's own pace."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._client is not None:
            await self._client.send(wanted)

    async def _answer(self, line: str) -> None:
        question = self.state.question
        if question is None or not self.state.can_answer:
            self._talk.say(self._waiting)
            return
        if (index := picked(line, choices_of(option.text for option in question.options))) is None:
            self._talk.say(f"Not understood. {self._waiting}")
            return
        assert self._client is not None
        answer = protocol.AnswerMessage(seq=next(self._seqs), number=question.number, option=question.options[index].id)
        self.state = self.state.picked(answer.option, answer.seq)
        await self._client.send(answer)
        if self.state.lost is not None:
            self._talk.say("Your answer is sent as soon as there is a connection again.")
        else:
            await self._settle()

    async def _settle(self) -> None:
        """Wait for what becomes of the answer: the next line may be the last one."""
        end = self._clock() + _SETTLED
        while self._is_sending and (left := end - self._clock()) > 0:
            heard = await self._talk.next(left, typed=False)
            if heard is not None and not isinstance(heard, str):
                self.take(heard)

    @property
    def _is_sending(self) -> bool:
        state = self.state
        return state.pick is not None and not state.pick.is_accepted and state.lost is None and state.away is None

    @property
    def _waiting(self) -> str:
        """The thing that the player is waiting for, and for how long."""
        state, question = self.state, self.state.question
        if state.welcome is None:
            return f"There is no connection to the room yet. {_RECONNECTING}"
        if state.lost is not None:
            return "No connection to the room. Reconnecting; q to leave."
        if state.is_alone and (question is None or question.attempts == 0):
            return f"{attempt_line(question)} {self._onward}" if question else self._onward
        if question is None:
            if isinstance(state.view, protocol.Lobby):
                return f"Waiting for the host to begin. {counted(state.view.players, 'player')} in the room."
            return _GOES_ON
        if words := attempt_line(question):
            return f"{words} Answer 1 to {len(question.options)}, or Enter to go on:"
        is_answered = state.pick is not None and state.pick.is_accepted
        answered = f"Answered: {self._picked(question)}. " if is_answered else ""
        if self.state.is_reading and not question.is_paused:
            return READ_FIRST
        if question.is_paused:
            return f"{answered}The host has paused."
        if not question.plays:
            return "You play from the next question on."
        if is_answered:
            return f"{answered}Waiting for the others."
        if state.pick is not None and not state.pick.is_accepted:
            return "Your answer is on its way."
        seconds = state.left(self._clock())
        left = "" if seconds is None else f"{counted(ceil(seconds), 'second')} left. "
        return f"{left}Answer 1 to {len(question.options)}:"

    def _picked(self, question: protocol.QuestionOut) -> str:
        option = self.state.pick.option if self.state.pick else ""
        numbers = (number for number, each in enumerate(question.options, 1) if each.id == option)
        number = next(numbers, None)
        return "yes" if number is None else f"{number}, {line_of(question.options[number - 1].text)}"
