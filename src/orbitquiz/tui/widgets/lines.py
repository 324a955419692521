"""Lines of text that depend on how much room there is."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

TIGHT = "-tight"
"""The class of a screen that has no room for its blank lines."""


class Lines(Widget):
    """Lines that are laid out anew for each width."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def lines(self, width: int) -> Iterator[Content]:
        """The lines, none of them wider than `width`."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(1 for _ in self.lines(width))

    def render(self) -> Content:
        return Content("\n").join(self.lines(self.content_size.width))


def wrapped(content: Content, width: int) -> list[Content]:
    """`content` in lines of `width`, or of one cell where that is none."""
    return content.wrap(max(width, 1))


def hanging(begin: Content, content: Content, width: int) -> Iterator[Content]:
    """`begin`, and beside it `content` in as many lines as it takes."""
    indent = begin.cell_length
    for line in wrapped(content, width - indent):
        yield (begin + line).truncate(width)
        begin = Content(" " * indent)
