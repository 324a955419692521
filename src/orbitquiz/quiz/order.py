"""The order of a quiz: each question comes where it neither gives away another one nor is given away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import count

from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.question import Kind
from orbitquiz.quiz.spoiler_index import SpoilerIndex
from orbitquiz.quiz.spoilers import Placed

_LONG = 500  # questions; in a longer order only some of the places are compared
_PLACES = 20  # that are compared then


class Order:
    """Questions in the order in which they are asked."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self._categories: list[str] = []  # of the same questions, by name
        self._numbers: list[int] = []  # of the same questions in the index
        self._index = SpoilerIndex()

    def __len__(self) -> int:
        return len(self.placed)

    def insert(self, new: Placed, draw: Draw) -> bool:
        """Put `new` where it neither spoils nor is spoiled, preferably not beside its own category.

        The opening question stays the first. Returns whether there was such a place.
        """
        if not self.placed:
            self._put(0, new)
            return True
        spoilers, spoiled = self._places_of_spoilers(new)
        # Before all that would spoil it, and behind all that it would spoil.
        first, last = max([0, *spoiled]) + 1, min([len(self.placed), *spoilers])
        if first > last:
            return False
        places: Sequence[int] = range(first, last + 1)
        drawn = draw.of("at", new.question.id)
        if len(self.placed) > _LONG:
            places = sorted({first + drawn.below(len(places), str(n)) for n in range(_PLACES)})
        at = min(places, key=lambda at: (self._neighbours(new, at), drawn.number(str(at))))
        self._put(at, new)
        return True

    def insert_least_spoiled(self, new: Placed) -> None:
        """Put `new` at the last place at which the fewest pairs of questions spoil one another."""
        spoilers, spoiled = self._places_of_spoilers(new)
        first = 0 if new.question.kind is Kind.ASKED or not self.placed else 1
        # The number only grows behind one that spoils it and falls behind one that it spoils.
        places = [at for at in {first, len(self.placed), *spoilers, *spoiled} if at >= first]
        before, behind = sorted(spoilers), sorted(spoiled)
        pairs = {at: bisect_left(before, at) + len(behind) - bisect_left(behind, at) for at in places}
        self._put(min(places, key=lambda at: (pairs[at], -at)), new)

    def _put(self, at: int, new: Placed) -> None:
        self._numbers.insert(at, len(self.placed))
        self._categories.insert(at, new.question.category.name)
        self.placed.insert(at, new)
        self._index.add(new)

    def _places_of_spoilers(self, new: Placed) -> tuple[list[int], list[int]]:
        """Return the places of the questions that spoil `new`, and of those that it spoils."""
        spoilers, spoiled = self._index.spoilers_of(new), self._index.spoiled_by(new)
        if not spoilers and not spoiled:
            return [], []
        places = dict(zip(self._numbers, count(), strict=False))
        return [places[number] for number in spoilers], [places[number] for number in spoiled]

    def _neighbours(self, new: Placed, at: int) -> int:
        """Return how many of the questions beside place `at` are of the category of `new`."""
        return self._categories[max(at - 1, 0) : at + 1].count(new.question.category.name)
