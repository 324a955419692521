"""The types of value that a fact may have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, get_args

from orbitquiz.bank.values.base import UnreadableValue, Value
from orbitquiz.bank.values.date import Date
from orbitquiz.bank.values.entity import EntityType
from orbitquiz.bank.values.quantity import Quantity
from orbitquiz.bank.values.time import Time
from orbitquiz.bank.values.words import Name, Text

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


def read_value(type: str, text: str) -> Value:
    """The value that `text` writes, for a type that is not an entity's. Raises `UnreadableValue`."""
    return _READERS[type](text)


__all__ = [
    "ENTITY_TYPES",
    "Date",
    "FactType",
    "Name",
    "PlainType",
    "Quantity",
    "Text",
    "Time",
    "UnreadableValue",
    "Value",
    "read_value",
]
