"""What every value of a claim can tell of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self


class UnreadableValue(ValueError):
    """A value that cannot be read as its type. The message says what was expected, with an example."""


@dataclass(frozen=True, slots=True)
class Value(ABC):
    """A value as it is shown, and what follows from its type.

    `text` is what a player reads as an option.
    """

    text: str

    @property
    @abstractmethod
    def forms(self) -> tuple[str, ...]:
        """The written forms that carry this value in a quotation, folded by `plain` and casefolded."""

    @property
    def hints(self) -> tuple[str, ...]:
        """The written forms that give this value away to somebody who reads them. At least `forms`."""
        return self.forms

    @property
    def rank(self) -> float | None:
        """Where the value stands in the order of its type; None where the type has none."""
        return None

    @abstractmethod
    def overlaps(self, other: Value) -> bool:
        """Whether both can be true at once because they say the same, or one says the other less exactly."""

    @abstractmethod
    def is_like(self, other: Value) -> bool:
        """Whether `other` could stand beside this one as an option: of the same kind and in the same form."""

    def shifted(self, steps: int) -> Self | None:
        """The value `steps` of its own precision away, in the same form; None where there is none."""
        return None
