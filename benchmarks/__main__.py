"""`make bench`: measure, and print a table. Every figure in the docs comes from here."""

from __future__ import annotations

import platform
from importlib.metadata import version

from benchmarks import reading, start


def main() -> None:
    """Print what was measured."""
    print(f"Python {platform.python_version()}, Textual {version('textual')}, {platform.system()} {platform.machine()}")
    print()
    print(f"{'':<32}  {'median':>9}  {'ratio':>6}  beside")
    for rows in (start.measure(), reading.measure()):
        for what, seconds, ratio in rows:
            print(f"{what:<32}  {seconds * 1000:>6.0f} ms  {ratio:>6.2f}  {rows[0][0]}")


if __name__ == "__main__":
    main()
