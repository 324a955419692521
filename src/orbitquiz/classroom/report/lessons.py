"""Several lessons of a class side by side: who grew, and which facts stay hard.

A student is found again by the name, whatever its capitals and spaces; a fact by its id in the bank. A student's result
in a lesson is the share of right answers among the questions that the student played. Lessons differ in difficulty, so
growth is told against the class: the student's share less that of all, in the last lesson of the student less in the
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from orbitquiz.classroom.report.model import Report, ReportPlayer

HARD = 0.5
"""A fact stays hard if no lesson had a larger share of right answers than this."""


@dataclass(frozen=True, slots=True)
class Score:
    """The number of right answers among those that count."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The share of right answers, from 0 to 1."""
        return self.right / self.of


@dataclass(frozen=True, slots=True)
class Lesson:
    """A game that the class played; `score` is that of all its players together."""

    room: str
    game: int
    title: str
    opened: datetime  # in UTC
    players: int
    score: Score


@dataclass(frozen=True, slots=True)
class Student:
    """A student's `scores` in each lesson, None where absent. `growth` is from −1 to 1, None for fewer than two."""

    name: str
    scores: tuple[Score | None, ...]
    growth: float | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that stays hard: the sentence that states it, and the class's `scores` in each lesson."""

    statement: str
    scores: tuple[Score | None, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons of the class called `name`, the first one first."""

    name: str
    lessons: tuple[Lesson, ...]
    students: tuple[Student, ...]
    hard: tuple[Fact, ...]


def side_by_side(name: str, reports: Sequence[Report], *, with_names: bool = True) -> Lessons:
    """Put the `reports` of a class side by side. Without names students are numbered, the best first."""
    reports = sorted((report for report in reports if _score(report).of), key=lambda report: report.opened)
    students = _students(reports)
    if not with_names:
        students.sort(key=lambda student: -_total(student.scores).share)
        students = [Student(f"Student {number}", each.scores, each.growth) for number, each in enumerate(students, 1)]
    return Lessons(name, tuple(map(_lesson, reports)), tuple(students), tuple(_hard(reports)))


def _lesson(report: Report) -> Lesson:
    players = sum(player.has_answered for player in report.players)
    return Lesson(report.room, report.game, report.title, report.opened, players, _score(report))


def _score(report: Report) -> Score:
    """Return the score of all players who have answered anything."""
    return Score(sum(each.right for each in report.questions), sum(each.responses for each in report.questions))


def _students(reports: Sequence[Report]) -> list[Student]:
    """Return the students by name. Rooms that gave the names say nothing of students."""
    names: dict[str, str] = {}
    found: dict[str, dict[int, Score]] = {}
    for index, report in enumerate(reports):
        for player in () if report.is_anonymous else report.players:
            if player.has_answered:
                key = " ".join(player.name.split()).casefold()
                names.setdefault(key, player.name)
                found.setdefault(key, {})[index] = _of(player)
    return [_student(names[key], found[key], reports) for key in sorted(found)]


def _of(player: ReportPlayer) -> Score:
    return Score(player.right, player.played)


def _student(name: str, scores: dict[int, Score], reports: Sequence[Report]) -> Student:
    ahead = [score.share - _score(reports[index]).share for index, score in sorted(scores.items())]
    growth = ahead[-1] - ahead[0] if len(ahead) > 1 else None
    return Student(name, tuple(scores.get(index) for index in range(len(reports))), growth)


def _hard(reports: Sequence[Report]) -> list[Fact]:
    """Return the facts that stay hard: those asked in most lessons first, then the hardest."""
    statements: dict[str, str] = {}
    found: dict[str, dict[int, Score]] = {}
    for index, report in enumerate(reports):
        for question in report.questions:
            if question.responses:
                statements[question.fact] = question.proof.statement
                found.setdefault(question.fact, {})[index] = Score(question.right, question.responses)
    hard = [fact for fact, scores in found.items() if max(score.share for score in scores.values()) <= HARD]
    hard.sort(key=lambda fact: (-len(found[fact]), _total(found[fact].values()).share))
    lessons = range(len(reports))
    return [Fact(statements[fact], tuple(found[fact].get(index) for index in lessons)) for fact in hard]


def _total(scores: Iterable[Score | None]) -> Score:
    there = [score for score in scores if score is not None]
    return Score(sum(score.right for score in there), sum(score.of for score in there))
