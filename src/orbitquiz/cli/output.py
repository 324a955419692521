"""Lines, JSON and files that a command writes, and questions that it asks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from orbitquiz.cli.errors import UsageError
from orbitquiz.text.safe import one_line, to_json

_STREAMS = 3  # standard input, output and error


def secure_streams() -> None:
    """Give the program a standard error, and never its files the numbers of streams that were closed.

    With `2>&-`, `sys.stderr` is None, and `print` would write notices to standard output, into the JSON there.
    """
    for number in range(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the system gives the lowest number that is free
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def say(line: str = "", *, at_once: bool = False) -> None:
    """Print `line` as one harmless line; `at_once` also where the output is no terminal."""
    print(one_line(line), flush=at_once)


def warn(line: str) -> None:
    """Print `line` on standard error, with the program's name before it."""
    print(f"orbitquiz: {one_line(line)}", file=sys.stderr)


def print_json(data: Any) -> None:
    """Print `data` as JSON, escaped as far as the stream needs it."""
    encoding = (sys.stdout.encoding or "utf-8").lower() if sys.stdout is not None else "utf-8"
    print(to_json(data, is_ascii=not encoding.startswith("utf")), end="")


def write_file(path: Path, raw: bytes) -> None:
    """Write the file whole or not at all; a device or a pipe is written to as it is. Raises `OSError`."""
    if path.exists() and not path.is_file():
        path.write_bytes(raw)
    else:
        from orbitquiz.authoring.atomic import write_atomically

        write_atomically(path.resolve(), raw)


def is_confirmed(question: str, *, default: bool = False) -> bool:
    """Ask `question` on the terminal and return whether the answer is yes. Enter alone gives the `default`."""
    try:
        said = input(f"{one_line(question)} [{'Y/n' if default else 'y/N'}] ").strip().casefold()
    except (EOFError, UnicodeDecodeError):
        print()
        return False
    return said in ("y", "yes") or (default and not said)


def is_meant(question: str) -> bool:
    """Ask for confirmation. Raise `UsageError` without a terminal to ask on."""
    if any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("there is no terminal to ask on; add --yes to go on without asking")
    return is_confirmed(question)
