"""The question on a student's screen, and what became of the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from orbitquiz.classroom.protocol import QuestionOut, RevealOut
from orbitquiz.presenter.own_pace import attempt_line
from orbitquiz.presenter.player_state import READ_FIRST, PlayerState
from orbitquiz.tui.student.choices import Choices
from orbitquiz.tui.student.page import ALWAYS, GoOnAlone, Page
from orbitquiz.tui.student.verdict import order_of, pays, verdict
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.lines import TIGHT
from orbitquiz.tui.widgets.options import OPTIONS
from orbitquiz.tui.widgets.proof import ProofView, open_passages
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Countdown, Votes

_TICK = 0.2  # seconds
_DEPENDENT = "#table, #stem, #status, #paused, Choices, Votes, ProofView, ProofLines, Sky"
"""The widgets that look different by a class of the screen that comes and goes."""


class QuestionScreen(Page):
    """Asks a question, waits for the others, and shows the key with its proof.

    It has the name of the solo game's screen, whose style sheet it shares.
    """

    CSS_PATH = ["page.tcss", "../solo/question.tcss", "../solo/answer.tcss", "question.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer({index % OPTIONS})", "answer", show=False) for index, key in enumerate("1234abcd")),
        Binding("up", "move(-1)", "choose an answer, or scroll a long proof", show=False),
        Binding("down", "move(1)", "choose an answer, or scroll a long proof", show=False),
        Binding("enter", "enter", "give the chosen answer; at your own pace, go on", show=False),
        Binding("n", "go_on", "at your own pace: the next question", show=False),
        Binding("pageup", "scroll(-1)", "scroll by a page", show=False),
        Binding("pagedown", "scroll(1)", "scroll by a page", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    @dataclass
    class OptionChosen(Message):
        """The student has picked an option of a question."""

        number: int
        option: str

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self.visit = PlayerState()

    def compose(self) -> ComposeResult:
        yield from self.top()
        yield Countdown(self._clock)
        with Container(id="table"):
            with Vertical(id="asking"):
                yield Text(id="stem")
                yield Choices()
                yield Votes()
                yield Text(id="status")
            yield ProofView()
        yield Text(id="paused")
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._tick)

    def show(self, visit: PlayerState) -> None:
        before, self.visit = self.visit, visit
        match visit.view:
            case QuestionOut():
                was = before.view
                is_new = not isinstance(was, QuestionOut) or (was.number, was.is_paused) != (
                    visit.view.number,
                    visit.view.is_paused,
                )
                self._show_question(visit.view, is_new=is_new)
            case RevealOut():
                self._show_reveal(visit.view, is_new=visit.view != before.view)

    def _show_question(self, question: QuestionOut, *, is_new: bool) -> None:
        visit = self.visit
        if is_new:
            self._dress(is_answered=False, is_paused=question.is_paused)
        place = f"{question.number} of {question.total}"
        self.show_top(visit, place, question.category, differ=question.sources_differ, score=visit.score)
        left = visit.left(self._clock())
        shows_time = bool(question.limit) and not question.is_paused and not visit.is_reading
        self.query_one(Countdown).tell(left if shows_time else None, question.limit, runs=True)
        if is_new:
            opened = [open_passages(question.passages), Content()] if question.passages else []
            self.query_one("#stem", Static).update(Content("\n").join([*opened, Content(question.stem)]))
        picked = visit.pick.option if visit.pick else None
        self.query_one(Choices).show(question.options, picked, is_open=visit.can_answer, tried=question.wrong)
        kept = "\n\nYour answer is kept." if visit.pick and visit.pick.is_accepted else ""
        self.query_one("#paused", Static).update(Content(f"The host has paused.{kept}"), layout=False)
        self.query_one(Sky).dream(f"{question.number}")
        self._show_status()
        self._show_keys()
        if is_new:
            self._fit()
        else:
            self.call_after_refresh(self._tighten)  # an answer's words may take another line

    def _show_reveal(self, reveal: RevealOut, *, is_new: bool) -> None:
        question, yours = reveal.question, reveal.yours
        self._dress(is_answered=True, is_paused=False)
        place = f"{question.number} of {question.total}"
        self.show_top(self.visit, place, question.category, differ=question.sources_differ)
        if not is_new:
            return  # the proof stays where it has been scrolled to
        self.query_one(Countdown).tell(None, None, runs=False)
        self.query_one("#stem", Static).update(Content(question.stem))
        self.query_one(Votes).show(question, order_of(reveal), yours.picked)
        self._show_status()
        proof = self.query_one(ProofView)
        proof.show(question.proof, verdict(yours, is_timed=self.visit.is_timed), yours.remark)
        proof.appear()
        self._show_keys()

    def on_options_picked(self, message: Choices.Picked) -> None:
        message.stop()
        self.action_answer(message.index)

    def action_answer(self, index: int) -> None:
        """Answer with the option that has this index, where an answer is wanted."""
        question = self.visit.question
        if question and self.visit.can_answer and index < len(question.options):
            self.post_message(self.OptionChosen(question.number, question.options[index].id))

    def action_move(self, by: int) -> None:
        """Move the highlight while a question is open, and the proof after that."""
        if self.visit.question:
            self.query_one(Choices).move(by)
        else:
            self.query_one(ProofView).scroll_relative(y=by, animate=False)

    def action_enter(self) -> None:
        """Answer with the highlighted option."""
        highlighted = self.query_one(Choices).highlighted
        if self.visit.question and highlighted is not None:
            self.action_answer(highlighted)
        elif self.visit.may_go_on:
            self.post_message(GoOnAlone())

    def action_go_on(self) -> None:
        """Go on to the next question, answered or not."""
        self.post_message(GoOnAlone())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """True unless the host decides when it goes on."""
        return action != "go_on" or self.visit.is_alone

    def action_scroll(self, by: int) -> None:
        """Scroll a long proof, or a long question, by a page."""
        long = self if self.visit.question else self.query_one(ProofView)
        long.scroll_relative(y=by * max(long.size.height - 1, 1), animate=False)

    def on_resize(self) -> None:
        self._fit()

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        if not self.visit.question:
            self._show_keys(more=message.overflows)

    def _dress(self, *, is_answered: bool, is_paused: bool) -> None:
        # After a change of a screen's classes Textual computes all of its styles, but only a few depend on these.
        before = self.classes
        state = {"-answered": is_answered, "-asking": not is_answered, "-paused": is_paused, TIGHT: False}
        self.update_classes(state, update=False, animate=False)
        if self.classes != before:
            self.app.stylesheet.update_nodes(self.query(_DEPENDENT))

    def _tick(self) -> None:
        """Say so once time is up."""
        if self.visit.can_answer and self.visit.left(self._clock()) == 0:
            self._show_status()

    def _show_status(self) -> None:
        line, words = self.query_one("#status", Static), self._status()
        is_one_line = max(Content(str(line.content)).cell_length, words.cell_length) <= line.content_size.width
        line.update(words, layout=not is_one_line)

    def _status(self) -> Content:
        """Return the text below the options."""
        visit = self.visit
        if isinstance(visit.view, RevealOut):
            return pays(visit.view.yours)
        question, pick = visit.question, visit.pick
        if question is None:
            return Content()
        if pick and pick.is_accepted and (words := attempt_line(question)):
            return Content.styled(words, "$text-warning" if question.wrong else "$text-success")
        if pick and pick.is_accepted:
            return Content.styled("Answered. Waiting for the others.", "$text-success")
        if pick:
            words = "sending…" if visit.lost is None else "Your answer is sent once the connection is back."
            return Content.styled(words, MUTED)
        if visit.is_reading:
            return Content.styled(READ_FIRST, MUTED)
        if not question.plays:
            return Content.styled("You play from the next question on.", "$text-warning")
        if visit.refused:
            return Content.styled(visit.refused, "$text-error")
        if visit.left(self._clock()) == 0 and not question.is_paused:
            return Content.styled("Time is up.", "$text-warning")
        return Content()

    def _show_keys(self, *, more: bool = False) -> None:
        ways: list[Hint] = []
        onward: list[Hint] = [("n", "next", "screen.go_on")] if self.visit.is_alone else []
        if self.visit.may_go_on:
            onward = [("enter", "go on", "screen.go_on")]
        if self.visit.can_answer:
            ways = [("1–4 a–d", "answer", ""), ("↑ ↓ enter", "choose", ""), *onward]
        elif self.visit.is_alone:
            ways = [*onward, *([("↓ pgdn", "more", "screen.scroll(1)")] if more else [])]
        elif self.visit.question is None:
            more_of_it: list[Hint] = [("↓ pgdn", "more", "screen.scroll(1)")] if more else []
            ways = [*more_of_it, ("", "Waiting for the host." if more else "Waiting for the host to go on.", "")]
        self.query_one(KeyBar).show([*ways, *ALWAYS])

    def _fit(self) -> None:
        """Give up blank lines where there is no room for them."""
        if self.visit.question:
            self.remove_class(TIGHT)
            self.refresh(layout=True)  # else the sizes may still be those of before when it is called
            self.call_after_refresh(self._tighten)
        else:
            self.query_one(ProofView).fit()

    def _tighten(self) -> None:
        if self.visit.question and self.max_scroll_y > 0:
            self.add_class(TIGHT)
