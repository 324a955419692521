"""Fixtures for tests of plain mode."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.classroom.rules.events import Event, Opened
from orbitquiz.classroom.server.hosting import host, resume_room
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.classroom.storage.room_index import FileIndex
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet
from tests.classroom.making import opened
from tests.making import write_bank
from tests.plain.lesson import Class, Open
from tests.plain.playing import Table, quiz_of


@pytest.fixture(scope="session")
def comet(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """A small bank."""
    bank = read_bank(write_bank(tmp_path_factory.mktemp("bank"))).bank
    assert bank is not None
    return bank


@pytest.fixture(scope="session")
def quiz(comet: Bank) -> Quiz:
    """Three questions: the commander, the length of the tail, and the day of take-off, on which the sources differ."""
    return quiz_of(comet)


@pytest.fixture
def tables(comet: Bank) -> Iterator[Callable[[Path], Table]]:
    """Sets up tables whose records are in a folder, and closes them in the end."""
    made: list[Table] = []

    def table(folder: Path) -> Table:
        made.append(Table(comet, folder))
        return made[-1]

    yield table
    for each in made:
        each.close()


@pytest.fixture
def table(tables: Callable[[Path], Table], tmp_path: Path) -> Table:
    """A table to play at."""
    return tables(tmp_path / "records")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Open]:
    """Opens a room, in which something may have happened before."""
    async with AsyncExitStack() as stack:

        async def open_room(
            opening: Event | None = None, *since: Event, again: Callable[[], QuizSheet] | None = None
        ) -> Class:
            opening = opening or opened()
            assert isinstance(opening, Opened)
            log = FileLog.create(tmp_path, opening)
            log.append(since)
            log.close()
            ready = replace(resume_room(FileIndex(tmp_path), opening.room), again=again)
            hosted = await stack.enter_async_context(host(ready, lan=False, port=0))
            return Class(tmp_path / "students", stack, hosted, log.path)

        yield open_room


@pytest.fixture
def unused_tcp_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
