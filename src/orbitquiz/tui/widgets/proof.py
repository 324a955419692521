"""The proof of an answer: verdict, passages with their quotations marked, and what the editor says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from orbitquiz.presenter.verdict import outcome_of
from orbitquiz.quiz.game import Verdict
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.tui.styles import lead_of
from orbitquiz.tui.widgets.text import Text

TIGHT = "-tight"
"""The class of a screen that has no room for its blank lines."""

_MARK = "bold $foreground on $mark"
_STROKE = 0.3  # seconds in which the quotation is marked before the player's eyes


def open_passages(passages: Sequence[PassageSheet]) -> Content:
    """Return passages to be read before answering, each under its source and day, with its quotation marked."""
    parts = []
    for passage in passages:
        text = Content(passage.text)
        for start, end in passage.marks:
            text = text.stylize(_MARK, start, end)
        parts.append(Content.assemble((passage.heading, "$accent"), "\n", text))
    return Content("\n").join(parts)


class PassageView(Vertical):
    """One passage under its source and line."""

    drawn = reactive(1.0, init=False)
    """How much of the quotation is marked so far, from 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._source = Text(classes="source")
        self._text = Text(classes="text")
        self._passage: PassageSheet | None = None

    def compose(self) -> ComposeResult:
        yield self._source
        yield self._text

    def show(self, passage: PassageSheet, *, with_value: bool) -> None:
        """Show a passage; with the value that it proves, where several values are proved."""
        self._passage = passage
        value = ((passage.value, "bold"), "  ") if with_value else ()
        where, _, rest = passage.heading.partition(" · ")
        self._source.update(Content.assemble(*value, (where, "$accent"), "  ", rest))
        self._text.update(self._marked(passage))

    def watch_drawn(self) -> None:
        if self._passage:
            self._text.update(self._marked(self._passage), layout=False)

    def _marked(self, passage: PassageSheet) -> Content:
        """The passage, its quotation marked as far as the pen has come."""
        text = Content(passage.text)
        ink = round(sum(end - start for start, end in passage.marks) * self.drawn)
        for start, end in passage.marks:
            text = text.stylize(_MARK, start, min(end, start + ink))
            ink = max(ink - (end - start), 0)
        return text


class ProofView(VerticalScroll, can_focus=False):
    """The whole proof.

    Where it has not the room for its blank lines, the screen gets the class `-tight`; where even that is not enough, it
    scrolls.
    """

    @dataclass
    class Settled(Message):
        """The proof has found its room."""

        overflows: bool  # whether some of it can be seen by scrolling only

    @dataclass
    class Cited(Message):
        """The player pointed at a cited place: the passages come first, then the further places."""

        index: int

    def compose(self) -> ComposeResult:
        yield Text(classes="verdict")
        yield Text(classes="remark")
        yield Container(PassageView(), PassageView(), classes="passages")
        yield Text(classes="note")
        yield Text(classes="also")

    def tell(self, verdict: Verdict) -> None:
        """Show the verdict and its proof."""
        self.show(verdict.question.proof, lead_of(outcome_of(verdict)), verdict.feedback)

    def show(self, proof: ProofSheet, lead: Content | str = "", told: str | None = None) -> None:
        """Show `proof`, its statement after `lead`, and what the bank knows about a wrong answer."""
        self.query_one(".verdict", Static).update(Content.assemble(lead, proof.statement))
        remark = self.query_one(".remark", Static)
        remark.display = told is not None
        if told:
            remark.update(Content.assemble(("Your answer: ", "bold"), told))
        container = self.query_one(".passages", Container)
        views = list(container.query(PassageView))
        for _ in range(len(proof.shown) - len(views)):
            views.append(PassageView())
            container.mount(views[-1])
        several = len({item.value for item in proof.shown}) > 1
        container.set_class(several and len(proof.shown) == 2, "-two-sides")
        for index, view in enumerate(views):
            view.display = index < len(proof.shown)
            if view.display:
                view.show(proof.shown[index], with_value=several)
        note = self.query_one(".note", Static)
        note.display = proof.note is not None
        note.update(Content.assemble(("Editor's note: ", "bold"), proof.note or ""))
        also = self.query_one(".also", Static)
        also.display = bool(proof.also)
        also.update(Content("Also: " + "; ".join(proof.also)))
        self.scroll_home(animate=False)
        self.fit()

    def appear(self) -> None:
        """Mark the quotations as one does with a pen, unless animations are turned off."""
        for view in self.query(PassageView):
            view.drawn = 0.0
            view.animate("drawn", 1.0, duration=_STROKE)

    def fit(self) -> None:
        """Find out how much room there is, after the terminal's size or the proof has changed.

        Not after a change of the widget's own size: giving up blank lines is one, and would undo itself.
        """
        self.screen.remove_class(TIGHT)
        self.screen.refresh(layout=True)  # else the sizes may still be those of before when it is called
        self.call_after_refresh(self._tighten)

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self._tighten)

    def _tighten(self) -> None:
        if not self.is_attached:
            return  # another screen has come meanwhile
        if self.max_scroll_y > 0:
            self.screen.add_class(TIGHT)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self.post_message(self.Settled(self.max_scroll_y > 0))
