"""What somebody wants a quiz to be."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_COUNT = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: up to `count` questions, drawn from `seed`, of `categories` or, where there are none, of all.

    With `differ`, only about what the sources differ on.
    """

    seed: str
    count: int = DEFAULT_COUNT
    categories: tuple[str, ...] = ()
    differ: bool = False
