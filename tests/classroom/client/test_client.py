"""A client says why it has no connection."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client import client
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


async def test_after_a_connection_it_begins_again_with_short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        if seconds in client._WAITS:
            waits.append(seconds)
        await sleep(0)

    monkeypatch.setattr("orbitquiz.classroom.client.client.asyncio.sleep", note)
    works = iter([False, False, True, False])
    told: asyncio.Queue[Update] = asyncio.Queue()

    async def hang_up(connection: ServerConnection) -> None:
        await connection.recv()

    async with serve(hang_up, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"

        def try_to_connect(address: str, **options: Any) -> Any:
            return connect(address if next(works, False) else "ws://127.0.0.1:1/", **options)

        monkeypatch.setattr(client, "connect", try_to_connect)
        hello = protocol.Hello(protocol=protocol.PROTOCOL, room="KSTR", name="Ann")
        visit = asyncio.create_task(Client(url, lambda: hello).run(told.put_nowait))
        for _ in range(4):
            await asyncio.wait_for(told.get(), 10)
        visit.cancel()
    assert waits[:3] == [*client._WAITS[:2], client._WAITS[0]]


async def test_a_lost_network_is_noticed_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["127.0.0.1"]
    monkeypatch.setattr(client, "is_loopback", lambda host: False)
    monkeypatch.setattr(client, "own_addresses", lambda: found)
    monkeypatch.setattr(client, "_LOOK", 0.05)
    told: asyncio.Queue[Update] = asyncio.Queue()

    async def stay(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serve(stay, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        hello = protocol.Hello(protocol=protocol.PROTOCOL, room="KSTR", name="Ann")
        visit = asyncio.create_task(Client(url, lambda: hello).run(told.put_nowait))
        await asyncio.sleep(0.5)
        assert told.empty()
        found.clear()
        assert isinstance(await asyncio.wait_for(told.get(), 5), Lost)
        visit.cancel()
