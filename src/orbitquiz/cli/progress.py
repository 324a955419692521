"""Tell on a terminal what takes more than a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_EVERY = 1.0  # seconds


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Tell on standard error, if that is a terminal, that `what` is being done and for how long, from one second on.

    The line is gone once it is done.
    """
    if not sys.stderr.isatty():
        yield
        return
    is_done = threading.Event()

    def tell() -> None:
        started, line = time.monotonic(), ""
        while not is_done.wait(_EVERY):
            line = f"{what}: {time.monotonic() - started:.0f} s"
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
        if line:
            print(f"\r{' ' * len(line)}\r", end="", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        is_done.set()
        teller.join()
