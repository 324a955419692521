"""When an option is dead, and when it is a trap."""

from __future__ import annotations

import pytest

from orbitquiz.quiz.quality.picks import OptionTally, is_dead, together


@pytest.mark.parametrize(
    ("picked", "shown", "expected"),
    [
        (0, 59, False),
        (0, 60, False),  # by Wilson's interval the share may still be 6 %
        (0, 72, False),
        (0, 73, True),
        (1, 100, False),
        (1, 120, True),
        (30, 1000, True),
        (45, 1000, False),
        (0, 0, False),
    ],
)
def test_an_option_is_dead_where_its_share_is_surely_under_five_per_cent(
    picked: int, shown: int, expected: bool
) -> None:
    assert is_dead(picked, shown) is expected


@pytest.mark.parametrize(
    ("shown", "picked", "right", "expected"),
    [(9, 9, 0, False), (10, 4, 6, True), (10, 3, 7, False), (20, 5, 4, True), (20, 5, 6, False), (20, 0, 0, False)],
)
def test_an_option_is_a_trap_where_it_beats_the_key_or_a_third_pick_it(
    shown: int, picked: int, right: int, expected: bool
) -> None:
    assert OptionTally("q", "o", shown, picked, right).is_trap is expected


def test_tallies_of_one_option_are_added_up() -> None:
    tallies = [OptionTally("b", "x", 2, 1, 1), OptionTally("a", "y", 1, 0, 1), OptionTally("b", "x", 3, 1, 0)]
    assert together(tallies) == (OptionTally("a", "y", 1, 0, 1), OptionTally("b", "x", 5, 2, 1))
