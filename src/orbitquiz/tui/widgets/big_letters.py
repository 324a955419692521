"""Large letters and other pictures of pixels, for what a class has to read from the back row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

Pixels = Sequence[Sequence[bool]]
"""Rows of a picture, from the top. A pixel is a cell wide and half a cell high, which is nearly square."""

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

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
    """Return `text` on one line as pixels; None where the font lacks one of its letters."""
    glyphs = [_glyph(letter) for letter in unicodedata.normalize("NFC", text)]
    found = [glyph for glyph in glyphs if glyph]
    if not found or len(found) < len(glyphs):
        return None
    return [[mark == "#" for mark in ("." * _GAP).join(glyph[y] for glyph in found)] for y in range(HEIGHT)]


def large_lines(text: str, width: int) -> list[str] | None:
    """Return `text` in lines of `width` cells, each `ROWS` rows of half blocks with a blank one between two of them.

    None where the font lacks one of its letters, or a word does not fit.
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
    """Return the rows of a letter; None for one that the font lacks."""
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


def drawn(pixels: Pixels, scale: int = 1) -> list[str]:
    """Return `pixels` in lines of half blocks, each pixel `scale` cells wide and `scale` halves of a cell high."""
    rows = [[bit for bit in row for _ in range(scale)] for row in pixels for _ in range(scale)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    ]


def scale_for(pixels: Pixels, width: int, height: int, most: int) -> int:
    """Return the largest scale, up to `most`, at which `pixels` fits in `width` cells and `height` rows; 0 for none."""
    across, down = len(pixels[0]), len(pixels)
    return next((scale for scale in range(most, 0, -1) if across * scale <= width and down * scale <= 2 * height), 0)
