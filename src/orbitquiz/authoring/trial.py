"""Trying facts on a bank before they are written into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from orbitquiz.authoring.yaml_text import block
from orbitquiz.bank.load_claims import ClaimReader
from orbitquiz.bank.load_facts import FactReader
from orbitquiz.bank.model import Bank, Fact
from orbitquiz.bank.problems import Problem
from orbitquiz.bank.strict_yaml import read_document
from orbitquiz.bank.values.entity import Entity
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.quiz.quality.lint import lint
from orbitquiz.quiz.question import Question
from orbitquiz.text.look import look

_FILE = "questions/trial.yaml"


@dataclass(frozen=True, slots=True)
class Trial:
    """A fact tried in a bank: the `fact`, if it holds, its `questions`, and everything that is wrong with it.

    `problems` are those of `check`, `flaws` those of `check --lint`.
    """

    fact: Fact | None
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    flaws: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """True if it can be asked, in every way that it gives."""
        return self.fact is not None and bool(self.questions) and not self.problems


def try_fact(
    bank: Bank, item: Mapping[str, Any], seed: str = "AUTHOR", *, category: str = "", new: Sequence[Entity] = ()
) -> Trial:
    """Try the fact `item`, in the form of a bank's files, as if it were in `bank` and the `new` entities with it.

    A fact of the bank with the same id is left out for it.
    """
    kept = tuple(fact for fact in bank.facts if fact.id != item.get("id"))
    entities = {**bank.entities, **{entity.id: entity for entity in new}}
    bank = replace(bank, facts=kept, entities=entities)
    document = read_document(_FILE, "\n".join(["facts:", *block(item, 2), ""]).encode())
    if document.data is None:
        return Trial(None, (), tuple(document.problems))
    names = {look(name): entity for entity in entities.values() for name in (*entity.names, entity.id)}
    category = category or bank.categories[0].name
    claims = ClaimReader(document, bank.sources, entities, names, language=bank.language)
    fact = FactReader(category, claims, {fact.id: fact.place for fact in kept}).read(0, document.data["facts"][0])
    if fact is None:
        return Trial(None, (), tuple(document.problems))
    fact = replace(fact, draft=False)
    with_fact = replace(bank, facts=(*kept, fact))
    made = (make_question(with_fact, form, seed) for form in all_forms(with_fact, fact))
    questions = tuple(question for question in made if question is not None)
    # Only this fact is looked at; the others stand by as a source of wrong options.
    return Trial(fact, questions, examine(with_fact, [fact]).problems, lint(with_fact, [fact]))
