"""The options of a question that waits for a student's answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from orbitquiz.classroom.protocol import OptionOut
from orbitquiz.tui.widgets.options import OPTIONS, moved

_OPEN, _PICKED, _CLOSED = "-open", "-picked", "-closed"


class ChoiceRow(Widget):
    """One option: its number and its text; a sign and a word where it is the student's answer."""

    @dataclass
    class Picked(Message):
        """The student pointed at this option."""

        index: int  # from 0

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
        self._text = ""
        self._look = _OPEN

    def show(self, text: str, look: str, *, is_highlighted: bool) -> None:
        """Show `text` in one of the looks."""
        self._text, self._look = text, look
        self.update_classes({each: each == look for each in (_OPEN, _PICKED, _CLOSED)})
        self.set_class(is_highlighted, "-highlighted")
        self.refresh(layout=True)

    def render(self) -> Content:
        sign = "●" if self._look == _PICKED else "›" if self.has_class("-highlighted") else " "
        word = ("   your answer", "bold") if self._look == _PICKED else ""
        number = (f" {self.index + 1} ", "bold $primary" if self._look == _OPEN else "")
        return Content.assemble((sign, "bold"), " ", number, "  ", self._text, word)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self.index))


class Choices(Vertical):
    """All options. One may be highlighted; none is at first, so that a hasty enter answers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.highlighted: int | None = None
        self._options: Sequence[OptionOut] = ()
        self._picked: str | None = None
        self._is_open = False
        self._tried: Collection[str] = ()

    def compose(self) -> ComposeResult:
        for index in range(OPTIONS):
            yield ChoiceRow(index)

    def show(
        self, options: Sequence[OptionOut], picked: str | None, *, is_open: bool, tried: Collection[str] = ()
    ) -> None:
        """Show `options`: to choose from where `is_open`, else with the one that was `picked` standing out.

        Those that were `tried` are no choice any more.
        """
        self._tried = tried
        if options != self._options or not is_open:
            self.highlighted = None
        self._options, self._picked, self._is_open = options, picked, is_open
        rows = list(self.query(ChoiceRow))
        more = [ChoiceRow(index) for index in range(len(rows), len(options))]
        if more:
            self.mount_all(more)
        self._draw([*rows, *more])

    def move(self, by: int) -> None:
        """Move the highlight while an answer is wanted."""
        if self._is_open and self._options:
            self.highlighted = moved(self.highlighted, by, len(self._options))
            self._draw(list(self.query(ChoiceRow)))

    def _draw(self, rows: Sequence[ChoiceRow]) -> None:
        for row in rows:
            row.display = row.index < len(self._options)
            if row.display:
                option = self._options[row.index]
                is_open = self._is_open and option.id not in self._tried
                look = _OPEN if is_open else _PICKED if option.id == self._picked else _CLOSED
                row.show(option.text, look, is_highlighted=row.index == self.highlighted)
