"""What a bank that holds can ask, and what of it cannot be asked all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.build import subject_of
from orbitquiz.quiz.distractors import are_there_enough
from orbitquiz.quiz.forms import ways
from orbitquiz.quiz.question import Kind


@dataclass(frozen=True, slots=True)
class Examination:
    """How many `questions` a bank gives, and a problem for each fact that gives none, or not each that it should."""

    questions: int
    problems: tuple[Problem, ...]


def examine(bank: Bank, facts: Sequence[Fact] | None = None) -> Examination:
    """Try every question of `bank`, or only those about these of its `facts`."""
    questions = 0
    problems: list[Problem] = []
    for fact in bank.facts if facts is None else facts:
        wanted = ways(bank, fact)
        if not wanted:
            message = f"{fact.id!r} gives no question: each source stands behind two claims, so none has one answer"
            problems.append(Problem(*fact.place, "no-question", message))
        subjects = [subject_of(bank, way) for way in wanted]
        for value in (distractor.value for distractor in fact.distractors):
            if not any(subject.admits(value, ()) for subject in subjects):
                message = f"{value.text!r} is never an option: the proof's own sentence names it, or `avoid` does"
                problems.append(Problem(*fact.place, "bad-distractor", message))
        for way, subject in zip(wanted, subjects, strict=True):
            if are_there_enough(bank, subject):
                questions += 1
                continue
            reverse = way.kind is Kind.REVERSE
            remedy = "give the answer's group more members" if reverse else "add some under `distractors`"
            message = (
                f"the question {way.id!r} has fewer than three wrong options that are plausible and false; {remedy}"
            )
            problems.append(Problem(*fact.place, "few-distractors", message))
    return Examination(questions, tuple(problems))
