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
from textual.widgets import Digits, OptionList, Static

from orbitquiz.bank.model import Bank
from orbitquiz.history.statistics import CategoryTally, FactTally, PlayedGame, Statistics
from orbitquiz.presenter.review import due_words
from orbitquiz.presenter.wording import local_time, short_duration
from orbitquiz.session.returning import Knowledge
from orbitquiz.text.counts import counted, percent, portion
from orbitquiz.text.safe import line_of
from orbitquiz.tui.shared.scrolling import SCROLL_KEYS, Scrolling
from orbitquiz.tui.solo.messages import OpenGame
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.lines import Lines, hanging, wrapped

_LEAST_BAR, _MOST_BAR = 6, 30
_LEAST_TITLE = 12  # cells of a category's title, which matter more than its counts
_FINE, _FAIR = 0.7, 0.4  # the shares at which a bar changes colour
_GAP = 2
_PERCENT = len("100 %")
_QUIET = "$foreground 70%"
_COLUMNS = "▁▂▃▄▅▆▇█"  # from no fact to the most on a day


class HistoryScreen(Scrolling, Screen[None]):
    """Shows the `statistics` of the games of `bank`, the `knowledge` of each category, and what is `due` day by day."""

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
    ) -> None:
        super().__init__()
        self.bank = bank
        self.statistics = statistics
        self.knowledge = knowledge
        self.due = due

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
                    yield from _section("Due for review", Due(self.due))
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
        """Choose one of the latest games."""
        if self.statistics.recent:
            self.app.push_screen(GamesScreen(self.statistics.recent))

    @property
    def scrolled(self) -> VerticalScroll:
        return self.query_one("#body", VerticalScroll)


