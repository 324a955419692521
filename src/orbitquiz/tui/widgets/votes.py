"""Widgets that the host's and the student's screens share: votes, a headline, a countdown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from orbitquiz.classroom.protocol import RevealedQuestion
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.lines import Lines, hanging
from orbitquiz.tui.widgets.timebar import TimeBar

_TICK = 0.2  # seconds
_BAR = "▆"  # not a whole block, so that the bars of two lines stay two


class Countdown(TimeBar):
    """A time bar that runs by itself between the room's updates. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told_left: float | None = None
        self._told_at = 0.0
        self._limit: float | None = None
        self._runs = False

    def on_mount(self) -> None:
        self.set_interval(_TICK, self.tick)

    def tell(self, left: float | None, limit: float | None, *, runs: bool) -> None:
        """Show that `left` of `limit` seconds are left, and whether the clock `runs`; None for no timer."""
        self._told_left, self._limit, self._runs = left, limit, runs
        self._told_at = self._clock()
        self.tick()

    @property
    def left(self) -> float | None:
        """The seconds left now; None without a timer."""
        if self._told_left is None:
            return None
        return max(self._told_left - (self._clock() - self._told_at if self._runs else 0.0), 0.0)

    def tick(self) -> None:
        """Show the current time."""
        self.show(self.left, self._limit)


class Headline(Widget):
    """The line at the top: the place in the game on the left, the score on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._lefts: Sequence[Content] = [Content()]
        self._rights: Sequence[Content] = [Content()]

    def show(self, lefts: Sequence[Content], rights: Sequence[Content]) -> None:
        """Show a left and a right part, each given in several forms, the longest first."""
        self._lefts, self._rights = lefts or [Content()], rights or [Content()]
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        for right in self._rights:
            for left in self._lefts:
                if left.cell_length + 2 + right.cell_length <= width:
                    return left + Content(" " * (width - left.cell_length - right.cell_length)) + right
        right = self._rights[-1]
        left = self._lefts[-1].truncate(max(width - right.cell_length - 2, 0), ellipsis=True)
        gap = max(width - left.cell_length - right.cell_length, 0)
        return (left + Content(" " * gap) + right).truncate(width)


@dataclass(frozen=True)
class Tally:
    """An option, the number of its picks, whether it is the key, and whether it is the viewer's own pick."""

    text: str
    count: int
    is_key: bool
    is_own: bool

    @property
    def sign(self) -> str:
        """A sign that says the same as the colour."""
        return "✓" if self.is_key else "✗" if self.is_own else " "

    @property
    def word(self) -> str:
        """The same in words."""
        if self.is_own:
            return "your answer, right" if self.is_key else "your answer"
        return "the answer" if self.is_key else ""

    @property
    def style(self) -> str:
        """The style of its text."""
        return "$text-success" if self.is_key else "$text-error" if self.is_own else "$foreground"

    def on_ground(self, line: Content, width: int) -> Content:
        """Return `line` in `width` cells, on the colour of the option."""
        line = line.pad_right(max(width - line.cell_length, 0)).truncate(max(width, 1))
        ground = "on $ground-right" if self.is_key else "on $ground-wrong" if self.is_own else ""
        return line.stylize_before(ground) if ground else line

    def bar(self, most: int, width: int) -> Content:
        """Return a bar in `width` cells, which `most` picks would fill."""
        cells = max(round(self.count * width / most), 1) if self.count and width > 0 else 0
        style = "$success" if self.is_key else "$error" if self.is_own else "$primary"
        return Content.assemble((_BAR * cells, style), " " * (max(width, 0) - cells))

    def number(self, width: int) -> Content:
        """Return the count in `width` cells."""
        return Content.styled(f"{self.count:>{width}}", "bold" if self.count else MUTED)


class Votes(Lines):
    """The votes for each option: its text, a bar and a count. A sign and a word say which is the key.

    Options have numbers only if the viewer has seen them in this order.
    """

    HAS_NUMBERS = True
    _GAP = 2
    _LEAST_BAR = 12
    _ROOMY = 40  # rows of a terminal in which each bar gets its own line

    def __init__(self) -> None:
        super().__init__()
        self.tallies: Sequence[Tally] = ()

    def show(self, question: RevealedQuestion, order: Sequence[str] | None = None, picked: str | None = None) -> None:
        """Show the votes of `question`, in this `order` of option ids, and the viewer's own pick."""
        texts = {option.id: option.text for option in question.options}
        self.tallies = [
            Tally(texts[id], question.votes.get(id, 0), id == question.key, id == picked)
            for id in (order or texts)
            if id in texts
        ]
        self.refresh(layout=True)

    @property
    def most(self) -> int:
        """The most picks that an option has."""
        return max((tally.count for tally in self.tallies), default=0)

    def lines(self, width: int) -> Iterator[Content]:
        is_roomy = self.app.size.height >= self._ROOMY
        for number, tally in enumerate(self.tallies, 1):
            named = ((f" {number} ", "bold $primary"), "  ") if self.HAS_NUMBERS else ()
            head = Content.assemble((tally.sign, f"bold {tally.style}"), " ", *named)
            word = [("   " + tally.word, "bold")] if tally.word else []
            text = Content.assemble(tally.text, *word).stylize_before(f"{'bold ' * tally.is_key}{tally.style}")
            lines = self._roomy if is_roomy else self._close
            yield from (tally.on_ground(line, width) for line in lines(tally, head, text, width))

    def _roomy(self, tally: Tally, head: Content, text: Content, width: int) -> Iterator[Content]:
        """Yield the text with the bar below it."""
        counts = len(str(self.most))
        yield Content()
        yield from hanging(head, text, width - self._GAP)
        bar = tally.bar(self.most, width - head.cell_length - counts - 2 * self._GAP)
        yield Content(" " * head.cell_length) + bar + Content(" " * self._GAP) + tally.number(counts)
        yield Content()

    def _close(self, tally: Tally, head: Content, text: Content, width: int) -> Iterator[Content]:
        """Yield the text with the bar beside it."""
        counts = len(str(self.most))
        gap = Content(" " * self._GAP)
        room = width - head.cell_length - 2 * self._GAP - counts - 1
        longest = max((Content(f"{each.text}   {each.word}").cell_length for each in self.tallies), default=0)
        text_width = max(min(longest, room - min(self._LEAST_BAR, room // 3)), 1)
        beside = gap + tally.bar(self.most, room - text_width) + gap + tally.number(counts)
        text_width += head.cell_length
        for line in hanging(head, text, text_width):
            yield line.pad_right(text_width - line.cell_length) + beside
            beside = Content()
