"""Values that are names or words and have no order."""

from __future__ import annotations

from orbitquiz.bank.values.base import Value
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.fold import plain
from orbitquiz.text.look import look
from orbitquiz.text.pattern import pattern

_ARTICLES = ("the ", "a ", "an ")
_WORD = pattern(r"[^\W\d_]+")


class Name(Value, frozen=True):
    """An entity. Shown by its name, carried by that or any alias."""

    entity: Entity

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(plain(name).casefold() for name in self.entity.names)

    def accepts(self, words: str, before: str, after: str) -> bool:
        return any(_keeps_capitals(plain(name), words, of_names=True) for name in self.entity.names)

    @property
    def key(self) -> str:
        """The same for two names that overlap, and for no others."""
        return self.entity.id

    def overlaps(self, other: Value) -> bool:
        if isinstance(other, Name) and self.entity.id == other.entity.id:
            return True
        return look(other.text) in map(look, self.entity.names)

    def is_like(self, other: Value) -> bool:
        return isinstance(other, Name) and bool(set(self.entity.groups) & set(other.entity.groups))


class Text(Value, frozen=True):
    """Words that stand for themselves."""

    @property
    def forms(self) -> tuple[str, ...]:
        return (plain(self.text).casefold(),)

    def accepts(self, words: str, before: str, after: str) -> bool:
        return _keeps_capitals(plain(self.text), words, of_names=False)

    @property
    def key(self) -> str:
        """The same for two texts that overlap, and for no others."""
        return _bare(self.text)

    def overlaps(self, other: Value) -> bool:
        return self.key == _bare(other.text)

    def is_like(self, other: Value) -> bool:
        return False  # words are parallel only where the author says so


def _keeps_capitals(wanted: str, found: str, *, of_names: bool) -> bool:
    """Return whether `found` says `wanted` and has its capitals, so that "us" is not US and "a stone" is not Stone.

    A word in capitals stays in capitals. A word of a name that begins with a capital begins with one; any other may
    have been given a capital only because it is an option.
    """
    if wanted.casefold() != found.casefold():
        return False
    for one, other in zip(_WORD.findall(wanted), _WORD.findall(found), strict=False):
        if len(one) > 1 and one.isupper() and not other.isupper():
            return False
        if of_names and one[0].isupper() and not other[0].isupper():
            return False
    return True


def _bare(text: str) -> str:
    text = look(text)
    return next((text.removeprefix(article) for article in _ARTICLES if text.startswith(article)), text)
