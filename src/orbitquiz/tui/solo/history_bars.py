"""The bars of the history: right answers, what is known, and what becomes due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from orbitquiz.bank.model import Bank
from orbitquiz.history.statistics import CategoryTally
from orbitquiz.presenter.review import due_words
from orbitquiz.session.returning import Knowledge
from orbitquiz.text.counts import percent, portion
from orbitquiz.text.safe import line_of
from orbitquiz.tui.widgets.lines import Lines, wrapped

_LEAST_BAR, _MOST_BAR = 6, 30
_LEAST_TITLE = 12  # cells of a category's title, which matter more than its counts
_FINE, _FAIR = 0.7, 0.4  # the shares at which a bar changes colour
_GAP = 2
_PERCENT = len("100 %")
_QUIET = "$foreground 70%"
_COLUMNS = "▁▂▃▄▅▆▇█"  # from one fact to the most on a day
_WEEK = 7  # days


class _Columns(NamedTuple):
    """The cells of titles, bars and counts in a table of bars, and the counts as they are shown."""

    title: int
    bar: int
    number: int
    counts: Sequence[str]


def _columns(width: int, titles: Sequence[Content], counts: Sequence[str], beside: int) -> _Columns:
    """Return the columns of a table `width` cells wide, of which `beside` are for something else."""
    longest = max((title.cell_length for title in titles), default=0)
    count = max(map(len, counts), default=0) + _GAP
    if width - beside - count < _LEAST_BAR + min(longest, _LEAST_TITLE):
        counts, count = [""] * len(counts), 0  # the bar says nearly the same
    room = width - beside - count
    title = min(longest, max(room - _LEAST_BAR, 1))
    return _Columns(title, min(max(room - title, _LEAST_BAR), _MOST_BAR), count, counts)


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
        columns = _columns(width, [title for title, _ in self._tallies], counts, _PERCENT + 2 * _GAP)
        for (title, tally), count in zip(self._tallies, columns.counts, strict=True):
            filled = portion(tally.right, tally.answered, columns.bar)
            style = _style_of(tally.right / tally.answered)
            line = Content.assemble(
                title.truncate(columns.title, ellipsis=True, pad=True),
                " " * _GAP,
                ("━" * filled, style),
                ("─" * (columns.bar - filled), _QUIET),
                " " * _GAP,
                (f"{percent(tally.right, tally.answered):>{_PERCENT}}", f"bold {style}"),
                (f"{count:>{columns.number}}", _QUIET),
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
        counts = [" · ".join(f"{n:,}" for n in (each.known, each.learning, each.new)) for _, each in self._rows]
        columns = _columns(width, [title for title, _ in self._rows], counts, _GAP)
        for (title, each), count in zip(self._rows, columns.counts, strict=True):
            known = portion(each.known, each.facts, columns.bar)
            seen = portion(each.known + each.learning, each.facts, columns.bar)
            line = Content.assemble(
                title.truncate(columns.title, ellipsis=True, pad=True),
                " " * _GAP,
                ("━" * known, "$text-success"),
                ("╍" * (seen - known), "$text-warning"),
                ("─" * (columns.bar - seen), _QUIET),
                (f"{count:>{columns.number}}", _QUIET),
            )
            yield line.truncate(width)
        legend = (("━ known  ", "$text-success"), ("╍ being learnt  ", "$text-warning"), ("─ not yet seen", _QUIET))
        yield from wrapped(Content.assemble(*legend), width)


class Due(Lines):
    """The number of facts that become due on each of the next days, as columns, and facts that are `gone`, in words."""

    def __init__(self, due: Sequence[int], gone: str = "") -> None:
        super().__init__()
        self._due = due
        self._gone = gone

    def __len__(self) -> int:
        return len(self._due) if any(self._due) else bool(self._gone)

    def lines(self, width: int) -> Iterator[Content]:
        if any(self._due):
            # Two cells a day where there is room, so that days can be told apart.
            cells = 2 if width >= 2 * len(self._due) else 1
            days = self._due[: width // cells]
            most = max(days)
            columns = (_COLUMNS[max(portion(n, most, len(_COLUMNS)), 1) - 1] if n else " " for n in days)
            yield Content.styled("".join(f"{column:<{cells}}" for column in columns).rstrip(), "$accent")
            yield Content.styled(_axis(len(days), cells * _WEEK), _QUIET)
            yield from wrapped(Content.styled(due_words(self._due), _QUIET), width)
        if self._gone:
            yield from wrapped(Content.styled(self._gone, _QUIET), width)


def _axis(days: int, week: int) -> str:
    """Return the words below the columns of so many days, with `week` cells for each seven of them."""
    weeks = ["today", *(f"+{day} d" for day in range(_WEEK, days, _WEEK))]
    return "".join(f"{word:<{week}}" for word in weeks).rstrip()


def _style_of(share: float) -> str:
    if share >= _FINE:
        return "$text-success"
    return "$text-warning" if share >= _FAIR else "$text-error"
