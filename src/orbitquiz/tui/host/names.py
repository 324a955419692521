"""The names in the lobby on the host's screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual.content import Content
from textual.widget import Widget

from orbitquiz.classroom.protocol import PlayerSeat
from orbitquiz.tui.styles import MUTED, fitted

_Thing = TypeVar("_Thing")


class Names(Widget):
    """Names in flowing columns, or below their teams; the latest where there is no room for all."""

    _LONGEST = 24  # cells of a name
    _LEAST = 10  # cells of a team's column
    _GAP = 2

    def __init__(self) -> None:
        super().__init__()
        self._seats: Sequence[PlayerSeat] = ()
        self._teams: Sequence[str] = ()

    def show(self, seats: Sequence[PlayerSeat], teams: Sequence[str] = ()) -> None:
        """Show the names of `seats`, each with its team where `teams` play."""
        if (seats, teams) != (self._seats, self._teams):
            self._seats, self._teams = seats, teams
            self.refresh()

    def render(self) -> Content:
        width, height = self.size
        return Content("\n").join(self._in_teams(width, height) or self._flowing(width, height))

    def _flowing(self, width: int, height: int) -> list[Content]:
        names = [_name(seat, min(self._LONGEST, width)) for seat in self._seats]
        column = max((name.cell_length for name in names), default=0) + self._GAP
        columns = max((width + self._GAP) // column, 1)
        names = _latest(names, columns * height, column - self._GAP)
        return [_row(cells, column).truncate(width) for cells in _batches(names, columns)][:height]

    def _in_teams(self, width: int, height: int) -> list[Content]:
        """A column for each team, some above the others where these have no room; nothing where all have none."""
        teams = len(self._teams)
        bands = -(-teams // max((width + self._GAP) // (self._LEAST + self._GAP), 1))
        if not teams or height < 2 * bands:
            return []
        columns = -(-teams // bands)
        column = min((width + self._GAP) // columns, self._LONGEST + self._GAP)
        lines: list[Content] = []
        for band in _batches(self._teams, columns):
            room = (height - len(lines)) // bands
            bands -= 1
            drawn = [self._team(team, column - self._GAP, room) for team in band]
            rows = max(map(len, drawn))
            filled = [[*each, *[Content()] * (rows - len(each))] for each in drawn]
            lines += [_row(cells, column).truncate(width) for cells in zip(*filled, strict=True)]
            lines += [Content()] if rows < room else []
        return lines

    def _team(self, team: str, width: int, height: int) -> list[Content]:
        """Return a team's name, and below it those of its players."""
        names = [_name(seat, width) for seat in self._seats if seat.team == team]
        count = f" {len(names)}"
        head = Content.assemble((fitted(team, width - len(count)), "bold $primary"), (count, MUTED))
        return [head, *_latest(names, height - 1, width)]


def _name(seat: PlayerSeat, room: int) -> Content:
    if seat.is_here:
        return Content(fitted(seat.name, room))
    away = " (away)"
    return Content.styled(fitted(seat.name, room - len(away)) + away, MUTED)


def _latest(names: list[Content], room: int, width: int) -> list[Content]:
    """As many of `names` as have room, the latest, after how many came before them."""
    if len(names) <= room:
        return names
    before = len(names) - room + 1
    return [Content.styled(fitted(f"… {before} more", width), MUTED), *names[before:]]


def _batches(things: Sequence[_Thing], size: int) -> list[Sequence[_Thing]]:
    return [things[at : at + size] for at in range(0, len(things), size)]


def _row(cells: Sequence[Content], column: int) -> Content:
    return Content("").join(cell.pad_right(max(column - cell.cell_length, 0)) for cell in cells)
