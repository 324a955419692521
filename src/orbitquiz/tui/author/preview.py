"""The finished question, as players will see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from orbitquiz.quiz.question import Question
from orbitquiz.quiz.sheet import ProofSheet
from orbitquiz.text.safe import line_of
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.options import Options
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.text import Text


class PreviewScreen(Screen[None]):
    """Shows a question with its options and its proof; another key shows the next way to ask the fact."""

    CSS_PATH = "preview.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,right", "turn(1)", "the next question about this fact", show=False),
        Binding("left", "turn(-1)", "the one before", show=False),
        Binding("w,q,escape", "dismiss", "back", show=False),
        Binding("?", "app.keys", "show these keys", show=False),
    ]

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self.questions = questions
        self._index = 0

    def compose(self) -> ComposeResult:
        yield Text(id="head")
        with Vertical(id="asking"):
            yield Text(id="stem")
            yield Options()
        yield ProofView()
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self.query_one(ProofView).fit()

    def action_turn(self, by: int) -> None:
        """Show another question about the fact."""
        self._index = (self._index + by) % len(self.questions)
        self._show()

    def _show(self) -> None:
        question = self.questions[self._index]
        number = f"question {self._index + 1} of {len(self.questions)} about this fact"
        self.query_one("#head", Text).update(Content.assemble(("As players see it", "bold"), f"   {number}"))
        self.query_one("#stem", Text).update(Content(line_of(question.stem)))
        self.query_one(Options).ask([option.text for option in question.options])
        self.query_one(ProofView).show(ProofSheet.of(question.proof))
        keys = [("space", "next question", "screen.turn(1)")] if len(self.questions) > 1 else []
        self.query_one(KeyBar).show([*keys, ("esc", "back", "screen.dismiss")])
