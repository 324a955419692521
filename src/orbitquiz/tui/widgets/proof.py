"""The proof of an answer: verdict, passages with their quotations marked, and what the editor says."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from orbitquiz.quiz.game import Verdict
from orbitquiz.quiz.proof import Evidence, Proof, Remark

_MARK = "bold $foreground on $mark"


class PassageView(Vertical):
    """One passage under its source and line."""

    def compose(self) -> ComposeResult:
        yield Static(classes="source")
        yield Static(classes="text")

    def show(self, evidence: Evidence, *, with_value: bool) -> None:
        """Show a passage; with the value that it proves, where several values are proved."""
        passage = evidence.passage
        value = ((evidence.value, "bold"), "  ") if with_value else ()
        where, _, rest = passage.heading.partition(" · ")
        head = Content.assemble(*value, (where, "$accent"), "  ", rest)
        text = Content(passage.text)
        for start, end in passage.marks:
            text = text.stylize(_MARK, start, end)
        self.query_one(".source", Static).update(head)
        self.query_one(".text", Static).update(text)


class ProofView(VerticalScroll, can_focus=False):
    """The whole proof.

    Where it has not the room for its blank lines, the screen gets the class `-tight`; where even that is not enough, it
    scrolls.
    """

    @dataclass
    class Settled(Message):
        """The proof has found its room."""

        overflows: bool  # whether some of it can be seen by scrolling only

    def compose(self) -> ComposeResult:
        yield Static(classes="verdict")
        yield Static(classes="remark")
        yield Container(PassageView(), PassageView(), classes="passages")
        yield Static(classes="note")
        yield Static(classes="also")

    def tell(self, verdict: Verdict) -> None:
        """Show the verdict and its proof."""
        sign, style = ("✓ Right.", "bold $text-success") if verdict.is_right else ("✗ Not so.", "bold $text-error")
        self.show(verdict.question.proof, Content.assemble((sign, style), " "), verdict.pick.remark)

    def show(self, proof: Proof, lead: Content | str = "", told: Remark | None = None) -> None:
        """Show `proof`, its statement after `lead`, and what the bank knows of a wrong answer."""
        self.query_one(".verdict", Static).update(Content.assemble(lead, proof.statement))
        remark = self.query_one(".remark", Static)
        remark.display = told is not None and not proof.shows(told)
        if told:
            where = (f"({told.where})", "$accent")
            remark.update(Content.assemble(("Your answer: ", "bold"), told.statement, " ", where))
        container = self.query_one(".passages", Container)
        views = list(container.query(PassageView))
        for _ in range(len(proof.shown) - len(views)):
            views.append(PassageView())
            container.mount(views[-1])
        several = len({item.value for item in proof.shown}) > 1
        for index, view in enumerate(views):
            view.display = index < len(proof.shown)
            if view.display:
                if view.is_mounted:
                    view.show(proof.shown[index], with_value=several)
                else:
                    view.call_after_refresh(view.show, proof.shown[index], with_value=several)
        note = self.query_one(".note", Static)
        note.display = proof.note is not None
        note.update(Content.assemble(("Editor's note: ", "bold"), proof.note or ""))
        also = self.query_one(".also", Static)
        also.display = bool(proof.also)
        also.update(Content("Also: " + "; ".join(f"{item.cite_as}, line {item.line}" for item in proof.also)))
        self.scroll_home(animate=False)
        self.fit()

    def fit(self) -> None:
        """Find out how much room there is, after the terminal's size or the proof has changed.

        Not after a change of the widget's own size: giving up blank lines is one, and would undo itself.
        """
        self.screen.remove_class("-tight")
        self.call_after_refresh(self._tighten)

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self._tighten)

    def _tighten(self) -> None:
        if self.max_scroll_y > 0:
            self.screen.add_class("-tight")
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self.post_message(self.Settled(self.max_scroll_y > 0))
