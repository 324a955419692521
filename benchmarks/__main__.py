"""`make bench`: measure, and print what came out. Every figure in the docs comes from here."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tests.history.many import write_many

from benchmarks import press, reading, room, start, stats, student
from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.load import read_bank

GAMES = 10_000
_Rows = list[tuple[str, float, float]]


def main() -> None:
    """Print what was measured."""
    print(f"Python {platform.python_version()}, Textual {version('textual')}, {platform.system()} {platform.machine()}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before: above 0.5 something else is going on")
    print()
    print(f"{'':<34}  {'median':>9}  {'ratio':>6}  beside")
    with tempfile.TemporaryDirectory() as name:
        past = Path(name)
        bank = read_bank(builtin_path()).bank
        assert bank is not None
        write_many(past, bank, GAMES)
        measures: list[Callable[[], _Rows]] = [
            partial(start.measure, past),
            press.measure,
            student.measure,
            partial(stats.measure, past),
            reading.measure,
        ]
        for measure in measures:
            rows = measure()
            for what, seconds, ratio in rows:
                print(f"{what:<34}  {seconds * 1000:>6.1f} ms  {ratio:>6.2f}  {rows[0][0]}", flush=True)
    print()
    room.main()


if __name__ == "__main__":
    main()
