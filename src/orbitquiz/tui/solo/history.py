"""The history: statistics of all games of a bank, and the latest games."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits, Static

from orbitquiz.bank.model import Bank
from orbitquiz.history.statistics import FactTally, Statistics
from orbitquiz.presenter.wording import short_duration
from orbitquiz.session.returning import Knowledge
from orbitquiz.text.counts import counted, portion
from orbitquiz.text.safe import line_of
from orbitquiz.tui.shared.scrolling import SCROLL_KEYS, Scrolling
from orbitquiz.tui.solo.games import Games
from orbitquiz.tui.solo.history_bars import Categories, Due, Known
from orbitquiz.tui.solo.messages import ListGames
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.lines import Lines, hanging, wrapped

_GAP = 2


class HistoryScreen(Scrolling, Screen[None]):
    """Shows the `statistics` of the games of `bank`, and what is known and due.

    `knowledge` is that of each category, `due` the number of facts that become due day by day, and `gone` words about
    facts that the bank no longer has.
    """

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *SCROLL_KEYS,
        Binding("enter,g", "games", "open a past game, or resume an unfinished one", show=False),
        Binding("escape,q,y", "dismiss", "go back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
    ]

    def __init__(
        self,
        bank: Bank,
        statistics: Statistics,
        knowledge: Mapping[str, Knowledge] = MappingProxyType({}),
        due: Sequence[int] = (),
        gone: str = "",
    ) -> None:
        super().__init__()
        self.bank = bank
        self.statistics = statistics
        self.knowledge = knowledge
        self.due = due
        self.gone = gone

    def compose(self) -> ComposeResult:
        statistics = self.statistics
        with Horizontal(id="figures"):
            if statistics.answers:
                yield Digits(f"{portion(statistics.right, statistics.answers, 100)}%")
            yield Figures(self.bank, statistics)
        with VerticalScroll(id="body", can_focus=False), Vertical(id="columns"):
            if statistics.answers:
                with Vertical(classes="column"):
                    yield from _section("Categories", Categories(self.bank, statistics.categories))
                    yield from _section("What you know", Known(self.bank, self.knowledge))
                    yield from _section("Due for review", Due(self.due, self.gone))
                    yield from _section("Most missed", Missed(self.bank, statistics.most_missed))
            if statistics.games:
                with Vertical(classes="column"):
                    yield from _section("Recent games", Games(self.bank, statistics.recent))
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#body").display = bool(self.statistics.games)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)  # after the layout, when it is known whether everything fits

    def _show_keys(self) -> None:
        games = [("enter", "open a game", "screen.games")] if self.statistics.recent else []
        always = [("?", "keys", "app.keys"), ("esc", "back", "screen.dismiss")]
        self.query_one(KeyBar).show([*games, *self.scroll_hints, *always])

    def action_games(self) -> None:
        """Choose one of the past games."""
        if self.statistics.recent:
            self.post_message(ListGames())

    @property
    def scrolled(self) -> VerticalScroll:
        return self.query_one("#body", VerticalScroll)


class Figures(Lines):
    """The bank, and a few figures about all its games."""

    def __init__(self, bank: Bank, statistics: Statistics) -> None:
        super().__init__()
        self._title = Content.styled(bank.title, "bold")
        self._figures = list(_figures(statistics))

    def lines(self, width: int) -> Iterator[Content]:
        yield from wrapped(self._title, width)
        line = ""
        for figure in self._figures:  # lines break between these, not within
            longer = f"{line}   {figure}" if line else figure
            if line and len(longer) > width:
                yield from wrapped(Content(line), width)
                longer = figure
            line = longer
        yield from wrapped(Content(line), width)


class Missed(Lines):
    """The facts missed most often, each by its question."""

    def __init__(self, bank: Bank, tallies: Sequence[FactTally]) -> None:
        super().__init__()
        stems = {tally.fact: bank.facts_by_id.get(tally.fact) for tally in tallies}
        self._tallies = [
            (line_of(fact.label if (fact := stems[tally.fact]) else tally.fact), tally) for tally in tallies
        ]

    def __len__(self) -> int:
        return len(self._tallies)

    def lines(self, width: int) -> Iterator[Content]:
        counts = [f"missed {tally.missed:,} of {tally.asked:,}" for _, tally in self._tallies]
        indent = max(map(len, counts), default=0) + _GAP
        for (stem, _), count in zip(self._tallies, counts, strict=True):
            yield from hanging(Content.styled(f"{count:<{indent}}", "$text-error"), Content(stem), width)


def _section(heading: str, rows: Categories | Known | Due | Missed | Games) -> ComposeResult:
    if len(rows):
        yield Static(Content(heading), classes="heading")
        yield rows


def _figures(statistics: Statistics) -> Iterator[str]:
    if not statistics.games:
        yield "No games yet. Play one, and here you will see how it went."
        return
    yield counted(statistics.games, "game")
    if statistics.unfinished:
        yield f"{statistics.unfinished:,} unfinished"
    if not statistics.answers:
        yield "no answers yet"
        return
    yield f"{statistics.right:,} of {statistics.answers:,} right"
    yield short_duration(statistics.seconds)
    yield f"longest streak {statistics.longest_streak:,}"
    yield f"current streak {statistics.streak:,}"
