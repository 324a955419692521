"""The document, to be read and marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.style import Style
from textual.document._document import Document
from textual.widgets import TextArea
from textual.widgets.text_area import Selection, TextAreaTheme

from orbitquiz.text.spans import Span

#: What `TextArea` would take for the end of a line, and what a terminal would obey.
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_QUOTED, _PROOF, _VALUE = "quoted", "proof", "value"


class DocumentPane(TextArea):
    """A document whose characters can be marked, by keys or mouse, exactly as they stand in its file."""

    def __init__(self) -> None:
        self._quoted: Sequence[Span] = ()
        self._proof: Sequence[Span] = ()
        self._value: Span | None = None
        super().__init__(read_only=True, soft_wrap=True, show_line_numbers=False, compact=True, id="document")

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._dress())
        self._dress()

    def load(self, text: str) -> None:
        """Show `text`, from its beginning."""
        self.load_text(_shown(text))

    def mark(self, quoted: Sequence[Span], proof: Sequence[Span], value: Span | None) -> None:
        """Mark what facts quote, what the open one quotes, and its answer."""
        self._quoted, self._proof, self._value = quoted, proof, value
        self._build_highlight_map()
        self.refresh()

    @property
    def marked(self) -> Span:
        """The characters that are marked, or an empty span at the cursor."""
        start, end = sorted((self.selection.start, self.selection.end))
        return self._offset(start), self._offset(end)

    def go(self, span: Span, *, select: bool = False) -> None:
        """Put the cursor to the beginning of `span`, with its characters marked or not, and show them."""
        start, end = (self._lines.get_location_from_index(at) for at in span)
        self.selection = Selection(end, start) if select else Selection.cursor(start)
        self.scroll_cursor_visible(center=True, animate=False)

    def _offset(self, location: tuple[int, int]) -> int:
        return self._lines.get_index_from_location(location)

    @property
    def _lines(self) -> Document:
        assert isinstance(self.document, Document)  # another kind only where there is a language to highlight
        return self.document

    def _build_highlight_map(self) -> None:
        """Mark the spans, line by line. `TextArea` counts columns of what is highlighted in bytes of UTF-8."""
        self._line_cache.clear()
        self._highlights.clear()
        length = len(self.text)
        layers = [(_QUOTED, self._quoted), (_PROOF, self._proof), (_VALUE, [self._value] if self._value else [])]
        for name, spans in layers:
            for start, end in spans:
                if 0 <= start < end <= length:
                    self._highlight(name, start, end)

    def _highlight(self, name: str, start: int, end: int) -> None:
        (first, left), (last, right) = (self._lines.get_location_from_index(at) for at in (start, end))
        for row in range(first, last + 1):
            line = self.document.get_line(row)
            begin = left if row == first else 0
            stop = right if row == last else len(line)
            self._highlights[row].append((len(line[:begin].encode()), len(line[:stop].encode()), name))

    def _dress(self) -> None:
        variables = self.app.theme_variables
        mark = variables["mark"]
        styles = {
            _QUOTED: Style(underline=True),
            _PROOF: Style(bgcolor=mark, underline=False),
            _VALUE: Style(bgcolor=mark, bold=True, reverse=True),
        }
        name = f"orbit-{self.app.theme}"
        self.register_theme(TextAreaTheme(name, syntax_styles=styles))
        self.theme = name


def _shown(text: str) -> str:
    """Return `text` with harmless characters in the place of others, one for one, so that offsets stay."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _UNSAFE.sub("\ufffd", _LINE_ENDS.sub(" ", text))
