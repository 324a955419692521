"""Between nodes: a node that a client has reached passes its messages on to the node that owns the room.

One WebSocket from each node to each other carries all of it. The owner gathers what it has to say at a moment in one
frame, and a piece of text that several clients get stands in it once. Two nodes speak the newest version that both know
(as a WebSocket subprotocol, RFC 6455, section 1.9), and ignore fields that they do not know.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Refused
from orbitquiz.classroom.server.room_actor import Connection, Gone, Outlet
from orbitquiz.classroom.server.websocket import Door, RoomConnection, SocketOutlet, refusal
from orbitquiz.serving.logs import note

PATH = "node"
"""The path of the WebSocket between nodes."""

VERSIONS = (1,)
"""The versions of what nodes say to each other, the newest first. The one before the newest is always spoken too."""

MOST_WAITING = 32 * 1024 * 1024
"""Bytes that may wait for another node; one that is further behind is hung up on."""

LARGEST = 64 * 1024 * 1024
"""The largest frame between nodes, in bytes."""

_CONNECTING = 1.0  # seconds in which another node has to answer
_PING, _SILENCE = 1.0, 3.0  # seconds between two pings, and to answer one: a node that hangs is noticed
_AHEAD = 64  # messages of one client that wait; more than its own node lets through at once
_SEND, _ADMIT, _CLOSE = "send", "admit", "close"

Find = Callable[[str, protocol.Hello | protocol.HostHello], Awaitable[Door]]


def node_token(key: bytes) -> str:
    """Return what a node shows to another one, made from the service's key."""
    return hmac.digest(key, b"node", "sha256").hex()


def agreed_version(offered: Sequence[str], versions: Sequence[int]) -> Subprotocol | None:
    """Return the name of the newest of `versions` that is among those `offered`; None if there is none."""
    return next((name for name in map(_version_name, versions) if name in offered), None)


def _version_name(version: int) -> Subprotocol:
    return Subprotocol(f"orbitquiz-node.{version}")


# The node that a client has reached.


class Relays:
    """The ways to the rooms of other nodes, with which this one speaks one of `versions`."""

    def __init__(self, key: bytes, versions: Sequence[int] = VERSIONS) -> None:
        self.versions = versions
        self._token = node_token(key)
        self._links: dict[str, asyncio.Task[_Link]] = {}

    async def door(self, address: str, code: str) -> Door:
        """Return the way to the room with this code at the node at `address`. Raise `OSError` if it does not answer."""
        for each, task in list(self._links.items()):
            if task.done() and (task.cancelled() or task.exception() or task.result().is_lost):
                del self._links[each]
        if address not in self._links:
            names = [_version_name(version) for version in self.versions]
            self._links[address] = asyncio.create_task(_Link.open(address, self._token, names))
        return RemoteRoom(await asyncio.shield(self._links[address]), code)

    async def close(self) -> None:
        """Hang up on all other nodes."""
        for task in self._links.values():
            task.cancel()
            if task.done() and not task.cancelled() and not task.exception():
                await task.result().close()


class RemoteRoom:
    """The way into a room of another node."""

    def __init__(self, link: _Link, code: str) -> None:
        self._link, self._code = link, code

    async def put(self, connection: Connection, message: protocol.ToRoom | Gone) -> None:
        """Pass a message on."""
        if isinstance(message, Gone):
            await self._link.leave(connection)
        else:
            await self._link.say(connection, self._code, message.model_dump_json())


