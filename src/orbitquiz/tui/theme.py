"""The game's own colours, a night sky and the same by day, in what each kind of terminal can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from textual.theme import Theme

Depth = Literal["truecolor", "256", "16"]
"""The number of colours that a terminal has."""

NIGHT, DAY = "orbit-night", "orbit-day"

_SKY = ("sky-air", "sky-sea", "sky-star", "mark", "line", "ground-right", "ground-wrong", "ground-chosen")
_NAMES = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
)

# Each row has the colours of `_NAMES` and then of `_SKY`. Those for 256 and 16 colours are colours of xterm's palettes,
# so that no terminal has to choose the nearest, which for dark blues is black and for pale greens white.
_COLOURS: Mapping[tuple[str, Depth], str] = {
    (NIGHT, "truecolor"): """
        7db0ff a7b8e8 ffc857 ffc857 ff8577 6fdc9c e4e9f7 0a0f1e 111830 1b2545
        63b3ff 123a73 8793b8 3d3310 334066 192d31 2f2130 273752""",
    (NIGHT, "256"): """
        87afff afafd7 ffd75f ffd75f ff8787 5fd787 e4e4e4 080808 1c1c1c 303030
        5fafff 00005f 8787af 5f5f00 4e4e4e 005f00 5f0000 00005f""",
    (NIGHT, "16"): """
        55ffff aaaaaa ffff55 ffff55 ff5555 55ff55 ffffff 000000 000000 555555
        55ffff 0000aa aaaaaa aa5500 555555 000000 000000 0000aa""",
    (DAY, "truecolor"): """
        1d56b5 4a5f94 a35c00 a35c00 b3261e 12724a 1b2238 faf8f2 f0ede3 e3dfd2
        5f9fe8 b9d6f7 a8a08c fbe7b2 b5ad97 d7e4d9 efd9d2 c3cfe3""",
    (DAY, "256"): """
        005faf 5f5f87 875f00 875f00 af0000 005f00 1c1c1c ffffff eeeeee dadada
        5fafff afd7ff a8a8a8 ffd787 a8a8a8 d7ffd7 ffd7d7 afd7ff""",
    (DAY, "16"): """
        0000aa 555555 aa5500 aa5500 aa0000 00aa00 000000 ffffff ffffff aaaaaa
        5555ff aaaaaa aaaaaa ffff55 aaaaaa ffffff ffffff aaaaaa""",
}


def themes(depth: Depth) -> list[Theme]:
    """Return both themes for a terminal of so many colours."""
    return [_theme(name, depth) for name in (NIGHT, DAY)]


def colours_for(*, dark: bool, depth: Depth = "truecolor") -> dict[str, str]:
    """Return the colours that Textual's own themes lack, for a dark one or a light one."""
    return {name: colour for name, colour in _colours(NIGHT if dark else DAY, depth).items() if name in _SKY}


def is_light(reply: str) -> bool | None:
    """Return whether a terminal's answer to OSC 11 names a light background; None where it names none.

    The answer is `rgb:RRRR/GGGG/BBBB` with one to four hexadecimal digits each (xterm, "ctlseqs").
    """
    found = re.search(r"\]11;rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})", reply, re.IGNORECASE)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5)  # ITU-R BT.709, without its gamma


def is_light_by_environment(colorfgbg: str) -> bool | None:
    """Return whether `COLORFGBG` (rxvt, Konsole: "15;0") names a light background; None where it names none."""
    background = colorfgbg.rpartition(";")[2]
    return int(background) in (7, *range(9, 16)) if background.isdigit() else None


def _theme(name: str, depth: Depth) -> Theme:
    colours = _colours(name, depth)
    own = {key: colours.pop(key) for key in _SKY}
    return Theme(name=name, dark=name == NIGHT, variables=own, **colours)  # type: ignore[arg-type]


def _colours(name: str, depth: Depth) -> dict[str, str]:
    codes = (f"#{code}" for code in _COLOURS[name, depth].split())
    return dict(zip((*_NAMES, *_SKY), codes, strict=True))
