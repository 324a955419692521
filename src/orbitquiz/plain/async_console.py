"""A console that reads the room's messages and typed lines in turn, and writes lines."""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import Iterable
from typing import TextIO

from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.plain.console import Console, NothingMore
from orbitquiz.plain.line_reader import LineReader


class AsyncConsole:
    """Between a person at `lines` and `out`, which stay open, and a room. It begins and ends with `async with`.

    Neither somebody who types nothing nor an output that nobody reads keeps the program from anything else: a host's
    program has the room to run.
    """

    def __init__(self, lines: TextIO, out: TextIO) -> None:
        self.is_typed = lines.isatty()
        self._input = lines
        self._out = out
        self._held = _Held(out)
        self._talk = Console(lines, self._held)
        self._updates: deque[Update] = deque()
        self._lines: deque[str] = deque()
        self._is_at_end = False  # of what is typed
        self._is_hung_up = False
        self._news = asyncio.Event()
        self._visit: asyncio.Task[None] | None = None

    async def __aenter__(self) -> AsyncConsole:
        """Begin to read."""
        loop = asyncio.get_running_loop()
        self._reader = LineReader(self._input, lambda line: loop.call_soon_threadsafe(self._take_line, line))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave the room, and let all be read that was said."""
        await self.leave()
        await self.flush()

    def say(self, text: str = "", hang: int = 0) -> None:
        """Say `text` as a line, or as several where it does not fit. All but the first begin with `hang` spaces."""
        self._talk.say(text, hang)

    def say_all(self, lines: Iterable[str], hang: int = 0) -> None:
        """Say each of `lines`."""
        for line in lines:
            self.say(line, hang)

    def ring(self) -> None:
        """Ring the terminal's bell; do nothing where the output is no terminal."""
        if self._held.isatty():
            self._held.write("\a")

    async def flush(self) -> None:
        """Let all be read that was said."""
        if text := self._held.take():
            await asyncio.to_thread(self._write, text)

    def visit(self, client: Client) -> None:
        """Speak with the room at the other end of `client`."""
        self._visit = asyncio.create_task(client.run(self._take_update))
        self._visit.add_done_callback(lambda _: self._news.set())

    @property
    def is_visiting(self) -> bool:
        """True if there is a room that may say something more."""
        return bool(self._updates) or (self._visit is not None and not self._visit.done())

    async def leave(self) -> None:
        """End the visit. What the room has said until now will not be heard."""
        visit, self._visit = self._visit, None
        self._updates.clear()
        if visit is not None:
            visit.cancel()
            await asyncio.wait([visit])  # not the task itself, or it could not be told who is cancelled
            if not visit.cancelled():
                visit.result()  # raises what it has raised

    def hang_up(self) -> None:
        """Have the conversation end as soon as can be, as if what is typed had ended."""
        self._is_hung_up = True
        self._news.set()

    async def next(self, seconds: float | None = None, *, typed: bool = True) -> Update | str | None:
        """Return the room's next message, else with `typed` the next typed line.

        None where there was neither for so many `seconds`, or the visit has ended. Raises `NothingMore` at the end of
        what is typed.
        """
        await self.flush()
        loop = asyncio.get_running_loop()
        end = None if seconds is None else loop.time() + seconds
        was_visiting = self.is_visiting
        while not self._is_hung_up:
            if self._updates:
                return self._updates.popleft()
            if typed and self._lines:
                self._reader.done()
                return self._lines.popleft()
            if typed and self._is_at_end:
                break
            if self._visit is not None and self._visit.done():
                self._visit.result()  # raises what it has raised
                if was_visiting:
                    return None
            self._news.clear()
            try:
                async with asyncio.timeout_at(end):
                    await self._news.wait()
            except TimeoutError:
                return None
        raise NothingMore

    def _take_line(self, line: str | None) -> None:
        if line is None:
            self._is_at_end = True
        else:
            self._lines.append(line)
        self._news.set()

    def _take_update(self, update: Update) -> None:
        self._updates.append(update)
        self._news.set()

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class _Held(io.StringIO):
    """Text for `out` that has not been written yet."""

    encoding = "utf-8"  # of a stream that has none

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self.encoding = getattr(out, "encoding", None) or self.encoding
        self._out = out

    def fileno(self) -> int:
        return self._out.fileno()  # by which the width of the terminal is known

    def isatty(self) -> bool:
        return self._out.isatty()

    def take(self) -> str:
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text
