"""A quiz being played: a state machine of the player's moves and their times, without a screen or a clock."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from orbitquiz.quiz.sheet import QuestionSheet, QuizSheet

POINTS = 100
"""The points for a right answer."""

HINTED = 60
"""The points for a right answer after the hint."""


class Phase(StrEnum):
    """The stage that a game is at."""

    ASKING = "asking"  # a question waits for its answer
    PAUSED = "paused"  # the same, hidden, while the clock stands still
    ANSWERED = "answered"  # its verdict and proof are shown
    OVER = "over"


class Mode(StrEnum):
    """The kind of a game: why these questions are asked, and of whom."""

    SOLO = "solo"
    MISSED = "missed"  # of what was answered wrong before
    REVIEW = "review"  # of what spaced repetition says is due
    DAILY = "daily"  # the quiz of the day, on its day
    TEAMS = "teams"


class Scoring(StrEnum):
    """The way in which a right answer pays."""

    ACCURACY = "accuracy"  # the same whenever it comes
    SPEED = "speed"  # the more the sooner it comes; needs a timer


class IllegalMove(Exception):
    """A move that the game's phase does not allow."""


class Rules(Struct, frozen=True):
    """The rules of a game: the seconds that a question may take, None for any number, and the scoring."""

    timer: float | None = None
    scoring: Scoring = Scoring.ACCURACY

    def pays(self, seconds: float, *, hinted: bool) -> int:
        """Return the points for a right answer after `seconds`.

        With speed scoring an answer after t of T seconds pays 1 − (t/T)/2 of the points, rounded.
        """
        most = HINTED if hinted else POINTS
        if self.scoring is Scoring.ACCURACY or not self.timer:
            return most
        return round(most - most * min(seconds, self.timer) / (2 * self.timer))


UNTIMED = Rules()
"""As long as one likes, and every right answer pays the same."""


class Answer(Struct, frozen=True):
    """A player's answer to a question: the index of the option `picked`, or None, after so many `seconds`.

    `hinted` is true if the hint was seen, `late` if time was up before anything was picked, `guessed` if the player
    said that a right answer was a guess. `typed` are the words of an answer without options; `picked` is then the
    option that they name, or None.
    """

    picked: int | None
    seconds: float
    hinted: bool = False
    late: bool = False
    typed: str | None = None
    guessed: bool = False


class Verdict(Struct, frozen=True):
    """The result of one question: which it was, the answer, and the `points` it pays."""

    number: int  # from 1
    question: QuestionSheet
    answer: Answer
    points: int

    @property
    def is_right(self) -> bool:
        """True if the key was picked."""
        return self.answer.picked == self.question.key

    @property
    def picked(self) -> int | None:
        """The index of the option that was picked; None for none."""
        return self.answer.picked

    @property
    def pick(self) -> str | None:
        """The words of the answer: what was typed, or the option that was picked; None for no answer."""
        if self.answer.typed is not None:
            return self.answer.typed
        return None if self.answer.picked is None else self.question.options[self.answer.picked]

    @property
    def feedback(self) -> str | None:
        """The bank's feedback on the option that was picked; None for the key or where nothing is known."""
        return None if self.answer.picked is None else self.question.remarks[self.answer.picked]

    @property
    def seconds(self) -> float:
        """The seconds that the answer took."""
        return self.answer.seconds


