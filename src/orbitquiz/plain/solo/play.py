"""Play a game on two streams of text, one line after another."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.plain.console import Console, NothingMore, TimeIsUp
from orbitquiz.plain.question import option_lines, source_lines, spoken
from orbitquiz.plain.solo import lines
from orbitquiz.presenter.citing import cited_by
from orbitquiz.presenter.ending import NO_ENDING, ending_of
from orbitquiz.presenter.enter_guard import EnterGuard
from orbitquiz.presenter.review import review_options_of
from orbitquiz.presenter.solo import moves_of
from orbitquiz.presenter.typing import REPLIES, Typing
from orbitquiz.presenter.wording import share_line
from orbitquiz.quiz.game import Game, Mode, Phase
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.quiz.typed import picked
from orbitquiz.session.plan import QuizPlan, Setup, another, setup_of
from orbitquiz.session.preferences import load_preferences
from orbitquiz.session.returning import ReviewOptions, next_review
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.session.takeaways import keep_flag, keep_reading_list

KEPT = "The game is kept; `orbitquiz play --resume` goes on with it."
_LONGEST_REASON = 300  # characters; it is to be one line in a file that somebody reads
_WARN_AT = 10.0  # seconds that are left


class Left(Exception):
    """The player leaves."""


class Player:
    """Plays the game that `session` has, and as many more as the player likes.

    It goes from one moment to the next: says what is new, asks, does what was typed. Where what is typed ends, or the
    player interrupts, what was answered is kept. What the streams raise goes to the caller.
    """

    def __init__(self, session: Session, console: Console, services: Services) -> None:
        self.session = session
        self.console = console
        self.services = services
        self._said: tuple[QuizSheet, int, Phase] | None = None  # the moment that was said last
        self._noticed: str | None = None
        self._guard = EnterGuard(session.clock)
        self._ending = NO_ENDING
        self._typing: Typing | None = None  # where the current question is answered in words

    @property
    def game(self) -> Game:
        """The current state of the game."""
        return self.session.game

    def run(self) -> Game:
        """Play until the player has had enough. Returns the last game."""
        try:
            self.play()
        except (NothingMore, KeyboardInterrupt):
            self.leave()
        except Left:
            pass
        self.console.end_line()
        self.console.flush()
        return self.game

    def play(self) -> None:
        """Play until the player has had enough of the last game. Raises `NothingMore`, and `Left` in mid-game."""
        while self._step():
            pass

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
                return self._ask_for_another()
        return True

    def _say_moment(self) -> None:
        """Say what is to be read now, if that has not been done."""
        game, session = self.game, self.session
        moment = (game.quiz, len(game.verdicts), game.phase)
        if moment == self._said:
            return
        self._said = moment
        match game.phase:
            case Phase.ASKING:
                self.console.say()
                self.console.say_all(lines.question_lines(session))
                self._typing = Typing(session.expected) if game.is_typed else None
                if not game.is_typed:
                    self.console.say_all(option_lines(game.question.options), hang=3)
                if game.hinted:
                    self._say_hint()
            case Phase.ANSWERED:
                self.console.say_all(lines.verdict_lines(session))
            case Phase.OVER:
                self.console.say()
                self._ending = ending_of(session, self.services.now().astimezone(), self._review_options)
                self.console.say_all(lines.end_lines(session, self._ending))
                if words := self.services.replay(session.setup.quiz, session.folder):
                    self.console.say(f"The same quiz again: {words}")
            case Phase.PAUSED:
                pass  # the prompt says it

    def _ask_for_answer(self) -> None:
        left = self.session.left
        if self._is_late():
            self.session.time_up()
            return
        warning = (_WARN_AT, lines.TIME_LEFT) if left is not None and left > _WARN_AT + 1 else None
        suggestion = self._typing.suggestion if self._typing else None
        prompt = (
            lines.ask_meant(suggestion)
            if suggestion
            else lines.ask_answer(self.game, left, has_hint=bool(self.session.hint))
        )
        try:
            line = self._ask(prompt, left, warning)
        except TimeIsUp:
            self._guard.start()
            self.session.time_up()
            return
        if self._is_late():
            # What was typed too late is not done, so that no line that was meant for the question goes past its proof.
            self.session.time_up()
            self._say_moment()
            if _key(line) == "q":
                self._do_anytime("q")
            return
        match _key(line):
            case key if suggestion and key in REPLIES:
                self._type(line)
            case "":
                pass
            case "h":
                self._hint()
            case "x":
                self.session.skip()
            case "p":
                self._pause()
            case "s":
                self.console.say("The source can be read once the question is answered.")
            case "f" | "?" | "q" as key:
                self._do_anytime(key)
            case _:
                self._answer(line)

    def _wait_for_end_of_pause(self) -> None:
        match _key(self._ask(lines.ASK_PAUSED)):
            case "p":
                self.session.go_on()
            case "":
                pass
            case "?" | "q" as key:
                self._do_anytime(key)
            case _:
                self.console.say(lines.EXPECTED_PAUSED)

    def _look_back(self) -> None:
        key = _key(self._ask(lines.ask_onward(self.game)))
        match key:
            case "" | "n":
                if not self._guard.is_too_early:
                    self.session.next()
            case "s":
                cited = cited_by(self.session.bank, self.session.question, self.game.verdict.picked)
                self.console.say_all(source_lines(cited), hang=3)
            case "g" if moves_of(self.game).guess:
                self.session.guess()
                is_guess = self.game.verdict.answer.guessed
                self.console.say(lines.GUESSED if is_guess else lines.NOT_GUESSED)
            case "f" | "?" | "q":
                self._do_anytime(key)
            case _:
                self.console.say(lines.EXPECTED_ANSWERED)

    def _ask_for_another(self) -> bool:
        """Ask what to do after the end. Returns whether the player wants anything more."""
        setup = self.session.setup
        more = "more reviews" if setup.mode is Mode.REVIEW else "another quiz"
        match _key(self._ask(lines.ask_another(self.game, more if self._ending.has_more else ""))):
            case "q":
                return False
            case "":
                pass
            case "r" if setup.mode is Mode.REVIEW:
                self._review()
            case "r":
                self._begin(another(self.session.bank, setup, self.services.new_seed()))
            case "m" if self.game.missed:
                plan = QuizPlan.missed([question.fact for question in self.game.missed])
                bank, seed, is_typed = self.session.bank, self.services.new_seed(), bool(setup.typed)
                self._begin(setup_of(bank, plan, seed, setup.rules, Mode.MISSED, is_typed=is_typed))
            case "c":
                day = self.services.now().astimezone().date()
                marks = [verdict.is_right for verdict in self.game.verdicts]
                self.console.say(share_line(self.game.quiz.title, day, marks, self.game.quiz.code))
            case "e" if self.game.missed:
                folders = (Path.cwd(), self.services.folder)
                bank, now = self.session.bank, self.services.now()
                self.console.say(keep_reading_list(folders, bank, setup.quiz, self.game, now)[1])
            case _:
                self.console.say(lines.expected_another(self.game))
        return True

    def _do_anytime(self, key: str) -> None:
        """Do what can be done before an answer and after it."""
        match key:
            case "f":
                self._flag()
            case "?":
                self.console.say_all(lines.key_lines(self.game), hang=3)
            case _:
                self.leave()
                raise Left

    def _type(self, line: str) -> None:
        assert self._typing is not None
        if said := self._typing.enter(line):
            self.session.say(said.words, said.picked)
        elif self._typing.message and not self._typing.suggestion:
            self.console.say(self._typing.message)

    def _answer(self, line: str) -> None:
        if self._typing:
            self._type(line)
            return
        index = picked(line, self.session.expected.options)
        if index is None:
            self.console.say(lines.expected_answer(self.game))
        else:
            self.session.answer(index)

    def _hint(self) -> None:
        if not self.session.hint:  # nothing to show is nothing to pay for
            self.console.say("There is no hint for this question.")
            return
        if moves_of(self.game).hint:
            self.session.take_hint()
        self._say_hint()

    def _say_hint(self) -> None:
        self.console.say_all(f"Hint: {spoken(passage)}" for passage in self.session.hint)

    def _pause(self) -> None:
        if self.game.rules.timer is None:
            self.console.say("There is no timer, so take your time.")
        else:
            self.session.pause()

    def _flag(self) -> None:
        reason = " ".join(self._ask(lines.ASK_REASON).split())[:_LONGEST_REASON]
        if not reason:
            self.console.say("Nothing is flagged.")
            return
        session, services = self.session, self.services
        flag = (session.bank, session.setup.quiz, session.question, reason, services.now())
        self.console.say(keep_flag(services.folder, *flag)[1])

    @property
    def _review_options(self) -> ReviewOptions:
        return self.services.review or review_options_of(load_preferences(self.services.folder).review)

    def _review(self) -> None:
        """Begin the next sitting of a review."""
        session, now, seed = self.session, self.services.now().astimezone(), self.services.new_seed()
        if setup := next_review(session.bank, session.records, now, seed, self._review_options):
            session.start(setup)
        else:
            self.console.say("Nothing more is due today.")

    def _begin(self, setup: Setup) -> None:
        if setup.quiz.questions:
            self.session.start(setup)
        else:
            self.console.say("There is nothing to ask.")

    def _is_late(self) -> bool:
        left = self.session.left
        return left is not None and left <= 0

    def _ask(self, prompt: str, left: float | None = None, warning: tuple[float, str] | None = None) -> str:
        self.console.flush()  # the records are opened for the notice, and the question need not wait for them
        self._say_notice()
        return self.console.ask(prompt, self.session.beat, left, warning)

    def _say_notice(self) -> None:
        """Say what is wrong with the records, once."""
        notice = self.session.records.notice
        if notice and notice != self._noticed:
            self._noticed = notice
            self.console.say(notice)

    def leave(self) -> None:
        """Keep the clock of a game that is left, and say whether it can be resumed."""
        self.console.end_line()
        if not self.session.is_running:
            return
        self.session.beat()
        self._say_notice()
        if not self.game.verdicts:
            self.console.say("Nothing was answered, so nothing is kept.")
        else:
            self.console.say(KEPT if self.session.is_kept else "The game could not be kept.")


def _key(line: str) -> str:
    return line.strip().casefold()
