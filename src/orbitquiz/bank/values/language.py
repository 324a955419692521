"""The ways in which a language writes dates, numbers and measures, from the Unicode CLDR by way of Babel.

Babel is in the extra `languages` and is imported here alone, only for a bank in another language than English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orbitquiz.text.fold import plain
from orbitquiz.text.numbers import POWERS

if TYPE_CHECKING:
    from babel import Locale

#: The English names of units, by those of CLDR.
_UNITS = {
    f"{what}-{name}": unit
    for what, units in {
        "duration": {
            "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
            "month": "months", "year": "years", "decade": "decades", "century": "centuries",
        },
        "length": {
            "millimeter": "millimetres", "centimeter": "centimetres", "meter": "metres", "kilometer": "kilometres",
            "inch": "inches", "foot": "feet", "yard": "yards", "mile": "miles",
        },
    }.items()
    for name, unit in units.items()
}  # fmt: skip

#: The fields of a date that a pattern may say, and the patterns of CLDR that say just these.
_SKELETONS = {
    "ymd": ("yMMMd", "yMd"),
    "md": ("MMMMd", "MMMd"),
    "ym": ("yMMMM", "yMMM"),
    "m": ("LLLL", "MMMM"),
    "y": ("y",),
}
_TOKEN = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>([a-zA-Z])\3*)|(?P<other>.)", re.DOTALL)
_ERA = re.compile(r"\s*G+\s*")  # years are those of the common era
_OPTIONAL_END = re.compile(r"[ \u00a0\u202f]'?[^' ]+'?\.?$")  # "г." after a Russian year
_ONE_DIGIT = re.compile(r"0\s?(?P<word>[^\W\d_][^\d]*)")
_WORD = re.compile(r"[^\W\d_]+")
_LARGEST_POWER = 15  # digits


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A way to write a date: literal words and the fields d, M (a number), MMM, MMMM, LLLL (a name) and y."""

    parts: tuple[tuple[str, str], ...]  # each a kind, "field" or "literal", and what it is

    @classmethod
    def of(cls, pattern: str) -> DatePattern:
        """Read a pattern of CLDR (Unicode Technical Standard 35, part 4)."""
        parts = []
        for token in _TOKEN.finditer(_ERA.sub(" ", pattern).strip()):
            kind = "field" if token["field"] else "literal"
            parts.append((kind, token["field"] or token["quoted"] or token["other"] or ""))
        return cls(tuple(parts))

    @property
    def says_day_in_words(self) -> bool:
        """True if it says a day, and something besides digits and marks."""
        fields = [what for kind, what in self.parts if kind == "field"]
        words = any(len(what) > 2 for what in fields)
        words |= any(kind == "literal" and what.isalpha() for kind, what in self.parts)
        return words and any(what[0] == "d" for what in fields)


NO_PATTERN = DatePattern(())
"""The pattern of no date."""


