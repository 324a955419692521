"""The documents of a bank, to be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from orbitquiz.bank.model import Bank, Source
from orbitquiz.presenter.citing import Cited
from orbitquiz.text.safe import line_of
from orbitquiz.tui.widgets.keybar import KeyBar


class SourcesScreen(Screen[None]):
    """Lists the documents; each opens in the reader, with all that the bank quotes marked."""

    CSS_PATH = "sources.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
    ]

    def __init__(self, bank: Bank) -> None:
        super().__init__()
        self.bank = bank

    def compose(self) -> ComposeResult:
        title = Content.assemble(("The sources", "bold"), "   ", (line_of(self.bank.title), "$foreground 70%"))
        yield Static(title, id="brand")
        yield OptionList(*map(_row, self.bank.sources.values()), markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        keys = [("↑ ↓ enter", "read", ""), ("?", "keys", "app.keys"), ("esc", "back", "screen.dismiss")]
        self.query_one(KeyBar).show(keys)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open the document."""
        message.stop()
        from orbitquiz.tui.reader.screen import ReaderScreen

        quotations = [each for fact in self.bank.facts for each in fact.quotations]
        source = list(self.bank.sources.values())[message.option_index]
        self.app.push_screen(ReaderScreen([Cited(source)], lambda _: quotations))


def _row(source: Source) -> Content:
    """A document's title, and what it says of itself."""
    by = line_of(" · ".join(part for part in (source.issued_words, source.author, source.publisher) if part))
    about = (by or "names neither author nor day", "$foreground 70%")
    return Content.assemble((line_of(source.title), "bold"), "\n", about)
