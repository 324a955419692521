"""Several lessons of a class side by side."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from orbitquiz.classroom.report.build import gather, without_names
from orbitquiz.classroom.report.lessons import Lessons, Score, side_by_side
from orbitquiz.classroom.report.lessons_writers import WRITERS
from orbitquiz.classroom.report.model import Report
from tests.classroom.making import KEY, Lesson, opened, quiz_sheet

EVIL = "<b>Zoë"


def lesson(day: int, picks: dict[str, list[int]], **changes: Any) -> Report:
    """Return the report of a lesson in which these players picked these options, one for each question."""
    count = len(next(iter(picks.values())))
    opening = opened(quiz=quiz_sheet(count), room=f"AA{day}", opened=f"2031-05-0{day}T09:00:00+00:00", **changes)
    played = Lesson(opening, *picks)
    ids = {player.name: player.id for player in played.room.players.values()}
    for number in range(count):
        played.play({ids[who]: options[number] for who, options in picks.items()})
    return gather(played.events)


@pytest.fixture
def told() -> Lessons:
    """Three lessons of a class; Zoë is away in the second one, Ben comes in the third."""
    reports = [
        lesson(3, {"ada": [KEY, KEY, 0, 0], EVIL: [0, KEY, 0, 0], "Ben": [KEY, KEY, KEY, 0]}),
        lesson(1, {"Ada": [0, 0, 0, 0], EVIL: [0, 0, KEY, KEY]}),
        lesson(2, {"Ada ": [KEY, 0, 0, 0]}),
    ]
    return side_by_side("7b", reports)


def test_lessons_stand_in_the_order_of_time(told: Lessons) -> None:
    assert [each.room for each in told.lessons] == ["AA1", "AA2", "AA3"]
    assert [each.score for each in told.lessons] == [Score(2, 8), Score(1, 4), Score(6, 12)]


def test_students_are_found_again_by_name_and_grow_against_the_class(told: Lessons) -> None:
    scores = {each.name: each.scores for each in told.students}
    assert scores == {
        EVIL: (Score(2, 4), None, Score(1, 4)),
        "Ada": (Score(0, 4), Score(1, 4), Score(2, 4)),
        "Ben": (None, None, Score(3, 4)),
    }
    growth = {each.name: each.growth for each in told.students}
    assert growth == {"Ada": 0.25, EVIL: -0.5, "Ben": None}  # the class: a quarter at first, then a half


def test_facts_stay_hard_that_were_hard_in_every_lesson(told: Lessons) -> None:
    hard = {fact.statement: fact.scores for fact in told.hard}
    assert hard == {
        "Cy Reed was on watch on day 4.": (Score(1, 2), Score(0, 1), Score(0, 3)),
        "Cy Reed was on watch on day 3.": (Score(1, 2), Score(0, 1), Score(1, 3)),
    }
    assert next(iter(hard)) == "Cy Reed was on watch on day 4."


def test_without_names_students_are_numbered(told: Lessons) -> None:
    reports = [lesson(1, {"Ada": [0, 0], "Ben": [KEY, KEY]})]
    nameless = side_by_side("7b", reports, with_names=False)
    assert [(each.name, each.scores) for each in nameless.students] == [
        ("Student 1", (Score(2, 2),)),
        ("Student 2", (Score(0, 2),)),
    ]
    for write in WRITERS.values():
        assert "Ada" not in write(nameless)
    assert [each.name for each in without_names(reports[0]).players] == ["Student 1", "Student 2"]


def test_names_that_the_room_gave_are_nobodys() -> None:
    reports = [lesson(day, {"Player 1": [KEY], "Player 2": [0]}, is_anonymous=True) for day in (1, 2)]
    told = side_by_side("7b", reports)
    assert told.students == ()
    assert told.lessons[0].players == 2


def test_every_format_has_lessons_students_and_facts(told: Lessons) -> None:
    text = WRITERS["text"](told)
    assert "7b: 3 lessons side by side" in text
    assert "- Ada: lesson 1 0 %, lesson 2 25 %, lesson 3 50 %. Growth +25." in " ".join(text.split())
    assert all(len(line) <= 80 for line in text.splitlines())
    rows = list(csv.reader(io.StringIO(WRITERS["csv"](told).removeprefix("\ufeff"))))
    assert rows[2] == ["Ada", "0.00", "0.25", "0.50", "0.25"]
    data = json.loads(WRITERS["json"](told))
    assert data["class"] == "7b"
    assert data["students"][1]["scores"][2] == {"right": 2, "of": 4}
    page = WRITERS["html"](told)
    assert "&lt;b&gt;Zoë" in page
    assert "<b>Zoë" not in page
    assert "Cy Reed was on watch on day 4." in page
    assert "<script" not in page
