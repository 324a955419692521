"""The outcome of an answer: the one list of cases, with their signs and wording, for screens, plain text and lists."""

from __future__ import annotations

from enum import Enum

from orbitquiz.quiz.game import Verdict


class Outcome(Enum):
    """The outcome of a question for one player.

    `sign` comes before a sentence and `mark` in a row of marks, so that neither relies on colour. `sentence` opens a
    verdict, `phrase` is used in lists.
    """

    sign: str
    mark: str
    sentence: str
    phrase: str

    RIGHT = "✓", "●", "Right.", "right"
    HINTED = "✓", "◐", "Right, with the hint.", "right, with the hint"
    GUESSED = "✓", "◐", "Right, a guess.", "right, a guess"
    WRONG = "✗", "○", "Wrong.", "wrong"
    SKIPPED = "–", "–", "Skipped.", "skipped"
    LATE = "–", "–", "Time is up.", "time was up"
    UNANSWERED = "–", "–", "No answer.", "not answered"
    ABSENT = " ", "·", "Asked before you joined.", "before you joined"

    def __init__(self, sign: str, mark: str, sentence: str, phrase: str) -> None:
        self.sign = sign
        self.mark = mark
        self.sentence = sentence
        self.phrase = phrase

    @property
    def is_right(self) -> bool:
        """True if the key was picked."""
        return self in (Outcome.RIGHT, Outcome.HINTED, Outcome.GUESSED)


def outcome_of(verdict: Verdict) -> Outcome:
    """Return what became of a question of a game."""
    if verdict.is_right:
        if verdict.answer.guessed:
            return Outcome.GUESSED
        return Outcome.HINTED if verdict.answer.hinted else Outcome.RIGHT
    if verdict.pick is not None:
        return Outcome.WRONG
    return Outcome.LATE if verdict.answer.late else Outcome.SKIPPED
