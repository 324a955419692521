"""Large letters: a font of pixels for what a class has to read from the back row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from orbitquiz.tui.widgets.pixels import Pixels, drawn

HEIGHT = 8
"""Rows of pixels in a line: seven above the base line, one below it."""

ROWS = HEIGHT // 2
"""Rows of a terminal in a line."""

_GAP, _SPACE = 1, 3  # pixels between two letters, and those of a space beside them

# Each band has the letters of its first line, eight rows high.
_BANDS = """
0 1 2 3 4 5 6 7 8 9 A B C D E
.###. .#. .###. ##### ...#. ##### ..##. ##### .###. .###. .###. ####. .###. ###.. #####
#...# ##. #...# ...#. ..##. #.... .#... ....# #...# #...# #...# #...# #...# #..#. #....
#..## .#. ....# ..#.. .#.#. ####. #.... ...#. #...# #...# #...# #...# #.... #...# #....
#.#.# .#. ...#. ...#. #..#. ....# ####. ..#.. .###. .#### ##### ####. #.... #...# ####.
##..# .#. ..#.. ....# ##### ....# #...# .#... #...# ....# #...# #...# #.... #...# #....
#...# .#. .#... #...# ...#. #...# #...# .#... #...# ...#. #...# #...# #...# #..#. #....
.###. ### ##### .###. ...#. .###. .###. .#... .###. .##.. #...# ####. .###. ###.. #####
..... ... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

F G H I J K L M N O P Q R S T
##### .###. #...# ### ..### #...# #.... #...# #...# .###. ####. .###. ####. .#### #####
#.... #...# #...# .#. ...#. #..#. #.... ##.## #...# #...# #...# #...# #...# #.... ..#..
#.... #.... #...# .#. ...#. #.#.. #.... #.#.# ##..# #...# #...# #...# #...# #.... ..#..
####. #.### ##### .#. ...#. ##... #.... #.#.# #.#.# #...# ####. #...# ####. .###. ..#..
#.... #...# #...# .#. ...#. #.#.. #.... #...# #..## #...# #.... #.#.# #.#.. ....# ..#..
#.... #...# #...# .#. #..#. #..#. #.... #...# #...# #...# #.... #..#. #..#. ....# ..#..
#.... .#### #...# ### .##.. #...# ##### #...# #...# .###. #.... .##.# #...# ####. ..#..
..... ..... ..... ... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

U V W X Y Z a b c d e f g h i
#...# #...# #...# #...# #...# ##### ..... #.... ..... ....# ..... ..## ..... #.... #
#...# #...# #...# #...# #...# ....# ..... #.... ..... ....# ..... .#.. ..... #.... .
#...# #...# #...# .#.#. #...# ...#. .###. #.##. .###. .##.# .###. ###. .#### #.##. #
#...# #...# #.#.# ..#.. .#.#. ..#.. ....# ##..# #.... #..## #...# .#.. #...# ##..# #
#...# #...# #.#.# .#.#. ..#.. .#... .#### #...# #.... #...# ##### .#.. #...# #...# #
#...# .#.#. #.#.# #...# ..#.. #.... #...# #...# #...# #...# #.... .#.. .#### #...# #
.###. ..#.. .#.#. #...# ..#.. ##### .#### ####. .###. .#### .###. .#.. ....# #...# #
..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .... .###. ..... .

j k l m n o p q r s t u v w x y z
..# #... #. ..... ..... ..... ..... ..... .... ..... .#.. ..... ..... ..... ..... ..... .....
... #... #. ..... ..... ..... ..... ..... .... ..... .#.. ..... ..... ..... ..... ..... .....
..# #..# #. ##.#. #.##. .###. ####. .#### #.## .#### ###. #...# #...# #...# #...# #...# #####
..# #.#. #. #.#.# ##..# #...# #...# #...# ##.. #.... .#.. #...# #...# #...# .#.#. #...# ...#.
..# ##.. #. #.#.# #...# #...# #...# #...# #... .###. .#.. #...# #...# #.#.# ..#.. #...# ..#..
..# #.#. #. #...# #...# #...# ####. .#### #... ....# .#.# #..## .#.#. #.#.# .#.#. .#### .#...
#.# #..# .# #...# #...# .###. #.... ....# #... ####. ..#. .##.# ..#.. .#.#. #...# ....# #####
.#. .... .. ..... ..... ..... #.... ....# .... ..... .... ..... ..... ..... ..... .###. .....

