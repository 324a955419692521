"""What in a bank that holds cannot be asked all the same."""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.asking import questions_of, ways


def unaskable(bank: Bank) -> Iterator[Problem]:
    """A problem for each fact that gives no question, or not each that it should."""
    for fact in bank.facts:
        wanted = ways(fact)
        if not wanted:
            message = f"{fact.id!r} gives no question: each source stands behind two claims, so none has one answer"
            yield Problem(*fact.place, "no-question", message)
            continue
        possible = {way.id for way in questions_of(bank, fact)}
        for way in wanted:
            if way.id not in possible:
                remedy = (
                    "give the answer's group more members" if way.kind == "reverse" else "add some under `distractors`"
                )
                message = (
                    f"the question {way.id!r} has fewer than three wrong options that are plausible and false; {remedy}"
                )
                yield Problem(*fact.place, "few-distractors", message)
