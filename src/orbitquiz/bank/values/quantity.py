"""Numbers with or without a unit: ages, counts, lengths, durations, and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from orbitquiz.bank.text import plain
from orbitquiz.bank.values.base import UnreadableValue, Value

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_QUANTITY = re.compile(rf"(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?(?: (?P<unit>[^\d\s].*))?")
_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
""".split()
_COMPARABLE = Decimal("1.5")  # quantities further apart than this factor make odd options for one another


@dataclass(frozen=True, slots=True)
class Quantity(Value):
    """A number, or a range of numbers where `high` is more than `low`, of `unit` ('' where there is none)."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    step: Decimal = Decimal(1)  # the precision in which the number is given

    @classmethod
    def read(cls, text: str, example: str, step: Decimal | None = None) -> Quantity:
        match = _QUANTITY.fullmatch(plain(text))
        if match:
            low = Decimal(match["low"].replace(",", ""))
            high = Decimal((match["high"] or match["low"]).replace(",", ""))
            if low <= high:
                return cls._of(low, high, match["unit"] or "", step or _precision(low, high))
        raise UnreadableValue(f"expected a number such as {example}")

    @classmethod
    def _of(cls, low: Decimal, high: Decimal, unit: str, step: Decimal) -> Quantity:
        numbers = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        shown = _one_of(unit) if low == high == 1 else unit
        return cls(f"{numbers} {shown}".rstrip(), low, high, unit, step)

    @property
    def forms(self) -> tuple[str, ...]:
        if self.low != self.high:
            joints = ("-", " - ", " to ", " and ")
            numbers = [
                f"{low}{joint}{high}" for low in _written(self.low) for high in _written(self.high) for joint in joints
            ]
        else:
            numbers = _written(self.low)
        if not self.unit:
            return tuple(numbers)
        unit = self.unit.casefold()
        units = {name for spelling in (unit, unit.replace("metre", "meter")) for name in (spelling, _one_of(spelling))}
        return tuple(f"{number}{joint}{name}" for number in numbers for name in sorted(units) for joint in " -")

    @property
    def rank(self) -> float:
        return float(self.low)

    def overlaps(self, other: Value) -> bool:
        if not isinstance(other, Quantity) or _one_of(self.unit) != _one_of(other.unit):
            return False
        return self.low <= other.high and other.low <= self.high

    def is_like(self, other: Value) -> bool:
        if not isinstance(other, Quantity) or self.unit != other.unit:
            return False
        if (self.low == self.high) != (other.low == other.high):
            return False
        return self.low <= other.low * _COMPARABLE and other.low <= self.low * _COMPARABLE

    def shifted(self, steps: int) -> Quantity | None:
        low, high = self.low + steps * self.step, self.high + steps * self.step
        return self._of(low, high, self.unit, self.step) if low > 0 else None


def _one_of(unit: str) -> str:
    """The unit as it stands after the number 1."""
    return unit.removesuffix("s")


def _written(number: Decimal) -> list[str]:
    forms = [f"{number:,}"]
    if f"{number}" not in forms:
        forms.append(f"{number}")
    if number == int(number) and number < len(_WORDS):
        forms.append(_WORDS[int(number)])
    return forms


def _precision(low: Decimal, high: Decimal) -> Decimal:
    """The step in which a number like this is given: 0.1 for 1.9, 1 for 37, 1,000 for 3,000, 5 for 35–40."""
    if low != high:
        return high - low
    exponent = low.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # the pattern admits no infinity
    written = low.as_tuple().exponent
    assert isinstance(written, int)
    step = Decimal(1).scaleb(min(exponent, written) if written < 0 else exponent)
    if step > 1 and low < 3 * step:  # 10 and 20 have too few such neighbours below them
        step = step / 5
    return step
