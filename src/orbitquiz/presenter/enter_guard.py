"""A guard against keys that were pressed before something changed by itself.

Such a key was meant for what was there before: nobody reads a verdict in less than a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable

GUARD_SECONDS = 1.0


class EnterGuard:
    """Ignores keys for a while after `start`. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = -math.inf

    def start(self) -> None:
        """Ignore keys from now on for `GUARD_SECONDS`."""
        self._until = self._clock() + GUARD_SECONDS

    @property
    def is_too_early(self) -> bool:
        """True while keys are to be ignored."""
        return self._clock() < self._until
