"""Read lines in a thread, so that the program can do other things while nobody types."""

from __future__ import annotations

import codecs
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_AT_ONCE = 65536  # bytes
_LONGEST = 10_000  # characters of a line; nothing that is typed here is as long
_AHEAD = 100  # lines that are read before they are wanted
_ENDLESS = 16_000_000  # bytes without the end of a line: nobody types that, and /dev/zero never ends
_NAP = 0.05  # seconds before reading a stream again that does not wait


class LineReader:
    """Reads `stream` in a thread of its own and passes each line to `take`, and None at the end.

    `take` is called in that thread. Reading pauses while `_AHEAD` lines have been passed on without a call of `done`.
    """

    def __init__(self, stream: TextIO, take: Callable[[str | None], object]) -> None:
        self._stream = stream
        self._take = take
        self._room = threading.Semaphore(_AHEAD)
        # A daemon, because nothing can stop a thread that waits for a key.
        threading.Thread(target=self._run, name="reads what is typed", daemon=True).start()

    def done(self) -> None:
        """Make room for another line: one has been dealt with."""
        self._room.release()

    def _run(self) -> None:
        with contextlib.suppress(RuntimeError):  # the event loop that would take the line has ended
            # The terminal is gone, or the stream is closed or no text: nothing more can be read.
            with contextlib.suppress(OSError, ValueError):
                for line in _lines_of(self._stream):
                    self._room.acquire()
                    self._take(line)
            self._take(None)


def _lines_of(stream: TextIO) -> Iterator[str]:
    """Yield the lines of `stream` without their ends.

    They are read below its buffer if there is one: a waiting thread would hold the buffer's lock, and Python could not
    end before the next key.
    """
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if raw is None:
        for line in iter(stream.readline, ""):
            yield line.rstrip("\r\n")
        return
    decoder = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace")
    rest, unended = "", 0
    while (piece := raw.read(_AT_ONCE)) != b"":
        if piece is None:  # the stream was set not to wait
            time.sleep(_NAP)
            continue
        *lines, rest = (rest + decoder.decode(piece)).split("\n")
        unended = 0 if lines else unended + len(piece)
        if unended > _ENDLESS:
            return
        for line in lines:
            yield line.rstrip("\r")
        rest = rest[:_LONGEST]
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest
