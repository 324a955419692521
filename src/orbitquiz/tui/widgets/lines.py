"""Lines of text that depend on the width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

TIGHT = "-tight"
"""The class of a screen without room for blank lines."""


class Lines(Widget):
    """A widget of lines that are laid out for each width."""

    DEFAULT_CSS = "Lines { height: auto; text-wrap: nowrap; text-overflow: clip; }"  # wrapped already
    _laid_out: tuple[int, Size, list[Content]] | None = None  # for this width and this terminal

    def lines(self, width: int) -> Iterator[Content]:
        """Yield the lines, none of them wider than `width`."""
        raise NotImplementedError

    def laid_out(self, width: int) -> list[Content]:
        """Return the lines, made once for layout and drawing and kept until the widget changes."""
        size = self.app.size
        if self._laid_out is None or self._laid_out[:2] != (width, size):
            self._laid_out = width, size, list(self.lines(width))
        return self._laid_out[2]

    def refresh(self, *regions: Region, **wishes: bool) -> Self:
        self._laid_out = None
        return super().refresh(*regions, **wishes)

    def notify_style_update(self) -> None:
        self._laid_out = None
        super().notify_style_update()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.laid_out(width))

    def render(self) -> Content:
        return Content("\n").join(self.laid_out(self.content_size.width))


def wrapped(content: Content, width: int) -> list[Content]:
    """Return `content` in lines of `width` cells, or of one where that is none."""
    return content.wrap(max(width, 1))


def hanging(begin: Content, content: Content, width: int) -> Iterator[Content]:
    """Yield `begin` with `content` beside it, in as many lines as that takes."""
    indent = begin.cell_length
    for line in wrapped(content, width - indent):
        yield (begin + line).truncate(width)
        begin = Content(" " * indent)
