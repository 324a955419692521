"""The server: lets people in by WebSocket and hands what they say to the desk of their room.

It is made of the library `websockets` alone, which also answers the plain request of a browser. It checks what can be
checked before a room has to know: the size and number of messages, where a browser's page comes from, and whether the
other side takes up what it is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import http
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import MOST_PLAYERS
from orbitquiz.classroom.server.room_actor import RoomActor
from orbitquiz.classroom.server.visitor import Connection, Gone

MOST_ROOMS = 20
"""How many rooms one server has."""

MOST_CONNECTIONS = 2 * MOST_PLAYERS
"""How many connections one server has, over all rooms."""

MOST_WAITING = 256 * 1024
"""How many bytes may wait for a reader before more is sent; one who is further behind is let go, and can come back."""

PER_SECOND, AT_ONCE = 10.0, 40.0
"""How many messages a player may send: so many a second, and so many at once.

Each player counts alone, since all of a school may share one address.
"""

_PATIENCE = 10.0  # seconds in which a connection has to say who it is
_PING = 20.0  # seconds between two looks whether the other side is there
_MOST_NONSENSE = 10  # messages that nobody understands, after which a connection is closed
_LOGGER = logging.getLogger("orbitquiz.classroom")
_LOGGER.addHandler(logging.NullHandler())  # a lost connection is no news, and the screen is not a log


class _SocketDoor:
    """A WebSocket as a desk sees it."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._closing: asyncio.Task[None] | None = None

    def send(self, text: str) -> None:
        transport = self._connection.transport
        if transport.get_write_buffer_size() > MOST_WAITING:
            transport.abort()  # a farewell would wait in the same queue
        else:
            broadcast([self._connection], text)

    def close(self) -> None:
        self._closing = asyncio.ensure_future(self._connection.close())


class _Bucket:
    """Lets so many messages through, and more as time goes on (a token bucket)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._full = AT_ONCE
        self._at = clock()

    def takes_one(self) -> bool:
        """Whether one more may pass now."""
        now = self._clock()
        self._full = min(self._full + (now - self._at) * PER_SECOND, AT_ONCE)
        self._at = now
        if self._full < 1:
            return False
        self._full -= 1
        return True


class Hall:
    """All rooms of a server, by their codes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._desks: dict[str, RoomActor] = {}
        self._connections = 0

    @asynccontextmanager
    async def room(self, desk: RoomActor) -> AsyncIterator[None]:
        """Run `desk` as long as this lasts. Raises `Refused` where there are too many rooms, or one with its code."""
        code = desk.room.code
        if len(self._desks) >= MOST_ROOMS or code in self._desks:
            raise Refused(Reason.FULL)
        self._desks[code] = desk
        task = asyncio.create_task(desk.run())
        try:
            yield
        finally:
            del self._desks[code]
            task.cancel()
            await asyncio.wait([task])  # not the task itself, whose cancellation is not ours
            desk.dismiss()

    @asynccontextmanager
    async def listen(self, address: str, port: int) -> AsyncIterator[int]:
        """Let people in at `address` and `port` (0 for any free one) as long as this lasts; gives the port.

        Raises `OSError` where that cannot be had.
        """
        async with serve(
            self._receive,
            address,
            port,
            process_request=self._process_request,
            compression=None,  # it would take more memory for each player than all else together
            max_size=protocol.LARGEST_MESSAGE,
            max_queue=4,
            ping_interval=_PING,
            ping_timeout=_PING,
            close_timeout=1,
            server_header=None,
            logger=_LOGGER,
        ) as server:
            yield _port_of(server)

    async def _receive(self, connection: ServerConnection) -> None:
        """Serve one connection to its end."""
        self._connections += 1
        visitor = Connection(_SocketDoor(connection))
        desk: RoomActor | None = None
        try:
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    desk = await self._greet(connection, visitor)
                if desk is not None:
                    await self._pass_on(connection, visitor, desk)
        finally:
            self._connections -= 1
            if desk is not None:
                await desk.put(visitor, Gone())

    async def _greet(self, connection: ServerConnection, visitor: Connection) -> RoomActor | None:
        """The desk to which the first message goes; None where there is none, which the other side is told."""
        try:
            message = protocol.read_to_room(await connection.recv())
            if not isinstance(message, protocol.Hello | protocol.HostHello):
                raise Refused(Reason.BAD_MESSAGE)
            if message.protocol != protocol.PROTOCOL:
                raise Refused(Reason.BAD_PROTOCOL)
            desk = self._desks.get(message.room.strip().upper())
            if desk is None:
                raise Refused(Reason.NO_ROOM)
        except Refused as error:
            await connection.send(_refusal(error))
            return None
        await desk.put(visitor, message)
        return desk

    async def _pass_on(self, connection: ServerConnection, visitor: Connection, desk: RoomActor) -> None:
        """Hand in what the other side says, until it says too much."""
        bucket, nonsense = _Bucket(self._clock), 0
        async for raw in connection:
            if not bucket.takes_one():
                await connection.send(_refusal(Refused(Reason.TOO_FAST)))
                return
            try:
                message = protocol.read_to_room(raw)
            except Refused as error:
                nonsense += 1
                await connection.send(_refusal(error))
                if nonsense >= _MOST_NONSENSE:
                    return
            else:
                await desk.put(visitor, message)

    def _process_request(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer what is no WebSocket; refuse pages of other sites, and more connections than there is room for."""
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return connection.respond(http.HTTPStatus.OK, _PAGE)
        if not _is_from_here(request):
            return connection.respond(http.HTTPStatus.FORBIDDEN, "This page may not join the room.\n")
        if self._connections >= MOST_CONNECTIONS:
            return connection.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "There is no room for more players.\n")
        return None


_PAGE = "This is a room of OrbitQuiz. To play, type on a terminal: orbitquiz join\n"


def _is_from_here(request: Request) -> bool:
    """Whether the connection comes from no web page, or from one of this server (RFC 6455, section 10.2)."""
    origins = request.headers.get_all("Origin")
    hosts = request.headers.get_all("Host")
    return not origins or (len(origins) == len(hosts) == 1 and urlsplit(origins[0]).netloc == hosts[0])


def _port_of(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port


def _refusal(error: Refused) -> str:
    return protocol.Refusal(reason=error.reason, text=str(error)).model_dump_json()
