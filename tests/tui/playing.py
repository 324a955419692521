"""A game on the screen, for tests."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orbitquiz.bank.model import Bank
from orbitquiz.bank.reading import read_bank
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.request import Request
from orbitquiz.tui.app import OrbitQuizApp
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank

SIZE = (80, 24)


def bank_of(folder: Path, facts: Sequence[Mapping[str, Any]] = (COMMANDER, TAIL, TAKE_OFF), **more: Any) -> Bank:
    """A small bank, written and read."""
    reading = read_bank(write_bank(folder, facts, **more))
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank


def quiz_of(bank: Bank, seed: str = "TEST") -> Quiz:
    """A quiz of all facts of `bank`."""
    return compose(bank, Request(seed, len(bank.facts)))


def _replay(quiz: Quiz) -> str:
    return f"orbitquiz play --quiz {quiz.code}"


def app_for(quiz: Quiz, *, another: Quiz | None = None, notices: Sequence[str] = ()) -> OrbitQuizApp:
    """The program playing `quiz`, on a clock that goes on three seconds each time it is read."""
    clock = itertools.count(step=3.0)
    return OrbitQuizApp(quiz, lambda: next(clock), lambda: another or quiz, _replay, notices)


def right_key(app: OrbitQuizApp) -> str:
    """The key that answers the present question right."""
    return str(app.game.question.key + 1)


def wrong_key(app: OrbitQuizApp) -> str:
    """A key that answers the present question wrong."""
    return str((app.game.question.key + 1) % 4 + 1)


def text_of(app: OrbitQuizApp) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    assert len(lines) == height
    return "\n".join(strip.text.ljust(width) for strip in lines)
