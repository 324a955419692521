"""The options of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from orbitquiz.quiz.distractors import COUNT
from orbitquiz.quiz.game import Verdict

OPTIONS = COUNT + 1


class _State(StrEnum):
    OPEN = "open"
    KEY = "key"  # the right one, once it may be shown
    MISS = "miss"  # the wrong one that was picked
    PAST = "past"  # any other, once the key is shown


_SIGNS = {_State.OPEN: " ", _State.KEY: "✓", _State.MISS: "✗", _State.PAST: " "}


class OptionRow(Widget):
    """One option: its number, its text and, after the answer, a sign and a word."""

    @dataclass
    class Picked(Message):
        """The player pointed at this option."""

        index: int  # from 0

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
        self._text = ""
        self._word = ""
        self._state = _State.OPEN

    def show(self, text: str, state: _State, word: str = "") -> None:
        """Show `text` in `state`, with a `word` after it, and not highlighted."""
        self.update_classes({f"-{other}": other is state for other in _State} | {"-highlighted": False})
        self._text, self._state, self._word = text, state, word
        self.refresh(layout=True)

    def render(self) -> Content:
        sign = "›" if self.has_class("-highlighted") else _SIGNS[self._state]
        word = [("   " + self._word, "bold")] if self._word else []
        return Content.assemble((sign, "bold"), " ", (f" {self.index + 1} ", "bold $key"), "  ", self._text, *word)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self.index))


class Options(Vertical):
    """The four options. One may be highlighted, none is at first, so that a hasty enter answers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.highlighted: int | None = None

    def compose(self) -> ComposeResult:
        for index in range(OPTIONS):
            yield OptionRow(index)

    def ask(self, options: Sequence[str]) -> None:
        """Show `options` to choose from."""
        self.highlighted = None
        for row, option in zip(self.query(OptionRow), options, strict=True):
            row.show(option, _State.OPEN)

    def tell(self, verdict: Verdict) -> None:
        """Show which option was right, and which was picked."""
        self.highlighted = None
        for row, option in zip(self.query(OptionRow), verdict.question.options, strict=True):
            picked = row.index == verdict.picked
            if row.index == verdict.question.key:
                row.show(option, _State.KEY, "your answer, right" if picked else "the answer")
            elif picked:
                row.show(option, _State.MISS, "your answer")
            else:
                row.show(option, _State.PAST)

    def move(self, by: int) -> None:
        """Move the highlight."""
        self.highlight(moved(self.highlighted, by, OPTIONS))

    def highlight(self, index: int | None) -> None:
        """Highlight the option with this index, or none."""
        self.highlighted = index
        for row in self.query(OptionRow):
            row.set_class(row.index == index, "-highlighted")
            row.refresh()


def moved(highlighted: int | None, by: int, count: int) -> int:
    """Where a highlight moves to among `count` options. It begins at the first, or at the last one going up."""
    if highlighted is None:
        return 0 if by > 0 else count - 1
    return (highlighted + by) % count
