"""Banks that are broken in one way each, as an author might break them, and what they are told.

Each folder of tests/broken is a whole bank; its file `expected` says a problem a line: where, its code, and perhaps
words that its message must hold.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.problems import Problem
from orbitquiz.cli import main
from orbitquiz.quiz.quality.answerable import examine

BROKEN = Path(__file__).parent.parent / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir())

_LINE = re.compile(r"(?P<file>\S+):(?P<line>\d+):(?P<column>\d+) (?P<code>\S+)(?: (?P<words>.+))?")


class Expected(NamedTuple):
    file: str
    line: int
    column: int
    code: str
    words: str


def expected(case: str) -> list[Expected]:
    matches = map(_LINE.fullmatch, (BROKEN / case / "expected").read_text(encoding="utf-8").splitlines())
    return sorted(
        Expected(found["file"], int(found["line"]), int(found["column"]), found["code"], found["words"] or "")
        for found in matches
        if found
    )


def found(case: str) -> list[Problem]:
    reading = read_bank(BROKEN / case)
    return sorted([*reading.problems, *(examine(reading.bank).problems if reading.bank else ())])


@pytest.mark.parametrize("case", CASES)
def test_a_broken_bank_is_told_what_does_not_hold_and_where(case: str) -> None:
    problems = found(case)
    wanted = expected(case)
    assert wanted
    assert [(p.file, p.line, p.column, p.code) for p in problems] == [problem[:4] for problem in wanted]
    for problem, want in zip(problems, wanted, strict=True):
        assert want.words in problem.message


@pytest.mark.parametrize("case", CASES)
def test_check_finds_the_same(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(BROKEN / case), "--json"]) == 1
    listed = json.loads(capsys.readouterr().out)["problems"]
    keys = ("file", "line", "column", "code")
    assert [tuple(problem[key] for key in keys) for problem in listed] == [problem[:4] for problem in expected(case)]


def test_no_two_banks_are_broken_alike() -> None:
    ways = [expected(case) for case in CASES]
    assert all(ways.count(way) == 1 for way in ways)
