"""Read and check 5,000 facts, and compose quizzes of them, beside PyYAML's C parser alone on the same file.

One row is of 100,000 facts. The last rows are what once took minutes: the writing of all questions checked, and a quiz
of 2,000 of them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from benchmarks.made_bank import write_made_bank
from orbitquiz.bank.load import read_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.quiz.quality.lint import lint

ROUNDS = 5
LARGE = 2000  # questions
MANY = 100_000  # facts


def measure() -> list[tuple[str, float, float]]:
    """Rows of what was done, median seconds, and the ratio to PyYAML's `compose`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bank"
        text = write_made_bank(folder).read_text(encoding="utf-8")
        parse, check, quiz = [], [], []
        for round in range(ROUNDS):
            parse.append(_seconds(lambda: yaml.compose(text, Loader=yaml.CSafeLoader)))
            check.append(_seconds(lambda: _check(folder)))
            bank = read_bank(folder).bank
            assert bank is not None
            quiz.append(_seconds(partial(compose, bank, Request(str(round)))))
        assert bank is not None
        written = [_seconds(partial(lint, bank))]
        large = [_seconds(partial(compose, bank, Request("large", LARGE)))]
    with tempfile.TemporaryDirectory() as name:
        write_made_bank(Path(name) / "bank", MANY)
        many = [_seconds(lambda: read_bank(Path(name) / "bank"))]
    baseline = statistics.median(parse)
    rows = [
        ("PyYAML's C compose", parse),
        ("read and check 5,000 facts", check),
        ("compose 10 of 5,000 facts", quiz),
        (f"read {MANY:,} facts", many),
        ("lint 5,000 facts", written),
        (f"compose {LARGE:,} of 5,000 facts", large),
    ]
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in rows]


def _check(folder: Path) -> None:
    reading = read_bank(folder)
    assert reading.bank is not None
    assert not reading.problems
    assert not examine(reading.bank).problems


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
