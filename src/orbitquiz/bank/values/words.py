"""Values that are names or words and have no order."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.bank.values.base import Value
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.fold import alike, plain

_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Name(Value):
    """An entity. Shown by its name, carried by that or any alias."""

    entity: Entity

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(plain(name).casefold() for name in self.entity.names)

    def overlaps(self, other: Value) -> bool:
        if isinstance(other, Name) and self.entity.id == other.entity.id:
            return True
        return alike(other.text) in map(alike, self.entity.names)

    def is_like(self, other: Value) -> bool:
        return isinstance(other, Name) and bool(set(self.entity.groups) & set(other.entity.groups))


@dataclass(frozen=True, slots=True)
class Text(Value):
    """Words that stand for themselves."""

    @property
    def forms(self) -> tuple[str, ...]:
        return (plain(self.text).casefold(),)

    def overlaps(self, other: Value) -> bool:
        return _bare(self.text) == _bare(other.text)

    def is_like(self, other: Value) -> bool:
        return False  # words are parallel only where the author says so


def _bare(text: str) -> str:
    text = alike(text)
    return next((text.removeprefix(article) for article in _ARTICLES if text.startswith(article)), text)
