"""A kept screen differs as soon as its text, a colour or an attribute does."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.tui.picturing import grid


def grid_of(*segments: tuple[str, str]) -> str:
    strip = Strip([Segment(text, Style.parse(style)) for text, style in segments])
    return grid([strip, strip], strip.cell_length)


def test_rows_alike_are_told_once_and_the_legend_names_each_style() -> None:
    assert grid_of((" 彗 ", "#010203 on #0a0b0c"), ("ab", "bold #010203 on #0a0b0c"), ("  ", "on #111111")) == (
        "8×2\n 彗 ab\n 彗 ab\n"
        "─── styles\n  0–1  a1 b3 c2 d\n"
        "─── legend\n    a  on #0a0b0c\n    b  #010203 on #0a0b0c\n    c  bold #010203 on #0a0b0c\n    d  on #111111\n"
    )


@pytest.mark.parametrize("text", ["a b", "   "])
@pytest.mark.parametrize(
    ("one", "other"),
    [("red on blue", "red on green"), *((f"{word} red on blue", "red on blue") for word in ("reverse", "underline"))],
)
def test_what_can_be_seen_makes_a_difference(text: str, one: str, other: str) -> None:
    assert grid_of((text, one)) != grid_of((text, other))


@pytest.mark.parametrize("style", ["green on blue", "bold red on blue", "italic red on blue", "dim red on blue"])
def test_the_look_of_letters_makes_a_difference_but_not_that_of_blanks(style: str) -> None:
    assert grid_of(("a b", style)) != grid_of(("a b", "red on blue"))
    assert grid_of(("   ", style)) == grid_of(("   ", "red on blue"))


def test_a_line_that_is_not_as_wide_as_the_screen_is_an_error() -> None:
    with pytest.raises(AssertionError, match="a line of 3 cells on a screen of 4"):
        grid([Strip([Segment("abc")])], 4)
