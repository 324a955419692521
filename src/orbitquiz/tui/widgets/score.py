"""The score of a game, at the top of its last screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.scoreboard import large


class Score(Horizontal):
    """The score in large digits, and beside it `words`, `figures` and the command to play the quiz again.

    Words and figures are given in several forms, the longest first. `replay` is a command; like `code`, it is empty if
    there is none.
    """

    def __init__(
        self, right: int, of: int, *, words: Sequence[str], figures: Sequence[Content], replay: str, code: str
    ) -> None:
        super().__init__()
        self.right = right
        self.of = of
        self.words = words
        self.figures = figures
        self.replay = replay
        self.code = code

    def compose(self) -> ComposeResult:
        yield Static(self._digits(), id="digits")
        yield _Summary(self)

    @property
    def forms(self) -> Iterator[list[Content]]:
        """Return the lines beside the digits, each in several forms."""
        yield list(self._words())
        yield list(self.figures)
        yield list(self._ways_to_replay())

    def _digits(self) -> Content:
        right, of = (large(number, stands_out=True) for number in (self.right, self.of))
        slash = (Content.styled(row, "bold $accent") for row in ("  ╱", " ╱ ", "╱  "))
        return Content("\n").join(Content("").join(row) for row in zip(right, slash, of, strict=True))

    def _words(self) -> Iterator[Content]:
        score = "" if self.query_one("#digits").display else f"{self.right}/{self.of}  "
        for words in self.words:
            yield Content.assemble((score, "bold $accent"), (words, "bold"))

    def _ways_to_replay(self) -> Iterator[Content]:
        if self.replay:
            yield Content.assemble(("Same quiz: ", MUTED), (self.replay, "bold"))
            yield Content.styled(self.replay, "bold")
        if self.code:
            yield Content.assemble(("Code: ", MUTED), (self.code, "bold"))
        yield Content()  # part of a command is useless


class _Summary(Widget):
    """The lines beside the digits, each in the longest form that fits."""

    def __init__(self, score: Score) -> None:
        super().__init__(id="summary")
        self.score = score

    def render(self) -> Content:
        return Content("\n").join(_first_that_fits(forms, self.size.width) for forms in self.score.forms)


def _first_that_fits(forms: Sequence[Content], width: int) -> Content:
    return next((form for form in forms if form.cell_length <= width), forms[-1].truncate(width, ellipsis=True))
