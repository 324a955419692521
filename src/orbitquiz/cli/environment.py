"""The folders, the terminal and the signals of the machine that a command runs on."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from orbitquiz.cli.errors import UsageError

if TYPE_CHECKING:
    from orbitquiz.history.store import Records

_CANNOT_MOVE = ("dumb", "unknown")
"""Names in TERM of terminals whose cursor cannot be moved."""

_OBJECTS = 10_000  # new ones until the garbage collector looks at them; Python's own number is 700

_DRAWN = "●━▀"
"""Some of what screens are made of. A terminal whose encoding lacks it shows plain text."""

DATA_VARIABLE = "ORBITQUIZ_DATA"


def data_folder(chosen: Path | None) -> Path:
    """Return the folder chosen with `--data`, else the one in the environment, else the user's own.

    Raises `UsageError` if this user has no home, as in some containers.
    """
    if chosen is not None:
        return chosen
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    try:
        return user_data_path("orbitquiz", appauthor=False)
    except RuntimeError as error:
        raise UsageError(f"this user has no home folder; choose another one with --data or {DATA_VARIABLE}") from error


def collect_rarely() -> None:
    """Let the garbage collector work a tenth as often, in a program that serves rooms.

    Looking at all objects of a room of 500 takes 30 ms, in which nobody is sent anything.
    """
    gc.set_threshold(_OBJECTS)


def cache_folder() -> Path | None:
    """Return the user's folder for caches; None if this user has no home."""
    from platformdirs import user_cache_path

    try:
        return user_cache_path("orbitquiz", appauthor=False)
    except RuntimeError:
        return None


def open_records(chosen: Path | None) -> Records:
    """Open the history in that folder."""
    from orbitquiz.history.store import Records

    return Records.open(data_folder(chosen), time.time)


def can_draw() -> bool:
    """Return whether a screen can be drawn: both ends are a terminal that moves its cursor and knows the characters."""
    if os.environ.get("TERM") in _CANNOT_MOVE or not is_terminal():
        return False
    encoding = sys.stdout.encoding or "utf-8"
    try:
        _DRAWN.encode(encoding)
        return "[".encode(encoding) == b"["  # a terminal acts on bytes of ASCII, which UTF-16 has not
    except (UnicodeEncodeError, LookupError):
        return False


def is_terminal() -> bool:
    """Return whether both ends of this program are a terminal, of whatever kind."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


INTERRUPTED = 130
"""The exit code after Ctrl+C: 128 + SIGINT, as shells count."""


@contextmanager
def quiet_interrupts() -> Iterator[None]:
    """End the program at once and without a word where Ctrl+C comes in here, as while modules are imported.

    There is nothing to put in order then, and nowhere to catch a `KeyboardInterrupt`.
    """
    try:
        before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl+C raise `KeyboardInterrupt` in here, where it is caught."""
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
