"""The teams and their points, readable from the back row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.renderables.digits import Digits
from textual.widget import Widget

from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import MUTED, fitted

_TURN, _WINNER = "▶", "★"
_ROWS = 4  # a name above large digits
_INDENT = 2  # cells before large digits
_ONE_LINE = 12  # cells in which a name and its points have room beside each other,
_TWO_LINES = 6  # and in which they have it one above the other


class TeamView(Widget):
    """One team: its name, and its points in the largest digits that fit."""

    @dataclass
    class Picked(Message):
        """The host clicked this team."""

        index: int

    def __init__(self, index: int, team: str) -> None:
        super().__init__()
        self.index = index
        self.team = team
        self.points = 0
        self.is_turn = self.is_chosen = False

    def show(self, points: int, *, is_turn: bool, is_chosen: bool) -> None:
        """Show the team's `points`, whether it is its turn, and whether the host has chosen it to give points to."""
        self.points, self.is_turn, self.is_chosen = points, is_turn, is_chosen
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        board = self._board
        if board.is_low:  # the same rows before and after the answer, so that the question stays where it is
            return 2 if _TWO_LINES <= container.width // len(board.teams) < _ONE_LINE else 1
        return _ROWS if board.has_large_digits(container.width) else 2

    def render(self) -> Content:
        height = self.size.height
        if height < 2:
            return self._line(str(self.points))
        if height < _ROWS or not self._board.has_large_digits(self._board.size.width):
            return Content("\n").join([self._line(), Content.styled(f"{' ' * _INDENT}{self.points}", "bold")])
        digits = (Content(" " * _INDENT) + row for row in large(self.points, stands_out=self.is_turn))
        return Content("\n").join([self._line(), *digits])

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self.index))

    @property
    def _board(self) -> Scoreboard:
        assert isinstance(self.parent, Scoreboard)
        return self.parent

    def _line(self, number: str = "") -> Content:
        """Return sign, name and number. Without enough room spaces go first, then the name, never the number."""
        sign = _TURN if self.is_turn else " "
        tail = f" {number}" if number else ""
        for before, after in ((" [ ", " ]"), ("[", "]")) if self.is_chosen else (("   ", "  "), (" ", "")):
            room = self.size.width - len(f"{sign}{before}{after}{tail} ")  # one cell is the gap before the next team
            name = self._board.names(room)[self.index]
            if name == line_of(self.team):
                break
        words = f"{before}{name}{after}{tail}" if name else number
        return Content.assemble((sign, "bold $accent"), (words, "bold"))


class Scoreboard(Horizontal):
    """All teams side by side, a sign before the one whose turn it is, brackets around the chosen one."""

    def __init__(self, teams: Sequence[str]) -> None:
        super().__init__()
        self.teams = teams
        self._points: Sequence[int] = ()

    def compose(self) -> ComposeResult:
        for index, team in enumerate(self.teams):
            yield TeamView(index, team)

    def show(self, points: Sequence[int], turn: int | None, chosen: int) -> None:
        """Show the `points` of each team, and the indexes of the one whose `turn` it is and of the `chosen` one."""
        self._points = points
        for view, number in zip(self.query(TeamView), points, strict=True):
            view.show(number, is_turn=view.index == turn, is_chosen=view.index == chosen)

    @property
    def is_low(self) -> bool:
        """True if the terminal has too few rows for large digits beside a question and its proof."""
        return self.screen.has_class("-low") or self.screen.has_class("-short")

    def names(self, cells: int) -> list[str]:
        """Return the names in at most so many cells, with their last letters or numbers where the first are alike."""
        names = [fitted(team, cells) for team in self.teams]
        if len(set(names)) == len(names):
            return names
        lines = map(line_of, self.teams)
        ends = [line if cell_len(line) <= cells else fitted(line, cells - 1) + line[-1:] for line in lines]
        if len(set(ends)) == len(ends) and all(cell_len(end) <= cells for end in ends):
            return ends
        return [fitted(f"{number} {team}", cells) for number, team in enumerate(self.teams, 1)]

    def has_large_digits(self, width: int) -> bool:
        """Return whether every team's points fit into this `width` in large digits."""
        return _have_room(self._points, width // len(self.teams))


@dataclass(frozen=True)
class _Place:
    """The result of one team."""

    team: str
    points: int
    has_won: bool

    def name(self, cells: int) -> Content:
        """Return the name, cut to so many cells, after a sign if the team has won."""
        sign = (f"{_WINNER} ", "bold $accent") if self.has_won else ""
        return Content.assemble(sign, (fitted(self.team, cells), "bold"))


class Result(Widget):
    """The results of the teams, the best first, winners after a sign; in large digits if they fit."""

    _TALL = 30  # rows of a terminal in which large digits fit
    _GAP = 3  # cells between two teams that share a row
    _MOST_ROWS = 2  # taken by small digits, if names can be cut

    def __init__(self, teams: Sequence[str], points: Sequence[int]) -> None:
        super().__init__()
        best = max(points, default=0)
        places = (_Place(team, each, each == best) for team, each in zip(teams, points, strict=True))
        self._places = sorted(places, key=lambda place: -place.points)
        self.display = bool(teams)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width, viewport.height))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.size.width, self.app.size.height))

    def _rows(self, width: int, height: int) -> list[Content]:
        column = width // len(self._places)
        if height >= self._TALL and _have_room([place.points for place in self._places], column):
            return self._large_rows(column)
        longest = max(cell_len(line_of(place.team)) for place in self._places)
        cuts = (self._small_rows(width, cells) for cells in range(min(longest, width), 0, -1))
        return next((rows for rows in cuts if len(rows) <= self._MOST_ROWS), self._small_rows(width, 1))

    def _large_rows(self, column: int) -> list[Content]:
        """Return rows with large digits below the names, in columns of this width."""
        columns = []
        for place in self._places:
            indent = Content(" " * _INDENT)
            name = place.name(column - _INDENT - 1)
            digits = (indent + row for row in large(place.points, stands_out=place.has_won))
            columns.append([name if place.has_won else indent + name, *digits])
        rows = zip(*columns, strict=True)
        return [Content("").join(part.pad_right(column - part.cell_length) for part in row) for row in rows]

    def _small_rows(self, width: int, longest: int) -> list[Content]:
        """Return rows with as many teams as fit, and names of at most `longest` cells."""
        rows: list[Content] = []
        for place in self._places:
            part = Content.assemble(place.name(longest), f" {place.points}")
            if rows and rows[-1].cell_length + self._GAP + part.cell_length <= width:
                rows[-1] = Content.assemble(rows[-1], " " * self._GAP, part)
            else:
                rows.append(part)
        return rows


def _have_room(points: Sequence[int], column: int) -> bool:
    """Return whether each of `points` fits into a column of this width in large digits."""
    return all(_INDENT + Digits.get_width(str(each)) < column for each in points)


def large(number: int, *, stands_out: bool) -> list[Content]:
    """Return the rows of `number` in large digits."""
    style = "bold $accent" if stands_out else MUTED
    rich_style = Style(bold=stands_out)  # which also makes the strokes heavier
    parts = Digits(str(number), rich_style).render(rich_style)
    rows = "".join(part.text for part in parts if isinstance(part, Segment)).splitlines()
    return [Content.styled(row, style) for row in rows]
