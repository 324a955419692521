"""The end of a game: the score, and every question with its proof."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits, OptionList, Static

from orbitquiz.quiz.game import Game, Verdict
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.words import MOST_MARKS, RIGHT, duration, mark_of


class EndScreen(Screen[None]):
    """Looks back on a game."""

    CSS_PATH = "end.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "look(-1)", "look back at another question", show=False),
        Binding("down", "look(1)", "look back at another question", show=False),
        Binding("pageup", "scroll(-1)", "scroll a long proof", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "scroll a long proof", show=False, priority=True),
        Binding("r", "app.again", "play another quiz", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, game: Game, replay: str) -> None:
        super().__init__()
        self.game = game
        self.replay = replay

    def compose(self) -> ComposeResult:
        game = self.game
        with Horizontal(id="score"):
            yield Digits(f"{game.right}/{len(game.verdicts)}")
            yield Static(_summary(game, self.replay), id="summary")
        with Vertical(id="table"):
            yield OptionList(*(_row(verdict) for verdict in game.verdicts), markup=False)
            with Vertical(id="detail"):
                yield Static(id="stem")
                yield ProofView()
        sky = Sky()
        sky.show(game)
        yield sky
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_keys()
        # What went wrong is what one wants to read first.
        first = next((index for index, verdict in enumerate(self.game.verdicts) if not verdict.is_right), 0)
        self.query_one(OptionList).highlighted = first

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        verdict = self.game.verdicts[event.option_index]
        self.query_one("#stem", Static).update(Content(verdict.question.stem))
        lead = Content.assemble(("✓ ", "bold $text-success"))
        if not verdict.is_right:
            lead = Content.assemble(("✗ You said ", "$text-error"), (verdict.pick.text, "bold"), ". ")
        self.query_one(ProofView).show(verdict.question.proof, lead, verdict.pick.remark)

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self._show_keys(more=message.overflows)

    def _show_keys(self, *, more: bool = False) -> None:
        scroll = [("pgdn", "more", "screen.scroll(1)")] if more else []
        again = [("r", "play another", "app.again"), ("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        self.query_one(KeyBar).show([("↑ ↓", "look back", ""), *scroll, *again])

    def action_look(self, by: int) -> None:
        """Look at another question."""
        rows = self.query_one(OptionList)
        rows.highlighted = ((rows.highlighted or 0) + by) % len(self.game.verdicts)

    def on_resize(self) -> None:
        for proof in self.query(ProofView):
            proof.fit()

    def action_scroll(self, by: int) -> None:
        """Scroll the proof by a page."""
        proof = self.query_one(ProofView)
        proof.scroll_relative(y=by * max(proof.size.height - 1, 1), animate=False)


def _summary(game: Game, replay: str) -> Content:
    marks = [(mark, "$text-success" if mark == RIGHT else "$text-error") for mark in map(mark_of, game.verdicts)]
    return Content.assemble(
        (_word(game), "bold"),
        "\n",
        *(marks if len(marks) <= MOST_MARKS else ()),
        "   " if len(marks) <= MOST_MARKS else "",
        f"{game.points} points   {duration(game.seconds)}   longest streak {game.longest_streak}\n",
        ("Again: ", "$text-muted"),
        (replay, "bold"),
    )


def _word(game: Game) -> str:
    share = game.right / max(len(game.verdicts), 1)
    if share == 1:
        return "All right. Ready for launch."
    if share >= 0.7:
        return "A fine flight."
    if share >= 0.4:
        return "In orbit, with some corrections to make."
    return "Back to the training centre."


def _row(verdict: Verdict) -> Content:
    style = "$text-success" if verdict.is_right else "$text-error"
    return Content.assemble((f"{'✓' if verdict.is_right else '✗'} ", f"bold {style}"), verdict.question.stem)