class GamesScreen(Screen[None]):
    """The latest games, one of which can be opened."""

    AUTO_FOCUS = "OptionList"
    CSS = """
    GamesScreen OptionList {
        height: 1fr;
        border: none;
        background: transparent;
        padding: 1 1;
    }
    GamesScreen OptionList > .option-list--option-highlighted {
        background: $ground-chosen;
        color: $foreground;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "go back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
    ]

    def __init__(self, games: Sequence[PlayedGame]) -> None:
        super().__init__()
        self.games = games

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(" Games", "bold"))
        yield OptionList(*map(_row_of, self.games), markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        keys = [("↑ ↓ enter", "open", ""), ("?", "keys", "app.keys"), ("esc", "back", "screen.dismiss")]
        self.query_one(KeyBar).show(keys)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(OpenGame(self.games[message.option_index].id))


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


class Categories(Lines):
    """A bar for each category that was asked about, in the order of `bank`."""

    def __init__(self, bank: Bank, tallies: Sequence[CategoryTally]) -> None:
        super().__init__()
        titles = {category.name: category.title for category in bank.categories}
        order = {name: place for place, name in enumerate(titles)}
        self._tallies = [
            (Content(line_of(titles.get(tally.category, tally.category))), tally)  # the bank may no longer have it
            for tally in sorted(tallies, key=lambda tally: order.get(tally.category, len(order)))
        ]

    def __len__(self) -> int:
        return len(self._tallies)

    def lines(self, width: int) -> Iterator[Content]:
        counts = [f"{tally.right:,} of {tally.answered:,}" for _, tally in self._tallies]
        count_width = max(map(len, counts), default=0) + _GAP
        longest = max((title.cell_length for title, _ in self._tallies), default=0)
        room = width - _PERCENT - 2 * _GAP  # for titles and bars
        if room - count_width < _LEAST_BAR + min(longest, _LEAST_TITLE):
            counts, count_width = [""] * len(counts), 0  # the share says nearly the same
        room -= count_width
        title_width = min(longest, max(room - _LEAST_BAR, 1))
        bar_width = min(max(room - title_width, _LEAST_BAR), _MOST_BAR)
        for (title, tally), count in zip(self._tallies, counts, strict=True):
            filled = portion(tally.right, tally.answered, bar_width)
            style = _style_of(tally.right / tally.answered)
            line = Content.assemble(
                title.truncate(title_width, ellipsis=True, pad=True),
                " " * _GAP,
                ("━" * filled, style),
                ("─" * (bar_width - filled), _QUIET),
                " " * _GAP,
                (f"{percent(tally.right, tally.answered):>{_PERCENT}}", f"bold {style}"),
                (f"{count:>{count_width}}", _QUIET),
            )
            yield line.truncate(width)


class Known(Lines):
    """The categories, each with a bar of what is known, being learnt and not yet seen."""

    def __init__(self, bank: Bank, knowledge: Mapping[str, Knowledge]) -> None:
        super().__init__()
        titles = {category.name: line_of(category.title) for category in bank.categories}
        self._rows = [(Content(titles[name]), each) for name, each in knowledge.items() if each.facts]

    def __len__(self) -> int:
        return len(self._rows) if any(each.is_begun for _, each in self._rows) else 0

    def lines(self, width: int) -> Iterator[Content]:
        longest = max((title.cell_length for title, _ in self._rows), default=0)
        counts = [" · ".join(f"{n:,}" for n in (each.known, each.learning, each.new)) for _, each in self._rows]
        count_width = max(map(len, counts), default=0) + _GAP
        if width - count_width - _GAP < _LEAST_BAR + min(longest, _LEAST_TITLE):
            counts, count_width = [""] * len(counts), 0
        room = width - _GAP - count_width
        title_width = min(longest, max(room - _LEAST_BAR, 1))
        bar_width = min(max(room - title_width, _LEAST_BAR), _MOST_BAR)
        for (title, each), count in zip(self._rows, counts, strict=True):
            known = portion(each.known, each.facts, bar_width)
            seen = portion(each.known + each.learning, each.facts, bar_width)
            line = Content.assemble(
                title.truncate(title_width, ellipsis=True, pad=True),
                " " * _GAP,
                ("━" * known, "$text-success"),
                ("╍" * (seen - known), "$text-warning"),
                ("─" * (bar_width - seen), _QUIET),
                (f"{count:>{count_width}}", _QUIET),
            )
            yield line.truncate(width)
        legend = (("━ known  ", "$text-success"), ("╍ being learnt  ", "$text-warning"), ("─ not yet seen", _QUIET))
        yield from wrapped(Content.assemble(*legend), width)


class Due(Lines):
    """The number of facts that become due on each of the next days, as columns."""

    def __init__(self, due: Sequence[int]) -> None:
        super().__init__()
        self._due = due

    def __len__(self) -> int:
        return len(self._due) if any(self._due) else 0

    def lines(self, width: int) -> Iterator[Content]:
        days = self._due[:width]
        most = max(days, default=0)
        columns = "".join(_COLUMNS[portion(count, most, len(_COLUMNS) - 1)] for count in days)
        yield Content.styled(columns, "$accent")
        yield from wrapped(Content.styled(due_words(self._due), _QUIET), width)


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


class Games(Lines):
    """The latest games, one a line. Remarks follow on the line, or below it if they do not fit."""

    def __init__(self, bank: Bank, games: Sequence[PlayedGame]) -> None:
        super().__init__()
        self._title = bank.title
        self._games = games

    def __len__(self) -> int:
        return len(self._games)

    def lines(self, width: int) -> Iterator[Content]:
        rights = [f"{game.right} of {game.answered}" for game in self._games]
        points = [counted(game.points, "point") for game in self._games]
        codes = [line_of(game.code or "") for game in self._games]
        right_width, points_width, code_width = (max(map(len, each), default=0) for each in (rights, points, codes))
        for game, right, gained, code in zip(self._games, rights, points, codes, strict=True):
            line = Content.assemble((local_time(game.started), _QUIET), (f"{'':{_GAP}}{right:<{right_width}}", "bold"))
            parts = [Content(f"{gained:>{points_width}}"), Content.styled(f"{code:<{code_width}}", _QUIET)]
            for part in [*parts, *self._peculiar(game)]:
                if line.cell_length + _GAP + part.cell_length <= width:
                    line += Content(" " * _GAP) + part
                elif part.plain.strip():
                    yield line.truncate(width, ellipsis=True)
                    *whole, line = hanging(Content(" " * _GAP), part, width)
                    yield from whole
            yield line.truncate(width, ellipsis=True)

    def _peculiar(self, game: PlayedGame) -> Iterator[Content]:
        """Return remarks on a game: that it was not finished, and its title where that is not the bank's."""
        if not game.finished:
            yield Content.styled("unfinished", "$text-warning")
        if game.title != self._title:
            yield Content(line_of(game.title))


def _row_of(game: PlayedGame) -> Content:
    state = "" if game.finished else "   unfinished"
    return Content.assemble(
        (local_time(game.started), _QUIET),
        (f"   {game.right} of {game.answered}", "bold"),
        f"   {line_of(game.title)}",
        (state, "$text-warning"),
    )


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
    yield f"present streak {statistics.streak:,}"


def _style_of(share: float) -> str:
    if share >= _FINE:
        return "$text-success"
    return "$text-warning" if share >= _FAIR else "$text-error"
