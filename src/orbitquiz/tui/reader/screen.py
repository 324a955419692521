"""The source reader: a whole document, with its quotations marked, to walk through and to search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from orbitquiz.bank.model import Quotation
from orbitquiz.presenter.citing import Cited
from orbitquiz.text.safe import line_of
from orbitquiz.tui.reader.document_view import DocumentView
from orbitquiz.tui.reader.search import Walk, found, quoted
from orbitquiz.tui.shared.scrolling import SCROLL_KEYS, Scrolling
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.text import Text

_WHEEL = 2  # rows


class ReaderScreen(Scrolling, Screen[None]):
    """Shows the document of the first of `cited` at its quotation; `s` goes on to the next document that is cited.

    What is cited is marked strongly. `marks_in` gives what else is to be marked in the source with an id, faintly.
    """

    CSS_PATH = ["screen.tcss", "document_view.tcss"]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *SCROLL_KEYS,
        Binding("n", "walk(1)", "to the next mark or hit; what the question cites comes first", show=False),
        Binding("N", "walk(-1)", "to the one before", show=False),
        Binding("/", "search", "search; enter keeps the hits", show=False),
        Binding("escape", "back", "end the search, or go back", show=False),
        Binding("s", "source", "to the next cited source, or back", show=False),
        Binding("q", "dismiss", "go back", show=False),
        Binding("k", "scroll(-1)", "scroll by a line", show=False),
        Binding("j", "scroll(1)", "scroll by a line", show=False),
        Binding("space", "page(1)", "scroll by a page", show=False),
        Binding("g", "home", "to the beginning", show=False),
        Binding("G", "end", "to the end", show=False),
        Binding("?", "app.keys", "show these keys", show=False),
    ]

    def __init__(self, cited: Sequence[Cited], marks_in: Callable[[str], Iterable[Quotation]]) -> None:
        super().__init__()
        self.cited = cited
        self.source = source = cited[0].source
        self._marks_in = marks_in
        opened_at = quoted(source, [each for each in cited[0].quotations if each.source == source.id][:1])
        others = quoted(source, [each for place in cited for each in place.quotations])
        self._here = sorted({*opened_at, *others})
        self._faint = quoted(source, marks_in(source.id))
        # What the question cites comes first, whatever else the bank quotes in between.
        ordered = [*opened_at, *others, *self._faint] if self._here else self._faint
        self._marks = Walk(list(dict.fromkeys(ordered)), 0 if self._here else None)
        self._sought = ""
        self._hits: Walk | None = None  # of what is sought, if anything is
        self._began_at = 0  # what was at the top when the search began

    def compose(self) -> ComposeResult:
        source = self.source
        details = ", ".join(part for part in (source.author, source.publisher) if part)
        with Vertical(id="head"):
            yield Static(Content(line_of(source.title)), id="title")
            yield Static(Content(line_of(" · ".join(part for part in (details, source.issued_words) if part))), id="by")
        yield DocumentView(source, self._here, self._faint)
        with Horizontal(id="search"):
            yield Static("/", id="slash")
            yield Input(compact=True)
            yield Text(id="found")
        yield KeyBar()

    def on_mount(self) -> None:
        by = self.query_one("#by", Static)
        by.display = bool(by.content)
        self._show()
        self._view.reveal()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)  # once it is known whether all is in view

    @property
    def scrolled(self) -> DocumentView:
        return self._view

    # The wheel turns the text beside the column, too.
    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.action_scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.action_scroll(-_WHEEL)

    def action_walk(self, by: int) -> None:
        """Go to the next hit of the search or, without one, to the next mark; round the end."""
        self._walk.step(by, self._view.top)
        self._show()
        self._view.reveal()

    @property
    def _next_cited(self) -> int | None:
        """The index of the first cited place in another document; None where all are in this one."""
        places = enumerate(self.cited)
        return next((index for index, place in places if place.source.id != self.source.id), None)

    def action_source(self) -> None:
        """Open the next document that is cited, or go back where there is no other."""
        if (at := self._next_cited) is None:
            self.dismiss()
        else:
            self.app.switch_screen(ReaderScreen([*self.cited[at:], *self.cited[:at]], self._marks_in))

    def action_search(self) -> None:
        """Ask for what to search. What was sought last stands there, and goes with the first letter typed."""
        self._began_at = self._view.top
        self.add_class("-searching")
        self.query_one(Input).focus()
        self._search()
        self._show()

    def on_input_changed(self) -> None:
        """Search while it is typed."""
        if self._is_searching:
            self._search()

    def on_input_submitted(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the hits, to walk through."""
        self._search()  # the last letters may not have been told yet
        self._stop_typing()

    def action_back(self) -> None:
        """End the search; where there is none, go back."""
        if self._is_searching:
            self._view.go(self._began_at)
        elif self._hits is None:
            self.dismiss()
            return
        self._sought, self._hits = "", None
        self._stop_typing()

    def _search(self) -> None:
        """Go to the first hit of what has been typed, from where the search began."""
        sought = self.query_one(Input).value
        if sought == self._sought:
            return
        self._sought = sought
        self._hits = Walk(found(self.source, sought)) if sought.strip() else None
        if self._hits and self._hits.spans:
            self._hits.step(1, self._began_at)
            self._show()
            self._view.reveal()
        else:
            self._show()
            self._view.go(self._began_at)

    @property
    def _view(self) -> DocumentView:
        return self.query_one(DocumentView)

    @property
    def _is_searching(self) -> bool:
        return self.has_class("-searching")

    @property
    def _walk(self) -> Walk:
        """Return the places that `n` goes through."""
        return self._hits or self._marks

    def _stop_typing(self) -> None:
        self.remove_class("-searching")
        self.set_focus(None)
        self._show()

    def _show(self) -> None:
        self._view.show(self._hits.spans if self._hits else (), self._walk.present)
        self.query_one("#found", Static).update(Content(_found(self._hits) if self._hits else ""))
        self._show_keys()

    def _show_keys(self) -> None:
        if self._is_searching:
            keys: list[Hint] = [("enter", "keep the hits", "screen.keep"), ("esc", "cancel", "screen.back")]
        else:
            back = "clear" if self._hits else "back"
            keys = [
                *self._walk_hints(),
                *([("s", "next source", "screen.source")] if self._next_cited is not None else []),
                ("/", "search", "screen.search"),
                *self.scroll_hints,
                ("?", "keys", "app.keys"),
                ("esc", back, "screen.back"),
            ]
        self.query_one(KeyBar).show(keys)

    def _walk_hints(self) -> list[Hint]:
        if self._hits:
            where = f"hit {self._hits.place}" if self._hits.spans else _found(self._hits)
        elif self._marks.spans:
            where = f"mark {self._marks.place}" if self._marks.present else f"{self._marks.place} marked"
        else:
            return []
        return [("n N", where, "screen.walk(1)")]


def _found(hits: Walk) -> str:
    return hits.place if hits.spans else "not found"
