"""Find, among many values of one type, one that can be true together with another."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import combinations

from orbitquiz.bank.values.base import Value
from orbitquiz.bank.values.date import Date
from orbitquiz.bank.values.quantity import Quantity
from orbitquiz.bank.values.time import Time
from orbitquiz.bank.values.words import Name, Text

_Said = tuple[int, ...]  # which fields of a date are said


class Overlaps:
    """Values of which no two overlap, ready to be asked which of them a further one overlaps.

    Asking compares with few of them: words by their looks, numbers by their size, dates by what they say.
    """

    def __init__(self) -> None:
        self._alike: dict[object, Value] = {}
        self._extents: dict[str, list[tuple[float, float, int]]] = {}  # by what they measure, and apart
        self._dates: dict[_Said, dict[_Said, dict[tuple[object, ...], Value]]] = {}
        self._values: list[Value] = []

    def add(self, value: Value) -> Value | None:
        """Return the value that `value` overlaps; where there is none, take it in and return None."""
        if isinstance(value, Text | Name | Time):
            found = self._alike.setdefault(value.key, value)
            return None if found is value else found
        if isinstance(value, Quantity):
            return self._add_extent(value)
        assert isinstance(value, Date)
        return self._add_date(value)

    def _add_date(self, value: Date) -> Value | None:
        """Compare what is said: two dates overlap where they agree on the fields that both of them say."""
        fields = value.fields
        said = tuple(n for n, field in enumerate(fields) if field is not None)
        for others, known in self._dates.items():
            common = tuple(n for n in said if n in others)
            if found := known[common].get(tuple(fields[n] for n in common)):
                return found
        known = self._dates.setdefault(said, {part: {} for size in range(5) for part in combinations(said, size)})
        for part, values in known.items():
            values.setdefault(tuple(fields[n] for n in part), value)
        return None

    def _add_extent(self, value: Quantity) -> Value | None:
        what, low, high = value.extent
        extents = self._extents.setdefault(what, [])
        at = bisect_left(extents, (float(low),))
        for _, _, index in extents[max(at - 1, 0) : at + 1]:
            if self._values[index].overlaps(value):
                return self._values[index]
        insort(extents, (float(low), float(high), len(self._values)))
        self._values.append(value)
        return None
