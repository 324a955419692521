"""Regular expressions that are compiled when they are first used.

Compiling those of the modules that a first question needs takes 10 ms, and most of them find nothing to do by then.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, as far as its methods and attributes go."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))


class _Pattern:
    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, value)  # from now on found without coming here
        return value
