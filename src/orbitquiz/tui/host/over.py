"""The end on the host's screen: the winners, and the way to the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.classroom.protocol import Outcome, StandingRow
from orbitquiz.presenter.host_state import HostState
from orbitquiz.text.counts import counted
from orbitquiz.tui.host.board import LARGE_FROM, in_large_letters
from orbitquiz.tui.host.standings import BY_MEAN, Places, points_in_words, show_standings
from orbitquiz.tui.styles import MUTED, fitted
from orbitquiz.tui.widgets.big_letters import large_lines
from orbitquiz.tui.widgets.lines import Lines, wrapped
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text

_LOW = 18  # rows; a terminal of fewer has none for a podium of teams


class OverView(Vertical):
    """The report, the first three on a podium, and the others below; without places, what the class did.

    Where teams play, the podium is theirs.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._seen: HostState | None = None

    def compose(self) -> ComposeResult:
        yield Text(id="report")
        yield Static(BY_MEAN, id="by-mean", classes="heading")
        yield Podium()
        with Container(id="table"):
            with Vertical(id="teams"):
                yield Static(BY_MEAN, classes="heading")
                yield Places(has_mean=True)
            with Vertical(id="players"):
                yield Static("Players", classes="heading")
                yield Places()
        yield Together()
        yield Sky()

    def on_resize(self) -> None:
        if self._seen:
            self.show(self._seen)

    def show(self, seen: HostState) -> None:
        """Show how the game ended."""
        self._seen = seen
        scene = seen.scene
        if scene is None:
            return
        self.query_one("#report", Static).update(_report(seen))
        ranked = seen.top if seen.is_ranked and scene.number else ()
        teams = scene.team_standings if ranked else ()
        podium = self.query_one(Podium)
        # Where there are few rows, teams and players need them.
        podium.show(() if teams and self.app.size.height < _LOW else teams or ranked, has_mean=bool(teams))
        self.query_one("#by-mean").display = bool(teams) and podium.display
        players = ranked if teams else ranked[podium.shown :]
        table = self.query_one("#table")
        show_standings(table, players, teams[podium.shown :])
        table.query_one("#teams .heading").display = not podium.display
        table.query_one("#players .heading").display = bool(teams)
        table.query_one("#players").display = bool(players)
        table.display = bool(ranked)
        self.query_one(Together).show(seen)
        self.query_one(Together).display = not ranked and scene.number > 0
        sky = self.query_one(Sky)
        sky.display = not ranked
        sky.dream(seen.hosted.code)


class Together(Lines):
    """The result of the whole class, large where it fits, and thanks."""

    def __init__(self) -> None:
        super().__init__()
        self._together: Outcome | None = None

    def show(self, seen: HostState) -> None:
        """Show how many answers were right."""
        self._together = seen.scene.together if seen.scene else None
        self.refresh(layout=True)

    def lines(self, width: int) -> Iterator[Content]:
        if self._together and self._together.of:
            right, of = self._together.right, counted(self._together.of, "right answer")
            yield from self._drawn(f"The class gave {right} of {of}.", "bold $accent", width)
            yield Content()
        yield from self._drawn("Thank you all for playing.", MUTED, width)

    def _drawn(self, words: str, style: str, width: int) -> list[Content]:
        has_room = self.screen.has_class("-very-tall") and self.app.size.width >= LARGE_FROM
        large = in_large_letters(words, width, style) if has_room else None
        return large or wrapped(Content.styled(words, style), width)


class Podium(Widget):
    """The first three on steps. Where more than three share these places, nobody stands on it."""

    _PLACES = 3
    _ORDER = (1, 0, 2)  # the winner in the middle
    _STEP = {1: 3, 2: 2, 3: 1}  # how high each stands
    _WIDEST, _WIDEST_LARGE = 26, 60  # cells of a step
    _HIGH = 4  # rows of a step where there is room, on which a large digit stands

    def __init__(self) -> None:
        super().__init__()
        self._first: Sequence[StandingRow] = ()
        self._has_mean = False

    def show(self, standings: Sequence[StandingRow], *, has_mean: bool) -> None:
        """Show the first of `standings`, which are in order; points that are means show one decimal."""
        self._has_mean = has_mean
        first = [standing for standing in standings if standing.rank <= self._PLACES and standing.points > 0]
        self._first = first if len(first) <= self._PLACES else ()
        self.display = bool(self._first)
        self.refresh(layout=True)

    @property
    def shown(self) -> int:
        """The number of players on it."""
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

    def _column(self, standing: StandingRow, width: int, *, is_large: bool) -> list[Content]:
        """Return a name, the points, and a step with the place on it."""
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
        points = Content.styled(points_in_words(standing.points, has_mean=self._has_mean), MUTED)
        words = [*(Content.styled(line, style) for line in name), points]
        steps = [Content(place[row] if row < len(place) else "") for row in range(height)]
        return [
            *(_centred(line, width) for line in words),
            *(_centred(line, width).stylize_before(ground) for line in steps),
        ]


def _centred(content: Content, width: int) -> Content:
    room = max(width - content.cell_length, 0)
    return content.pad_left(room // 2).pad_right(room - room // 2)


def _report(seen: HostState) -> Content:
    scene = seen.scene
    assert scene is not None
    asked = f"The game is over after {counted(scene.counted, 'question')}."
    return Content.assemble((asked, "bold"), "\n", ("The report:  ", MUTED), (seen.hosted.report, "bold $accent"))
