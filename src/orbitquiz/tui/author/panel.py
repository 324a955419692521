"""The fact that is being written: its words, and what becomes of them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from orbitquiz.authoring.trial import Trial
from orbitquiz.authoring.workspace.form import DIFFERS, FactForm
from orbitquiz.quiz.question import Question
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.text import Text

_FIELDS = {
    "ask": ("Question", "none: the gap is asked"),
    "statement": ("Statement", "the sentence itself"),
    "value": ("Answer", ""),
    "distractors": ("Wrong", "with ; between them"),
}
_SEPARATOR = ";"


class FactPanel(VerticalScroll, can_focus=False):
    """Shows the open fact, and takes what is typed."""

    class Changed(Message):
        """Something was typed."""

    _form: FactForm | None = None  # the fact in the fields, as it was shown last

    def compose(self) -> ComposeResult:
        yield Text(id="about")
        with Vertical(id="fields"):
            for name, (label, placeholder) in _FIELDS.items():
                with Horizontal(classes="field", id=f"field-{name}"):
                    yield Static(label, classes="label")
                    yield Input(placeholder=placeholder, compact=True, id=name)
        yield Text(id="verdict")
        yield Text(id="preview")

    def show(
        self, form: FactForm | None, trial: Trial | None, sentence: str, done: str = "", elsewhere: int = 0
    ) -> None:
        """Show `form` and what the bank makes of it; `sentence` is the statement where none is typed.

        `done` says what was done just now. It is said here, since a message would cover the options.
        """
        self._form = form
        self.set_class(form is not None and form.can_be_edited, "-open")
        self.query_one("#about", Static).update(
            Content.assemble((f"{line_of(done)}\n" if done else "", MUTED), _heading(form, elsewhere))
        )
        if form is not None:
            self._fill("ask", form.ask)
            self._fill("statement", form.statement)
            self._fill("value", form.value)
            self._fill("distractors", f"{_SEPARATOR} ".join(form.distractors))
            self.query_one("#statement", Input).placeholder = line_of(sentence)
            self._offer_statement()
        self.query_one("#verdict", Static).update(_verdict(form, trial))
        self.query_one("#preview", Static).update(_preview(trial.questions[0]) if trial and trial.questions else "")

    def _fill(self, name: str, words: str) -> None:
        field = self.query_one(f"#{name}", Input)
        if not field.has_focus and field.value != words:
            with field.prevent(Input.Changed):
                field.value = words

    def _offer_statement(self) -> None:
        """Ask for a statement where there is a question: a gap alone needs none."""
        self.query_one("#field-statement").set_class(not self.query_one("#ask", Input).value.strip(), "-none")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "ask":
            self._offer_statement()
        if event.input.has_focus:
            self.post_message(self.Changed())

    @property
    def words(self) -> tuple[object, str, str, str, tuple[str, ...]] | None:
        """The result of `about`, stem, statement, answer, wrong options; None where none of them has changed."""
        form = self._form
        if form is None or not form.can_be_edited:
            return None
        ask, statement, value, wrong = (self.query_one(f"#{name}", Input).value for name in _FIELDS)
        parts = tuple(part.strip() for part in wrong.split(_SEPARATOR) if part.strip())
        words = (ask, statement, value, parts)
        return None if words == (form.ask, form.statement, form.value, form.distractors) else (about(form), *words)

    def next_field(self, by: int) -> bool:
        """Put the cursor into the next field, and return whether there was one."""
        fields = [field for row in self.query(".field") if not row.has_class("-none") for field in row.query(Input)]
        at = (
            next((n for n, each in enumerate(fields) if each is self.screen.focused), -1 if by > 0 else len(fields))
            + by
        )
        if self.has_class("-open") and 0 <= at < len(fields):
            self.screen.set_focus(fields[at])  # at once: `focus` lets the next letters be keys of the screen
            return True
        return False


def about(form: FactForm | None) -> object:
    """Return what tells the fact in `form` from others, however its words change."""
    return form and (form.id, form.claim_at, form.proof)


def _heading(form: FactForm | None, elsewhere: int) -> Content:
    if form is None:
        words = "Mark words that prove something, and press m. Or put the cursor on an answer, and press v."
        drafts = f"\nn opens the {counted(elsewhere, 'draft')} about other documents." if elsewhere else ""
        return Content.styled(words + drafts, MUTED)
    state = "New fact" if form.is_new else "Draft" if form.is_draft else "Fact"
    parts: list[str | tuple[str, str]] = [(state, "bold"), "  ", (form.id, MUTED)]
    if form.value:
        parts += ["\n", (form.type, "$accent"), "  ", (line_of(form.value), "bold")]
    else:
        parts += ["\n", ("Now mark the answer in these words, and press v.", "$accent")]
    if form.entities:
        first, *others = form.entities
        group = ", ".join(first.groups)
        names = f" with {line_of(', '.join(each.name for each in others))}" if others else ""
        parts += ["\n", (f"new in the group {group}{names}", MUTED)]
    if (of := max(len(form.claims), form.claim_at + 1)) > 1:
        why = form.differs or DIFFERS[0]
        parts += ["\n", (f"answer {form.claim_at + 1} of {of}; they differ: {why} (d changes it)", MUTED)]
    if not form.can_be_edited:
        parts += ["\n", f"Its claims cannot be read; edit them in {form.file}."]
    return Content.assemble(*parts)


def _verdict(form: FactForm | None, trial: Trial | None) -> Content:
    if form is None or trial is None:
        return Content("")
    lines = [Content.styled(f"! {line_of(problem.message)}", "$text-error") for problem in trial.problems]
    if not lines:
        lines = [Content.styled("✓ It holds. k keeps it.", "$text-success")]
    lines += [Content.styled(f"~ {line_of(flaw.message)}", "$text-warning") for flaw in trial.flaws]
    return Content("\n").join(lines)


def _preview(question: Question) -> Content:
    """The question as it will be asked, with its key marked."""
    lines = [Content.styled(line_of(question.stem), "bold")]
    for number, option in enumerate(question.options, 1):
        sign = ("✓ ", "$text-success") if option.is_key else ("  ", "")
        lines.append(Content.assemble(sign, (f"{number}", "$primary"), "  ", line_of(option.text)))
    return Content("\n").join(lines)
