"""Item analysis: classical test theory from right and wrong answers alone.

The answers are a table with a row for each player and a column for each question: True for right, False for wrong, and
for no answer of somebody who played the question, None for who did not play it. docs/classroom.md says what the figures
mean and where their formulas come from.

Sums are whole numbers and fractions until the end, so that a variance of nothing is exactly 0 and an alpha never
exceeds 1.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

ENOUGH = 30
"""With fewer responses than that, a figure is only indicative."""

Row = Sequence[bool | None]
Table = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from so many `responses`. `value` is None where it is not defined, and `why` says in a few words why."""

    value: float | None
    responses: int
    why: str | None = None

    @property
    def is_indicative(self) -> bool:
        """True if there are too few responses to rely on it."""
        return self.responses < ENOUGH


def facility(right: int, responses: int) -> Figure:
    """Return the share of right answers, from 0 to 1."""
    return Figure(right / responses, responses) if responses else Figure(None, 0, "nobody played it")


def discrimination(table: Table, question: int) -> Figure:
    """Return how well the question separates strong players from weak ones: −100 to 100.

    The correlation of the question's score with the rest score, times 100, as in Moodle's quiz statistics. The rest
    score of a player is the share of right answers among the other questions that they played, which for those who
    played all comes to the same as their number.
    """
    rows = [row for row in table if row[question] is not None and _played(row) > 1]
    if not rows:
        alone = any(row[question] is not None for row in table)
        return Figure(None, 0, "there is no other question" if alone else "nobody played it")
    if len(rows) == 1:
        return Figure(None, 1, "only one player")
    scale = math.lcm(*(_played(row) - 1 for row in rows))
    scores = [int(row[question] is True) for row in rows]
    rest = [(_right(row) - score) * (scale // (_played(row) - 1)) for row, score in zip(rows, scores, strict=True)]
    of_score, of_rest = _covariance(scores, scores), _covariance(rest, rest)
    if not of_score:
        return Figure(None, len(rows), "everybody was right" if scores[0] else "nobody was right")
    if not of_rest:
        return Figure(None, len(rows), "everybody did equally well in the rest")
    together = _covariance(scores, rest)
    strength = math.sqrt(Fraction(together * together, of_score * of_rest))
    return Figure(100 * math.copysign(strength, together), len(rows))


def mean(table: Table) -> Figure:
    """Return the mean number of right answers of those who played every question."""
    totals = _totals(table)
    return Figure(statistics.fmean(totals), len(totals)) if totals else _nobody(table)


def deviation(table: Table) -> Figure:
    """Return the sample standard deviation of the number of right answers of those who played every question."""
    totals = _totals(table)
    if not totals:
        return _nobody(table)
    if len(totals) == 1:
        return Figure(None, 1, "only one player")
    return Figure(statistics.stdev(totals), len(totals))


def alpha(table: Table) -> Figure:
    """Return Cronbach's alpha (1951) of those who played every question: at most 1; it can be below 0."""
    rows = _complete(table)
    totals = _totals(table)
    if not totals:
        return _nobody(table)
    if len(totals) == 1:
        return Figure(None, 1, "only one player")
    questions = len(rows[0])
    if questions == 1:
        return Figure(None, len(totals), "only one question")
    of_total = _covariance(totals, totals)
    if not of_total:
        return Figure(None, len(totals), "everybody has the same number right")
    of_questions = 0
    for column in zip(*rows, strict=True):
        scores = [int(cell is True) for cell in column]
        of_questions += _covariance(scores, scores)
    value = Fraction(questions, questions - 1) * (1 - Fraction(of_questions, of_total))
    return Figure(float(value), len(totals))


def _played(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _right(row: Row) -> int:
    return sum(cell is True for cell in row)


def _complete(table: Table) -> list[Row]:
    """Return the rows of those who played every question, of which there is one at least."""
    return [row for row in table if row and None not in row]


def _totals(table: Table) -> list[int]:
    return [_right(row) for row in _complete(table)]


def _nobody(table: Table) -> Figure:
    return Figure(None, 0, "nobody played every question" if any(map(_played, table)) else "nobody has played yet")


def _covariance(first: Sequence[int], second: Sequence[int]) -> int:
    """Return the covariance of two lists of numbers, times n² for the n of them; of one with itself, the variance."""
    products = sum(one * other for one, other in zip(first, second, strict=True))
    return len(first) * products - sum(first) * sum(second)