class Game(Struct, frozen=True):
    """A game at one moment. A move gives the game after it; nothing changes in place.

    `shown_at` is the time at which the current question was shown, or shown again after a pause; `spent` the seconds
    for which it had been seen before that, and `hinted` is true if its hint was seen. Times are seconds on any clock
    that does not go back, the same one for all moves. `typed` are the ids of questions that are answered in words,
    without options.
    """

    quiz: QuizSheet
    shown_at: float
    verdicts: tuple[Verdict, ...] = ()
    phase: Phase = Phase.ASKING
    rules: Rules = UNTIMED
    spent: float = 0.0
    hinted: bool = False
    typed: frozenset[str] = frozenset()

    @classmethod
    def start(cls, quiz: QuizSheet, at: float, rules: Rules = UNTIMED, typed: frozenset[str] = frozenset()) -> Game:
        """Return the game of `quiz`, its first question shown at time `at`."""
        return cls(quiz, at, rules=rules, typed=typed)

    @classmethod
    def resume(
        cls,
        quiz: QuizSheet,
        at: float,
        answers: Sequence[Answer],
        rules: Rules = UNTIMED,
        *,
        spent: float = 0.0,
        hinted: bool = False,
        typed: frozenset[str] = frozenset(),
    ) -> Game:
        """Return a game that was interrupted after `answers`, its next question shown again at time `at`."""
        game = cls.start(quiz, at, rules, typed)
        verdicts = tuple(game._verdict(number, answer) for number, answer in enumerate(answers, 1))
        over = len(verdicts) >= len(quiz.questions)
        return replace(
            game, verdicts=verdicts, phase=Phase.OVER if over else Phase.ASKING, spent=max(spent, 0.0), hinted=hinted
        )

    def answer(self, picked: int, at: float) -> Game:
        """Return the game after the option with index `picked` was chosen at time `at`."""
        self._require(Phase.ASKING)
        if not 0 <= picked < len(self.question.options):
            raise IllegalMove(f"the question has {len(self.question.options)} options, and none with index {picked}")
        return self._answered(Answer(picked, self.elapsed(at), self.hinted))

    def say(self, words: str, picked: int | None, at: float) -> Game:
        """Return the game after `words` were typed at time `at`, which name the option `picked` or none of them."""
        self._require(Phase.ASKING)
        return self._answered(Answer(picked, self.elapsed(at), self.hinted, typed=words))

    def guess(self) -> Game:
        """Return the game with its last answer, which was right, marked as a guess; or no longer, where it was."""
        self._require(Phase.ANSWERED)
        last = self.verdict
        if not last.is_right:
            raise IllegalMove("only a right answer can be marked as a guess")
        answer = replace(last.answer, guessed=not last.answer.guessed)
        return replace(self, verdicts=(*self.verdicts[:-1], replace(last, answer=answer)))

    def skip(self, at: float) -> Game:
        """Return the game after the player skipped the question at time `at`."""
        self._require(Phase.ASKING)
        return self._answered(Answer(None, self.elapsed(at), self.hinted))

    def time_up(self, at: float) -> Game:
        """Return the game after the time for the question ran out at time `at`."""
        self._require(Phase.ASKING)
        return self._answered(Answer(None, self.elapsed(at), self.hinted, late=True))

    def hint(self) -> Game:
        """Return the game after the player has seen the hint."""
        self._require(Phase.ASKING)
        return replace(self, hinted=True)

    def pause(self, at: float) -> Game:
        """Return the game with its clock stopped at time `at`."""
        self._require(Phase.ASKING)
        return replace(self, phase=Phase.PAUSED, spent=self.elapsed(at))

    def go_on(self, at: float) -> Game:
        """Return the game after a pause ended at time `at`."""
        self._require(Phase.PAUSED)
        return replace(self, phase=Phase.ASKING, shown_at=at)

    def next(self, at: float) -> Game:
        """Return the game after the player went on at time `at`: at the next question, or over."""
        self._require(Phase.ANSWERED)
        over = len(self.verdicts) == len(self.quiz.questions)
        return replace(self, shown_at=at, phase=Phase.OVER if over else Phase.ASKING, spent=0.0, hinted=False)

    def elapsed(self, at: float) -> float:
        """Return the seconds for which the present question has been seen at time `at`, at most those of the timer."""
        seconds = self.spent
        if self.phase is Phase.ASKING:
            seconds += max(at - self.shown_at, 0.0)
        return seconds if self.rules.timer is None else min(seconds, self.rules.timer)

    def left(self, at: float) -> float | None:
        """Return the seconds left for the present question at time `at`; None without a timer."""
        return None if self.rules.timer is None else self.rules.timer - self.elapsed(at)

    @property
    def number(self) -> int:
        """The number of the present question, from 1; the last one's where the game is over."""
        return len(self.verdicts) + self.is_open

    @property
    def is_open(self) -> bool:
        """True if a question waits for its answer."""
        return self.phase in (Phase.ASKING, Phase.PAUSED)

    @property
    def is_typed(self) -> bool:
        """True if the current question is answered in words, without options."""
        return self.question.id in self.typed

    @property
    def question(self) -> QuestionSheet:
        """The question that is shown now, or was last."""
        return self.quiz.questions[self.number - 1]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the question that was answered last."""
        if not self.verdicts:
            raise IllegalMove("nothing has been answered yet")
        return self.verdicts[-1]

    @property
    def points(self) -> int:
        """The points so far."""
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def right(self) -> int:
        """The number of right answers so far."""
        return sum(verdict.is_right for verdict in self.verdicts)

    @property
    def missed(self) -> tuple[QuestionSheet, ...]:
        """The questions that were not answered right."""
        return tuple(verdict.question for verdict in self.verdicts if not verdict.is_right)

    @property
    def streak(self) -> int:
        """The number of right answers in a row, up to the last one."""
        return next(
            (run for run, verdict in enumerate(reversed(self.verdicts)) if not verdict.is_right), len(self.verdicts)
        )

    @property
    def longest_streak(self) -> int:
        """The most answers in a row that were right."""
        longest = run = 0
        for verdict in self.verdicts:
            run = run + 1 if verdict.is_right else 0
            longest = max(longest, run)
        return longest

    @property
    def seconds(self) -> float:
        """The seconds that all answers took together."""
        return sum(verdict.seconds for verdict in self.verdicts)

    def _answered(self, answer: Answer) -> Game:
        verdict = self._verdict(self.number, answer)
        return replace(self, verdicts=(*self.verdicts, verdict), phase=Phase.ANSWERED)

    def _verdict(self, number: int, answer: Answer) -> Verdict:
        question = self.quiz.questions[number - 1]
        points = self.rules.pays(answer.seconds, hinted=answer.hinted) if answer.picked == question.key else 0
        return Verdict(number, question, answer, points)

    def _require(self, phase: Phase) -> None:
        if self.phase is not phase:
            raise IllegalMove(f"the game is {self.phase}, not {phase}")


def turn_of(game: Game, teams: int) -> int:
    """Return the index of the team whose question the current one is."""
    return (game.number - 1) % teams


def team_points(game: Game, teams: int, given: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the points of each team: those of its own questions, and those `given` by hand."""
    points = [*given, *[0] * (teams - len(given))]
    for verdict in game.verdicts:
        points[(verdict.number - 1) % teams] += verdict.points
    return tuple(points)
