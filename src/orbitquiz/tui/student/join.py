"""Asks for what is missing to join a room: the address, the code, or a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from orbitquiz.classroom.address import LOOPBACK, PORT, Address, BadAddress
from orbitquiz.presenter.player_state import Field, PlayerState
from orbitquiz.tui.student.page import BRAND, Page
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Headline

_QUESTIONS = {
    "address": ("Where is the room?", "The host's screen shows it. For a room on this computer, press enter."),
    "code": ("What is the code of the room?", "The host's screen shows it."),
    "name": ("What is your name?", "The others in the room can read it."),
}
_EXAMPLES = {"address": f"192.168.1.20:{PORT}", "code": "K7M2", "name": "Ada"}
_LONGEST = {"address": 300, "code": 40, "name": 100}


@dataclass(frozen=True)
class Ask:
    """Something to ask for: the `value` so far, the `trouble` with it, and a `hint` instead of the usual one."""

    field: Field
    value: str = ""
    trouble: str = ""
    hint: str = ""


class JoinScreen(Page):
    """Asks for one thing."""

    CSS_PATH = ["page.tcss", "verdict.tcss"]
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back", show=False)]

    @dataclass
    class Entered(Message):
        """The student has typed it."""

        field: Field
        value: str

    @dataclass
    class Back(Message):
        """The student wants to say something else first."""

        field: Field

    def __init__(self, ask: Ask, *, can_go_back: bool) -> None:
        super().__init__()
        self.ask = ask
        self.can_go_back = can_go_back

    def compose(self) -> ComposeResult:
        question, more = _QUESTIONS[self.ask.field]
        yield Headline()
        with Vertical(id="words"):
            yield Static(Content.styled(question, "bold"), id="head")
            yield Static(Content(self.ask.hint or more), id="more")
            with Vertical(id="field"):
                example = f"for example {_EXAMPLES[self.ask.field]}"
                yield Input(self.ask.value, placeholder=example, max_length=_LONGEST[self.ask.field])
            yield Text(id="trouble")
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Headline).show([BRAND], [])
        self.query_one(Sky).dream("join")
        self._complain(self.ask.trouble)
        back: list[Hint] = [("esc", "back", "screen.back")] if self.can_go_back else []
        self.query_one(KeyBar).show([("enter", "go on", "screen.go_on"), *back, ("ctrl+q", "leave", "app.quit")])

    def show(self, visit: PlayerState) -> None:
        """Nothing of the visit is shown before there is one."""

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Take what is typed, or say what is wrong with it."""
        field, value = self.ask.field, self.query_one(Input).value.strip()
        if field == "address":
            try:
                value = str(Address.read(value or f"{LOOPBACK}:{PORT}"))
            except BadAddress as error:
                self._complain(f"{error}.")
                return
        elif not value:
            self._complain("Type it here, then press enter.")
            return
        self.post_message(self.Entered(field, value))

    def action_back(self) -> None:
        """Say something else first."""
        if self.can_go_back:
            self.post_message(self.Back(self.ask.field))

    def _complain(self, trouble: str) -> None:
        words = Content(f"{trouble[:1].upper()}{trouble[1:]}")
        self.query_one("#trouble", Static).update(words.stylize("$text-error"))
