"""Composing a quiz: which facts, asked how, in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.quiz.build import can_be_asked, make_question
from orbitquiz.quiz.code import code_of, short_seed
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.feedback import with_feedback
from orbitquiz.quiz.forms import ways
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.request import Request
from orbitquiz.quiz.spoilers import Placed


class UnknownCategory(LookupError):
    """A category that the bank does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"there is no category {name!r}")


def compose(bank: Bank, request: Request, among: Collection[str] | None = None) -> Quiz:
    """The quiz for `request`: the same for the same bank and request, wherever and whenever it is composed.

    No fact comes twice, and as far as possible nothing shown with one question answers a later one. There are fewer
    questions than wanted where the bank has no more. With `among`, only the facts with these ids are asked, which no
    code can hold. Raises `UnknownCategory`.
    """
    code = code_of(bank, request) if among is None else None
    # The code has room for six letters, so that is all that may be drawn from.
    seed = short_seed(request.seed)
    draw = Draw(seed, "compose")
    facts = [fact for fact in _in_categories(bank, request.categories) if fact.differs or not request.differ]
    facts = [fact for fact in facts if among is None or fact.id in among]
    order: list[Placed] = []
    left_over: list[Placed] = []
    for fact in _opener_first(bank, _mixed(facts, draw)):
        if len(order) == request.count:
            break
        unplaced: list[Placed] = []
        for placed in _placed(bank, fact, seed, draw):
            if _insert(placed, order, draw):
                break
            unplaced.append(placed)
        else:
            left_over += unplaced[:1]
    for placed in left_over[: request.count - len(order)]:
        order.insert(_least_spoiled(placed, order), placed)
    questions = with_feedback(bank, order)
    return Quiz(bank.id, bank.title, bank.digest, request.seed, questions, request.count, code)


def _in_categories(bank: Bank, names: Sequence[str]) -> list[Fact]:
    known = [category.name for category in bank.categories]
    for name in names:
        if name not in known:
            raise UnknownCategory(name, known)
    return [fact for fact in bank.facts if not names or fact.category in names]


def _mixed(facts: Sequence[Fact], draw: Draw) -> list[Fact]:
    """The facts in a drawn order of which every beginning has about the same share of each category.

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


def _opener_first(bank: Bank, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts with an easy, undisputed one to open with first, if there is one."""
    easy = (fact for fact in facts if fact.level == 1 and not fact.needs_attribution)
    opener = next((fact for fact in easy if any(can_be_asked(bank, way) for way in ways(bank, fact))), None)
    if opener:
        yield opener
    yield from (fact for fact in facts if fact is not opener)


def _placed(bank: Bank, fact: Fact, seed: str, draw: Draw) -> Iterator[Placed]:
    """The questions of `fact`, each kind equally likely to be the first, made as they are needed."""
    by_kind = sorted(
        ways(bank, fact),
        key=lambda way: (draw.number("kind", fact.id, way.kind), draw.number("way", way.id)),
    )
    for way in by_kind:
        if question := make_question(bank, way, seed):
            yield Placed.of(bank, way, question)


def _insert(new: Placed, order: list[Placed], draw: Draw) -> bool:
    """Put `new` where it neither spoils nor is spoiled, preferably not beside its own category.

    The opening question stays the first. Returns whether there was such a place.
    """
    if not order:
        order.append(new)
        return True
    spoilers = _spoilers(new, order)
    clean = [at for at in range(1, len(order) + 1) if not spoilers[at]]
    if not clean:
        return False
    order.insert(
        min(clean, key=lambda at: (_neighbours(new, order, at), draw.number("at", new.question.id, str(at)))), new
    )
    return True


def _least_spoiled(new: Placed, order: list[Placed]) -> int:
    spoilers = _spoilers(new, order)
    return min(range(len(order) + 1), key=lambda at: (spoilers[at], -at))


def _spoilers(new: Placed, order: list[Placed]) -> list[int]:
    """How many pairs would spoil one another with `new` at each index, from the first to the one behind the last."""
    spoilt = [earlier.spoils(new) for earlier in order]
    spoils = [new.spoils(later) for later in order]
    return [sum(spoilt[:at]) + sum(spoils[at:]) for at in range(len(order) + 1)]


def _neighbours(new: Placed, order: list[Placed], at: int) -> int:
    """How many of the questions beside index `at` are of the category of `new`."""
    return sum(other.question.category == new.question.category for other in order[max(at - 1, 0) : at + 1])
