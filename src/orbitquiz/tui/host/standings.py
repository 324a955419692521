"""Places and points, of players and of teams."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.classroom.protocol import StandingRow
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.host.late_joiners import JoinLine
from orbitquiz.tui.styles import MUTED, fitted
from orbitquiz.tui.widgets.big_letters import ROWS, large_lines

BY_MEAN = "Teams, by mean points"
"""The heading above teams."""

_UP, _DOWN, _SAME = "▲", "▼", "–"


class StandingsView(Container):
    """The standings after a question."""

    def compose(self) -> ComposeResult:
        with Vertical(id="teams"):
            yield Static(BY_MEAN, classes="heading")
            yield Places(has_mean=True)
        with Vertical(id="players"):
            yield Static("Players", classes="heading")
            yield Places()
        yield JoinLine()

    def show(self, seen: HostState) -> None:
        """Show the standings of the room."""
        self.query_one(JoinLine).show(seen)
        if seen.scene:
            show_standings(self, seen.top, seen.scene.team_standings)


def show_standings(view: Widget, players: Sequence[StandingRow], teams: Sequence[StandingRow]) -> None:
    """Show these in a `view` that is made of the same parts as a `StandingsView`."""
    view.set_class(bool(teams), "-teams")
    view.query_one("#players .heading").display = bool(teams)
    view.query_one("#teams Places", Places).show(teams)
    view.query_one("#players Places", Places).show(players)


class Places(Widget):
    """As many places as there is room for, from the first on, in one column or in several.

    Points that are means show one decimal. What says least gives way first: the bar, then the movement.
    """

    _LEAST, _MOST = 30, 100  # cells of a column
    _WIDEST_LARGE = 150  # cells of one in large letters
    _ROOM_FOR_BAR = 56
    _GAP = 4
    _LONGEST = 24  # cells of a name
    _MOVE = 5  # cells of a movement, which may be by hundreds

    def __init__(self, *, has_mean: bool = False) -> None:
        super().__init__()
        self._has_mean = has_mean
        self._standings: Sequence[StandingRow] = ()

    def show(self, standings: Sequence[StandingRow]) -> None:
        """Show `standings`, which are in order."""
        if standings != self._standings:
            self._standings = standings
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows needed in columns of the least width."""
        return -(-len(self._standings) // self._columns(width))

    def _columns(self, width: int) -> int:
        return max((width + self._GAP) // (self._LEAST + self._GAP), 1)

    def render(self) -> Content:
        width, height = self.size
        count = len(self._standings)
        if not count or not height:
            return Content()
        if lines := self._large(width, height):
            return Content("\n").join(lines)
        columns = min(self._columns(width), -(-count // height))
        column = min((width + self._GAP) // columns - self._GAP, self._MOST)
        shown = list(self._standings[: columns * height])
        lines = [self._line(standing, column) for standing in shown]
        if len(shown) < count:
            lines[-1] = Content.styled(f"… {count - len(shown) + 1} more", MUTED)
        # With room to spare, a blank row after each.
        rows = -(-len(lines) // columns)  # columns of nearly the same length
        spaced = [Content()] * (1 if columns == 1 and 2 * len(lines) <= height + 1 else 0)
        left = (width - columns * column - (columns - 1) * self._GAP) // 2
        text: list[Content] = []
        for row in range(rows):
            parts = lines[row::rows]
            cells = [part.pad_right(max(column - part.cell_length, 0)) for part in parts]
            text += [Content(" " * left) + Content(" " * self._GAP).join(cells), *spaced]
        return Content("\n").join(line.truncate(width) for line in text[:height])

    def _large(self, width: int, height: int) -> list[Content]:
        """Return all of them in large letters; nothing where that has no room."""
        if not self.screen.has_class("-very-tall") or len(self._standings) * (ROWS + 1) > height:
            return []
        lines: list[Content] = []
        left = max(width - self._WIDEST_LARGE, 0) // 2
        width -= 2 * left
        for standing in self._standings:
            move = _move(standing)
            points = large_lines(points_in_words(standing.points, has_mean=self._has_mean), width)
            if points is None:
                return []
            room = width - len(points[0]) - self._MOVE - 1
            words = large_lines(f"{standing.rank}  {standing.name}", room) or []
            if len(words) != len(points):  # the font has not all letters of the name, or it is long
                words = ["", fitted(f"{standing.rank}   {standing.name}", room), "", ""]
            for row, (word, point) in enumerate(zip(words, points, strict=True)):
                begin = Content.styled(word, "bold $accent" if standing.rank == 1 else "bold")
                begin = begin.pad_right(room - begin.cell_length) + (move if row == 1 else Content())
                end = Content.styled(point, "bold")
                line = begin.pad_right(width - begin.cell_length - end.cell_length) + end
                lines.append(line.pad_left(left))
            lines.append(Content())
        return lines

    def _line(self, standing: StandingRow, width: int) -> Content:
        points = points_in_words(standing.points, has_mean=self._has_mean)
        most = len(points_in_words(self._standings[0].points, has_mean=self._has_mean))
        digits = len(str(self._standings[-1].rank))
        head = Content.assemble((f"{standing.rank:>{digits}}", "bold"), "  ")
        if any(each.before is not None for each in self._standings):
            move = _move(standing)
            head += move.pad_right(self._MOVE - move.cell_length)
        has_bar = width >= self._ROOM_FOR_BAR
        room = width - head.cell_length - most - 2
        name_room = min(room, self._LONGEST) if has_bar else room
        name = Content.styled(fitted(standing.name, name_room), "bold" if standing.rank <= 3 else "")
        name = name.pad_right(max(name_room - name.cell_length, 0))
        bar = Content()
        if has_bar:
            cells = room - name_room - 2
            best = max(self._standings[0].points, 0)
            full = round(cells * max(standing.points, 0) / best) if best else 0
            bar = Content.assemble("  ", ("━" * full, "$primary"), " " * (cells - full))
        return Content.assemble(head, name, bar, "  ", (f"{points:>{most}}", "bold"))


def _move(standing: StandingRow) -> Content:
    if standing.before is None:
        return Content()
    by = standing.before - standing.rank
    if by > 0:
        return Content.styled(f"{_UP}{by}", "$text-success")
    return Content.styled(f"{_DOWN}{-by}", "$text-error") if by < 0 else Content.styled(_SAME, MUTED)


def points_in_words(points: float, *, has_mean: bool) -> str:
    """Points as they are shown: those that are means with one decimal."""
    return f"{points:,.1f}" if has_mean else f"{points:,.0f}"
