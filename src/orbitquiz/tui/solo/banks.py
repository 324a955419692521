"""The banks one has, to choose the one to play from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from orbitquiz.library.shelf import Shelved
from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import KeyBar


class BanksScreen(ModalScreen[Shelved | None]):
    """Lists the banks. Answers the one that is chosen, or None."""

    CSS = """
    BanksScreen OptionList {
        height: auto;
        max-height: 50vh;
        border: none;
        background: transparent;
        padding: 0;
        margin: 1 0;
    }
    """
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "back", show=False)]

    def __init__(self, banks: Sequence[Shelved], place: str | None) -> None:
        """List `banks`, the one at `place` highlighted."""
        super().__init__(classes="dialog dense")
        self.banks = banks
        self.place = place

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble(("Play from which bank?", "bold")))
            yield OptionList(*map(_row, self.banks), markup=False)
            yield Static(Content.styled("`orbitquiz banks add` brings in others.", MUTED))
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        places = [bank.place for bank in self.banks]
        self.query_one(OptionList).highlighted = places.index(self.place) if self.place in places else 0
        self.query_one(KeyBar).show([("↑ ↓ enter", "choose", ""), ("esc", "back", "screen.dismiss(None)")])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.dismiss(self.banks[message.option_index])


def _row(bank: Shelved) -> Content:
    return Content.assemble(line_of(bank.title), "\n", (line_of(f"{bank.name} · {bank.origin}"), MUTED))
