"""The end of a game in a room: how the student did, and every question with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from orbitquiz.bank.text import counted
from orbitquiz.classroom.messages import Ended, RevealOut
from orbitquiz.tui.room.student_page import ALWAYS, Page
from orbitquiz.tui.room.student_visit import Visit
from orbitquiz.tui.room.student_words import mark_of, places, verdict
from orbitquiz.tui.room.widgets import SheetProof
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.scoreboard import large
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.words import MOST_MARKS, MUTED


class EndScreen(Page):
    """Looks back on a game.

    It is called what the game's own screen is called, because it is dressed by the same style.
    """

    CSS_PATH = "../screens/end.tcss"
    AUTO_FOCUS = "OptionList"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-short"), (30, "-tall"), (40, "-very-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "look(-1)", "look back at another question", show=False),
        Binding("down", "look(1)", "look back at another question", show=False),
        Binding("pageup", "scroll(-1)", "scroll a long proof", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "scroll a long proof", show=False, priority=True),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, ended: Ended) -> None:
        super().__init__()
        self.ended = ended

    def compose(self) -> ComposeResult:
        with Horizontal(id="score"):
            yield Static(_score(self.ended), id="digits")
            yield _Summary(self.ended)
        with Vertical(id="table"):
            yield OptionList(*(_row(each) for each in self.ended.questions), markup=False)
            with Vertical(id="detail"):
                yield Static(id="stem")
                yield SheetProof()
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        questions = self.ended.questions
        self.query_one(Sky).dream(self.ended.title)
        self._show_keys()
        if not questions:
            self.query_one("#stem", Static).update("No question was answered to its end.")
            self.query_one(SheetProof).display = False
            return
        # What went wrong is what one wants to read first.
        wrong = (index for index, each in enumerate(questions) if each.yours.plays and not each.yours.is_right)
        self.query_one(OptionList).highlighted = next(wrong, 0)

    def show(self, visit: Visit) -> None:
        """Nothing changes once a game is over."""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        reveal = self.ended.questions[event.option_index]
        self.query_one("#stem", Static).update(Content(reveal.question.stem))
        self.query_one(SheetProof).show_sheet(reveal.question.proof, _lead(reveal), reveal.yours.remark)

    def on_proof_view_settled(self, message: SheetProof.Settled) -> None:
        self._show_keys(more=message.overflows)

    def on_resize(self) -> None:
        for proof in self.query(SheetProof):
            proof.fit()

    def action_look(self, by: int) -> None:
        """Look at another question."""
        rows = self.query_one(OptionList)
        if rows.option_count:
            rows.highlighted = ((rows.highlighted or 0) + by) % rows.option_count

    def action_scroll(self, by: int) -> None:
        """Scroll the proof by a page."""
        proof = self.query_one(SheetProof)
        proof.scroll_relative(y=by * max(proof.size.height - 1, 1), animate=False)

    def _show_keys(self, *, more: bool = False) -> None:
        look = [("↑ ↓", "look back", "")] if len(self.ended.questions) > 1 else []
        scroll = [("pgdn", "more", "screen.scroll(1)")] if more else []
        self.query_one(KeyBar).show([*look, *scroll, *ALWAYS])


def _score(ended: Ended) -> Content:
    """How many of how many, in large digits."""
    right, of = (large(number, stands_out=True) for number in (ended.right, ended.of))
    slash = (Content.styled(row, "bold $accent") for row in ("  ╱", " ╱ ", "╱  "))
    return Content("\n").join(Content("").join(row) for row in zip(right, slash, of, strict=True))


class _Summary(Widget):
    """How the game went, in three lines. What says least gives way where a line has no room for it."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(id="summary")
        self.ended = ended

    def render(self) -> Content:
        lines = (self._words(), self._figures(), self._ways_to_replay())
        return Content("\n").join(_first_that_fits(list(line), self.size.width) for line in lines)

    def _words(self) -> Iterator[Content]:
        has_digits = self.screen.query_one("#digits").display
        score = "" if has_digits else f"{self.ended.right}/{self.ended.of}  "
        parts = [counted(self.ended.score, "point"), *places(self.ended)]
        for count in range(len(parts), 0, -1):
            yield Content.assemble((score, "bold $accent"), ("   ".join(parts[:count]), "bold"))

    def _figures(self) -> Iterator[Content]:
        questions = self.ended.questions
        marks = Content.assemble(*(mark_of(each.yours) for each in questions))
        title = Content(self.ended.title)
        if len(questions) <= MOST_MARKS:
            yield Content("   ").join([marks, title])
            yield marks
        yield title

    def _ways_to_replay(self) -> Iterator[Content]:
        if self.ended.code:
            command = f"orbitquiz play --quiz {self.ended.code}"
            yield Content.assemble(("Again: ", MUTED), (command, "bold"))
            yield Content.styled(command, "bold")
            yield Content.assemble(("Code: ", MUTED), (self.ended.code, "bold"))
        yield Content()  # part of a command is of no use


def _first_that_fits(lines: Sequence[Content], width: int) -> Content:
    return next((line for line in lines if line.cell_length <= width), lines[-1].truncate(width, ellipsis=True))


def _lead(reveal: RevealOut) -> Content:
    """The verdict, and what the student had said."""
    yours = reveal.yours
    said = next((each.text for each in reveal.question.options if each.id == yours.picked), None)
    if yours.is_right or said is None:
        return verdict(yours)
    return Content.assemble(("✗ You said ", "$text-error"), (said, "bold"), ". ")


def _row(reveal: RevealOut) -> Content:
    yours = reveal.yours
    sign = "·" if not yours.plays else "✓" if yours.is_right else "–" if yours.picked is None else "✗"
    return Content.assemble((f"{sign} ", f"bold {mark_of(yours)[1]}"), reveal.question.stem)
