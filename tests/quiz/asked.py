"""Questions beside the facts that they were made from, for tests of what holds of every question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from orbitquiz.bank.model import Bank, Claim, Fact, Quotation, Source
from orbitquiz.bank.values import ENTITY_TYPES, Name, Text, Value, read_value
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.question import COMPARING, Kind, Question


@dataclass(frozen=True)
class Asked:
    """A question from `bank`, and what the bank knows about it."""

    bank: Bank
    question: Question

    @cached_property
    def fact(self) -> Fact:
        return next(fact for fact in self.bank.facts if fact.id == self.question.fact)

    @property
    def kind(self) -> Kind:
        return self.question.kind

    @property
    def is_drawn(self) -> bool:
        """True if the wrong options are drawn for the question, and not the same wherever sources are compared."""
        return self.kind not in COMPARING

    @property
    def asks_for_the_value(self) -> bool:
        """True if the fact's own value is the key."""
        return self.kind in (Kind.ASKED, Kind.ACCORDING, Kind.CLOZE)

    @cached_property
    def source(self) -> Source | None:
        """The source that the stem names or, for the kind WHICH, asks for."""
        id = self.question.id.split(".")[2:]
        return self.bank.sources[id[0]] if id else None

    @cached_property
    def option_group(self) -> str | None:
        """The group that wrong options are to come from."""
        match self.kind:
            case Kind.REVERSE:
                return self.fact.reverse.option_group if self.fact.reverse else None
            case Kind.SAID:
                return self.fact.said.option_group if self.fact.said else None
            case Kind.WHICH:
                return None
        return self.fact.option_group

    @cached_property
    def claim(self) -> Claim:
        """The claim that the proof proves."""
        return next(claim for claim in self.fact.claims if claim.value.text == self.question.proof.shown[0].value)

    @cached_property
    def key(self) -> Value:
        return self.value(self.question.options[self.question.key].text)

    @cached_property
    def wrong(self) -> list[Value]:
        return [self.value(option.text) for option in self.question.options if not option.is_key]

    @cached_property
    def proving_words(self) -> list[str]:
        """Return the quotations on the key's side."""
        return [source.text[quotation.start : quotation.end] for source, quotation in self._quoted]

    @cached_property
    def proving_sentences(self) -> list[str]:
        """The sentences that hold what is quoted on the key's side or in the stem."""
        quoted = self.question.quoted
        in_stem = [(self.bank.sources[quoted.source], quoted)] if quoted else []
        return [
            source.text[start:end]
            for source, quotation in [*self._quoted, *in_stem]
            for start, end in source.sentences
            if start < quotation.end and quotation.start < end
        ]

    @property
    def _quoted(self) -> list[tuple[Source, Quotation]]:
        passages = [item.passage for item in self.question.proof.shown if item.value == self.claim.value.text]
        return [(passage.source, quotation) for passage in passages for quotation in passage.quotations]

    def value(self, text: str) -> Value:
        """The value that an option's text stands for."""
        if self.kind is Kind.WHICH or self.kind in COMPARING:
            return Text(text)
        if self.kind in (Kind.REVERSE, Kind.SAID) or self.fact.type in ENTITY_TYPES:
            return next(Name(text, entity) for entity in self.bank.entities.values() if entity.name == text)
        return read_value(self.fact.type, text)


def every_question(bank: Bank, seed: str) -> Iterator[Asked]:
    """Every question that `bank` can give, with the options that `seed` draws."""
    for fact in bank.facts:
        for way in all_forms(bank, fact):
            if question := make_question(bank, way, seed):
                yield Asked(bank, question)


_TYPED = str.maketrans("–’‘“”„", '-\'\'"""')


def stands_in(forms: Iterable[str], text: str) -> bool:
    """True if a whole word or number of the text is one of `forms`: 1 is none of fact-1, nor 2 of 2:00."""
    sought, text = "|".join(re.escape(_folded(form)) for form in forms), _folded(text)
    return re.search(rf"(?<!\w)(?<!\d[.,:])(?<!\w-(?=\d))(?:{sought})(?!\w)(?![.,:-]\d)", text) is not None


def is_named(value: Value, text: str) -> bool:
    """True if a whole word or number of the text is a written form of `value`."""
    return stands_in(value.forms, text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_TYPED).split())
