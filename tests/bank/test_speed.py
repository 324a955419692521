"""Checking a bank takes seconds, whatever its author has made of it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from benchmarks.made_bank import write_made_bank

from orbitquiz.bank.load import read_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.quiz.quality.lint import lint
from tests.making import TAIL, write_bank

WORDS = " ".join(f"w{number}" for number in random.Random(1).choices(range(5000), k=180_000))[:1_000_000]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Count the time of this process alone, since others share the machine."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def quoting(quote: str, number: int = 0) -> dict[str, Any]:
    claim = {"value": "x", "proof": [{"source": "report", "quote": quote}]}
    return {**TAIL, "id": f"f-{number}", "type": "text", "claims": [claim], "distractors": ["a", "b", "c"]}


def test_a_long_misquotation_in_a_long_document_is_answered_at_once(tmp_path: Path) -> None:
    quote = WORDS[300_000:360_000].replace("w42", "w43")
    folder = write_bank(tmp_path, [quoting(quote)], documents={"report": WORDS})
    with within(6):
        (problem,) = read_bank(folder).problems
    assert "the nearest text" in problem.message
    assert len(problem.message) < 1000


def test_many_short_misquotations_are(tmp_path: Path) -> None:
    facts = [quoting(WORDS[n * 1000 : n * 1000 + 60].strip() + "q", n) for n in range(100)]
    folder = write_bank(tmp_path, facts, documents={"report": WORDS})
    with within(6):
        problems = read_bank(folder).problems
    assert sum("the nearest text" in problem.message for problem in problems) == 100


def test_a_large_bank_is_read_in_time(tmp_path: Path) -> None:
    write_made_bank(tmp_path / "bank", 10_000)
    with within(3):  # one second; 100,000 facts take ten
        bank = read_bank(tmp_path / "bank").bank
    assert bank
    assert len(bank.facts) == 10_000


@pytest.mark.parametrize(
    ("type", "values"),
    [
        ("text", [f"word {n}" for n in range(5000)]),
        ("length", [f"{n + 10}.5 kilometres" for n in range(5000)]),
        ("date", [f"{n % 28 + 1} May {1000 + n // 28}" for n in range(5000)]),
    ],
)
def test_many_items_under_not_are_compared_at_once(tmp_path: Path, type: str, values: list[str]) -> None:
    value = {"text": "kilometres", "length": "2.5 kilometres", "date": "May 3, 2031"}[type]
    quote = "from Port Vale on May 3, 2031" if type == "date" else "The tail was 2.5 kilometres long"
    claim = {"value": value, "proof": [{"source": "report", "quote": quote}]}
    fact = {**TAIL, "type": type, "claims": [claim], "not": [*values, values[7]], "distractors": values[:3]}
    folder = write_bank(tmp_path, [fact])
    with within(6):
        problems = read_bank(folder).problems
    assert [problem.code for problem in problems] == ["bad-distractor"]


@pytest.mark.slow
def test_lint_of_many_numbers_takes_seconds(tmp_path: Path) -> None:
    numbers = [1000 + 7 * n for n in range(2000)]
    text = " ".join(f"Ship {n}x had {number} crates of tea aboard." for n, number in enumerate(numbers))
    facts = [
        {
            **TAIL,
            "id": f"f-{n}",
            "type": "count",
            "ask": f"How many crates had ship {n}x?",
            "claims": [{"value": number, "proof": [{"source": "report", "quote": f"Ship {n}x had {number} crates"}]}],
        }
        for n, number in enumerate(numbers)
    ]
    folder = write_bank(tmp_path, facts, documents={"report": text})
    with within(12):
        bank = read_bank(folder).bank
        assert bank is not None
        assert examine(bank).questions == 2000
        lint(bank)


@pytest.mark.slow
def test_a_quiz_of_thousands_of_questions_is_composed_in_seconds(tmp_path: Path) -> None:
    write_made_bank(tmp_path / "bank", 2000)
    bank = read_bank(tmp_path / "bank").bank
    assert bank is not None
    with within(12):
        assert len(compose(bank, Request("seed", 2000)).questions) > 1500
