"""Dates, times and numbers of a bank in another language than English, written as that language writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from orbitquiz.bank.values import number_words
from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.bank.values.date import Date
from orbitquiz.bank.values.language import NO_PATTERN, DatePattern, Language
from orbitquiz.bank.values.quantity import Quantity, precision
from orbitquiz.bank.values.time import Time
from orbitquiz.text.fold import plain

_LONGEST = 200  # characters of a value, so that none takes minutes to read
_TIME = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?: (?P<word>[^\W\d]+))?")
_EAST_ASIAN_TIME = re.compile(r"(?P<hour>\d{1,2})(?P<word>[時时点點시]) ?(?:(?P<minute>\d{1,2})[分분])?")
_EXAMPLE_DAY = datetime.date(1931, 6, 3)


def read_local(language: Language, type: str, text: str) -> Value:
    """Return the value of a type with a form of its own. Raise `UnreadableValue`."""
    words = plain(text)
    if len(words) > _LONGEST:
        raise UnreadableValue(f"expected at most {_LONGEST} characters")
    if type == "date":
        return _date(language, words)
    if type == "time":
        return _time(language, words)
    return _quantity(language, words, Decimal(1) if type == "age" else None)


class LocalDate(Date, frozen=True):
    """A date in the words of `language`. `pattern` is how it is written."""

    language: Language | None = None
    pattern: DatePattern = NO_PATTERN

    @property
    def forms(self) -> tuple[str, ...]:
        return self._forms(self._said)

    @property
    def giveaways(self) -> tuple[str, ...]:
        return self._forms(self._said.replace("y", "")) if self.month else self.forms

    def accepts(self, words: str, before: str, after: str) -> bool:
        if self._said != "m":
            return True
        # Alone a month may be another word, so its capital or small letter counts.
        return any(plain(name) in words for name in self._language.month_names(self.month or 1))

    @property
    def _said(self) -> str:
        """The fields that are said: "ymd", "md", "ym", "m" or "y"."""
        return "".join(name for name, field in (("y", self.year), ("m", self.month), ("d", self.day)) if field)

    @property
    def _language(self) -> Language:
        assert self.language is not None
        return self.language

    def _shape(self) -> tuple[object, ...]:
        return (self._said, self.pattern)

    def _with(self, *, year: int | None = None, month: int | None = None, day: int | None = None) -> LocalDate | None:
        text = _written(self._language, self.pattern, year, month, day)
        date = LocalDate(text, year, month, day, language=self.language, pattern=self.pattern)
        return date if date._exists() else None

    def _forms(self, said: str) -> tuple[str, ...]:
        forms: list[str] = []
        for pattern in self._language.date_patterns[said]:
            written = [""]
            for kind, what in pattern.parts:
                ways = self._ways(what, alone=said == "m") if kind == "field" else (what,)
                written = [form + way for form in written for way in ways]
            forms += (plain(form).casefold() for form in written)
        return tuple(dict.fromkeys(forms))

    def _ways(self, field: str, *, alone: bool) -> tuple[str, ...]:
        """Return the ways to write a field of a pattern."""
        if field[0] == "y":
            return (str(self.year),)
        number = self.day if field[0] == "d" else self.month
        if field[0] == "d" or len(field) < 3:
            return (str(number), f"{number:02}")
        assert self.month is not None
        if alone:
            return (self._language.month_name(self.month, "LLLL"), self._language.month_name(self.month, "MMMM"))
        return self._language.month_names(self.month)


def _date(language: Language, words: str) -> LocalDate:
    for pattern, expression, months in date_expressions(language):
        if not (match := expression.fullmatch(words)):
            continue
        said = match.groupdict()
        year, month, day = (int(said[name]) if said.get(name) else None for name in ("y", "M", "d"))
        if name := said.get("name"):
            month = months[name.casefold()]
        if month is None or 1 <= month <= 12:
            text = _written(language, pattern, year, month, day)
            date = LocalDate(text, year, month, day, language=language, pattern=pattern)
            if date._exists():
                return date
    examples = [
        _written(language, language.date_patterns[said][0], _EXAMPLE_DAY.year, _EXAMPLE_DAY.month, _EXAMPLE_DAY.day)
        for said in ("ymd", "md", "ym")
    ]
    raise UnreadableValue(f"expected a date such as {', '.join(examples)} or {_EXAMPLE_DAY.year}")


@lru_cache(maxsize=8)
def date_expressions(language: Language) -> list[tuple[DatePattern, re.Pattern[str], dict[str, int]]]:
    """Return the patterns of dates, each with what matches it and the months by their names."""
    months = {plain(name).casefold(): month for month in range(1, 13) for name in language.month_names(month)}
    names = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    found = []
    for patterns in language.date_patterns.values():
        for pattern in patterns:
            expression = ""
            for kind, what in pattern.parts:
                if kind == "literal":
                    expression += re.escape(" " if what.isspace() else plain(f"x{what}x")[1:-1])
                elif what[0] == "y":
                    expression += r"(?P<y>\d{4})"
                elif what[0] == "d" or len(what) < 3:
                    expression += rf"(?P<{'d' if what[0] == 'd' else 'M'}>\d{{1,2}})"
                else:
                    expression += f"(?P<name>{names})"
            found.append((pattern, re.compile(expression, re.IGNORECASE), months))
    return found


def _written(language: Language, pattern: DatePattern, year: int | None, month: int | None, day: int | None) -> str:
    text = ""
    for kind, what in pattern.parts:
        if kind == "literal":
            text += what
        elif what[0] == "y":
            text += str(year)
        elif what[0] == "d":
            text += f"{day:0{len(what)}}"
        elif len(what) < 3:
            text += f"{month:0{len(what)}}"
        else:
            text += language.month_name(month or 1, what)
    return plain(text)


class LocalTime(Time, frozen=True):
    """A time of day on a clock of 24 hours, with the `word` that stands behind it or behind its hour."""

    word: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        hour, minute = divmod(self.minutes, 60)
        clocks = Time(self.text, self.minutes).forms
        if self.word not in "時时点點시":
            return clocks
        mark = "분" if self.word == "시" else "分"
        tails = (
            *(("",) if minute == 0 else ()),
            *(f"{joint}{minute:{width}}{mark}" for joint in ("", " ") for width in ("", "02")),
        )
        return (*clocks, *(f"{hour}{self.word}{tail}" for tail in tails))

    def accepts(self, words: str, before: str, after: str) -> bool:
        is_named = bool(self.word) and after.lstrip().startswith(self.word)  # "gegen 18.40 Uhr"
        return is_named or Time.accepts(self, words, before, after)

    def shifted(self, steps: int) -> LocalTime | None:
        moved = Time(self.text, self.minutes).shifted(steps)
        return _time_of(moved.minutes, self.word) if moved else None


def _time(language: Language, words: str) -> LocalTime:
    if match := _TIME.fullmatch(words) or _EAST_ASIAN_TIME.fullmatch(words):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour < 24 and minute < 60 and match["word"] in (None, language.hour_word):
            return _time_of(hour * 60 + minute, match["word"] or "")
    raise UnreadableValue("expected a time such as 22:55")


def _time_of(minutes: int, word: str) -> LocalTime:
    hour, minute = divmod(minutes, 60)
    if word and word in "時时点點시":
        mark = f"{minute:02}{'분' if word == '시' else '分'}"
        return LocalTime(
            f"{hour}{word}{' ' if word == '시' and minute else ''}{mark if minute else ''}", minutes, word=word
        )
    return LocalTime(f"{hour}:{minute:02} {word}".rstrip(), minutes, word=word)


class LocalQuantity(Quantity, frozen=True):
    """A number, or a range of numbers, in the notation of `language`. `joint` stands between it and the unit."""

    language: Language | None = None
    joint: str = " "

    @property
    def forms(self) -> tuple[str, ...]:
        if self.low != self.high:
            pairs = [(low, high) for low in self._in_digits(self.low) for high in self._in_digits(self.high)]
            pairs += [(low, high) for low in self._in_words(self.low) for high in self._in_words(self.high)]
            numbers = [f"{low}{joint}{high}" for low, high in pairs for joint in ("-", " - ", "〜", "~", " bis ")]
            unit = self.unit
        else:
            power, unit = self._power
            much = self.low * power
            numbers = [*self._in_digits(much), *self._with_power(much), *self._in_words(much)]
        if not unit:
            return tuple(numbers)
        return tuple(
            f"{number}{joint}{name}"
            for number in numbers
            for name in self._unit_forms(unit)
            for joint in (("", " ", "-") if number[-1].isdigit() or not number.isalpha() else (" ", "-"))
        )

    def accepts(self, words: str, before: str, after: str) -> bool:
        # 3 is not in "3 millones", whose word no other part of this program knows.
        following = after.lstrip().casefold()
        if any(
            following.startswith(word) and not following[len(word) : len(word) + 1].isalpha()
            for word in self._language.powers
        ):
            return False
        tag = self._language.locale.language
        if words[:1].isdigit() or not number_words.has_number_words(tag):
            return True
        return number_words.is_whole(tag, before, "" if self._power[1] else after)  # a unit ends the number

    @property
    def _language(self) -> Language:
        assert self.language is not None
        return self.language

    @property
    def _scale(self) -> tuple[str, Decimal]:
        power, unit = self._power
        what, size = Quantity(self.text, unit=self._language.units.get(unit.casefold(), unit))._scale
        return what, size * power

    @property
    def _power(self) -> tuple[int, str]:
        words = sorted(self._language.powers, key=len, reverse=True)
        for word in words:
            rest = self.unit[len(word) :]
            if self.unit.casefold().startswith(word) and (not rest or rest[0] == " " or not word.isascii()):
                return self._language.powers[word], rest.lstrip()
        return 1, self.unit

    def is_like(self, other: Value) -> bool:
        return Quantity.is_like(self, other) if isinstance(other, LocalQuantity) else False

    def shifted(self, steps: int) -> LocalQuantity | None:
        low, high = self.low + steps * self.step, self.high + steps * self.step
        is_one = self.low == self.high == 1
        if low <= 0 or (is_one and self.unit and self.unit.casefold() not in self._language.units):
            return None  # nobody has said what two of them are called
        return _quantity_of(self._language, low, high, self.unit, self.step, self.joint)

    def _in_digits(self, number: Decimal) -> list[str]:
        """Return how `number` is written in digits: with each separator of thousands, or without."""
        shown = plain(self._language.written(number))
        bare = f"{number:f}".replace(".", self._language.decimal_point)
        usual = self._language.separators[:1]
        return list(dict.fromkeys([shown, bare, *(shown.replace(usual, other) for other in self._language.separators)]))

    def _in_words(self, number: Decimal) -> tuple[str, ...]:
        """Return how `number` is written in words; nothing where the language's words are not known."""
        if number != number.to_integral_value():
            return ()
        return number_words.number_words(self._language.locale.language, int(number))

    def _with_power(self, number: Decimal) -> Iterator[str]:
        """Yield how `number` is written with a word of the language: 3 Millionen, 3万."""
        for word, power in self._language.powers.items():
            short = number / power
            if number >= power and short < 10_000 and short == round(short, 3):
                for digits in self._in_digits(short.normalize()):
                    yield f"{digits} {word}"
                    yield f"{digits}{word}"

    def _unit_forms(self, unit: str) -> list[str]:
        known = self._language.units.get(unit.casefold())
        if known is None:
            return [unit.casefold()]
        names = [name for name, english in self._language.units.items() if english == known]
        plural = self._language.unit_names[known].get("other", "").strip().casefold()
        if self._language.locale.language == "de" and not plural.endswith("n"):
            names.append(f"{plural}n")  # the dative, which CLDR does not give here: vor 12 Tagen
        return names


