"""Numbers with or without a unit: ages, counts, lengths, durations, and ranges of them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.text.fold import plain
from orbitquiz.text.numbers import POWERS, SMALL, TENS
from orbitquiz.text.pattern import pattern

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_QUANTITY = pattern(rf"(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?(?: (?P<unit>[^\d\s].*))?")
_MOST_DECIMALS = 3  # of a number before "million"
_LONGEST = 200  # characters of a number and its unit, so that none takes minutes to write out
_TOO_LARGE_FOR_WORDS = 10**15
_COMPARABLE = Decimal("1.5")  # quantities further apart than this factor make odd options for one another

#: Units that can be set against one another: what they measure, and how much they are (a month and a year those of the
#: Gregorian calendar, on average). In the plural, as they stand after most numbers.
_UNITS = {
    unit: (what, Decimal(size))
    for what, sizes in {
        "time": {
            "seconds": "1", "minutes": "60", "hours": "3600", "days": "86400", "weeks": "604800",
            "months": "2629746", "years": "31556952", "decades": "315569520", "centuries": "3155695200",
        },
        "length": {
            "millimetres": "0.001", "centimetres": "0.01", "metres": "1", "kilometres": "1000",
            "millimeters": "0.001", "centimeters": "0.01", "meters": "1", "kilometers": "1000",
            "inches": "0.0254", "feet": "0.3048", "yards": "0.9144", "miles": "1609.344",
        },
    }.items()
    for unit, size in sizes.items()
}  # fmt: skip
UNITS_OF = {kind: tuple(unit for unit, (what, _) in _UNITS.items() if what == kind) for kind in ("time", "length")}
"""The plurals of the units of time and of length."""

_IRREGULAR = {"foot": "feet", "inch": "inches", "century": "centuries"}


class Quantity(Value, frozen=True):
    """A number, or a range of numbers where `high` is more than `low`, of `unit` ('' where there is none)."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    step: Decimal = Decimal(1)  # the precision in which the number is given

    @classmethod
    def read(cls, text: str, example: str, step: Decimal | None = None) -> Quantity:
        match = _QUANTITY.fullmatch(plain(text)) if len(text) <= _LONGEST else None
        if match:
            low = Decimal(match["low"].replace(",", ""))
            high = Decimal((match["high"] or match["low"]).replace(",", ""))
            if low <= high:
                return cls._of(low, high, _plural(match["unit"] or ""), step or precision(low, high))
        raise UnreadableValue(f"expected a number such as {example}")

    @classmethod
    def _of(cls, low: Decimal, high: Decimal, unit: str, step: Decimal) -> Quantity:
        numbers = f"{low:,f}" if low == high else f"{low:,f}–{high:,f}"
        shown = singular(unit) if numbers == "1" and unit in _UNITS else unit
        return cls(f"{numbers} {shown}".rstrip(), low, high, unit, step)

    @property
    def forms(self) -> tuple[str, ...]:
        return _forms_of(str(self.low), str(self.high), self.unit)

    @property
    def rank(self) -> float:
        return float(self.low * self._scale[1])

    def overlaps(self, other: Value) -> bool:
        if not isinstance(other, Quantity) or self._scale[0] != other._scale[0]:
            return False
        mine, theirs = self._scale[1], other._scale[1]
        return self.low * mine <= other.high * theirs and other.low * theirs <= self.high * mine

    @property
    def extent(self) -> tuple[str, Decimal, Decimal]:
        """The kind of quantity, and the lower and upper end of the value in the smallest unit of that kind."""
        what, size = self._scale
        return what, self.low * size, self.high * size

    def is_like(self, other: Value) -> bool:
        if not isinstance(other, Quantity) or self.unit != other.unit:
            return False
        if (self.low == self.high) != (other.low == other.high):
            return False
        return self.low <= other.low * _COMPARABLE and other.low <= self.low * _COMPARABLE

    @property
    def _scale(self) -> tuple[str, Decimal]:
        """The kind of quantity that the unit measures, and its size in the smallest unit of that kind."""
        return _scale_of(self.unit)

    def with_number(self, number: Decimal) -> Quantity:
        """Return `number` in the unit and the precision of this quantity."""
        return self._of(number, number, self.unit, self.step)

    def shifted(self, steps: int) -> Quantity | None:
        if self.low == self.high == 1 and self.unit and self.unit not in _UNITS and not self.unit.endswith("s"):
            return None  # nobody has said what two of them are called
        low, high = self.low + steps * self.step, self.high + steps * self.step
        return self._of(low, high, self.unit, self.step) if low > 0 else None


