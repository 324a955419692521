"""The types of value that a fact may have."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.bank.values.date import Date
from orbitquiz.bank.values.entity import EntityType
from orbitquiz.bank.values.quantity import Quantity
from orbitquiz.bank.values.time import Time
from orbitquiz.bank.values.words import Name, Text
from orbitquiz.text.fold import plain
from orbitquiz.text.pattern import pattern

if TYPE_CHECKING:
    from orbitquiz.bank.values.language import Language

PlainType = Literal["date", "time", "age", "count", "length", "duration", "text"]
FactType = Literal[EntityType, PlainType]

ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)

_READERS: dict[str, Callable[[str], Value]] = {
    "date": Date.read,
    "time": Time.read,
    "age": lambda text: Quantity.read(text, "37", step=Decimal(1)),  # nobody is told to be about sixty
    "count": lambda text: Quantity.read(text, "3,000"),
    "length": lambda text: Quantity.read(text, "1.9 metres"),
    "duration": lambda text: Quantity.read(text, "12 days or 35–40 minutes"),
    "text": Text,
}


#: What reads the same in every language: whole numbers without separators, years, and times of 24 hours.
_IN_ANY_LANGUAGE = pattern(r"\d+|\d{1,2}:\d\d")
_LETTER = pattern(r"[^\W\d_]")


class NeedsBabel(UnreadableValue):
    """A value in another language than English, where Babel is not installed."""


def read_value(type: str, text: str, language: str = "en") -> Value:
    """Return the value that `text` writes, for a type that is not an entity's, in a bank of `language`.

    Raises `UnreadableValue`, and `NeedsBabel` where only Babel could read it.
    """
    if type == "text" or is_english(language):
        return _READERS[type](text)
    try:
        return _read_local(type, text, language)
    except UnreadableValue:
        if _IN_ANY_LANGUAGE.fullmatch(plain(text)) or _LETTER.search(text):
            # English words mean the same in a bank of any language; a number with a point may not.
            with contextlib.suppress(UnreadableValue):
                return _READERS[type](text)
        raise


def _read_local(type: str, text: str, language: str) -> Value:
    try:
        known = _language(language)
    except ImportError as error:
        raise NeedsBabel("Babel is not installed") from error
    except LookupError as error:
        raise UnreadableValue(
            f"Babel knows no language {language!r}; expected digits alone, or the type text"
        ) from error
    from orbitquiz.bank.values.local import read_local

    return read_local(known, type, text)


def in_english(text: str, language: str) -> str:
    """Return `text` with numbers and names of units as English has them; as it is without Babel."""
    try:
        return text if is_english(language) else _language(language).in_english(text)
    except (ImportError, LookupError):
        return text


def is_english(language: str) -> bool:
    """True if a BCP 47 tag names English."""
    return language.partition("-")[0].lower() == "en"


@lru_cache
def _language(tag: str) -> Language:
    from orbitquiz.bank.values.language import Language

    return Language.of(tag)


__all__ = [
    "ENTITY_TYPES",
    "Date",
    "FactType",
    "Name",
    "NeedsBabel",
    "PlainType",
    "Quantity",
    "Text",
    "Time",
    "UnreadableValue",
    "Value",
    "in_english",
    "is_english",
    "read_value",
]
