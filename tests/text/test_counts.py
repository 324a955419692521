"""Numbers read as people write them."""

from __future__ import annotations

import pytest

from orbitquiz.text.counts import counted, ordinal, percent, portion


@pytest.mark.parametrize(("count", "words"), [(0, "0 facts"), (1, "1 fact"), (2, "2 facts"), (10000, "10,000 facts")])
def test_a_count_has_its_noun_in_the_right_number(count: int, words: str) -> None:
    assert counted(count, "fact") == words


@pytest.mark.parametrize(
    "words", "1st 2nd 3rd 4th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 101st 111th 112th 113th 122nd 500th".split()
)
def test_ordinals_are_written_as_people_write_them(words: str) -> None:
    assert ordinal(int(words[:-2])) == words


@pytest.mark.parametrize(
    ("part", "whole", "of_twenty", "words"),
    [
        (0, 7, 0, "0 %"),
        (1, 1000, 1, "1 %"),
        (1, 3, 7, "33 %"),
        (2, 3, 13, "67 %"),
        (999, 1000, 19, "99 %"),
        (7, 7, 20, "100 %"),
    ],
)
def test_a_share_is_none_or_all_only_where_it_is(part: int, whole: int, of_twenty: int, words: str) -> None:
    assert (portion(part, whole, 20), percent(part, whole)) == (of_twenty, words)
