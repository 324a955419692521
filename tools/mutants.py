"""Break lines of the code at random and see whether a test notices: `make mutants ARGS="--count 200 --seed 7"`.

mutmut makes the mutants of `quiz/`, `bank/` and `classroom/rules/` and finds the tests that reach each function. All of
them would take hours, so a sample is drawn, which the seed makes repeatable. Survivors are printed as diffs; some are
equivalent to the original.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
AREAS = ("orbitquiz.bank.", "orbitquiz.quiz.", "orbitquiz.classroom.rules.")
_FIRST = "orbitquiz.quiz.daily.*"  # few: to have all mutants written and the tests of each function found

#: Results of a mutant by the exit code of its tests, as mutmut 3 writes them. None was not run.
_NO_TEST = (5, 33)
_SURVIVED = 0


def main() -> int:
    """Run a sample and print the share that was noticed, by area."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="how many mutants to try (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: %(default)s)")
    arguments = parser.parse_args()
    mutmut("run", _FIRST)
    names = sorted(results())
    sample = sorted(random.Random(arguments.seed).sample(names, min(arguments.count, len(names))))
    print(f"{len(sample)} of {len(names)} mutants")
    mutmut("run", *sample)
    report(sample)
    return 0


def mutmut(*words: str) -> None:
    """Run mutmut, which keeps its copy of the tree in `mutants/`."""
    environment = os.environ | {"PYTHONPATH": "."}
    subprocess.run([sys.executable, "-m", "mutmut", *words], cwd=ROOT, env=environment, check=True)


def results() -> dict[str, int | None]:
    """Return the exit code of each mutant's tests by the mutant's name."""
    found: dict[str, int | None] = {}
    for file in sorted((ROOT / "mutants" / "src").rglob("*.meta")):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: code for name, code in found.items() if name.startswith(AREAS)}


def report(sample: list[str]) -> None:
    """Print the survivors of the sample, and then the figures."""
    codes = results()
    for name in sample:
        if codes[name] == _SURVIVED:
            subprocess.run([sys.executable, "-m", "mutmut", "show", name], cwd=ROOT, check=True)
    for area in AREAS:
        told = Counter(_outcome(codes[name]) for name in sample if name.startswith(area))
        tried = sum(told.values())
        if tried:
            said = ", ".join(f"{count} {outcome}" for outcome, count in told.most_common())
            print(f"{area.removeprefix('orbitquiz.').strip('.'):16} {told['noticed'] / tried:4.0%} noticed ({said})")
    noticed = sum(_outcome(codes[name]) == "noticed" for name in sample)
    print(f"{'all':16} {noticed / len(sample):4.0%} noticed, {noticed} of {len(sample)}")


def _outcome(code: int | None) -> str:
    if code == _SURVIVED:
        return "survived"
    return "without a test" if code in _NO_TEST else "noticed"


if __name__ == "__main__":
    sys.exit(main())
