"""Another name for a player, asked for until the room accepts it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.shared.confirm import key_bar
from orbitquiz.tui.shared.room_messages import MoveMade
from orbitquiz.tui.widgets.text import Text

_OF_NAMES = {Reason.NAME_MISSING, Reason.NAME_UNFIT, Reason.NAME_TAKEN, Reason.NOT_NOW, Reason.NO_PLAYER}


class RenameScreen(ModalScreen[None]):
    """Asks for another name for the player with this `seat`.

    It stays until the room has answered: what is typed after a name that is taken is another name, and must not reach
    the list below, where keys send people out.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, seat: protocol.PlayerSeat) -> None:
        super().__init__(classes="dialog")
        self.player = seat.id
        self.old = seat.name
        self._has_asked = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble(("Another name for ", "bold"), (self.old, "bold"), ("\n", "bold")))
            yield Input(self.old, max_length=protocol.LONGEST_NAME)
            trouble = Text(id="trouble")
            trouble.display = False
            yield trouble
            yield key_bar(("enter", "rename", ""), ("esc", "back", "screen.dismiss(None)"))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Ask the room for the name. An empty one, or the one that the player has, changes nothing."""
        message.stop()
        name = message.value.strip()
        try:
            is_other = bool(name) and nickname(name).shown != self.old
        except Refused as refused:
            self._complain(str(refused))
            return
        if is_other:
            self._has_asked = True
            self.post_message(MoveMade(protocol.Rename(player=self.player, name=name)))
        else:
            self.dismiss()

    def show(self, seen: HostState) -> None:
        """Close once the player has the new name."""
        names = {seat.id: seat.name for seat in seen.players}
        if self._has_asked and self.is_active and names.get(self.player, self.old) != self.old:
            self.dismiss()

    def was_refused(self, refusal: protocol.Refusal, seen: HostState) -> bool:
        """Show `refusal` if it is about the name. Return True then."""
        if not self._has_asked or refusal.reason not in _OF_NAMES:
            return False
        self._complain(refusal.text)
        return True

    def _complain(self, trouble: str) -> None:
        words = self.query_one("#trouble", Text)
        words.update(Content.styled(trouble, "$text-error"))
        words.display = True
