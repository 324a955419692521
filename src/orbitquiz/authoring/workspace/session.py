"""An author's steps: mark, type, keep, drop, undo. Screens show the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from orbitquiz.authoring.draft.guess import sentence_around, whole_words
from orbitquiz.authoring.splice import CannotSplice
from orbitquiz.authoring.trial import Trial
from orbitquiz.authoring.workspace.form import DIFFERS, FactForm
from orbitquiz.authoring.workspace.workspace import Conflict, Row, Workspace
from orbitquiz.bank.coverage import Sentence, Standing
from orbitquiz.bank.model import Source
from orbitquiz.bank.problems import BankError
from orbitquiz.bank.values import FactType
from orbitquiz.bank.values.entity import Entity, EntityType
from orbitquiz.text.spans import Span

_TYPES: tuple[FactType, ...] = ("text", "count", "date", "time", "age", "length", "duration")


class CannotDo(Exception):
    """Something that cannot be done now. The message says why, and what to do."""


class AuthorSession:
    """An author at work on a bank. Every step is kept, so that a crash loses none."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        if not workspace.bank.sources:
            raise CannotDo("the bank has no documents yet; add one: orbitquiz new DIR DOCUMENT")
        self._sources = tuple(workspace.bank.sources)
        self.source_id = self._sources[0]
        self.form: FactForm | None = None
        self.trial: Trial | None = None
        self.rows: tuple[Row, ...] = ()
        self.sentences: tuple[Sentence, ...] = ()
        self._as_filed: FactForm | None = None  # the fact that was opened, as its file has it
        self._is_typing = False
        self._before_typing: FactForm | None = None
        self._steps: list[tuple[FactForm | None, bool]] = []  # the form before each, and whether files were written
        self._look()
        kept = workspace.journal.kept_form()
        if kept and kept.source in workspace.bank.sources and not workspace.is_written(kept):
            self.source_id = kept.source
            self._show(kept)
            self._look()

    @property
    def source(self) -> Source:
        """The document that is open."""
        return self.workspace.bank.sources[self.source_id]

    @property
    def number(self) -> tuple[int, int]:
        """Which of the documents it is, from 1, and how many there are."""
        return self._sources.index(self.source_id) + 1, len(self._sources)

    @property
    def uncovered(self) -> tuple[Sentence, ...]:
        """The sentences of the document of which nothing is decided yet."""
        return tuple(sentence for sentence in self.sentences if sentence.standing is Standing.UNACCOUNTED)

    @property
    def drafts(self) -> tuple[Row, ...]:
        """The drafts about this document."""
        return tuple(row for row in self.rows if row.is_draft)

    @property
    def drafts_elsewhere(self) -> int:
        """The number of drafts about the other documents."""
        others = (id for id in self._sources if id != self.source_id)
        return len({row.id for id in others for row in self.workspace.rows(id) if row.is_draft})

    def mark_proof(self, span: Span) -> None:
        """Quote these characters: begin a fact or, where one is open, quote them too."""
        span = whole_words(self.source.text, span)
        if span[0] >= span[1]:
            raise CannotDo("mark some words first: shift and the arrows, or the mouse")
        if self.form is None:
            self._step(self.workspace.begin(self.source_id, span))
            return
        self._needs_claims(self.form)
        apart = [each for each in self.form.proof if each[1] <= span[0] or span[1] <= each[0]]
        self._step(replace(self.form, proof=tuple(sorted([*apart, span]))))

    def mark_instead(self, span: Span) -> None:
        """Quote these characters and nothing else of this document."""
        form = self._open()
        self._needs_claims(form)
        span = whole_words(self.source.text, span)
        if span[0] >= span[1]:
            raise CannotDo("mark some words first: shift and the arrows, or the mouse")
        at = form.value_at if form.value_at and span[0] <= form.value_at[0] < span[1] else None
        self._step(replace(form, proof=(span,), value_at=at))

    def next_claim(self) -> None:
        """Turn to the next answer that sources give for the open fact; after the last, begin another one."""
        form = self._open()
        self._needs_claims(form)
        if form.is_new or form != self._as_filed:
            raise CannotDo("keep the fact first, with k; then it can have another answer")
        at = form.claim_at + 1 if form.claim_at < len(form.claims) else 0
        opened = self.workspace.open_claim(form, at)
        self._as_filed = opened if at < len(form.claims) else self._as_filed
        self._step(opened)

    def next_difference(self) -> None:
        """Give the next reason for which the answers differ."""
        form = self._open()
        if form.claim_at == 0 and len(form.claims) < 2:
            raise CannotDo("the fact has one answer; a gives it another")
        at = DIFFERS.index(form.differs) + 1 if form.differs in DIFFERS else 1
        self._step(replace(form, differs=DIFFERS[at % len(DIFFERS)]))

    def mark_value(self, span: Span) -> None:
        """Take these characters for the answer. Where no fact is open, begin one that quotes the sentence around."""
        span = whole_words(self.source.text, span)
        if span[0] >= span[1]:
            raise CannotDo("mark the words of the answer first: shift and the arrows, or the mouse")
        form = self.form
        if form is None:
            form = self.workspace.begin(self.source_id, sentence_around(self.source, span[0]))
        self._needs_claims(form)
        if not form.proof:
            form = replace(form, proof=(whole_words(self.source.text, sentence_around(self.source, span[0])),))
        if not any(start <= span[0] and span[1] <= end for start, end in form.proof):
            raise CannotDo("the answer must stand in the quoted words; m quotes more, M quotes other words instead")
        self._step(self.workspace.mark_value(form, span))

    def choose_entity(self, type: EntityType) -> None:
        """Say that the answer is a person, an organisation, a place or a title."""
        self._step(self.workspace.as_entity(self._with_value(), type))

    def next_type(self) -> None:
        """Take the answer for a value of the next type."""
        form = self._with_value()
        at = _TYPES.index(form.type) + 1 if form.type in _TYPES else 0
        self._step(replace(form, type=_TYPES[at % len(_TYPES)], entities=()))

    def word(self, *, ask: str, statement: str, distractors: Sequence[str], value: str) -> None:
        """Take what was typed."""
        form = self._open()
        words = tuple(each for text in distractors if (each := " ".join(text.split())))
        typed = [" ".join(text.split()) for text in (ask, statement, value)]
        new = replace(form, ask=typed[0], statement=typed[1], distractors=words, value=typed[2] or form.value)
        if new == form:
            return
        self._needs_claims(form)
        new = self.workspace.with_typed_names(new, form)
        if self._steps and self._is_typing:
            self._steps.pop()  # letters are undone together
            self._steps.append((self._before_typing, False))
        else:
            self._before_typing = form
            self._steps.append((form, False))
        self._is_typing = True
        self._show(new)

    def name_entity(self, entity: Entity) -> None:
        """Take what was typed about the entity that is the answer."""
        form = self._open()
        others = tuple(each for each in form.entities if each.id != entity.id)
        self._step(replace(form, value=entity.name, entities=(entity, *others)))

    def keep(self) -> str:
        """Write the fact into its file, cleared of being a draft, and open the next draft. Return its id."""
        form = self._with_value()
        self._needs_claims(form)
        if not form.proof:
            raise CannotDo("mark the words that prove it, and press m")
        assert self.trial is not None
        if not self.trial.holds:
            problem = next(iter(self.trial.problems), None)
            raise CannotDo(f"not kept: {problem.message}" if problem else "not kept: nothing can be asked about it")
        return self._write(form, lambda: self.workspace.keep(form))

    def drop(self) -> str:
        """Take the fact out of its file and open the next draft; one that is new is just let go."""
        form = self._open()
        if form.is_new:
            self._step(None)
            return "the new fact"
        row = next((each for each in self.rows if each.id == form.id), None)
        if row is None:
            raise CannotDo(f"{form.id} is not in {form.file} any more")
        self._write(form, lambda: self.workspace.drop(row, form.base_text))
        return form.id

    def close(self) -> None:
        """Let the open fact be as the file has it."""
        if self.form is not None:
            self._step(None)

    def open(self, id: str) -> None:
        """Open the fact with this id."""
        row = next((each for each in self.rows if each.id == id), None)
        if row is not None and (self.form is None or self.form.id != id):
            self._as_filed = self.workspace.open(row, self.source_id)
            self._step(self._as_filed)

    def next_draft(self, by: int = 1) -> None:
        """Open the next draft after the open one, or the one before; in this document, then in the others."""
        ids = [row.id for row in self.drafts]
        if self.form and self.form.id in ids:
            at = ids.index(self.form.id) + by
            if 0 <= at < len(ids):
                self.open(ids[at])
                return
            ids = []
        if ids:
            self.open(ids[0] if by > 0 else ids[-1])
            return
        here = self._sources.index(self.source_id)
        for step in range(1, len(self._sources) + 1):
            id = self._sources[(here + by * step) % len(self._sources)]
            drafts = [row for row in self.workspace.rows(id) if row.is_draft]
            if drafts:
                self._go(id)
                self.open((drafts[0] if by > 0 else drafts[-1]).id)
                return
        raise CannotDo("there are no drafts; `orbitquiz draft` proposes some")

    def next_document(self, by: int = 1) -> None:
        """Turn to another document."""
        at = (self._sources.index(self.source_id) + by) % len(self._sources)
        if self._sources[at] != self.source_id:
            self._go(self._sources[at])

    def undo(self) -> str:
        """Take the latest step back, also one that was written. Return what was undone."""
        if not self._steps:
            raise CannotDo("there is nothing to undo")
        before, was_written = self._steps[-1]
        what = "that"
        if was_written:
            try:
                what = self.workspace.undo()
            except (Conflict, BankError, OSError) as error:
                raise CannotDo(str(error)) from error
        self._steps.pop()
        self._is_typing = False
        if before and before.source != self.source_id:
            self.source_id = before.source
        self._look()
        self._show(before)
        return what

    def reload(self) -> None:
        """Read the files again, and the open fact as it stands there now. Undo brings back what was typed."""
        self._read_again()
        form = self.form
        if form is not None and not form.is_new:
            row = next((each for each in self.rows if each.id == form.id), None)
            self._as_filed = self.workspace.open(row, self.source_id) if row else None
            self._step(self._as_filed)

    def poll(self) -> str | None:
        """Read the files again where somebody else has changed them; return what to tell about it."""
        if not self.workspace.has_changed():
            return None
        self._read_again()
        form = self.form
        if form is None or form.is_new:
            self._show(form)
            return "The files were changed; what you see is as they are now."
        row = next((each for each in self.rows if each.id == form.id), None)
        if row is None:
            return f"{form.id} was taken out of its file by somebody else."
        again = self.workspace.open(row, self.source_id)
        if again.base_text != form.base_text:
            return f"{form.id} was changed by somebody else; r shows it as it is now."
        self._show(form)
        return "The files were changed; what you see is as they are now."

    def _read_again(self) -> None:
        try:
            self.workspace.reload()
        except BankError as error:
            raise CannotDo(f"the bank cannot be read: {error.problems[0]}") from error
        self._sources = tuple(self.workspace.bank.sources)
        if self.source_id not in self._sources:
            raise CannotDo("the document was taken out of the bank; leave, and come back")
        self._look()

    def _write(self, form: FactForm, write: Callable[[], str | None]) -> str:
        drafts = [row.id for row in self.drafts]
        try:
            result = write()
        except (Conflict, CannotSplice) as error:
            raise CannotDo(str(error)) from error
        except BankError as error:
            raise CannotDo(f"the bank cannot be read: {error.problems[0]}") from error
        except OSError as error:
            raise CannotDo(f"cannot write {form.file}: {error.strerror}") from error
        self._steps.append((form, True))
        self._is_typing = False
        self._look()
        following = drafts[drafts.index(form.id) + 1 :] if form.id in drafts else []
        row = next((each for each in self.drafts if each.id in following), None)
        self._as_filed = self.workspace.open(row, self.source_id) if row else None
        self._show(self._as_filed)
        return str(result or form.id)

    def _go(self, source: str) -> None:
        form = self.form
        if form is not None:
            # An answer that was just begun may stand in another document.
            self._step(replace(form, source=source) if form.claim_at and not form.proof else None)
        self.source_id = source
        self._look()

    def _step(self, form: FactForm | None) -> None:
        self._steps.append((self.form, False))
        self._is_typing = False
        self._show(form)

    def _show(self, form: FactForm | None) -> None:
        self.form = form
        self.trial = self.workspace.trial(form) if form and form.value and form.proof and form.can_be_edited else None
        self.workspace.journal.keep_form(None if form == self._as_filed else form)

    def _look(self) -> None:
        """Find out what there is about the document."""
        self.rows = self.workspace.rows(self.source_id)
        self.sentences = self.workspace.sentences(self.source_id)

    def _open(self) -> FactForm:
        if self.form is None:
            raise CannotDo("no fact is open; mark words and press m, or choose a fact")
        return self.form

    def _with_value(self) -> FactForm:
        form = self._open()
        if not form.value:
            raise CannotDo("mark the words of the answer, and press v")
        return form

    def _needs_claims(self, form: FactForm) -> None:
        if not form.can_be_edited:
            raise CannotDo(f"the claims of {form.id} cannot be read; edit them in {form.file}")