@lru_cache(maxsize=8)
def _quantity_expression(language: Language) -> re.Pattern[str]:
    separators, point = re.escape(language.separators), re.escape(language.decimal_point)
    number = rf"\d{{1,3}}(?:[{separators}]\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?"
    return re.compile(
        rf"(?P<low>{number})(?:(?: ?- ?|〜|~)(?P<high>{number}))?(?P<joint> ?)(?P<unit>(?:[^\W\d]|[%‰°$€£¥₩₽]).*)?"
    )


def _quantity(language: Language, words: str, step: Decimal | None) -> LocalQuantity:
    def number(digits: str) -> Decimal:
        bare = re.sub(f"[{re.escape(language.separators)}]", "", digits)
        return Decimal(bare.replace(language.decimal_point, "."))

    if match := _quantity_expression(language).fullmatch(words):
        low = number(match["low"])
        high = number(match["high"] or match["low"])
        if low <= high:
            return _quantity_of(language, low, high, match["unit"] or "", step or precision(low, high), match["joint"])
    examples = [plain(language.written(Decimal(each))) for each in ("3000", "1.9")]
    raise UnreadableValue(f"expected a number such as {' or '.join(examples)}")


def _quantity_of(
    language: Language, low: Decimal, high: Decimal, unit: str, step: Decimal, joint: str
) -> LocalQuantity:
    numbers = plain(language.written(low)) + ("" if low == high else f"–{plain(language.written(high))}")
    if english := language.units.get(unit.casefold()):
        names = language.unit_names[english]
        unit = names.get(language.kind_of(high), names.get("other", unit)).lstrip()
    return LocalQuantity(f"{numbers}{joint if unit else ''}{unit}", low, high, unit, step, language, joint)
