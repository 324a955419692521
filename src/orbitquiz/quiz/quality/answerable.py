"""Counting what a bank can ask, and finding what it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.build import can_be_asked, option_spec_of
from orbitquiz.quiz.distractors import fallen_out
from orbitquiz.quiz.forms import all_forms, compare_forms, ordinary_forms
from orbitquiz.quiz.question import COMPARING, Kind


@dataclass(frozen=True, slots=True)
class Examination:
    """The number of `questions` that a bank gives, and a problem for each that it should give and cannot."""

    questions: int
    problems: tuple[Problem, ...]


def examine(bank: Bank, facts: Sequence[Fact] | None = None) -> Examination:
    """Try every question of `bank`, or only those about these of its `facts`."""
    questions = 0
    problems: list[Problem] = []
    for fact in bank.facts if facts is None else facts:
        forms = (*ordinary_forms(fact), *compare_forms(bank, fact))
        specs = [option_spec_of(bank, form) for form in all_forms(bank, fact) if form.kind not in COMPARING]
        for value in (distractor.value for distractor in fact.distractors):
            if not any(spec.admits(value, ()) for spec in specs):
                message = f"{value.text!r} is never an option: the proof's own sentence names it, or `avoid` does"
                problems.append(Problem(*fact.place, "bad-distractor", message))
        for form in forms:
            if can_be_asked(bank, form):
                questions += 1
                continue
            reverse = form.kind is Kind.REVERSE
            remedy = "give the answer's group more members" if reverse else "add some under `distractors`"
            message = (
                f"the question {form.id!r} has fewer than three wrong options that are plausible and false; {remedy}"
            )
            if fallen := fallen_out(bank, option_spec_of(bank, form)):
                message += f". Left out: {', '.join(f'{text} ({reason})' for text, reason in fallen.items())}"
            problems.append(Problem(*fact.place, "few-distractors", message))
    return Examination(questions, tuple(problems))
