"""The options of a question, drawn by one widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Region, Spacing
from textual.message import Message

from orbitquiz.quiz.distractors import COUNT
from orbitquiz.quiz.game import Verdict
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.lines import Lines, hanging

OPTIONS = COUNT + 1


class State(StrEnum):
    """The state of an option."""

    OPEN = "open"
    CHOSEN = "chosen"  # the answer, while nobody may know yet whether it is right
    KEY = "key"  # the right one, once it may be shown
    MISS = "miss"  # the wrong one that was picked
    PAST = "past"  # any other that can be chosen no more


_SIGNS = {State.CHOSEN: "●", State.KEY: "✓", State.MISS: "✗"}
_STYLES = {State.KEY: "bold $text-success", State.MISS: "$text-error", State.PAST: MUTED}
_GROUNDS = {State.CHOSEN: "$ground-chosen", State.KEY: "$ground-right", State.MISS: "$ground-wrong"}


class Row(NamedTuple):
    """An option: its text, its state, and the state in words."""

    text: str
    state: State = State.OPEN
    word: str = ""


class Options(Lines):
    """The options, each with its number and, after the answer, a sign and a word.

    One may be highlighted; none is at first, so that a hasty enter answers nothing.
    """

    @dataclass
    class Picked(Message):
        """The player pointed at an option."""

        index: int  # from 0

    def __init__(self) -> None:
        super().__init__()
        self.highlighted: int | None = None
        self._rows: Sequence[Row] = ()
        self._are_numbered = True
        self._hovered: int | None = None

    def ask(self, options: Sequence[str]) -> None:
        """Show `options` to choose from."""
        self.set_rows([Row(text) for text in options])

    def tell(self, verdict: Verdict) -> None:
        """Show which option was right, and which was picked. What was typed stands before the answer alone."""
        if verdict.answer.typed is not None:
            key = verdict.question.options[verdict.question.key]
            right = "your answer, right" if verdict.is_right else "the answer"
            missed = [] if verdict.is_right else [Row(verdict.answer.typed, State.MISS, "your answer")]
            self.set_rows([*missed, Row(key, State.KEY, right)], are_numbered=False)
            return
        rows = []
        for index, text in enumerate(verdict.question.options):
            picked = index == verdict.picked
            if index == verdict.question.key:
                rows.append(Row(text, State.KEY, "your answer, right" if picked else "the answer"))
            else:
                rows.append(Row(text, State.MISS, "your answer") if picked else Row(text, State.PAST))
        self.set_rows(rows)

    def move(self, by: int) -> None:
        """Move the highlight, and bring it into view."""
        self.highlight(moved(self.highlighted, by, max(len(self._rows), 1)))
        if self.highlighted is not None:
            spans = self._spans(self.content_size.width)
            top = self.content_region.y + spans[self.highlighted][0]
            region = Region(self.region.x, top, self.region.width, spans[self.highlighted][1])
            below = sum(bar.outer_size.height for bar in self.screen.query(KeyBar))  # it lies over what scrolls
            self.screen.scroll_to_region(
                region.translate(self.screen.scroll_offset),
                spacing=Spacing(bottom=below),
                animate=False,
                force=True,
            )

    def highlight(self, index: int | None) -> None:
        """Highlight the option with this index, or none."""
        self.highlighted = index
        self.refresh()

    def lines(self, width: int) -> Iterator[Content]:
        for index in range(len(self._rows)):
            yield from self._lines_of(index, width)
            yield from [Content()] * self._gap

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if (index := self._at(event.y)) is not None:
            self.post_message(self.Picked(index))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover(self._at(event.y))

    def on_leave(self) -> None:
        self._hover(None)

    def set_rows(self, rows: Sequence[Row], *, are_numbered: bool = True) -> None:
        """Show `rows`, none of them highlighted, each with its number unless not `are_numbered`."""
        self.highlighted = None
        if (rows, are_numbered) != (self._rows, self._are_numbered):
            self._rows, self._are_numbered = rows, are_numbered
            self.refresh(layout=True)
        else:
            self.refresh()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.refresh()

    def _lines_of(self, index: int, width: int) -> Iterator[Content]:
        row = self._rows[index]
        is_highlighted = index == self.highlighted
        sign = "›" if is_highlighted else _SIGNS.get(row.state, " ")
        key = "bold $primary" if row.state is State.OPEN else ""
        number = Content.styled(f" {index + 1}   ", key) if self._are_numbered else Content()
        begin = Content.assemble((sign, "bold"), " ", number)
        word = [("   " + row.word, "bold")] if row.word else []
        style = "bold" if is_highlighted else _STYLES.get(row.state, "")
        ground = "$ground-chosen" if is_highlighted else _GROUNDS.get(row.state, "")
        if not ground and index == self._hovered and row.state is State.OPEN:
            ground = "$surface"
        for line in hanging(begin, Content.assemble(row.text, *word), width):
            padded = line.pad_right(max(width - line.cell_length, 0))
            yield padded.stylize_before(f"{style}{f' on {ground}' if ground else ''}".strip())

    @property
    def _gap(self) -> int:
        """The number of blank lines after each option."""
        screen = self.screen
        if screen.has_class("-tight"):
            return 0
        is_open = screen.has_class("-asking")
        has_room = screen.has_class("-tall") or screen.has_class("-very-tall")
        return int(has_room or (is_open and screen.has_class("-teams")))

    def _spans(self, width: int) -> list[tuple[int, int]]:
        """Return the first line of each option and how many it has."""
        spans, top = [], 0
        for index in range(len(self._rows)):
            height = sum(1 for _ in self._lines_of(index, width))
            spans.append((top, height))
            top += height + self._gap
        return spans

    def _at(self, y: int) -> int | None:
        """Return the index of the option in line `y` of the widget."""
        spans = enumerate(self._spans(self.content_size.width))
        return next((index for index, (top, height) in spans if top <= y < top + height), None)


def moved(highlighted: int | None, by: int, count: int) -> int:
    """Return where a highlight moves to among `count` options. It begins at the first, or at the last one going up."""
    if highlighted is None:
        return 0 if by > 0 else count - 1
    return (highlighted + by) % count
