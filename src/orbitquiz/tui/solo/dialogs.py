"""The questions that dialogs ask over a screen of a game."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import Request, WrongCode, request_of
from orbitquiz.quiz.game import Game
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.text import Text

LeaveChoice = Literal["leave", "home"]

_LONGEST = 300  # characters of a reason, which is one line


class LeaveScreen(ModalScreen[LeaveChoice | None]):
    """Asks whether to leave a game, for good or for the menu. Answers None for neither.

    `is_kept` is true if it can be resumed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,q,ctrl+c", "dismiss('leave')", "leave", show=False),
        Binding("m", "dismiss('home')", "to the menu", show=False),
        Binding("n,escape,enter,space", "dismiss(None)", "play on", show=False),
    ]

    def __init__(self, game: Game, *, is_kept: bool) -> None:
        super().__init__(classes="dialog")
        self.game = game
        self.is_kept = is_kept

    def compose(self) -> ComposeResult:
        answered, total = len(self.game.verdicts), len(self.game.quiz.questions)
        if not answered:
            kept = "Nothing is answered yet, so nothing is kept."
        elif self.is_kept:
            kept = "It is kept: `orbitquiz play --resume` goes on with it."
        else:
            kept = "It cannot be kept and will be lost."
        with Vertical():
            text = f"You have answered {answered} of {counted(total, 'question')}. {kept}"
            yield Static(Content.assemble(("Leave this game?\n\n", "bold"), text))
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [
                ("y", "leave", "screen.dismiss('leave')"),
                ("m", "menu", "screen.dismiss('home')"),
                ("n", "play on", "screen.dismiss(None)"),
            ]
        )


class FlagScreen(ModalScreen[str | None]):
    """Asks what is wrong with a question. Answers the reason, or None."""

    CSS = """
    FlagScreen #stem {
        color: $foreground 65%;
        margin-top: 1;
        max-height: 30vh;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, stem: str) -> None:
        super().__init__(classes="dialog dense")
        self.stem = stem

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("What is wrong with this question?", "bold"))
            yield Static(Content(self.stem), id="stem")
            yield Input(placeholder="one line, for the author of the bank", max_length=_LONGEST)
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("enter", "flag it", ""), ("esc", "back", "screen.dismiss(None)")])

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """An empty line flags nothing, and waits for a reason."""
        message.stop()
        if reason := message.value.strip():
            self.dismiss(reason)


class CodeScreen(ModalScreen[Request | None]):
    """Asks for a quiz code. Answers what it stands for, or None."""

    CSS = """
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, bank: Bank, explain: Callable[[WrongCode, str], str]) -> None:
        """Ask for a code of `bank`; `explain` words what is wrong with one."""
        super().__init__(classes="dialog dense")
        self.bank = bank
        self.explain = explain

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble(("Play a code", "bold")))
            yield Input(placeholder="LAUN-CHN8-7PR", max_length=60)
            yield Text(id="trouble")
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("enter", "play it", ""), ("esc", "back", "screen.dismiss(None)")])

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Say what is wrong with a code, and let it be corrected."""
        message.stop()
        try:
            self.dismiss(request_of(self.bank, message.value))
        except WrongCode as error:
            trouble = line_of(self.explain(error, message.value))
            sentence = f"{trouble[:1].upper()}{trouble[1:]}."
            self.query_one("#trouble", Static).update(Content.styled(sentence, "$text-error"))
