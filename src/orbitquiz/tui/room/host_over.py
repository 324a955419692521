"""The end on the host's screen: who has won, and where the report is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.bank.wording import counted
from orbitquiz.classroom.messages import Standing
from orbitquiz.tui.room.font import large_lines
from orbitquiz.tui.room.host_seen import Seen
from orbitquiz.tui.room.standings import Places, show_standings
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.words import MUTED, fitted

_LOW = 24  # rows; a terminal of fewer has none for a podium beside teams


class OverView(Vertical):
    """The first three on a podium, then all standings; the report."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._seen: Seen | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="report")
        yield Podium()
        with Container(id="table"):
            with Vertical(id="teams"):
                yield Static("Teams, by mean points", classes="heading")
                yield Places(has_mean=True)
            with Vertical(id="players"):
                yield Static("Players", classes="heading")
                yield Places()
        yield Sky()

    def on_resize(self) -> None:
        if self._seen:
            self.show(self._seen)

    def show(self, seen: Seen) -> None:
        """Show how the game ended. Where nobody is told places, only that it did."""
        self._seen = seen
        scene = seen.scene
        if scene is None:
            return
        self.query_one("#report", Static).update(_report(seen))
        ranked = scene.standings if seen.is_ranked and scene.number else ()
        podium = self.query_one(Podium)
        # Where there are few rows, teams and players need them.
        podium.show(() if scene.team_standings and self.app.size.height < _LOW else ranked)
        show_standings(self.query_one("#table"), ranked[podium.shown :], scene.team_standings if ranked else ())
        self.query_one("#players").display = len(ranked) > podium.shown
        self.query_one("#table").display = bool(ranked)
        sky = self.query_one(Sky)
        sky.display = not ranked
        sky.dream(seen.hosted.code)


class Podium(Widget):
    """The first three on steps. Where more than three share these places, nobody stands on it."""

    _PLACES = 3
    _ORDER = (1, 0, 2)  # the winner in the middle
    _STEP = {1: 3, 2: 2, 3: 1}  # how high each stands
    _WIDEST, _WIDEST_LARGE = 26, 60  # cells of a step
    _HIGH = 4  # rows of a step where there is room, on which a large digit stands

    def __init__(self) -> None:
        super().__init__()
        self._first: Sequence[Standing] = ()

    def show(self, standings: Sequence[Standing]) -> None:
        """Show the first of `standings`, which are in order."""
        first = [standing for standing in standings if standing.rank <= self._PLACES and standing.points > 0]
        self._first = first if len(first) <= self._PLACES else ()
        self.display = bool(self._first)
        self.refresh(layout=True)

    @property
    def shown(self) -> int:
        """How many stand on it."""
        return len(self._first)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        is_large = self.screen.has_class("-very-tall") and width >= 2 * self._PLACES * self._WIDEST
        step = min((width - 4) // self._PLACES, self._WIDEST_LARGE if is_large else self._WIDEST)
        stood = [self._first[place] if place < len(self._first) else None for place in self._ORDER]
        columns = [self._column(standing, step, is_large=is_large) if standing else [] for standing in stood]
        tallest = max(map(len, columns))
        filled = [[Content(" " * step)] * (tallest - len(column)) + column for column in columns]
        left = " " * ((width - self._PLACES * step - 4) // 2)
        return [Content(left) + Content("  ").join(parts) for parts in zip(*filled, strict=True)]

    def _column(self, standing: Standing, width: int, *, is_large: bool) -> list[Content]:
        """A name, the points, and a step with the place on it."""
        is_first = standing.rank == 1
        style = "bold $accent" if is_first else "bold"
        ground = "bold $background on $accent" if is_first else "bold $background on $primary"
        name = [f"{'★ ' if is_first else ''}{fitted(standing.name, width - 2 * is_first)}"]
        place = [str(standing.rank)]
        height = self._STEP[standing.rank]
        if is_large:
            name = [*(large_lines(standing.name, width) or name), ""]
            place = large_lines(str(standing.rank), width) or place
            height *= self._HIGH
        words = [*(Content.styled(line, style) for line in name), Content.styled(f"{standing.points:,.0f}", MUTED)]
        steps = [Content(place[row] if row < len(place) else "") for row in range(height)]
        return [
            *(_centred(line, width) for line in words),
            *(_centred(line, width).stylize_before(ground) for line in steps),
        ]


def _centred(content: Content, width: int) -> Content:
    room = max(width - content.cell_length, 0)
    return content.pad_left(room // 2).pad_right(room - room // 2)


def _report(seen: Seen) -> Content:
    scene = seen.scene
    assert scene is not None
    asked = f"The game is over after {counted(scene.number, 'question')}."
    return Content.assemble(
        (asked, "bold"), "\n", ("The report:  ", MUTED), (f"orbitquiz report {seen.hosted.code}", "bold $accent")
    )
