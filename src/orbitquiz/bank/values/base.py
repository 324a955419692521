"""The interface of all types of values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Self

from msgspec import Struct

from orbitquiz.text.lookup import Searchable
from orbitquiz.text.spans import Span


class UnreadableValue(ValueError):
    """A value that cannot be read as its type. The message says what was expected, with an example."""


class Value(Struct, frozen=True):
    """A value as it is shown, and what follows from its type.

    `text` is what a player reads as an option.
    """

    text: str

    @property
    @abstractmethod
    def forms(self) -> tuple[str, ...]:
        """The written forms that carry this value in a quotation, folded by `plain` and casefolded."""

    @property
    def giveaways(self) -> tuple[str, ...]:
        """The written forms that give this value away to somebody who reads them. At least `forms`."""
        return self.forms

    def accepts(self, words: str, before: str, after: str) -> bool:
        """Return whether `words`, one of the forms but for their capitals, carry the value where they stand.

        `before` and `after` are what stands around them. All three are plain and have their capitals.
        """
        return True

    def spans_in(self, text: Searchable, within: Span | None = None, wording: Iterable[str] = ()) -> list[Span]:
        """Return where `text` carries this value, in order and apart, within a span of it or anywhere.

        `wording` are words that carry it without being one of its forms, folded and casefolded.
        """
        also = frozenset(wording)
        if type(self).accepts is Value.accepts:
            return text.spans((*also, *self.forms), within)

        def accepts(words: str, before: str, after: str) -> bool:
            return words.casefold() in also or self.accepts(words, before, after)

        return text.spans((*also, *self.forms), within, accepts)

    @property
    def rank(self) -> float | None:
        """Where the value stands in the order of its type; None where the type has none."""
        return None

    @abstractmethod
    def overlaps(self, other: Value) -> bool:
        """Return whether both can be true at once: they say the same, or one says the other less exactly."""

    @abstractmethod
    def is_like(self, other: Value) -> bool:
        """Return whether `other` could stand beside this one as an option: of the same kind, in the same form."""

    def shifted(self, steps: int) -> Self | None:
        """Return the value `steps` of its own precision away, in the same form; None where there is none."""
        return None
