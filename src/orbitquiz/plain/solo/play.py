"""Playing on two streams of text, one line after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TextIO

from orbitquiz.history.model import Mode
from orbitquiz.plain import keys
from orbitquiz.plain.console import Console, NothingMore
from orbitquiz.plain.options import option_lines, picked
from orbitquiz.plain.proof import source_lines
from orbitquiz.plain.solo.lines import end_lines, question_lines, verdict_lines
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Game, Phase
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.quiz.request import Request
from orbitquiz.session.plan import Setup
from orbitquiz.session.session import Session

KEPT = "The game is kept; `orbitquiz` goes on with it."
_LONGEST_REASON = 300  # characters; it is to be one line in a file that somebody reads


def play_plain(
    session: Session,
    lines: TextIO,
    out: TextIO,
    *,
    again: bool = True,
    code_words: Callable[[Quiz], str],
    flag: Callable[[Question, str], str],
    reading_list: Callable[[Game], str],
    new_seed: Callable[[], str],
) -> Game:
    """Play the game that `session` has, and with `again` as many more as the player likes. Returns the last one.

    What is typed is read from `lines`, what is to be read is written to `out`, and neither is closed. Where `lines`
    end, or the player interrupts, the game is kept as it is. What the streams raise goes to the caller.

    `code_words` say how to play a quiz again, or nothing where it cannot be. `flag` keeps what a player found wrong
    with a question and `reading_list` what is to be read after a game; both say where, or why they could not, and
    raise nothing. `new_seed` gives a seed that nobody has had.
    """
    talk = Console(lines, out)
    around = _Around(code_words, flag, reading_list, new_seed)
    return _Player(session, talk, around, again=again).play()


class _Left(Exception):
    """The player leaves."""


@dataclass(frozen=True)
class _Around:
    """What is done elsewhere for a game."""

    code_words: Callable[[Quiz], str]
    flag: Callable[[Question, str], str]
    reading_list: Callable[[Game], str]
    new_seed: Callable[[], str]


class _Player:
    """Goes from one moment of a session's game to the next: says what is new, asks, does what was typed."""

    def __init__(self, session: Session, talk: Console, around: _Around, *, again: bool) -> None:
        self.session = session
        self.talk = talk
        self.around = around
        self.again = again
        self._said: tuple[Quiz, int, Phase] | None = None  # the moment that was said last
        self._noticed: str | None = None

    @property
    def game(self) -> Game:
        return self.session.game

    def play(self) -> Game:
        """Play until the player has had enough."""
        try:
            while self._step():
                pass
        except (_Left, NothingMore, KeyboardInterrupt):
            self._leave()
        self.talk.end_line()
        self.talk.flush()
        return self.game

    def _step(self) -> bool:
        """Go on by one line. Returns whether there may be another."""
        self._say_moment()
        match self.game.phase:
            case Phase.ASKING:
                self._ask_for_answer()
            case Phase.PAUSED:
                self._wait_for_end_of_pause()
            case Phase.ANSWERED:
                self._look_back()
            case Phase.OVER:
                return self.again and self._ask_for_another()
        return True

    def _say_moment(self) -> None:
        """Say what is to be read now, if that has not been done."""
        game, teams = self.game, self.session.setup.teams
        moment = (game.quiz, len(game.verdicts), game.phase)
        if moment == self._said:
            return
        self._said = moment
        match game.phase:
            case Phase.ASKING:
                self.talk.say()
                self._say_all(question_lines(game, teams))
                self._say_all(option_lines(option.text for option in game.question.options), hang=3)
                if game.hinted:
                    self._say_hint(hint_of(self.session.bank, game.question))
            case Phase.ANSWERED:
                self._say_all(verdict_lines(game, teams))
            case Phase.OVER:
                self.talk.say()
                self._say_all(end_lines(game, teams))
                if words := self.around.code_words(game.quiz):
                    self.talk.say(f"The same quiz again: {words}")
            case Phase.PAUSED:
                pass  # the prompt says it

    def _ask_for_answer(self) -> None:
        if self._is_late():
            self.session.time_up()
            return
        line = self._ask(keys.asking(self.game, self.session.left))
        key = _key(line)
        if self._is_late():
            # What was typed too late is not done, so that no line that was meant for the question goes past its proof.
            self.session.time_up()
            self._say_moment()
            if key == "q":
                raise _Left
            return
        match key:
            case "":
                pass
            case "h":
                self._hint()
            case "x":
                self.session.skip()
            case "p":
                self._pause()
            case "s":
                self.talk.say("The source can be read once the question is answered.")
            case "f" | "?" | "q":
                self._do_anytime(key)
            case _:
                self._answer(line)

    def _wait_for_end_of_pause(self) -> None:
        match _key(self._ask(keys.PAUSED)):
            case "p":
                self.session.go_on()
            case "":
                pass
            case "?" | "q" as key:
                self._do_anytime(key)
            case _:
                self.talk.say(keys.EXPECTED_PAUSED)

    def _look_back(self) -> None:
        match _key(self._ask(keys.answered(self.game))):
            case "" | "n":
                self.session.next()
            case "s":
                self._say_source()
            case "f" | "?" | "q" as key:
                self._do_anytime(key)
            case _:
                self.talk.say(keys.EXPECTED_ANSWERED)

    def _ask_for_another(self) -> bool:
        """Returns whether the player wants anything more."""
        match _key(self._ask(keys.ended(self.game))):
            case "q":
                return False
            case "":
                pass
            case "r":
                self._begin(replace(self.session.setup, quiz=self.session.setup.again()))
            case "m" if self.game.missed:
                self._play_missed()
            case "e":
                self._say_all(self.around.reading_list(self.game).splitlines())
            case _:
                self.talk.say(keys.expected_ended(self.game))
        return True

    def _do_anytime(self, key: str) -> None:
        """Do what can be done before an answer and after it."""
        match key:
            case "f":
                self._flag()
            case "?":
                self._say_all(keys.explained(self.game), hang=3)
            case _:
                raise _Left

    def _answer(self, line: str) -> None:
        index = picked(line, [option.text for option in self.game.question.options])
        if index is None:
            self.talk.say(keys.expected_asking(self.game))
        else:
            self.session.answer(index)

    def _hint(self) -> None:
        passages = hint_of(self.session.bank, self.game.question)
        if not passages:  # nothing to show is nothing to pay for
            self.talk.say("There is no hint for this question.")
            return
        if not self.game.hinted:
            self.session.hint()
        self._say_hint(passages)

    def _say_hint(self, passages: Iterable[str]) -> None:
        self._say_all(f"Hint: {passage}" for passage in passages)

    def _pause(self) -> None:
        if self.game.rules.timer is None:
            self.talk.say("There is no timer, so take all the time you like.")
        else:
            self.session.pause()

    def _flag(self) -> None:
        reason = " ".join(self._ask(keys.REASON).split())[:_LONGEST_REASON]
        if reason:
            self._say_all(self.around.flag(self.game.question, reason).splitlines())
        else:
            self.talk.say("Nothing is flagged.")

    def _say_source(self) -> None:
        self._say_all(source_lines(self.game.question.proof), hang=3)

    def _play_missed(self) -> None:
        facts = list(dict.fromkeys(question.fact for question in self.game.missed))

        def make() -> Quiz:
            return compose(self.session.bank, Request(self.around.new_seed(), len(facts)), facts)

        self._begin(Setup(make(), make, self.game.rules, Mode.MISSED))

    def _begin(self, setup: Setup) -> None:
        if setup.quiz.questions:
            self.session.start(setup)
        else:
            self.talk.say("There is nothing to ask.")

    def _is_late(self) -> bool:
        left = self.session.left
        return left is not None and left <= 0

    def _ask(self, prompt: str) -> str:
        self.talk.flush()  # the records are opened for the notice, and the question need not wait for them
        self._say_notice()
        return self.talk.ask(prompt, self.session.beat)

    def _say_notice(self) -> None:
        """Say what is wrong with the records, once."""
        notice = self.session.records.notice
        if notice and notice != self._noticed:
            self._noticed = notice
            self.talk.say(notice)

    def _say_all(self, lines: Iterable[str], hang: int = 0) -> None:
        for line in lines:
            self.talk.say(line, hang)

    def _leave(self) -> None:
        self.talk.end_line()
        if self.game.phase is Phase.OVER:
            return
        self.session.beat()
        self._say_notice()
        self.talk.say(KEPT if self._is_kept() else "The game could not be kept.")

    def _is_kept(self) -> bool:
        """Whether the game can be gone on with. Where nothing is wrong with the records, that need not be looked up."""
        if self.session.records.notice is None:
            return True
        found = self.session.records.unfinished()
        return found is not None and found.game.questions == tuple(each.id for each in self.game.quiz.questions)


def _key(line: str) -> str:
    return line.strip().casefold()
