"""The base of the screens at the end of a game: a list of its questions, and one of them with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.text import Text

LOOK_BACK_KEYS: list[BindingType] = [
    Binding("up", "look(-1)", "look back at another question", show=False),
    Binding("down", "look(1)", "look back at another question", show=False),
    Binding("pageup", "scroll(-1)", "scroll a long proof", show=False, priority=True),
    Binding("pagedown", "scroll(1)", "scroll a long proof", show=False, priority=True),
]
"""A screen with these among its bindings is a `LookBackScreen`."""


class LookBackScreen(Screen[None]):
    """A list of the questions of a game, and one of them with its proof."""

    CSS_PATH = [  # absolute paths, for subclasses in other folders
        Path(__file__).parents[1] / "widgets" / "proof.tcss",
        Path(__file__).with_name("look_back.tcss"),
    ]
    AUTO_FOCUS = "OptionList"

    def show_question(self, index: int) -> None:
        """Show the question with this index and its proof."""
        raise NotImplementedError

    def show_keys(self, *, more: bool) -> None:
        """Show the keys; `more` if there is more of the proof to scroll to."""
        raise NotImplementedError

    def questions(self, rows: Iterable[Content], proof: ProofView) -> ComposeResult:
        """Yield a list with one of `rows` for each question, and the view of one question and its `proof`."""
        with Vertical(id="table"):
            yield OptionList(*rows, markup=False)
            with Vertical(id="detail"):
                yield Text(id="stem")
                yield proof

    def look_at_first(self, wrong: Iterable[bool]) -> None:
        """Show the first question that was answered wrong, or else the first."""
        self.query_one(OptionList).highlighted = next((index for index, is_wrong in enumerate(wrong) if is_wrong), 0)

    def on_mount(self) -> None:
        self.show_keys(more=False)

    def on_resize(self) -> None:
        for proof in self.query(ProofView):  # none before the first frame
            proof.fit()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.show_question(event.option_index)

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self.show_keys(more=message.overflows)

    def action_look(self, by: int) -> None:
        """Look at another question."""
        rows = self.query_one(OptionList)
        if rows.option_count:
            rows.highlighted = ((rows.highlighted or 0) + by) % rows.option_count

    def action_scroll(self, by: int) -> None:
        """Scroll the proof by a page."""
        proof = self.query_one(ProofView)
        proof.scroll_relative(y=by * max(proof.size.height - 1, 1), animate=False)
