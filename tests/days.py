"""Run `orbitquiz` on another day: `python -m tests.days 3 daily` plays the daily quiz three days from now."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

from orbitquiz.cli import main

_now = time.time


def move_clock(days: float) -> None:
    """Move the wall clock of this process by so many days, from where it really stands."""
    shift = timedelta(days=days).total_seconds()
    time.time = lambda: _now() + shift


if __name__ == "__main__":
    move_clock(float(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
