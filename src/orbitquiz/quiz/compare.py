"""The compare round: how sources differ, which came later, which could have known.

The passages of both sides lie open beside these questions, so reading answers them and knowledge of the world does
no harm. Everything is made from the facts that differ: why they do, and when their sources were published.
"""

from __future__ import annotations

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Text, Value
from orbitquiz.quiz.forms import HOW, QuestionForm, key_of, name_of
from orbitquiz.quiz.question import Kind
from orbitquiz.text.quotes import quoted

LONGEST = 120
"""The length of a stem, in characters, from which the point of difference is left to the passages."""


def compare_stem(bank: Bank, form: QuestionForm) -> str:
    """Return the stem of a question of the kind HOW, LATER or KNEW.

    It names the point of difference or, where the author gives none, has the fact's own stem first, if that fits. How a
    name is spelled says by itself how the reports differ.
    """
    if form.fact.point:
        return f"{bank.say('differ-on', point=form.fact.point)} {bank.say(form.kind)}"
    tail = f"{bank.say('differ')} {bank.say(form.kind)}"
    whole = f"{form.fact.ask} {tail}"
    if not form.fact.ask or len(whole) > LONGEST or (form.kind is Kind.HOW and form.fact.differs == "spelling"):
        return tail
    return whole


def compare_options(bank: Bank, form: QuestionForm) -> tuple[Value, ...]:
    """Return the options of a question of the kind HOW, LATER or KNEW, always in the same order."""
    if form.kind is Kind.HOW:
        return tuple(Text(bank.say(how)) for how in HOW)
    key = key_of(bank, form)
    assert form.rival is not None
    claim, source = form.rival
    if form.kind is Kind.LATER:
        both = [key, claim.value]
        rest = ("same-day", "undated")
    else:
        both = [key, name_of(bank.sources[source])]
        rest = ("each", "neither")
    # In the order of their words, which says nothing about their dates.
    return (*sorted(both, key=lambda value: value.text), *(Text(bank.say(key)) for key in rest))


def compare_statement(bank: Bank, form: QuestionForm) -> str:
    """Return the answer to a question of the kind HOW, LATER or KNEW as a sentence."""
    key = key_of(bank, form).text
    if form.kind is Kind.HOW:
        *values, last = (quoted(claim.value.text, bank.language) for claim in form.fact.claims)
        return bank.say("values", how=key, first=", ".join(values), last=last)
    assert form.source is not None
    assert form.rival is not None
    claim, source = form.rival
    mine, theirs = (bank.sources[id] for id in (form.source, source))
    if form.kind is Kind.LATER:
        later, earlier = (f"{each.cite_as} ({each.issued_words})" for each in (mine, theirs))
        value, rival = (quoted(each, bank.language) for each in (key, claim.value.text))
        return bank.say("was-later", value=value, source=later, other=earlier, rival=rival)
    return bank.say(
        "could-have-known", source=key, date=mine.issued_words, other=theirs.cite_as, rival_date=theirs.issued_words
    )
