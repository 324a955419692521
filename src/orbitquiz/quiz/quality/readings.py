"""Blind readings: what people who saw neither key nor proof picked, how they came to it, and what they found absurd.

A key that common sense finds, and an option that nobody would choose, cannot be seen in the form of a question. They
are seen when somebody reads it who does not know the documents.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.forms import QuestionForm, form_of, forms_of
from orbitquiz.quiz.question import Question

MOST_BY_SENSE = 0.2
"""The share of readings that may find the key by common sense."""

FEWEST_PLAUSIBLE = 3.2
"""The number of options, of four, that readers should find plausible on average."""

_AGREEING = 2  # readers who call an option absurd


class Basis(StrEnum):
    """The way in which a reader came to a pick."""

    KNEW = "knew"
    SENSE = "sense"  # the other options were impossible
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class BlindReading:
    """One reader's reading of one question, whose options were drawn from `seed`.

    `digest` is that of the question as it was read. `picked` and `absurd` are texts of options; those under `absurd`
    are the ones that nobody would choose.
    """

    reader: str
    question: str
    seed: str
    digest: str
    picked: str
    basis: Basis
    absurd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absurd:
    """An option of a question that several `readers` call absurd."""

    question: str
    option: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A reader who knew the answer, and picked another one than the key."""

    question: str
    reader: str
    picked: str
    key: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The readings of the questions as they are now, taken together.

    `readers` and `questions` are counted where a reading still holds; `changed` are the ids of questions that were read
    and are asked otherwise now, or not at all. `by_basis` counts the readings, `right` those that picked the key.
    `plausible` is the average number of options that the reader did not call absurd.
    """

    readers: int
    questions: int
    readings: int
    by_basis: dict[Basis, int]
    right: dict[Basis, int]
    plausible: float
    absurd: tuple[Absurd, ...]
    disagreeing: tuple[Disagreement, ...]
    changed: tuple[str, ...]

    @property
    def by_sense(self) -> float:
        """The share of readings that found the key by common sense alone."""
        return self.right[Basis.SENSE] / self.readings if self.readings else 0.0


def digest_of(question: Question) -> str:
    """Return a digest of the stem, the options and the key of a question: 16 hexadecimal digits."""
    texts = [option.text for option in question.options]
    read = json.dumps([question.id, question.stem, texts, texts[question.key]], ensure_ascii=False)
    return hashlib.sha256(read.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_be_read(bank: Bank, seed: str) -> Iterator[Question]:
    """Yield the questions of `bank` in the order in which everybody reads them, with options drawn from `seed`.

    First one of each fact, in a drawn order, then the others. Questions of the compare round are left out, since
    reading is what they ask for.
    """
    draw = Draw("readings")
    by_fact: dict[str, list[QuestionForm]] = {}
    for form in sorted(forms_of(bank), key=lambda form: draw.number("form", form.id)):
        by_fact.setdefault(form.fact.id, []).append(form)
    facts = sorted(by_fact, key=lambda fact: draw.number("fact", fact))
    for turn in range(max(map(len, by_fact.values()), default=0)):
        for form in (by_fact[fact][turn] for fact in facts if turn < len(by_fact[fact])):
            if question := make_question(bank, form, seed):
                yield question


def sum_up(bank: Bank, readings: Iterable[BlindReading]) -> Summary:
    """Return what `readings` say about the questions of `bank`. Of two readings by one reader the last counts."""
    latest = {(reading.reader, reading.question): reading for reading in readings}
    valid: list[tuple[BlindReading, Question]] = []
    changed = set()
    for reading in latest.values():
        form = form_of(bank, reading.question)
        question = make_question(bank, form, reading.seed) if form else None
        if question and digest_of(question) == reading.digest:
            valid.append((reading, question))
        else:
            changed.add(reading.question)
    absurd: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reading, _ in valid:
        for option in reading.absurd:
            absurd[reading.question, option].append(reading.reader)
    counts = {basis: [picks for picks in valid if picks[0].basis is basis] for basis in Basis}
    plausible = [len(question.options) - len(reading.absurd) for reading, question in valid]
    return Summary(
        readers=len({reading.reader for reading, _ in valid}),
        questions=len({reading.question for reading, _ in valid}),
        readings=len(valid),
        by_basis={basis: len(picks) for basis, picks in counts.items()},
        right={basis: sum(is_right(*each) for each in picks) for basis, picks in counts.items()},
        plausible=sum(plausible) / len(plausible) if plausible else 0.0,
        absurd=tuple(
            Absurd(question, option, tuple(sorted(readers)))
            for (question, option), readers in sorted(absurd.items())
            if len(readers) >= _AGREEING
        ),
        disagreeing=tuple(
            Disagreement(reading.question, reading.reader, reading.picked, question.options[question.key].text)
            for reading, question in sorted(valid, key=lambda each: (each[0].question, each[0].reader))
            if reading.basis is Basis.KNEW and not is_right(reading, question)
        ),
        changed=tuple(sorted(changed)),
    )


def is_right(reading: BlindReading, question: Question) -> bool:
    """True if the reader picked the key."""
    return reading.picked == question.options[question.key].text


def problems_of(bank: Bank, summary: Summary) -> tuple[Problem, ...]:
    """Return what the author should look at, where the facts stand."""
    found = []
    for each in summary.absurd:
        message = f"{each.question!r}: {len(each.readers)} readers say that nobody would choose {each.option!r}"
        found.append(_problem(bank, each.question, "absurd-option", message))
    for other in summary.disagreeing:
        message = f"{other.question!r}: {other.reader} knew the answer and picked {other.picked!r}, not {other.key!r}"
        found.append(_problem(bank, other.question, "disputed-key", message))
    return tuple(sorted(found))


def _problem(bank: Bank, question: str, code: str, message: str) -> Problem:
    return Problem(*bank.facts_by_id[question.partition(".")[0]].place, code, message)
