"""A client says why it has no connection."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Client, Lost, Update


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Lost("there is no such address", True)),
        (socket.gaierror(11001, "getaddrinfo failed"), Lost("there is no such address", True)),  # as Windows says it
        (UnicodeError("label too long"), Lost("there is no such address", True)),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), Lost("connection refused")),
        (OSError("Multiple exceptions: [Errno 111] …, [Errno 111] …"), Lost("nobody answers there")),
        (TimeoutError(), Lost("nobody answers there")),
    ],
    ids=["unknown", "windows", "unspeakable", "refused", "several", "silent"],
)
async def test_it_is_told_why_there_is_no_connection(
    error: Exception, expected: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("orbitquiz.classroom.client.client.connect", fail)
    told: asyncio.Queue[Update] = asyncio.Queue()
    hello = protocol.Hello(protocol=protocol.PROTOCOL, room="KSTR", name="Ann")
    visit = asyncio.create_task(Client("ws://nowhere.invalid:8765/", lambda: hello).run(told.put_nowait))
    assert await asyncio.wait_for(told.get(), 5) == expected
    visit.cancel()