class _Link:
    """The connection to another node, and the clients of this one who speak over it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.is_lost = False
        self._socket = socket
        self._ids: dict[Connection, int] = {}
        self._outlets: dict[int, Outlet] = {}
        self._last = 0
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, address: str, token: str, versions: Sequence[Subprotocol]) -> _Link:
        """Connect to the node at `address`. Raise `OSError`."""
        try:
            socket = await connect(
                f"ws://{address}/{PATH}",
                additional_headers={"Authorization": f"Bearer {token}"},
                subprotocols=versions,
                compression=None,
                open_timeout=_CONNECTING,
                max_size=LARGEST,
                ping_interval=_PING,
                ping_timeout=_SILENCE,
                close_timeout=1,
                proxy=None,
            )
        except (InvalidHandshake, TimeoutError) as error:
            raise OSError(f"no node answers at {address}") from error
        if socket.subprotocol is None:
            await socket.close()
            note("node-of-another-version", logging.ERROR, at=address)
            raise OSError(f"the node at {address} speaks none of the versions {', '.join(versions)}")
        return cls(socket)

    async def say(self, connection: Connection, code: str, text: str) -> None:
        """Pass on what a client says, first of all with the room's code and the client's address."""
        id = self._ids.get(connection)
        if self.is_lost:
            connection.outlet.close()
        elif id is None:
            self._last += 1
            id = self._ids[connection] = self._last
            self._outlets[id] = connection.outlet
            await self._write({"id": id, "room": code, "from": connection.address, "text": text})
        else:
            await self._write({"id": id, "text": text})

    async def leave(self, connection: Connection) -> None:
        """Tell that a client is gone."""
        if (id := self._ids.pop(connection, None)) is not None:
            self._outlets.pop(id, None)
            await self._write({"id": id})

    async def close(self) -> None:
        """Hang up."""
        self._reading.cancel()
        await self._socket.close()

    async def _write(self, message: dict[str, Any]) -> None:
        with suppress(ConnectionClosed):  # the reader hangs up on everybody
            await self._socket.send(json.dumps(message))

    async def _read(self) -> None:
        try:
            async for raw in self._socket:
                frame = json.loads(raw)
                parts = frame["parts"]
                for what, id, which in frame["turns"]:
                    if outlet := self._outlets.get(id):
                        if what == _SEND:
                            outlet.send(*[parts[each] for each in which])
                        elif what == _ADMIT:
                            outlet.admit()
                        elif what == _CLOSE:
                            del self._outlets[id]
                            outlet.close()
        except ConnectionClosed:
            pass
        except (ValueError, KeyError, TypeError, IndexError) as error:
            note("node-not-understood", logging.ERROR, error=type(error).__name__)
            await self._socket.close()
        finally:
            self.is_lost = True
            for outlet in self._outlets.values():  # they come back, and find the room wherever it is then
                outlet.close()
            self._outlets.clear()


# The node that owns the room.


class Outbox:
    """Messages to the clients of another node, gathered until the event loop has a moment."""

    def __init__(self, socket: RoomConnection) -> None:
        self._outlet = SocketOutlet(socket)
        self._parts: dict[str, int] = {}
        self._turns: list[tuple[str, int, list[int]]] = []

    def add(self, what: str, id: int, parts: tuple[str, ...] = ()) -> None:
        """Have the other node do `what` to its client."""
        if not self._turns:
            asyncio.get_running_loop().call_soon(self._flush)
        self._turns.append((what, id, [self._parts.setdefault(part, len(self._parts)) for part in parts]))

    def _flush(self) -> None:
        frame = json.dumps({"parts": list(self._parts), "turns": self._turns}, ensure_ascii=False)
        self._parts, self._turns = {}, []
        self._outlet.send(frame)


class _RelayedOutlet:
    """The sending half of a client at another node."""

    def __init__(self, outbox: Outbox, id: int) -> None:
        self._outbox, self._id = outbox, id

    def send(self, *parts: str) -> None:
        self._outbox.add(_SEND, self._id, parts)

    def admit(self) -> None:
        self._outbox.add(_ADMIT, self._id)

    def close(self) -> None:
        self._outbox.add(_CLOSE, self._id)


class _Client:
    """A client at another node, with a queue of its own: a room that is behind delays nobody in another one."""

    def __init__(self, outbox: Outbox, id: int, address: str) -> None:
        self.inbox: asyncio.Queue[str | None] = asyncio.Queue(_AHEAD)
        self.outlet = _RelayedOutlet(outbox, id)
        self._connection = Connection(self.outlet, address)

    async def serve(self, code: str, find: Find) -> None:
        """Hand in what the client says until it leaves."""
        door: Door | None = None
        try:
            while (text := await self.inbox.get()) is not None:
                message = protocol.read_to_room(text)
                if door is None:
                    assert isinstance(message, protocol.Hello | protocol.HostHello)
                    door = await find(code, message)
                await door.put(self._connection, message)
        except Refused as error:
            self.outlet.send(refusal(error))
            self.outlet.close()
        except LookupError:
            self.outlet.close()  # the room has moved on: the client comes back and finds it
        finally:
            if door is not None:
                await door.put(self._connection, Gone())


async def serve_node(socket: RoomConnection, find: Find) -> None:
    """Serve the clients of another node until it hangs up. `find` raises `LookupError` for a room that is not here."""
    outbox = Outbox(socket)
    clients: dict[int, _Client] = {}
    tasks: set[asyncio.Task[None]] = set()
    try:
        async for raw in socket:
            message = json.loads(raw)
            id = message["id"]
            text = message.get("text")
            if "room" in message:
                client = clients[id] = _Client(outbox, id, message["from"])
                task = asyncio.create_task(client.serve(message["room"], find))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            elif id not in clients:
                continue
            client = clients[id]
            if text is None:
                del clients[id]
            try:
                client.inbox.put_nowait(text)
            except asyncio.QueueFull:
                client.outlet.close()
                clients.pop(id, None)
    except (ConnectionClosed, ValueError, KeyError, TypeError) as error:
        if not isinstance(error, ConnectionClosed):
            note("node-not-understood", logging.ERROR, error=type(error).__name__)
    finally:
        await _end(tasks, clients.values())


async def _end(tasks: set[asyncio.Task[None]], clients: Any) -> None:
    for client in clients:
        with suppress(asyncio.QueueFull):
            client.inbox.put_nowait(None)
    if tasks:
        await asyncio.wait(tasks, timeout=1)
    for task in tasks:
        task.cancel()
