"""The colours of both themes: from the terminal's own palette, and different enough to be read."""

from __future__ import annotations

from itertools import product

import pytest
from textual.color import Color

from orbitquiz.tui.theme import DAY, NIGHT, Depth, themes

#: xterm's palettes: 16 colours of an old PC, and a cube of six steps a channel with 24 greys.
PC = {f"#{red}{green}{blue}" for red, green, blue in product(("00", "aa"), repeat=3)}
PC |= {f"#{red}{green}{blue}" for red, green, blue in product(("55", "ff"), repeat=3)} | {"#aa5500"}
CUBE = {f"#{red}{green}{blue}" for red, green, blue in product(("00", "5f", "87", "af", "d7", "ff"), repeat=3)}
GREYS = {f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(8, 239, 10)}

both = pytest.mark.parametrize("name", [NIGHT, DAY])
each_depth = pytest.mark.parametrize("depth", ["truecolor", "256", "16"])


def colours(name: str, depth: Depth) -> dict[str, str]:
    (theme,) = (each for each in themes(depth) if each.name == name)
    own = ("primary", "secondary", "accent", "warning", "error", "success", "foreground", "background", "surface")
    return {**{each: str(getattr(theme, each)) for each in own}, **theme.variables}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.1, from 1 to 21."""

    def luminance(code: str) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in Color.parse(code).normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@both
def test_no_terminal_has_to_choose_the_nearest_colour(name: str) -> None:
    assert {code.lower() for code in colours(name, "16").values()} <= PC
    assert {code.lower() for code in colours(name, "256").values()} <= CUBE | GREYS


@both
@each_depth
def test_text_can_be_read(name: str, depth: Depth) -> None:
    found = colours(name, depth)
    for ground in ("background", "ground-right", "ground-wrong", "ground-chosen", "mark"):
        least = 7 if ground == "background" else 4.5
        assert contrast(found["foreground"], found[ground]) >= least, ground
    for words in ("success", "error", "warning", "accent"):
        assert contrast(found[words], found["background"]) >= 3, words


@both
@each_depth
def test_right_and_wrong_have_colours_of_their_own(name: str, depth: Depth) -> None:
    found = colours(name, depth)
    right, wrong = Color.parse(found["success"]), Color.parse(found["error"])
    assert right.g > right.r
    assert wrong.r > wrong.g


@both
@each_depth
def test_separators_are_seen(name: str, depth: Depth) -> None:
    found = colours(name, depth)
    assert contrast(found["line"], found["background"]) >= 1.5
