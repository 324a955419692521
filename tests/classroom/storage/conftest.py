"""A room to keep."""

from __future__ import annotations

import pytest

from tests.classroom.making import KEY, Lesson, opened


@pytest.fixture
def lesson() -> Lesson:
    """A room in which two have joined, one question was played and one is open."""
    lesson = Lesson(opened(), "Ann", "Ben")
    lesson.play({"p1": KEY, "p2": 0})
    lesson.ask()
    lesson.pick("p1", 1)
    return lesson
