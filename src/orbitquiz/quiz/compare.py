"""The compare round: how sources differ, which came later, which could have known.

The passages of both sides lie open beside these questions, so reading answers them and knowledge of the world does
no harm. Everything is made from the facts that differ: why they do, and when their sources were published.
"""

from __future__ import annotations

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Text, Value
from orbitquiz.quiz.forms import HOW, QuestionForm, key_of, name_of
from orbitquiz.quiz.question import Kind

DIFFER = "The reports differ."
"""The words with which the stem of every question of the round says what it is about."""

LONGEST = 120
"""The length of a stem, in characters, from which the point of difference is left to the passages."""

_ASKS = {
    Kind.HOW: "How?",
    Kind.LATER: "Which answer was printed later?",
    Kind.KNEW: "Which could have known of the other?",
}
_SAME_DAY, _UNDATED = "both on the same day", "their dates don't tell"
_EACH, _NEITHER = "each of the other", "neither of the other"


def compare_stem(form: QuestionForm) -> str:
    """Return the stem of a question of the kind HOW, LATER or KNEW: the fact's own stem first, where it fits."""
    tail = f"{DIFFER} {_ASKS[form.kind]}"
    whole = f"{form.fact.ask} {tail}"
    return whole if form.fact.ask and len(whole) <= LONGEST else tail


def compare_options(bank: Bank, form: QuestionForm) -> tuple[Value, ...]:
    """Return the options of a question of the kind HOW, LATER or KNEW, always in the same order."""
    if form.kind is Kind.HOW:
        return tuple(map(Text, HOW.values()))
    key = key_of(bank, form)
    assert form.rival is not None
    claim, source = form.rival
    if form.kind is Kind.LATER:
        both = [key, claim.value]
        rest = (_SAME_DAY, _UNDATED)
    else:
        both = [key, name_of(bank.sources[source])]
        rest = (_EACH, _NEITHER)
    # In the order of their words, which says nothing about their dates.
    return (*sorted(both, key=lambda value: value.text), *map(Text, rest))


def compare_statement(bank: Bank, form: QuestionForm) -> str:
    """Return the answer to a question of the kind HOW, LATER or KNEW as a sentence."""
    key = key_of(bank, form).text
    if form.kind is Kind.HOW:
        *values, last = (f"“{claim.value.text}”" for claim in form.fact.claims)
        return f"{key}: {', '.join(values)} and {last}."
    assert form.source is not None
    assert form.rival is not None
    claim, source = form.rival
    mine, theirs = (bank.sources[id] for id in (form.source, source))
    if form.kind is Kind.LATER:
        later, earlier = (f"{each.cite_as} ({each.issued_words})" for each in (mine, theirs))
        return f"“{key}” was printed later: {later} has it, and {earlier} has “{claim.value.text}”."
    return (
        f"{key} could have known: its date is {mine.issued_words}, and that of {theirs.cite_as} {theirs.issued_words}."
    )
