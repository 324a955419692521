"""Pictures of pixels as half blocks, as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

Pixels = Sequence[Sequence[bool]]
"""Rows of a picture, from the top. A pixel is a cell wide and half a cell high, which is nearly square."""

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def drawn(pixels: Pixels, scale: int = 1) -> list[str]:
    """`pixels` in lines of half blocks, each pixel `scale` cells wide and `scale` halves of a cell high."""
    rows = [[bit for bit in row for _ in range(scale)] for row in pixels for _ in range(scale)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    ]


def scale_for(pixels: Pixels, width: int, height: int, most: int) -> int:
    """The largest scale, up to `most`, at which `pixels` has room in `width` cells and `height` rows; 0 for none."""
    across, down = len(pixels[0]), len(pixels)
    return next((scale for scale in range(most, 0, -1) if across * scale <= width and down * scale <= 2 * height), 0)
