"""Draw lots, the same on every machine and Python version.

`random.shuffle` may change with Python, and one draw more shifts all that follow. Here each thing has a number of
its own, hashed from the seed and what it is drawn for, so that a change to one fact leaves the draws of all others
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

_T = TypeVar("_T")
_SPAN = 1 << 64


class Draw:
    """Numbers drawn from a seed and the words that say what for."""

    def __init__(self, *words: str) -> None:
        self._hash = blake2b(b"".join(map(_marked, words)), digest_size=8)

    def of(self, *words: str) -> Draw:
        """Return the draws for something in particular."""
        draw = object.__new__(Draw)
        draw._hash = self._hash_of(words)
        return draw

    def _hash_of(self, words: Iterable[str]) -> blake2b:
        hash = self._hash.copy()
        for word in words:
            hash.update(_marked(word))
        return hash

    def number(self, *words: str) -> int:
        """Return a number from 0 to 2**64 − 1, evenly spread."""
        return int.from_bytes(self._hash_of(words).digest(), "big")

    def share(self, *words: str) -> float:
        """Return a number from 0 to 1, evenly spread."""
        return self.number(*words) / _SPAN

    def below(self, limit: int, *words: str) -> int:
        """Return a whole number from 0 to `limit` − 1."""
        return self.number(*words) * limit // _SPAN

    def one(self, items: Sequence[_T], *words: str) -> _T:
        """Return one of `items`, of which there is at least one."""
        return items[self.below(len(items), *words)]


@lru_cache(maxsize=8192)  # the same options and places are drawn from again and again
def _marked(word: str) -> bytes:
    """Return `word` after its length, so that no two sequences of words are the same bytes."""
    raw = word.encode("utf-8", "surrogatepass")
    return b"%d:%b" % (len(raw), raw)
