"""How a student's screens put things."""

from __future__ import annotations

import pytest

from orbitquiz.tui.room.student_words import ordinal


@pytest.mark.parametrize(
    "words", "1st 2nd 3rd 4th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 101st 111th 112th 113th 122nd 500th".split()
)
def test_places_are_written_as_people_write_them(words: str) -> None:
    assert ordinal(int(words[:-2])) == words
