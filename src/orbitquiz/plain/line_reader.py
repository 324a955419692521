"""Reading lines in a thread, so that nobody who types nothing keeps the program from anything else."""

from __future__ import annotations

import codecs
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_AT_ONCE = 65536  # bytes
_LONGEST = 10_000  # characters of a line; nothing that is typed here is as long
_AHEAD = 100  # lines that wait until they are wanted
_NAP = 0.05  # seconds between two looks at a stream that does not wait


class LineReader:
    """Reads `stream` in a thread of its own and hands each line to `take`, and None at the end.

    `take` is called in that thread. No more than a few lines are read that `done` was not called for.
    """

    def __init__(self, stream: TextIO, take: Callable[[str | None], object]) -> None:
        self._stream = stream
        self._take = take
        self._room = threading.Semaphore(_AHEAD)
        # A daemon, because nothing ends a thread that waits for a key.
        threading.Thread(target=self._run, name="reads what is typed", daemon=True).start()

    def done(self) -> None:
        """A line has been dealt with."""
        self._room.release()

    def _run(self) -> None:
        with contextlib.suppress(RuntimeError):  # nobody listens any more
            # A terminal that is gone, a stream that is closed or holds no text: nothing more can be read.
            with contextlib.suppress(OSError, ValueError):
                for line in _lines_of(self._stream):
                    self._room.acquire()
                    self._take(line)
            self._take(None)


def _lines_of(stream: TextIO) -> Iterator[str]:
    """The lines of `stream`, without their ends.

    Below its buffer, where there is one: a thread that waits holds the buffer's lock, and Python could not end before
    the next key.
    """
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if raw is None:
        for line in iter(stream.readline, ""):
            yield line.rstrip("\r\n")
        return
    decoder = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace")
    rest = ""
    while (piece := raw.read(_AT_ONCE)) != b"":
        if piece is None:  # whoever started the program has set the stream so that nothing waits
            time.sleep(_NAP)
            continue
        *lines, rest = (rest + decoder.decode(piece)).split("\n")
        for line in lines:
            yield line.rstrip("\r")
        rest = rest[:_LONGEST]
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest
