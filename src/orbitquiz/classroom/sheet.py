"""A quiz as a room carries it: words only, so that neither a player nor a report needs the bank.

The same models are sent to players (`messages`) and kept on disk (`events`). What stands in them for people to read is
safe to show wherever it comes from, another computer or a file: it is `Words` or a `Line`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from orbitquiz.quiz.proof import Proof
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.safe import line_of, visible

Words = Annotated[str, AfterValidator(visible)]
"""Text for people to read. Nothing in it acts on a terminal or reorders a line, whoever has written it."""

Line = Annotated[str, AfterValidator(line_of)]
"""The same on one line: a name, a title, a sentence."""


class Paper(BaseModel):
    """What all models of a room have in common: they don't change, and hold nothing that nobody knows."""

    # JSON has no infinity and no NaN: they would be written as null and not be read again.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PassageSheet(Paper):
    """A passage: the value it proves, where it stands, its text, and the spans of the quotations in it (characters)."""

    value: Words
    heading: Words
    text: Words
    marks: tuple[tuple[int, int], ...]

    @model_validator(mode="after")
    def _marks_stand_in_the_text(self) -> Self:
        if not all(0 <= start <= end <= len(self.text) for start, end in self.marks):
            raise ValueError("a mark reaches beyond the text")
        return self


class ProofSheet(Paper):
    """What is shown after the answer: the fact as a sentence, passages, further places, the editor's word."""

    statement: Words
    shown: tuple[PassageSheet, ...]
    also: tuple[Words, ...] = ()
    note: Words | None = None

    @classmethod
    def of(cls, proof: Proof) -> ProofSheet:
        """`proof` in words."""
        shown = tuple(
            PassageSheet(
                value=item.value, heading=item.passage.heading, text=item.passage.text, marks=item.passage.marks
            )
            for item in proof.shown
        )
        also = tuple(f"{item.cite_as}, line {item.line}" for item in proof.also)
        return cls(statement=proof.statement, shown=shown, also=also, note=proof.note)


class QuestionSheet(Paper):
    """A question with its key and its proof. `remarks` has, for each option, what the bank knows of it, or None."""

    id: str
    fact: str
    category: Line
    stem: Words
    options: tuple[Words, ...] = Field(min_length=2, max_length=8)
    key: int = Field(ge=0)
    is_ordered: bool
    sources_differ: bool
    proof: ProofSheet
    remarks: tuple[Words | None, ...]

    @model_validator(mode="after")
    def _options_agree(self) -> Self:
        if not self.key < len(self.options) == len(self.remarks):
            raise ValueError("the key is none of the options, or there are not as many remarks as options")
        return self

    @classmethod
    def of(cls, question: Question) -> QuestionSheet:
        """`question` in words. A remark that the proof shows anyway is left out."""
        remarks = tuple(
            f"{option.remark.statement} ({option.remark.where})"
            if option.remark and not question.proof.shows(option.remark)
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
        )


class QuizSheet(Paper):
    """A quiz in words: which one it is, and its questions in order. `code` gives it again, where it has one."""

    bank: str
    digest: str
    title: Line
    code: Line | None
    questions: tuple[QuestionSheet, ...] = Field(min_length=1)

    @classmethod
    def of(cls, quiz: Quiz) -> QuizSheet:
        """`quiz` in words."""
        questions = tuple(map(QuestionSheet.of, quiz.questions))
        return cls(bank=quiz.bank, digest=quiz.digest, title=quiz.title, code=quiz.code, questions=questions)
