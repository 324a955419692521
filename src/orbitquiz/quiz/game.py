"""A quiz being played: a state machine that is told what the player did and when, and knows no screen and no clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from orbitquiz.quiz.question import Option, Question, Quiz

POINTS = 100
"""What a right answer pays."""


class Phase(StrEnum):
    """Where a game stands."""

    ASKING = "asking"  # a question waits for its answer
    ANSWERED = "answered"  # its verdict and proof are shown
    OVER = "over"


class IllegalMove(Exception):
    """A move that the game's phase does not allow."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question: the option that was picked, and how many seconds that took."""

    number: int  # from 1
    question: Question
    picked: int
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether the key was picked."""
        return self.question.options[self.picked].is_key

    @property
    def points(self) -> int:
        """What the answer pays."""
        return POINTS if self.is_right else 0

    @property
    def pick(self) -> Option:
        """The option that was picked."""
        return self.question.options[self.picked]


@dataclass(frozen=True, slots=True)
class Game:
    """A game at one moment. A move gives the game after it; nothing changes in place.

    `shown_at` is when the present question was shown. Times are seconds on any clock that does not go back, the
    same one for all moves.
    """

    quiz: Quiz
    shown_at: float
    verdicts: tuple[Verdict, ...] = field(default=())
    phase: Phase = Phase.ASKING

    @classmethod
    def start(cls, quiz: Quiz, at: float) -> Game:
        """The game of `quiz`, its first question shown at time `at`."""
        return cls(quiz, at, phase=Phase.ASKING if quiz.questions else Phase.OVER)

    def answer(self, picked: int, at: float) -> Game:
        """The game once the option with index `picked` was chosen at time `at`."""
        self._require(Phase.ASKING)
        if not 0 <= picked < len(self.question.options):
            raise IllegalMove(f"the question has {len(self.question.options)} options, and none with index {picked}")
        verdict = Verdict(self.number, self.question, picked, max(at - self.shown_at, 0.0))
        return replace(self, verdicts=(*self.verdicts, verdict), phase=Phase.ANSWERED)

    def next(self, at: float) -> Game:
        """The game once the player went on at time `at`: at the next question, or over."""
        self._require(Phase.ANSWERED)
        over = len(self.verdicts) == len(self.quiz.questions)
        return replace(self, shown_at=at, phase=Phase.OVER if over else Phase.ASKING)

    @property
    def number(self) -> int:
        """The number of the present question, from 1; the last one's where the game is over."""
        return len(self.verdicts) + (self.phase is Phase.ASKING)

    @property
    def question(self) -> Question:
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
        """How many answers were right so far."""
        return sum(verdict.is_right for verdict in self.verdicts)

    @property
    def streak(self) -> int:
        """How many answers in a row were right, up to the last one."""
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
        """How long all answers took together."""
        return sum(verdict.seconds for verdict in self.verdicts)

    def _require(self, phase: Phase) -> None:
        if self.phase is not phase:
            raise IllegalMove(f"the game is {self.phase}, not {phase}")
