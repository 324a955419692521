"""The author's screen: a document beside its facts, and the fact that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList

from orbitquiz.authoring.workspace.session import AuthorSession
from orbitquiz.bank.coverage import Standing
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.text.spans import Span
from orbitquiz.tui.author.document import DocumentPane
from orbitquiz.tui.author.facts import FactList
from orbitquiz.tui.author.panel import FactPanel
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.text import Text

_PAUSE = 0.15  # seconds without a letter after which what was typed is tried


class AuthorScreen(Screen[None]):
    """Shows a session, and posts what its author wants."""

    AUTO_FOCUS = "#document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+left", "nothing", "mark words, with any arrow, or with the mouse", show=False),
        Binding("m", "mark('proof')", "quote the marked words, or the sentence at the cursor", show=False),
        Binding("M", "mark('instead')", "quote them instead of what is quoted", show=False),
        Binding("v", "mark('value')", "the marked words, or the word at the cursor, are the answer", show=False),
        # Taken before document or field get them: else letters that follow fast would still go where one has left.
        Binding(
            "enter",
            "next_field",
            "in a field: to the next one, and then back to the document",
            show=False,
            priority=True,
        ),
        Binding(
            "s", "type", "type the question, then the statement, the answer, wrong options", show=False, priority=True
        ),
        Binding("k", "want('keep')", "keep the fact; the next draft follows", show=False),
        Binding("e", "type", "edit the words", show=False, priority=True),
        Binding("x", "want('drop')", "drop the fact", show=False),
        Binding("n", "want('next_draft', 1)", "the next draft", show=False),
        Binding("N", "want('next_draft', -1)", "the draft before", show=False),
        Binding("p", "choose('person')", "the answer is a person", show=False),
        Binding("o", "choose('organisation')", "the answer is an organisation", show=False),
        Binding("l", "choose('place')", "the answer is a place", show=False),
        Binding("t", "choose('title')", "the answer is a title", show=False),
        Binding("a", "want('next_claim')", "the next answer that sources give, or another one", show=False),
        Binding("d", "want('next_difference')", "another reason why the answers differ", show=False),
        Binding("y", "want('next_type')", "another type: text, number, date, time, age, length, duration", show=False),
        Binding("g", "want('entity')", "the entity's name, other names and groups", show=False),
        Binding("w", "want('preview')", "see the question as players will", show=False),
        Binding("c", "uncovered(1)", "to the next sentence that nothing quotes", show=False),
        Binding("C", "uncovered(-1)", "to the one before", show=False),
        Binding("tab", "other_side", "to the facts, and back to the document", show=False, priority=True),
        Binding("f", "other_side", "to the facts, and back to the document", show=False),
        Binding("]", "want('next_document', 1)", "the next document", show=False),
        Binding("[", "want('next_document', -1)", "the document before", show=False),
        Binding("u", "want('undo')", "undo, also what was kept or dropped", show=False),
        Binding("r", "want('reload')", "read the files again", show=False),
        Binding("escape", "back", "leave the field; close the fact", show=False, priority=True),
        Binding("?", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave; everything is kept", show=False),
    ]

    class Ready(Message):
        """The screen can be filled."""

    @dataclass
    class Marked(Message):
        """Characters of the document are to be quoted (`what` is "proof" or "instead"), or are the answer ("value")."""

        what: str
        span: Span

    @dataclass
    class Chose(Message):
        """The answer is an entity of this type."""

        type: str

    @dataclass
    class Wants(Message):
        """Something without further words is wanted: to keep, drop, undo, turn to the next draft and so on."""

        what: str
        by: int = 1

    @dataclass
    class Opened(Message):
        """A fact of the list is to be opened."""

        id: str

    def __init__(self) -> None:
        super().__init__()
        self._session: AuthorSession | None = None
        self._document = ""  # the id of the one that is shown
        self._typing: Timer | None = None
        self._left: Input | None = None  # the field in which letters may still be on their way

    def compose(self) -> ComposeResult:
        yield Text(id="head")
        with Horizontal(id="table"):
            yield DocumentPane()
            with Vertical(id="side"):
                yield FactList()
                yield FactPanel()
        yield KeyBar()

    def on_mount(self) -> None:
        self.post_message(self.Ready())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter that is typed into a field is only a letter, and enter leads on only there."""
        is_typing = isinstance(self.focused, Input)
        return is_typing if action == "next_field" else not (action == "type" and is_typing)

    def show(self, session: AuthorSession, *, follow: bool = True, done: str = "") -> None:
        """Show how things are, and what was `done` just now; with `follow`, the document scrolls to the open fact."""
        self._session = session
        document, form = self.query_one(DocumentPane), session.form
        if self._document != session.source_id:
            self._document = session.source_id
            document.load(session.source.text)
        quoted = [(each.start, each.end) for each in session.sentences if each.standing is Standing.QUOTED]
        document.mark(quoted, form.proof if form else (), form.value_at if form else None)
        if follow and form and form.proof:
            document.go(form.value_at or form.proof[0])
        self.query_one(FactList).show(session.rows, form.id if form else None)
        sentence = form.sentence(session.source) if form and form.proof else ""
        self.query_one(FactPanel).show(
            form, session.trial, sentence, done, 0 if form or session.drafts else session.drafts_elsewhere
        )
        self.query_one("#head", Text).update(self._head(session))
        self._show_keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show_keys()

    def on_fact_panel_changed(self, message: FactPanel.Changed) -> None:
        """Wait for a pause before what was typed is tried."""
        message.stop()
        if self._typing:
            self._typing.stop()
        self._typing = self.set_timer(_PAUSE, self.flush)

    def flush(self) -> None:
        """Pass on what stands in the fields, at once."""
        if self._typing:
            self._typing.stop()
            self._typing = None
        if words := self.query_one(FactPanel).words:
            self.post_message(TypedWords(*words))

    def _pass_on(self, message: Message) -> None:
        """Pass on what is wanted, after the letters that came before it."""

        def pass_on() -> None:
            self.flush()
            self.post_message(message)

        (self._left or self).call_later(pass_on)

    def _leave_field(self) -> None:
        """Note which field is left. Letters may wait there, and come before what is wanted next."""
        if isinstance(self.focused, Input):
            self._left = self.focused
            self._left.call_later(self.flush)

    def action_next_field(self) -> None:
        """Go to the next field or, after the last one, to the document."""
        self._leave_field()
        if not self.query_one(FactPanel).next_field(1):
            self.set_focus(self.query_one(DocumentPane))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if message.option_id:
            self._pass_on(self.Opened(message.option_id))

    def action_nothing(self) -> None:
        """Do nothing: the document itself takes this key. It stands among the keys to be found."""

    def action_mark(self, what: str) -> None:
        """Take the marked words, or what stands at the cursor."""
        document = self.query_one(DocumentPane)
        start, end = document.marked
        if start == end and self._session is not None:
            source = self._session.source
            start, end = _at_cursor(source.text, source.sentences, start, whole_sentence=what != "value")
        self._pass_on(self.Marked(what, (start, end)))

    def action_choose(self, type: str) -> None:
        """Say of which type the entity is that is the answer."""
        self._pass_on(self.Chose(type))

    def action_want(self, what: str, by: int = 1) -> None:
        """Pass on what is wanted."""
        self._pass_on(self.Wants(what, by))

    def action_type(self) -> None:
        """Go to the first field."""
        if not self.query_one(FactPanel).next_field(1):
            self.post_message(self.Wants("words"))

    def action_other_side(self) -> None:
        """Go to the other side: from the document to the facts, from there and from the fields to the document."""
        document, facts = self.query_one(DocumentPane), self.query_one(FactList)
        self._leave_field()
        self.set_focus(facts if document.has_focus else document)

    def action_uncovered(self, by: int) -> None:
        """Go to the next sentence that nothing quotes, round the end."""
        if self._session is None:
            return
        document = self.query_one(DocumentPane)
        spans = [(each.start, each.end) for each in self._session.uncovered]
        if not spans:
            self.notify("Every sentence of this document is quoted or set aside.", markup=False)
            return
        at = document.marked[0]
        later = [span for span in spans if span[0] > at] if by > 0 else [span for span in spans if span[0] < at]
        document.go((later or spans)[0 if by > 0 else -1], select=True)
        self.set_focus(document)

    def action_back(self) -> None:
        """Leave a field; where none is being filled in, close the fact."""
        if isinstance(self.focused, Input):
            self._leave_field()
            self.set_focus(self.query_one(DocumentPane))
        elif isinstance(self.focused, FactList):
            self.set_focus(self.query_one(DocumentPane))
        else:
            self._pass_on(self.Wants("close"))

    def _head(self, session: AuthorSession) -> Content:
        number, of = session.number
        done = len(session.sentences) - len(session.uncovered)
        covered = f"{done} of {counted(len(session.sentences), 'sentence')} covered"
        drafts = f" · {counted(len(session.drafts), 'draft')}" if session.drafts else ""
        place = f" · document {number} of {of}" if of > 1 else ""
        return Content.assemble(
            ("◗ ", "bold $primary"), (line_of(session.source.title), "bold"), (f"   {covered}{drafts}{place}", MUTED)
        )

    def _show_keys(self) -> None:
        form = self._session.form if self._session else None
        self.set_class(isinstance(self.focused, Input), "-typing")
        if isinstance(self.focused, Input):
            keys: list[Hint] = [("enter", "next field", ""), ("esc", "done", "screen.back")]
        elif form is None:
            keys = [
                ("m", "quote", "screen.mark('proof')"),
                ("v", "answer", "screen.mark('value')"),
                ("n", "drafts", "screen.want('next_draft', 1)"),
                ("c", "uncovered", "screen.uncovered(1)"),
                ("u", "undo", "screen.want('undo')"),
            ]
        else:
            keys = [
                ("v", "answer", "screen.mark('value')"),
                ("s", "question", "screen.type"),
                ("k", "keep", "screen.want('keep')"),
                ("x", "drop", "screen.want('drop')"),
                ("p o l t", "who/what", ""),
                ("w", "preview", "screen.want('preview')"),
                ("u", "undo", "screen.want('undo')"),
            ]
        more: list[Hint] = (
            [] if isinstance(self.focused, Input) else [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        )
        self.query_one(KeyBar).show([*keys, *more])


@dataclass
class TypedWords(Message):
    """The text in the fields of the fact that `about` tells apart, sent once its author has paused."""

    about: object
    ask: str
    statement: str
    value: str
    distractors: tuple[str, ...]


def _at_cursor(text: str, sentences: tuple[Span, ...], at: int, *, whole_sentence: bool) -> Span:
    """Return the sentence in which the character at `at` stands, or the word."""
    from orbitquiz.authoring.draft.guess import word_at

    if whole_sentence:
        return next((span for span in sentences if at < span[1]), (at, at))
    return word_at(text, at)
