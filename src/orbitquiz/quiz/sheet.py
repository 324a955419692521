"""A quiz as it is shown: words only, so that a game, a room or a report needs no bank.

The game and the room play these, protocol and room file carry them, and screens, plain text and report draw them. All
text is safe to show wherever it comes from, another computer or a file: construction replaces every character that
could act on a terminal or reorder a line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from orbitquiz.quiz.proof import Proof
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.safe import line_of, visible

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
"""The numbers of options that a question can have."""


@dataclass(frozen=True, slots=True)
class PassageSheet:
    """A passage: the value it proves, its place and source (`heading`), its text, and the spans quoted (characters)."""

    value: str
    heading: str
    text: str
    marks: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        """Raise `ValueError` where a mark reaches beyond the text."""
        _set(self, value=visible(self.value), heading=visible(self.heading), text=visible(self.text))
        if not all(0 <= start <= end <= len(self.text) for start, end in self.marks):
            raise ValueError("a mark reaches beyond the text")


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """Everything shown after an answer: the fact as a sentence, its passages, further citations, the editor's note.

    The first of `shown` proves the key; where sources differ, the others prove what else is said.
    """

    statement: str
    shown: tuple[PassageSheet, ...]
    also: tuple[str, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        also = tuple(map(visible, self.also))
        _set(self, statement=visible(self.statement), also=also, note=_if_any(self.note))

    @classmethod
    def of(cls, proof: Proof) -> ProofSheet:
        """Return `proof` as it is shown."""
        shown = tuple(
            PassageSheet(item.value, item.passage.heading, item.passage.text, item.passage.marks)
            for item in proof.shown
        )
        also = tuple(f"{item.cite_as}, {item.place}" for item in proof.also)
        return cls(proof.statement, shown, also, proof.note)


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A question with its key and proof.

    `key` is the index of the right option. `remarks` has, for each option, what the bank knows about it with the place
    that says so, or None. `topic` is the category's name, `kind` how the question was made from its fact, and `level`
    how hard it is (1 to 3): what a record of its answer keeps.
    """

    id: str
    fact: str
    category: str
    stem: str
    options: tuple[str, ...]
    key: int
    is_ordered: bool
    sources_differ: bool
    proof: ProofSheet
    remarks: tuple[str | None, ...]
    topic: str = ""
    kind: str = "asked"
    level: int = 2
    open: tuple[PassageSheet, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError` where options, key and remarks do not fit one another."""
        options, remarks = tuple(map(visible, self.options)), tuple(map(_if_any, self.remarks))
        _set(self, category=line_of(self.category), stem=visible(self.stem), options=options, remarks=remarks)
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            raise ValueError(f"a question has {FEWEST_OPTIONS} to {MOST_OPTIONS} options, and this one {len(options)}")
        if not 0 <= self.key < len(options) == len(remarks):
            raise ValueError("the key is none of the options, or there are not as many remarks as options")

    @classmethod
    def of(cls, question: Question) -> QuestionSheet:
        """Return `question` as it is shown. Feedback that the proof shows anyway is left out."""
        remarks = tuple(
            f"{option.feedback.statement} ({option.feedback.where})"
            if option.feedback and not question.proof.shows(option.feedback)
            else None
            for option in question.options
        )
        return cls(
            id=question.id,
            fact=question.fact,
            category=question.category.title,
            stem=question.stem,
            options=tuple(option.text for option in question.options),
            key=question.key,
            is_ordered=question.is_ordered,
            sources_differ=question.sources_differ,
            proof=ProofSheet.of(question.proof),
            remarks=remarks,
            topic=question.category.name,
            kind=str(question.kind),
            level=question.level,
            open=tuple(
                PassageSheet(item.value, item.passage.dated_heading, item.passage.text, item.passage.marks)
                for item in question.open
            ),
        )

    @property
    def standing_alone(self) -> QuestionSheet:
        """The question with its open passages in the stem, for where there is no other place to show them."""
        passages = (f"{passage.heading}: “{passage.text}”" for passage in self.open)
        return replace(self, stem="\n".join([*passages, self.stem]), open=()) if self.open else self


@dataclass(frozen=True, slots=True)
class QuizSheet:
    """A quiz: the id and digest of its bank, its title, the code that gives it again if it has one, its questions.

    `seed` is what its options were drawn from, where they were.
    """

    bank: str
    digest: str
    title: str
    code: str | None
    questions: tuple[QuestionSheet, ...]
    seed: str = ""

    def __post_init__(self) -> None:
        """Raise `ValueError` where there is no question."""
        _set(self, title=line_of(self.title), code=None if self.code is None else line_of(self.code))
        if not self.questions:
            raise ValueError("a quiz has at least one question")

    @classmethod
    def of(cls, quiz: Quiz) -> QuizSheet:
        """Return `quiz` as it is shown."""
        questions = tuple(map(QuestionSheet.of, quiz.questions))
        return cls(quiz.bank, quiz.digest, quiz.title, quiz.code, questions, quiz.seed)

    @property
    def standing_alone(self) -> QuizSheet:
        """The quiz with the open passages of its questions in their stems."""
        return replace(self, questions=tuple(question.standing_alone for question in self.questions))


def _if_any(text: str | None) -> str | None:
    return None if text is None else visible(text)


def _set(sheet: object, **values: Any) -> None:
    """Set fields of a frozen sheet that is being made."""
    for name, value in values.items():
        object.__setattr__(sheet, name, value)
