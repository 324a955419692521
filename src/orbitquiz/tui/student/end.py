"""The end of a game in a room: how the student did, and every question with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from orbitquiz.classroom.protocol import EndedMessage, RevealOut
from orbitquiz.presenter.player_state import PlayerState
from orbitquiz.text.counts import counted
from orbitquiz.tui.shared.look_back import LOOK_BACK_KEYS, LookBackScreen
from orbitquiz.tui.student.page import ALWAYS, Page
from orbitquiz.tui.student.verdict import mark_of, places, replay, verdict
from orbitquiz.tui.styles import MOST_MARKS, you_said
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.score import Score
from orbitquiz.tui.widgets.sky import Sky


class StudentEndScreen(LookBackScreen, Page):
    """Looks back on a game."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LOOK_BACK_KEYS,
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, ended: EndedMessage, *, is_timed: bool) -> None:
        super().__init__()
        self.ended = ended
        self.is_timed = is_timed

    def compose(self) -> ComposeResult:
        ended = self.ended
        yield Score(
            ended.right,
            ended.of,
            words=list(_words(ended)),
            figures=list(_figures(ended)),
            replay=replay(ended),
            code=ended.code or "",
        )
        yield from self.questions(map(_row, ended.questions), ProofView())
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sky).dream(self.ended.title)
        if self.ended.questions:
            self.look_at_first(each.yours.plays and not each.yours.is_right for each in self.ended.questions)
        else:
            self.query_one("#stem", Static).update("No question was answered to its end.")
            self.query_one(ProofView).display = False

    def show(self, visit: PlayerState) -> None:
        """Nothing changes once a game is over."""

    def show_question(self, index: int) -> None:
        reveal = self.ended.questions[index]
        self.query_one("#stem", Static).update(Content(reveal.question.stem))
        self.query_one(ProofView).show(
            reveal.question.proof, _lead(reveal, is_timed=self.is_timed), reveal.yours.remark
        )

    def show_keys(self, *, more: bool) -> None:
        look = [("↑ ↓", "look back", "")] if len(self.ended.questions) > 1 else []
        scroll = [("pgdn", "more", "screen.scroll(1)")] if more else []
        self.query_one(KeyBar).show([*look, *scroll, *ALWAYS])


def _words(ended: EndedMessage) -> Iterator[str]:
    """Points and places, fewer and fewer."""
    parts = [counted(ended.score, "point"), *places(ended)]
    for count in range(len(parts), 0, -1):
        yield "   ".join(parts[:count])


def _figures(ended: EndedMessage) -> Iterator[Content]:
    """Marks and the quiz's title; one of them where there is no room for both."""
    title = Content(ended.title)
    if len(ended.questions) <= MOST_MARKS:
        marks = Content.assemble(*(mark_of(each.yours) for each in ended.questions))
        yield Content("   ").join([marks, title])
        yield marks
    yield title


def _lead(reveal: RevealOut, *, is_timed: bool) -> Content:
    """Return the verdict, and what the student had said."""
    yours = reveal.yours
    said = next((each.text for each in reveal.question.options if each.id == yours.picked), None)
    if yours.is_right or said is None:
        return verdict(yours, is_timed=is_timed)
    return you_said(said)


def _row(reveal: RevealOut) -> Content:
    yours = reveal.yours
    sign = "·" if not yours.plays else "✓" if yours.is_right else "–" if yours.picked is None else "✗"
    return Content.assemble((f"{sign} ", f"bold {mark_of(yours)[1]}"), reveal.question.stem)