@lru_cache(maxsize=16_384)  # a value is an option of many questions
def _forms_of(low_text: str, high_text: str, unit: str) -> tuple[str, ...]:
    """Return how a quantity may be written. Its numbers are text: 1.0 and 1.00 are equal and written otherwise."""
    low, high = Decimal(low_text), Decimal(high_text)
    power, rest = _power_of(unit)
    if low != high:
        joints = ("-", " - ", " to ", " and ")
        pairs = [(one, other) for one in _in_digits(low) for other in _in_digits(high)]
        pairs += [(one, other) for one in _in_words(low) for other in _in_words(high)]
        numbers = [f"{one}{joint}{other}" for one, other in pairs for joint in joints]
    else:
        numbers = [*_in_digits(low * power), *_with_power(low * power), *_in_words(low * power)]
        unit = rest
    if not unit:
        return tuple(numbers)
    unit = unit.casefold()
    units = {name for spelling in (unit, unit.replace("metre", "meter")) for name in (spelling, singular(spelling))}
    # 5km is 5 km, but a 5 millionkm is nothing.
    return tuple(
        f"{number}{joint}{name}"
        for number in numbers
        for name in sorted(units)
        for joint in (("", " ", "-") if number[-1].isdigit() else (" ", "-"))
    )


@lru_cache(maxsize=1024)
def _scale_of(unit: str) -> tuple[str, Decimal]:
    power, rest = _power_of(unit)
    what, size = _UNITS.get(rest, (rest, Decimal(1)))
    return what, size * power


@lru_cache(maxsize=1024)
def _power_of(unit: str) -> tuple[int, str]:
    word, _, rest = unit.partition(" ")
    return next(((power, rest) for power, name in POWERS.items() if name == word), (1, unit))


def singular(unit: str) -> str:
    """Return the singular of the unit."""
    irregular = next((one for one, many in _IRREGULAR.items() if many == unit), None)
    return irregular or unit.removesuffix("s")


def _plural(unit: str) -> str:
    """Return the plural of the unit if it is a known one, else the unit itself."""
    many = _IRREGULAR.get(unit, f"{unit}s")
    return many if many in _UNITS else unit


def known_unit(word: str) -> str | None:
    """Return the plural of a unit of time or length, which `word` is in the singular or plural; None for any other."""
    many = _plural(word)
    return many if many in _UNITS else None


def _in_digits(number: Decimal) -> list[str]:
    """Return the ways to write `number` in digits: with commas, spaces or apostrophes between thousands, or without.

    A decimal point may be a middle dot.
    """
    grouped = f"{number:,f}"
    forms = [grouped, f"{number:f}", grouped.replace(",", " "), grouped.replace(",", "'")]
    if "." in grouped:
        forms += [form.replace(".", "·") for form in forms]
        forms += [form[1:] for form in forms if form.startswith(("0.", "0·"))]
    return list(dict.fromkeys(forms))


def _with_power(number: Decimal) -> list[str]:
    """Return the ways to write `number` with a power of a thousand in words: 3 million, three million, 1.5 billion."""
    for power, word in POWERS.items():
        if number >= power and (short := number / power) < 1000 and -_exponent(short) <= _MOST_DECIMALS:
            return [f"{form} {word}" for form in (*_in_digits(short.normalize()), *_in_words(short))]
    return []


def _in_words(number: Decimal) -> list[str]:
    """Return the ways to write out a whole `number` in English: with "and" or without, with hyphens or without."""
    if number != int(number) or number >= _TOO_LARGE_FOR_WORDS:
        return []
    words = _spelled(int(number))
    forms = [words, words.replace("-", " "), words.replace(" and ", " "), words.replace(" and ", " ").replace("-", " ")]
    forms += [f"a{form[3:]}" for form in forms if form.startswith("one ")]
    return list(dict.fromkeys(forms))


def _spelled(number: int) -> str:
    for power, word in POWERS.items():
        if number >= power:
            many, rest = divmod(number, power)
            joint = " and " if rest < 100 else " "
            return f"{_spelled(many)} {word}" + (f"{joint}{_spelled(rest)}" if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{SMALL[hundreds]} hundred" + (f" and {_spelled(rest)}" if rest else "")
    if number < len(SMALL):
        return SMALL[number]
    tens, rest = number - number % 10, number % 10
    return TENS[tens] + (f"-{SMALL[rest]}" if rest else "")


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # the pattern admits no infinity
    return exponent


def precision(low: Decimal, high: Decimal) -> Decimal:
    """Return the step in which a number like this is given: 0.1 for 1.9, 1 for 37, 1,000 for 3,000, 5 for 35–40."""
    if low != high:
        return high - low
    exponent = _exponent(low)
    written = low.as_tuple().exponent
    assert isinstance(written, int)
    step = Decimal(1).scaleb(min(exponent, written) if written < 0 else exponent)
    if step > 1 and low < 3 * step:  # 10 and 20 have too few such neighbours below them
        step = step / 5
    return step
