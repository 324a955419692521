"""Asks for a quiz code."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import WrongCode, request_of
from orbitquiz.quiz.request import Request
from orbitquiz.text.safe import line_of
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.text import Text


class CodeScreen(ModalScreen[Request | None]):
    """Which quiz? Answers what its code stands for, or None where the player has thought better of it."""

    CSS = """
    CodeScreen.-low > Vertical, CodeScreen.-short > Vertical {
        padding: 0 2;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, bank: Bank) -> None:
        super().__init__(classes="dialog")
        self.bank = bank

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble(("Play a code", "bold")))
            yield Input(placeholder="LAUN-CHN8-7PR", max_length=60)
            yield Text(id="trouble")
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("enter", "play it", ""), ("esc", "back", "screen.dismiss(None)")])

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Say what is wrong with a code, and leave it to be mended."""
        message.stop()
        try:
            self.dismiss(request_of(self.bank, message.value))
        except WrongCode as error:
            trouble = line_of(str(error))
            sentence = f"{trouble[:1].upper()}{trouble[1:]}."
            self.query_one("#trouble", Static).update(Content.styled(sentence, "$text-error"))
