"""What a bank that holds can ask, and what of it cannot be asked all the same."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.asking import can_be_asked, may_be_option, ways
from orbitquiz.quiz.question import Kind


@dataclass(frozen=True, slots=True)
class Examination:
    """How many `questions` a bank gives, and a problem for each fact that gives none, or not each that it should."""

    questions: int
    problems: tuple[Problem, ...]


def examine(bank: Bank) -> Examination:
    """Try every question of `bank`."""
    questions = 0
    problems: list[Problem] = []
    for fact in bank.facts:
        wanted = ways(fact)
        if not wanted:
            message = f"{fact.id!r} gives no question: each source stands behind two claims, so none has one answer"
            problems.append(Problem(*fact.place, "no-question", message))
        for value in fact.distractors:
            if not any(may_be_option(bank, way, value) for way in wanted):
                message = f"{value.text!r} is never an option: the proof's own sentence names it, or `avoid` does"
                problems.append(Problem(*fact.place, "bad-distractor", message))
        for way in wanted:
            if can_be_asked(bank, way):
                questions += 1
                continue
            reverse = way.kind is Kind.REVERSE
            remedy = "give the answer's group more members" if reverse else "add some under `distractors`"
            message = (
                f"the question {way.id!r} has fewer than three wrong options that are plausible and false; {remedy}"
            )
            problems.append(Problem(*fact.place, "few-distractors", message))
    return Examination(questions, tuple(problems))
