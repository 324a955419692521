"""The bell that tells a class, by the host's terminal, that the time for a question is nearly up."""

from __future__ import annotations

NEARLY = 5.0
"""Seconds left when the bell rings."""


class Bell:
    """Rings once for each question, if it `is_on`."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on
        self._rung: int | None = None  # the question it has rung for

    def rings(self, number: int, left: float | None) -> bool:
        """Return True the first time that question `number` has no more than `NEARLY` seconds `left`."""
        if left is None or left > NEARLY:
            self._rung = None if self._rung == number else self._rung  # more time was given
            return False
        if not self.is_on or self._rung == number:
            return False
        self._rung = number
        return True
