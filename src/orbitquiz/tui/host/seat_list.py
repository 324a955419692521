"""The list of everybody who has a seat, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from orbitquiz.classroom import protocol
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.styles import FAINT, MUTED, fitted

PRESENCE = {"in": "here", "kicked": "sent out", "banned": "banned"}
"""The words for where a player is."""


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
        """Show the seats; the chosen one stays chosen."""
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
        """The headings of the columns."""
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
        state = ("here" if seat.is_here else "away") if seat.place == "in" else PRESENCE[seat.place]
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
