"""Everybody who has a seat: sending out, banning and renaming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.classroom import protocol
from orbitquiz.presenter.host_state import HostState
from orbitquiz.text.counts import counted
from orbitquiz.tui.host.rename import RenameScreen
from orbitquiz.tui.shared.confirm import ConfirmScreen
from orbitquiz.tui.styles import FAINT, MUTED, fitted
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Headline

if TYPE_CHECKING:
    from orbitquiz.tui.host.app import HostApp

_WORDS = {"in": "here", "kicked": "sent out", "banned": "banned"}


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
        Binding("b", "ban", "ban the player; to keep new names out, lock the room", show=False),
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
        if self.is_attached:  # or else the program is being left, and this was never filled
            self.show(self._app.seen)

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
        lock = [] if seen.phase == "over" else [("l", unlock, "screen.lock")]
        self.query_one(KeyBar).show(
            [
                ("k", "kick", "screen.kick"),
                ("b", "ban", "screen.ban"),
                ("r", "rename", "screen.rename"),
                *lock,
                ("↑ ↓", "choose", ""),
                ("?", "keys", "app.keys"),
                ("esc", "back", "screen.dismiss"),
            ]
        )

    def _show_columns(self) -> None:
        self.query_one("#columns", Static).update(self.query_one(SeatList).heading)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A room that is over is neither locked nor unlocked."""
        return self.seen.phase != "over" if action == "lock" else True

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
            words = "The player is sent out, and may come back."
            self._ask(f"Kick {fitted(seat.name, 40)}?", words, "kick", protocol.Kick(player=seat.id))

    def action_ban(self) -> None:
        """Ban the chosen player, after asking."""
        if seat := self._chosen("in", "kicked"):
            words = "The player is sent out for good (lock the room with l to keep new names out)."
            self._ask(f"Ban {fitted(seat.name, 40)}?", words, "ban", protocol.Ban(player=seat.id))

    def action_rename(self) -> None:
        """Give the chosen player another name."""
        if (seat := self._chosen("in")) is None:
            return
        player = seat.id

        def rename(name: str) -> None:
            self._app.tell(protocol.Rename(player=player, name=name))

        self.app.push_screen(RenameScreen(seat, rename))

    def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        self._app.tell(protocol.Lock(locked=not self.seen.is_locked))

    def _ask(self, question: str, words: str, yes: str, move: protocol.HostMove) -> None:
        """Send `move` if it is meant; `yes` is what it does."""

        def answered(is_meant: bool | None) -> None:
            if is_meant:
                self._app.tell(move)

        self.app.push_screen(ConfirmScreen(question, words, yes, "cancel"), answered)

    def _chosen(self, *places: str) -> protocol.PlayerSeat | None:
        """The chosen seat if whoever has it is in one of these places; says so where not."""
        seat = self.query_one(SeatList).chosen
        if seat is None or seat.place in places:
            return seat
        self.notify(f"{seat.name} is {_WORDS[seat.place]}.", markup=False)
        return None

    @property
    def _app(self) -> HostApp:
        return cast("HostApp", self.app)


class SeatList(Widget):
    """Seats, a line each: those in the room, then those sent out. Only the lines on the screen are made."""

    _LONGEST = 24  # cells of a name
    _TEAM = 12
    _STATE = 10
    _GAP = 3

    def __init__(self) -> None:
        super().__init__()
        self._seats: Sequence[protocol.PlayerSeat] = ()
        self._chosen: str | None = None
        self._top = 0
        self._is_open = self._has_teams = False

    def show(self, seen: HostState) -> None:
        """Show the seats; who is chosen stays so."""
        seats = seen.people.seats if seen.people else ()
        self._seats = [*seen.players, *(seat for seat in seats if seat.place != "in")]
        self._is_open = seen.is_open
        self._has_teams = bool(seen.welcome and seen.welcome.teams)
        if self.chosen is None:
            self._chosen = self._seats[0].id if self._seats else None
        self.refresh()

    @property
    def chosen(self) -> protocol.PlayerSeat | None:
        """The chosen seat."""
        return next((seat for seat in self._seats if seat.id == self._chosen), None)

    @property
    def _index(self) -> int:
        return next((at for at, seat in enumerate(self._seats) if seat.id == self._chosen), 0)

    def move(self, by: int) -> None:
        """Choose the seat so many lines below."""
        if self._seats:
            index = min(max(self._index + by, 0), len(self._seats) - 1)
            self._chosen = self._seats[index].id
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the seat that is pointed at."""
        at = self._top + event.y
        if at < len(self._seats):
            self._chosen = self._seats[at].id
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.move(-1)

    @property
    def heading(self) -> Content:
        """What the columns are."""
        return self._line("  ", "Name", "Team", "", "", "").stylize(MUTED)

    def render(self) -> Content:
        height = self.size.height
        if not self._seats:
            return Content.styled("Nobody has come yet.", MUTED)
        index = self._index
        self._top = min(max(self._top, index - height + 1), index, max(len(self._seats) - height, 0))
        self._top = max(self._top, 0)
        return Content("\n").join(map(self._row, self._seats[self._top : self._top + height]))

    def _row(self, seat: protocol.PlayerSeat) -> Content:
        is_chosen = seat.id == self._chosen
        state = ("here" if seat.is_here else "away") if seat.place == "in" else _WORDS[seat.place]
        answer = "✓ answered" if seat.has_answered and self._is_open else ""
        style = FAINT if seat.place != "in" else "" if seat.is_here else MUTED
        line = self._line("› " if is_chosen else "  ", seat.name, seat.team or "", state, answer, style)
        if not is_chosen:
            return line
        width = self.size.width
        return line.pad_right(max(width - line.cell_length, 0)).stylize("bold on $primary 25%")

    def _line(self, sign: str, name: str, team: str, state: str, answer: str, style: str) -> Content:
        width = self.size.width
        teams = self._TEAM + self._GAP if self._has_teams else 0
        room = width - len(sign) - teams - self._STATE - 2 * self._GAP - len("✓ answered")
        if room < self._LONGEST // 2 and self._has_teams:
            team, teams, room = "", 0, room + teams
        room = max(min(room, self._LONGEST), 1)
        parts = [
            _column(name, room + self._GAP),
            _column(team, teams) if teams else Content(),
            _column(state, self._STATE + self._GAP),
            Content.styled(answer, "$text-success") if answer else Content(),
        ]
        return (Content(sign) + Content("").join(parts).stylize_before(style)).truncate(max(width, 1))


def _column(text: str, width: int) -> Content:
    content = Content(fitted(text, width - 1))
    return content.pad_right(width - content.cell_length)
