"""Names for files and facts, made from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LONGEST = 40  # characters; an id may have 60


def slug(words: str, otherwise: str) -> str:
    """Return `words` in small letters, digits and hyphens; `otherwise` where nothing is left of them."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    parts = re.findall(r"[a-z0-9]+", letters)
    name = ""
    for part in parts:
        if name and len(name) + len(part) >= _LONGEST:
            break
        name += f"-{part}" if name else part[:_LONGEST]
    return name or otherwise


def unused(name: str, taken: Container[str]) -> str:
    """Return `name`, with a number behind it where it is taken."""
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found