@dataclass(frozen=True)
class Language:
    """A language as Babel knows it."""

    locale: Locale

    @classmethod
    def of(cls, tag: str) -> Language:
        """Return the language with this BCP 47 tag. Raise `ImportError` without Babel, `LookupError` if unknown."""
        from babel import Locale, UnknownLocaleError

        try:
            return cls(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError) as error:
            raise LookupError(tag) from error

    @property
    def _data(self) -> Any:
        return self.locale._data  # units and long forms of numbers have no other door in Babel

    @cached_property
    def date_patterns(self) -> dict[str, tuple[DatePattern, ...]]:
        """The ways to write a date, by the fields that they say, the usual one first."""
        skeletons = self.locale.datetime_skeletons
        found = {
            said: [skeletons[name].pattern for name in names if name in skeletons] for said, names in _SKELETONS.items()
        }
        found["ymd"].insert(0, self.locale.date_formats["long"].pattern)
        found["m"] = found["m"] or ["LLLL"]
        found["y"] = [*found["y"], "y"]
        for said in ("ymd", "ym"):
            shorter = (_OPTIONAL_END.sub("", pattern) for pattern in found[said] if not pattern.endswith(("y", "d")))
            found[said] += [pattern for pattern in shorter if all(field in pattern for field in said if field != "m")]
        return {said: tuple(dict.fromkeys(map(DatePattern.of, patterns))) for said, patterns in found.items()}

    @cached_property
    def hour_word(self) -> str:
        """The word behind the hours of a time, such as Uhr or 時; nothing where the language has none."""
        pattern = self.locale.datetime_skeletons["H"].pattern if "H" in self.locale.datetime_skeletons else "H"
        return "".join(what for kind, what in DatePattern.of(pattern).parts if kind == "literal").strip()

    def month_names(self, month: int) -> tuple[str, ...]:
        """Return the words for a month, from 1, as they stand in dates and alone, and shortened."""
        words = [
            self.locale.months[context][width][month]
            for width in ("wide", "abbreviated")
            for context in ("format", "stand-alone")
        ]
        return tuple(dict.fromkeys(form for word in words for form in (word, word.removesuffix("."))))

    def month_name(self, month: int, field: str) -> str:
        """Return the word for a month that a field of a pattern stands for."""
        context = "stand-alone" if field[0] == "L" else "format"
        return str(self.locale.months[context]["abbreviated" if len(field) == 3 else "wide"][month])

    @cached_property
    def decimal_point(self) -> str:
        """The character before the decimals."""
        return self._symbol("decimal", ".")

    @cached_property
    def separators(self) -> str:
        """The characters that may stand between thousands, as `plain` leaves them, the usual one first."""
        usual = plain(f"x{self._symbol('group', ',')}x")[1:-1]
        return usual + "".join(other for other in " '" if other != usual)

    def _symbol(self, name: str, default: str) -> str:
        symbols = self.locale.number_symbols
        of_latin = symbols.get("latn", symbols)  # by numbering system since Babel 2.14
        return str(of_latin.get(name, default))

    def written(self, number: Decimal) -> str:
        """Return `number` in digits, as it is shown."""
        from babel.numbers import format_decimal

        whole, _, decimals = f"{number:f}".partition(".")
        shown = format_decimal(Decimal(whole), locale=self.locale)
        return f"{shown}{self.decimal_point}{decimals}" if decimals else shown

    def in_english(self, words: str) -> str:
        """Return `words` with numbers and names of units as English has them, and without the word of hours."""
        separators, point = re.escape(self.separators), re.escape(self.decimal_point)

        def number(found: re.Match[str]) -> str:
            return re.sub(f"[{separators}]", "", found[0]).replace(self.decimal_point, ".")

        words = re.sub(rf"\d{{1,3}}(?:[{separators}]\d{{3}})+(?!\d)(?:{point}\d+)?|\d+{point}\d+", number, words)
        hours = {self.hour_word.casefold(): ""} if len(self.hour_word) > 1 else {}
        powers = {word: POWERS[power] for word, power in self.powers.items() if power in POWERS}
        known = {**powers, **self.units, **hours}
        return _WORD.sub(lambda found: known.get(found[0].casefold(), found[0]), words).strip()

    @cached_property
    def units(self) -> dict[str, str]:
        """The English plural of each unit, by each form of its name in this language, casefolded."""
        return {
            plain(name).casefold(): unit
            for unit, names in self.unit_names.items()
            for name in names.values()
            if plain(name).casefold() not in ("dec", "")
        }

    @cached_property
    def unit_names(self) -> dict[str, dict[str, str]]:
        """The names of each unit by the kind of number before it ("one", "few", "other"), with the space they need."""
        patterns = self._data["unit_patterns"]
        found: dict[str, dict[str, str]] = {}
        for key, unit in _UNITS.items():
            forms = patterns[key]["long"] if key in patterns else {}
            found[unit] = {
                kind: pattern.removeprefix("{0}").replace("\u00a0", " ")
                for kind, pattern in forms.items()
                if kind != "per" and isinstance(pattern, str) and pattern.startswith("{0}")
            }
        return found

    def kind_of(self, number: Decimal) -> str:
        """Return the kind of number that decides on the form of a noun: "one", "few", "many", "other"."""
        return str(self.locale.plural_form(number))

    @cached_property
    def powers(self) -> dict[str, int]:
        """The words for thousand, million and so on, casefolded, and how much each is."""
        return {word: 10**zeros for word, zeros in self._words_of_powers()}

    def _words_of_powers(self) -> Iterator[tuple[str, int]]:
        for forms in self.locale.compact_decimal_formats["long"].values():
            for size, format in forms.items():
                if not size.isdigit() or not 4 <= len(size) <= _LARGEST_POWER:
                    continue
                if found := _ONE_DIGIT.fullmatch(plain(str(format.pattern).replace("'", ""))):
                    yield found["word"].casefold(), len(size) - 1
