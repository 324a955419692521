"""`orbitquiz stats` on the records of 10,000 games, beside `orbitquiz --version`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15


def measure(past: Path) -> list[tuple[str, float, float]]:
    """Rows of what was run, median seconds, and the ratio to `--version`. `past` is a folder with the records."""
    commands = {
        "orbitquiz --version": ["--version"],
        "orbitquiz stats, 10,000 games": ["stats", "--data", str(past)],
    }
    times: dict[str, list[float]] = {what: [] for what in commands}
    with tempfile.TemporaryDirectory() as cache:
        for words in commands.values():
            _seconds(words, cache)  # fills the cache, and the system's own
        for _ in range(ROUNDS):
            for what, words in commands.items():
                times[what].append(_seconds(words, cache))
    baseline = statistics.median(times["orbitquiz --version"])
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in times.items()]


def _seconds(words: list[str], cache: str) -> float:
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    started = time.perf_counter()
    command = [sys.executable, "-m", "orbitquiz", *words]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started
