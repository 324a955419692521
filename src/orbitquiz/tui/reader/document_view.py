"""A document: its lines with their numbers, some of its text marked. Only the rows on the screen are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from orbitquiz.bank.model import Source
from orbitquiz.text.spans import Span, apart, touching
from orbitquiz.tui.reader.glyphs import is_joined, shown, widths
from orbitquiz.tui.reader.rendering import headings, rendered
from orbitquiz.tui.reader.rows import Rows

#: The later covers the earlier.
_LAYERS = ("document--heading", "document--mark", "document--here", "document--hit", "document--present")


class DocumentView(ScrollView, can_focus=False):
    """Shows the text of `source`. The spans of `here` are marked strongly, those of `marks` faintly; both are in order.

    All offsets and spans are those of the source's text, which is not shown as it is (`rendering.rendered`).
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"document--number", "document--bar", *_LAYERS}

    def __init__(self, source: Source, here: Sequence[Span] = (), marks: Sequence[Span] = ()) -> None:
        super().__init__()
        self._source = source
        self._edited = rendered(source)
        self.text = self._edited.text
        """The text as it is shown."""
        self._marks = tuple(self._shown(apart(spans)) for spans in (headings(source), marks, here))
        self._hits: Sequence[Span] = ()
        self._present: Span | None = None
        self._gutter = len(str(len(source.lines))) + 3  # a space, the line's number, a bar, a space
        self._rows: Rows | None = None  # until there is a size
        self._laid_out = Size(0, 0)
        # What the reader wants to see, which a change of size is to keep, and so does going back to the size before.
        self._keeps_present = False
        self.top = 0
        """The offset of the text that is at the top."""

    def _shown(self, spans: Sequence[Span]) -> list[Span]:
        """Return where `spans` of the source are shown, without those that are not."""
        places = ((self._edited.place(start), self._edited.place(end)) for start, end in spans)
        return [(start, end) for start, end in places if start < end]

    def show(self, hits: Sequence[Span], present: Span | None) -> None:
        """Mark `hits`, which are in order and apart, and `present` as the one that the reader is at."""
        self._hits = self._shown(hits)
        self._present = next(iter(self._shown([present] if present else [])), None)
        if self._rows:
            self._keeps_present = self._is_present_in_view
        self.refresh()

    def reveal(self) -> None:
        """Scroll to the present span if it is not in view."""
        self._keeps_present = True
        if self._rows and self._present and not self._is_present_in_view:
            # What comes before is what one needs to understand it.
            self._scroll(self._rows.at(self._present[0]) - self._laid_out.height // 3)

    def go(self, offset: int) -> None:
        """Put the text at `offset` at the top."""
        if self._rows:
            self._scroll(self._rows.at(self._edited.place(offset)))

    def on_resize(self) -> None:
        """Wrap the text again, and stay at the same place."""
        size = self.scrollable_content_region.size
        if not size.area:
            return
        is_first = self._rows is None
        top, keeps_present = self.top, self._keeps_present
        if self._rows is None or size.width != self._laid_out.width:
            self._rows = Rows(self.text, size.width - self._gutter - 1)
        self._laid_out = size
        self.virtual_size = Size(size.width, len(self._rows))
        self.go(top)
        if keeps_present:
            self.reveal()
        if not is_first:  # where it had to scroll for this size is no wish of the reader's
            self.top, self._keeps_present = top, keeps_present
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        # Textual cuts the position off where a new size ends, before the text is wrapped again.
        if self._rows and self.scrollable_content_region.size == self._laid_out:
            start = self._rows.starts[min(round(new_value), len(self._rows) - 1)]
            self.top = self._edited.original(start, start + 1)[0]
            self._keeps_present = self._is_present_in_view

    def render_line(self, y: int) -> Strip:
        row = self.scroll_offset.y + y
        base = self.rich_style
        if self._rows is None or row >= len(self._rows):
            return Strip.blank(self.size.width, base)
        start, end = self._rows.span(row)
        first, last = self._present_rows
        segments = [
            Segment(f"{self._number(row):>{self._gutter - 2}}", self._style("document--number")),
            # A bar beside the present one, because colour alone tells some people nothing.
            Segment("▌" if first <= row <= last else " ", self._style("document--bar")),
            Segment(" ", base),
        ]
        at = start
        for style, run in groupby(self._styles_of(start, end)):
            after = at + len(list(run))
            segments.append(Segment(shown(self.text[at:after]), self._style(style) if style else base))
            at = after
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _number(self, row: int) -> str:
        """Return the number of the source's line that begins with a row, in words; nothing where none does."""
        if self._rows is None or self._rows.number(row) is None:
            return ""
        start = self._rows.starts[row]
        return str(self._source.line(self._edited.original(start, start + 1)[0]))

    def _styles_of(self, start: int, end: int) -> list[str]:
        """Return the style of each character of a row, or nothing."""
        styles = [""] * (end - start)
        cells = widths(self.text[start:end])
        layers = (*self._marks, self._hits, [self._present] if self._present else [])
        for style, spans in zip(_LAYERS, layers, strict=True):
            for first, last in touching(spans, start, end):
                low, high = max(first - start, 0), min(last - start, end - start)
                while low > 0 and is_joined(cells, low):  # an accent has the style of its letter
                    low -= 1
                while is_joined(cells, high):
                    high += 1
                styles[low:high] = [style] * (high - low)
        return styles

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    @property
    def _present_rows(self) -> tuple[int, int]:
        """The first and the last row of the present span; of none, none."""
        if self._present is None or self._rows is None:
            return -1, -1
        return self._rows.at(self._present[0]), self._rows.at(self._present[1] - 1)

    @property
    def _is_present_in_view(self) -> bool:
        """True if the whole of the present span is in view, or as much of it as there is room for."""
        first, last = self._present_rows
        top, height = round(self.scroll_y), self._laid_out.height
        return top <= first and min(last, first + height // 2) < top + height

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=max(row, 0), animate=False, force=True)
