"""`orbitquiz check`: everything in a bank that does not hold."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.bank.opening import builtin_path
from orbitquiz.bank.problems import Problem
from orbitquiz.bank.reading import read_bank
from orbitquiz.bank.text import visible
from orbitquiz.quiz.check import Examination, examine


def run(arguments: argparse.Namespace) -> int:
    """Print what does not hold. Returns 1 if there is anything, else 0."""
    folder: Path = arguments.bank or builtin_path()
    reading = read_bank(folder)
    examined = examine(reading.bank) if reading.bank else Examination(0, ())
    problems = sorted([*reading.problems, *examined.problems])
    counts = {**_counts(reading.bank), "questions": examined.questions}
    if arguments.json:
        listed = [
            {name: getattr(problem, name) for name in ("file", "line", "column", "code", "message")}
            for problem in problems
        ]
        bank = reading.bank.id if reading.bank else None
        print(json.dumps({"bank": bank, **counts, "problems": listed}, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(visible(_line(folder, problem) if arguments.bank else str(problem)))
        name = reading.bank.id if reading.bank else str(folder)
        found = _counted(len(problems), "problems") if problems else "everything holds"
        print(visible(f"{name}: {', '.join(_counted(count, what) for what, count in counts.items())}: {found}"))
    return 1 if problems else 0


def _counted(count: int, what: str) -> str:
    return f"{count} {what.removesuffix('s') if count == 1 else what}"


def _line(folder: Path, problem: Problem) -> str:
    """The problem with a path that an editor can open from here."""
    return problem.message if problem.file == "." else f"{folder}/{problem}"


def _counts(bank: Bank | None) -> dict[str, int]:
    facts = bank.facts if bank else ()
    claims = [claim for fact in facts for claim in fact.claims]
    return {
        "sources": len(bank.sources) if bank else 0,
        "facts": len(facts),
        "claims": len(claims),
        "quotations": sum(len(claim.proof) for claim in claims),
    }
