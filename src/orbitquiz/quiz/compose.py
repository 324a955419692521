"""Composing a quiz: which facts, asked how, in which order. Or taking the questions that somebody has chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.quiz.build import can_be_asked, make_question
from orbitquiz.quiz.code import Request, code_of, short_seed
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.feedback import with_feedback
from orbitquiz.quiz.forms import QuestionForm, compare_forms, form_of, ordinary_forms
from orbitquiz.quiz.order import Order
from orbitquiz.quiz.question import Kind, Quiz
from orbitquiz.quiz.spoilers import Placed


class UnknownCategory(LookupError):
    """A category that the bank does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"there is no category {name!r}")


class UnknownQuestion(LookupError):
    """An `id` of a question that the bank does not have, or cannot ask."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"the bank has no question {id!r}")


def compose(bank: Bank, request: Request, among: Collection[str] | None = None) -> Quiz:
    """Return the quiz for `request`: the same for the same bank and request, wherever and whenever it is composed.

    No fact comes twice, and as far as possible nothing shown with one question answers a later one. There are fewer
    questions than wanted where the bank has no more. With `among`, only the facts with these ids are asked, which no
    code can hold. Raises `UnknownCategory`.
    """
    code = code_of(bank, request) if among is None else None
    # The code has room for six letters, so that is all that may be drawn from.
    seed = short_seed(request.seed)
    draw = Draw(seed, "compose")
    facts = [fact for fact in _in_categories(bank, request.categories) if among is None or fact.id in among]
    forms = {fact.id: compare_forms(bank, fact) if request.differ else ordinary_forms(fact) for fact in facts}
    order = Order()
    left_over: list[Placed] = []
    for fact, asked in _opener_first(bank, _mixed([fact for fact in facts if forms[fact.id]], draw), forms):
        if len(order) == request.count:
            break
        unplaced: list[Placed] = []
        for placed in _placed(bank, fact, asked, seed, draw):
            if order.insert(placed, draw):
                break
            unplaced.append(placed)
        else:
            left_over += unplaced[:1]
    for placed in left_over[: request.count - len(order)]:
        order.insert_least_spoiled(placed)
    questions = with_feedback(bank, order.placed)
    return Quiz(bank.id, bank.title, bank.digest, request.seed, questions, request.count, code)


def choose(bank: Bank, ids: Sequence[str], seed: str, title: str | None = None) -> Quiz:
    """Return the quiz of the questions with these ids, in this order, their options drawn from `seed`.

    Nothing is left out or moved: somebody who chooses by hand may have reasons to ask a fact twice. Raises
    `UnknownQuestion`.
    """
    order = []
    for id in ids:
        form = form_of(bank, id)
        question = make_question(bank, form, short_seed(seed)) if form else None
        if form is None or question is None:
            raise UnknownQuestion(id)
        order.append(Placed.of(bank, form, question))
    return Quiz(bank.id, title or bank.title, bank.digest, seed, with_feedback(bank, order), len(ids))


def _in_categories(bank: Bank, names: Sequence[str]) -> list[Fact]:
    known = [category.name for category in bank.categories]
    for name in names:
        if name not in known:
            raise UnknownCategory(name, known)
    return [fact for fact in bank.facts if not names or fact.category in names]


def _mixed(facts: Sequence[Fact], draw: Draw) -> list[Fact]:
    """Return the facts in a drawn order of which every beginning has about the same share of each category.

    Each category's facts are spread evenly over the whole from a drawn start (systematic sampling), so that every
    fact is equally likely to come early.
    """
    by_category: dict[str, list[Fact]] = {}
    for fact in facts:
        by_category.setdefault(fact.category, []).append(fact)
    places: list[tuple[float, str, Fact]] = []
    for category, members in by_category.items():
        start = draw.share("start", category)
        members.sort(key=lambda fact: draw.number("fact", fact.id))
        places += [((index + start) / len(members), fact.id, fact) for index, fact in enumerate(members)]
    return [fact for _, _, fact in sorted(places, key=lambda place: place[:2])]


_Forms = Sequence[QuestionForm]


def _opener_first(
    bank: Bank, facts: Sequence[Fact], forms: dict[str, tuple[QuestionForm, ...]]
) -> Iterator[tuple[Fact, _Forms]]:
    """Yield the facts, each with its forms, and first the one to open with: asked plainly, and easy if one is."""
    easy_first = sorted(facts, key=lambda fact: fact.level != 1 or fact.is_disputed)
    plainly = ((fact, [form for form in forms[fact.id] if form.kind is Kind.ASKED]) for fact in easy_first)
    opener = next(((fact, asked) for fact, asked in plainly if any(can_be_asked(bank, form) for form in asked)), None)
    if opener:
        yield opener
    yield from ((fact, forms[fact.id]) for fact in facts if opener is None or fact is not opener[0])


def _placed(bank: Bank, fact: Fact, forms: _Forms, seed: str, draw: Draw) -> Iterator[Placed]:
    """Yield the questions of `fact`, each kind equally likely to be the first, made as they are needed."""
    by_kind = sorted(forms, key=lambda form: (draw.number("kind", fact.id, form.kind), draw.number("way", form.id)))
    for form in by_kind:
        if question := make_question(bank, form, seed):
            yield Placed.of(bank, form, question)
