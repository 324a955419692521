"""Screens as text, to compare with the ones kept: lines, the runs of style in each, and a legend of the styles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

_ATTRIBUTES = ("bold", "dim", "italic", "underline", "underline2", "blink", "reverse", "strike", "overline")
_ON_BLANKS = ("underline", "underline2", "reverse", "strike", "overline")  # attributes that a blank shows
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


async def taken(pilot: Pilot[Any]) -> str:
    """Return the screen as a grid of text, once all of it is drawn and no cursor blinks.

    The size comes first, then the lines without trailing blanks. Below are the runs of style for each row:
    `2–4  a3 b10 a` means that in rows 2 to 4 style a covers three cells, b the next ten, and a the rest. The legend
    says what each style is.
    """
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()
    app = pilot.app
    visible_screen_stack.set(app._background_screens)  # what a dialog leaves visible of the screen below it
    strips = app.screen._compositor.render_strips(app.size)
    return grid(strips, app.size.width)


def grid(strips: list[Strip], width: int) -> str:
    """Return the text, the runs of style and the legend of a screen `width` cells wide."""
    names: dict[str, str] = {}
    rows = [_row(strip, width, names) for strip in strips]
    lines = [f"{width}×{len(strips)}", *(strip.text.rstrip(" ") for strip in strips), "─── styles"]
    first = 0
    for row, same in groupby(rows):
        last = first + len(list(same)) - 1
        lines.append(f"{f'{first}' if first == last else f'{first}–{last}':>5}  {row}")
        first = last + 1
    lines += ["─── legend", *(f"{name:>5}  {style}" for style, name in names.items())]
    return "\n".join(lines) + "\n"


def _row(strip: Strip, width: int, names: dict[str, str]) -> str:
    """Return the runs of style in one line, naming new styles in `names`."""
    runs = list(_runs(strip))
    cells = sum(length for _, length in runs)
    assert cells == width, f"a line of {cells} cells on a screen of {width}: {strip.text!r}"
    said = [(names.setdefault(style, _name(len(names))), length) for style, length in runs]
    return " ".join([*(f"{name}{length}" for name, length in said[:-1]), said[-1][0]])


def _runs(strip: Strip) -> Iterator[tuple[str, int]]:
    """Yield each style with the number of cells it covers.

    Blanks show no foreground, so they belong to the run before them where the background is the same.
    """
    current: tuple[str, str, int] | None = None  # style, background, cells
    for segment in strip:
        style = segment.style or Style()
        background = _color(style.bgcolor)
        whole = _said(style)
        for is_blank, characters in groupby(segment.text, lambda character: character == " "):
            cells = cell_len("".join(characters))
            plain = is_blank and not any(getattr(style, attribute) for attribute in _ON_BLANKS)
            said = f"on {background}" if plain else whole
            if current and (current[0] == said or (plain and current[1] == background)):
                current = (current[0], background, current[2] + cells)
            else:
                if current:
                    yield current[0], current[2]
                current = (said, background, cells)
    if current:
        yield current[0], current[2]


def _said(style: Style) -> str:
    attributes = [attribute for attribute in _ATTRIBUTES if getattr(style, attribute)]
    return " ".join([*attributes, _color(style.color), "on", _color(style.bgcolor)])


def _color(color: Color | None) -> str:
    if color is None:
        return "default"
    return color.triplet.hex if color.triplet else color.name


def _name(number: int) -> str:
    """Return a to z, A to Z, then aa, ab and so on."""
    more, letter = divmod(number, len(_LETTERS))
    return (_LETTERS[more - 1] if more else "") + _LETTERS[letter]
