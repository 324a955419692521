"""The players: sending out, banning and renaming."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.classroom import protocol
from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.host_steps import can, lock
from orbitquiz.text.counts import counted
from orbitquiz.tui.host.rename import RenameScreen
from orbitquiz.tui.host.seat_list import PRESENCE, SeatList
from orbitquiz.tui.shared.confirm import ConfirmScreen
from orbitquiz.tui.shared.room_messages import MoveMade, ScreenReady
from orbitquiz.tui.styles import fitted
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Headline


class PeopleScreen(Screen[None]):
    """The seats of the room, one of them chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "choose a player", show=False),
        Binding("down", "move(1)", "choose a player", show=False),
        Binding("pageup", "page(-1)", "move by a page", show=False),
        Binding("pagedown", "page(1)", "move by a page", show=False),
        Binding("home", "move(-1000000)", "to the first", show=False),
        Binding("end", "move(1000000)", "to the last", show=False),
        Binding("k", "kick", "send the player out, who may come back", show=False),
        Binding("b", "toggle_ban", "ban the player, or lift the ban; to keep new names out, lock the room", show=False),
        Binding("a", "kick_away", "remove everybody who is away", show=False),
        Binding("r", "rename", "give the player another name", show=False),
        Binding("l", "lock", "lock the room, or let people in again", show=False),
        Binding("escape,u,enter", "dismiss", "back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, seen: HostState) -> None:
        super().__init__()
        self.seen = seen

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Text(id="columns")
        yield SeatList()
        yield KeyBar()

    def on_mount(self) -> None:
        if self.is_attached:  # else the program is being left, and this was never filled
            self.show(self.seen)
            self.post_message(ScreenReady())  # the room may have been quicker

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_columns)

    def show(self, seen: HostState) -> None:
        """Show the seats as they are now."""
        self.seen = seen
        locked = Content.assemble(("   locked", "bold $text-warning")) if seen.is_locked else Content()
        away = f", {seen.away} away" if seen.away else ""
        players = Content(f"{counted(len(seen.players), 'player')}{away}")
        self.query_one(Headline).show([Content.styled("People", "bold $primary")], [players + locked, players])
        self.query_one(SeatList).show(seen)
        self._show_columns()
        unlock = "unlock" if seen.is_locked else "lock"
        locks = [] if seen.phase == "over" else [("l", unlock, "screen.lock")]
        aways = [("a", "remove away", "screen.kick_away")] if seen.away else []
        self.query_one(KeyBar).show(
            [
                ("k", "kick", "screen.kick"),
                ("b", "ban", "screen.toggle_ban"),
                ("r", "rename", "screen.rename"),
                *aways,
                *locks,
                ("↑ ↓", "choose", ""),
                ("?", "keys", "app.keys"),
                ("esc", "back", "screen.dismiss"),
            ]
        )

    def _show_columns(self) -> None:
        self.query_one("#columns", Static).update(self.query_one(SeatList).heading)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return True unless the room is over and the action locks or unlocks it."""
        return can(action, self.seen)

    def action_move(self, by: int) -> None:
        """Choose another seat."""
        self.query_one(SeatList).move(by)

    def action_page(self, by: int) -> None:
        """Choose a seat one page on."""
        seats = self.query_one(SeatList)
        seats.move(by * max(seats.size.height - 1, 1))

    def action_kick(self) -> None:
        """Send the chosen player out, after asking."""
        if seat := self._chosen("in"):
            words = "The player is disconnected and may come back."
            self._ask(f"Kick {fitted(seat.name, 40)}?", words, "kick", protocol.Kick(player=seat.id))

    def action_ban(self) -> None:
        """Ban the chosen player, after asking."""
        if seat := self._chosen("in", "kicked"):
            words = "The player cannot come back (lock the room with l to keep new names out)."
            self._ask(f"Ban {fitted(seat.name, 40)}?", words, "ban", protocol.Ban(player=seat.id))

    def action_toggle_ban(self) -> None:
        """Ban the chosen player, or lift the ban."""
        seat = self.query_one(SeatList).chosen
        if seat is not None and seat.place == "banned":
            words = "The player may come back, and the name is free again."
            self._ask(f"Lift the ban on {fitted(seat.name, 40)}?", words, "lift it", protocol.Unban(player=seat.id))
        else:
            self.action_ban()

    def action_kick_away(self) -> None:
        """Send out everybody who is not connected, after asking."""
        if self.seen.away:
            words = "They may come back."
            self._ask(f"Remove {counted(self.seen.away, 'player')} who are away?", words, "remove", protocol.KickAway())
        else:
            self.notify("Nobody is away.", markup=False)

    def action_rename(self) -> None:
        """Give the chosen player another name."""
        if (seat := self._chosen("in")) is None:
            return
        self.app.push_screen(RenameScreen(seat))

    def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        self.post_message(MoveMade(lock(self.seen)))

    def _ask(self, question: str, words: str, yes: str, move: protocol.HostMove) -> None:
        """Send `move` if it is meant; `yes` is what it does."""

        def answered(is_meant: bool | None) -> None:
            if is_meant:
                self.post_message(MoveMade(move))

        self.app.push_screen(ConfirmScreen(question, words, yes, "cancel"), answered)

    def _chosen(self, *places: str) -> protocol.PlayerSeat | None:
        """Return the chosen seat if its player is in one of these places; tell the host where not."""
        seat = self.query_one(SeatList).chosen
        if seat is None or seat.place in places:
            return seat
        self.notify(f"{seat.name} is {PRESENCE[seat.place]}.", markup=False)
        return None
