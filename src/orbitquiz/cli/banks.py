"""Opening the bank that a command is about, and choosing from it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from orbitquiz.bank.model import Bank, Reading
from orbitquiz.bank.opening import builtin_path, open_bank
from orbitquiz.cli.errors import UsageError
from orbitquiz.quiz.compose import DEFAULT_COUNT, Request, compose
from orbitquiz.quiz.question import Quiz

_SEED_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which look like one another on a board
_SEED_LENGTH = 6


def open_chosen(path: Path | None) -> Reading:
    """The bank in the folder `path`, or the built-in one, with a cache in the user's own folder."""
    from platformdirs import user_cache_path

    return open_bank(path or builtin_path(), user_cache_path("orbitquiz", appauthor=False))


def new_seed() -> str:
    """A seed that nobody has had."""
    return "".join(secrets.choice(_SEED_LETTERS) for _ in range(_SEED_LENGTH))


def quiz_for(bank: Bank, seed: str | None, count: int | None, categories: Sequence[str]) -> Quiz:
    """The quiz that the words of a command ask for. Raises `UsageError` where there is none."""
    request = Request(new_seed() if seed is None else seed, count or DEFAULT_COUNT, categories_of(bank, categories))
    quiz = compose(bank, request)
    if not quiz.questions:
        where = f" in {', '.join(request.categories)}" if request.categories else ""
        raise UsageError(f"the bank {bank.id} has no question that could be asked{where}; `orbitquiz check` says why")
    return quiz


def categories_of(bank: Bank, names: Sequence[str]) -> tuple[str, ...]:
    """The names of the categories that were meant, by name or title and whatever their case.

    Raises `UsageError` for one that the bank has not.
    """
    known = {category.title.casefold(): category.name for category in bank.categories}
    known |= {category.name.casefold(): category.name for category in bank.categories}
    found = []
    for name in names:
        if name.casefold() not in known:
            from orbitquiz.bank.nearest import suggestion

            there = [category.name for category in bank.categories]
            known_ones = f"has {', '.join(there)}"
            meant = suggestion(name, there)
            raise UsageError(
                f"the bank has no category {name!r}{meant} It {known_ones}"
                if meant
                else f"the bank has no category {name!r}; it {known_ones}"
            )
        found.append(known[name.casefold()])
    return tuple(dict.fromkeys(found))


def notices(reading: Reading, bank_words: str, quiz: Quiz | None = None) -> list[str]:
    """What the player or reader is to know about what is missing, a line each."""
    lines = []
    if reading.left_out:
        what = (
            "1 fact does not hold and is" if reading.left_out == 1 else f"{reading.left_out} facts do not hold and are"
        )
        lines.append(f"{what} left out; `orbitquiz check{bank_words}` says why")
    if quiz and len(quiz.questions) < quiz.asked_for:
        there = len(quiz.questions)
        lines.append(f"asked for {quiz.asked_for} questions; a quiz asks each fact once, and there are {there}")
    return lines