_ [ ] { } × ° * $ € £ # @ < > | ~ ½
..... ## ## .## ##. ... .#. ..... ..#.. ..##. ..##. .#.#. .###. ... ... # ..... #...#
..... #. .# .#. .#. ... #.# #.#.# .#### .#..# .#..# .#.#. #...# ..# #.. # ..... #..#.
..... #. .# .#. .#. ... .#. .###. #.#.. ###.. .#... ##### #.### .#. .#. # .#..# #.#..
..... #. .# #.. ..# #.# ... ##### .###. .#... ###.. .#.#. #.#.# #.. ..# # #.#.# .#.##
..... #. .# .#. .#. .#. ... .###. ..#.# ###.. .#... ##### #.### .#. .#. # #..#. #...#
..... #. .# .#. .#. #.# ... #.#.# ####. .#..# .#..# .#.#. #.... ..# #.. # ..... ...#.
..... ## ## .## ##. ... ... ..... ..#.. ..##. ####. .#.#. .###. ... ... # ..... ..###
##### .. .. ... ... ... ... ..... ..... ..... ..... ..... ..... ... ... . ..... .....

. , : ; ! ? ' " - – — ( ) / % & + = · …
. .. . .. # .###. # #.# ... .... ..... .# #. ....# ##..# .##.. ..... .... . .....
. .. . .. # #...# # #.# ... .... ..... #. .# ....# ##..# #..#. ..#.. .... . .....
. .. # .# # ....# . ... ... .... ..... #. .# ...#. ...#. #.#.. ..#.. #### . .....
. .. . .. # ...#. . ... ### #### ##### #. .# ..#.. ..#.. .#... ##### .... # .....
. .. . .. # ..#.. . ... ... .... ..... #. .# .#... .#... #.#.# ..#.. #### . .....
. .. . .. . ..... . ... ... .... ..... #. .# #.... #..## #..#. ..#.. .... . .....
# .# # .# # ..#.. . ... ... .... ..... .# #. #.... #..## .##.# ..... .... . #.#.#
. #. . #. . ..... . ... ... .... ..... .. .. ..... ..... ..... ..... .... . .....
"""
_DOTLESS = [".", ".", "#", "#", "#", "#", "#", "."]
_SAME = {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‐": "-", "‑": "-", "−": "–"}

# What stands above a small letter, or below one, in three columns.
_ABOVE = {
    "\u0300": ("#..", ".#."),
    "\u0301": ("..#", ".#."),
    "\u0302": (".#.", "#.#"),
    "\u0303": (".##", "##."),
    "\u0304": ("###", "..."),
    "\u0307": (".#.", "..."),
    "\u0308": ("#.#", "..."),
    "\u030a": (".#.", ".#."),
    "\u030c": ("#.#", ".#."),
}
_BELOW = {"\u0327": ".#.", "\u0328": "..#"}


def _glyphs() -> Iterator[tuple[str, list[str]]]:
    for band in _BANDS.strip("\n").split("\n\n"):
        names, *rows = band.split("\n")
        yield from zip(names.split(), map(list, zip(*(row.split() for row in rows), strict=True)), strict=True)


_GLYPHS = dict(_glyphs())


def picture(text: str) -> Pixels | None:
    """`text` on one line; None where the font has not all of its letters."""
    glyphs = [_glyph(letter) for letter in unicodedata.normalize("NFC", text)]
    found = [glyph for glyph in glyphs if glyph]
    if not found or len(found) < len(glyphs):
        return None
    return [[mark == "#" for mark in ("." * _GAP).join(glyph[y] for glyph in found)] for y in range(HEIGHT)]


def large_lines(text: str, width: int) -> list[str] | None:
    """`text` in lines of `width` cells, each `ROWS` rows of half blocks with a blank one between two of them.

    None where the font has not all of its letters, or a word has no room.
    """
    rows: list[str] = []
    line, before = "", None
    for word in text.split():
        longer = f"{line} {word}".strip()
        now = picture(longer)
        if now and before and len(now[0]) > width:
            rows += [*drawn(before), ""]
            longer, now = word, picture(word)
        if now is None or len(now[0]) > width:
            return None
        line, before = longer, now
    return [*rows, *drawn(before)] if before else None


@lru_cache(512)
def _glyph(letter: str) -> list[str] | None:
    """The rows of a letter; None for one that the font has not."""
    letter = _SAME.get(letter, letter)
    if letter == " ":
        return ["." * _SPACE] * HEIGHT
    if letter in _GLYPHS:
        return _GLYPHS[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if len(marks) != 1 or not base.islower() or base not in _GLYPHS:
        return None
    return _marked(_DOTLESS if base == "i" else _GLYPHS[base], marks)


def _marked(glyph: list[str], mark: str) -> list[str] | None:
    width = max(len(glyph[0]), 3)
    rows = [row.center(width, ".") for row in glyph]
    if mark in _ABOVE and "#" not in rows[0] + rows[1]:
        return [*(row.center(width, ".") for row in _ABOVE[mark]), *rows[2:]]
    if mark in _BELOW and "#" not in rows[-1]:
        return [*rows[:-1], _BELOW[mark].center(width, ".")]
    return None
