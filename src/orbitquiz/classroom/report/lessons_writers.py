"""The lessons of a class written as text, CSV, JSON or a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping

from orbitquiz.classroom.report import wording
from orbitquiz.classroom.report.lessons import Lessons, Score
from orbitquiz.classroom.report.text import heading, wrapped
from orbitquiz.text.cells import cell
from orbitquiz.text.counts import counted, percent

HARD = "Facts that stay hard: at most half of the answers were right in each lesson."
GROWTH = "Growth compares with the class: percentage points gained on it from a student's first lesson to the last."
PRIVATE = "For the teacher alone."


def to_text(told: Lessons) -> str:
    """Return the lessons as lines for a terminal."""
    return "".join(f"{line}\n" for line in _lines(told))


def _lines(told: Lessons) -> Iterator[str]:
    yield from wrapped(f"{told.name}: {counted(len(told.lessons), 'lesson')} side by side")
    for number, lesson in enumerate(told.lessons, 1):
        game = f", game {lesson.game}" if lesson.game > 1 else ""
        players, right = counted(lesson.players, "player"), score_in_words(lesson.score)
        words = f"{number}. {wording.local(lesson.opened)}, room {lesson.room}{game}, {lesson.title}: "
        yield from wrapped(f"{words}{players}, {right} right")
    yield from heading("Facts that stay hard")
    yield from wrapped(HARD)
    for fact in told.hard:
        yield from wrapped(f"- {fact.statement} {in_each_lesson(fact.scores)}")
    if not told.hard:
        yield "There are none."
    yield from heading("Students")
    yield from wrapped(f"{PRIVATE} {GROWTH}")
    for student in told.students:
        grown = "" if student.growth is None else f" Growth {growth_in_words(student.growth)}."
        yield from wrapped(f"- {student.name}: {in_each_lesson(student.scores)}{grown}")


def in_each_lesson(scores: tuple[Score | None, ...]) -> str:
    """Return scores with the numbers of their lessons."""
    there = [(number, score) for number, score in enumerate(scores, 1) if score is not None]
    return f"{', '.join(f'lesson {number} {score_in_words(score)}' for number, score in there)}."


def score_in_words(score: Score | None) -> str:
    """Return the share of right answers in per cent; a dash for none."""
    return wording.NONE if score is None else percent(score.right, score.of)


def growth_in_words(growth: float | None) -> str:
    """Return growth in percentage points with its sign; a dash for none."""
    return wording.NONE if growth is None else f"{100 * growth:+.0f}".replace("-", "\u2212")


def to_csv(told: Lessons) -> str:
    """Return a row for each student, as RFC 4180 CSV with a byte order mark: the share right in each lesson, growth."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    titles = [cell(f"{lesson.opened.astimezone():%Y-%m-%d} {lesson.title}") for lesson in told.lessons]
    writer.writerow(["name", *titles, "growth"])
    for student in told.students:
        shares = ["" if score is None else f"{score.share:.2f}" for score in student.scores]
        growth = "" if student.growth is None else f"{student.growth:.2f}"
        writer.writerow([cell(student.name), *shares, growth])
    return file.getvalue()


def to_json(told: Lessons) -> str:
    """Return the lessons as one JSON object.

    `class` is its name. `lessons`: `room`, `game`, `title`, `opened` (UTC), `players`, `right`, `of`. `students`:
    `name`, `scores` and `growth`; `hard`: `statement` and `scores`. There is a score for each lesson, with `right` and
    `of`, or null.
    """

    def score(each: Score | None) -> Mapping[str, int] | None:
        return None if each is None else {"right": each.right, "of": each.of}

    data = {
        "class": told.name,
        "lessons": [
            {
                "room": each.room,
                "game": each.game,
                "title": each.title,
                "opened": each.opened.isoformat(timespec="seconds"),
                "players": each.players,
                **(score(each.score) or {}),
            }
            for each in told.lessons
        ],
        "students": [
            {"name": each.name, "scores": [*map(score, each.scores)], "growth": each.growth} for each in told.students
        ],
        "hard": [{"statement": each.statement, "scores": [*map(score, each.scores)]} for each in told.hard],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_html(told: Lessons) -> str:
    """Return the lessons as a page that needs nothing else."""
    from orbitquiz.classroom.report.html import rendered

    words = {"score": score_in_words, "growth": growth_in_words, "local": wording.local}
    return rendered("lessons.html.jinja", told=told, hard=HARD, growth=GROWTH, private=PRIVATE, say=words)


WRITERS: Mapping[str, Callable[[Lessons], str]] = {"text": to_text, "csv": to_csv, "json": to_json, "html": to_html}
"""The writers of the lessons, by format."""
