"""The WebSocket server: lets people in and hands what they say to the actor of their room.

It checks what can be checked before a room has to know: the size of messages, the number of frames of any kind, the
origin of a browser's page, whether the other side reads what it is sent, and how many connections have not joined yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from websockets.asyncio.server import Server, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import DATA_OPCODES, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Event
from websockets.typing import Subprotocol

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.server import http
from orbitquiz.classroom.server.room_actor import Connection, Gone, RoomActor

MOST_ROOMS = 20
"""The number of rooms that one server runs."""

MOST_WAITING = 256 * 1024
"""Bytes that may wait for a slow reader. One who is further behind is disconnected, and can come back."""

PER_SECOND, AT_ONCE = 10.0, 40.0
"""The number of frames of any kind a connection may send: per second over time, and at once."""

MOST_OUTSIDE, MOST_OUTSIDE_EACH = 1024, 64
"""Connections that have not joined a room yet: in all, and from one address. Beyond that the oldest is cut."""

_PATIENCE = 10.0  # seconds in which a connection has to join
_QUIET = 60.0  # seconds until the same error is logged again
_PING = 20.0  # seconds between two pings, and to answer one
_MOST_NONSENSE = 10  # messages that make no sense, after which a connection is closed
_LOGGER = logging.getLogger("orbitquiz.classroom")
_LOGGER.addHandler(logging.NullHandler())  # the screen is not a log
_SOCKETS = logging.getLogger("orbitquiz.sockets")  # lost connections and bad handshakes are no news
_SOCKETS.addHandler(logging.NullHandler())
_SOCKETS.propagate = False


class TokenBucket:
    """Limits events to `per_second` over time and `at_once` in a burst, by the token bucket algorithm."""

    def __init__(self, clock: Callable[[], float], per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._clock = clock
        self._per_second, self._at_once = per_second, at_once
        self._tokens = at_once
        self._at = clock()

    def takes_one(self) -> bool:
        """Count one event. True if it is within the limit."""
        self._refill()
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def seconds_to_wait(self) -> float:
        """Count one event in any case. Return the seconds after which it is within the limit."""
        self._refill()
        self._tokens -= 1
        return max(-self._tokens / self._per_second, 0.0)

    def _refill(self) -> None:
        now = self._clock()
        self._tokens = min(self._tokens + (now - self._at) * self._per_second, self._at_once)
        self._at = now

    def give_back(self) -> None:
        """Take back one event that was counted."""
        self._tokens = min(self._tokens + 1, self._at_once)


class Doorway:
    """The connections that have not joined a room yet.

    Anybody can open connections and stay silent. So these are few, and the oldest from the address that has most of
    them is cut when there are too many: somebody who joins at once, as every client does, always gets in.
    """

    def __init__(
        self, most: int | None = None, each: int | None = None, is_proxy: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Let `most` connections wait, and so many of `each` address unless it `is_proxy`, which speaks for many."""
        self._most = MOST_OUTSIDE if most is None else most
        self._each = MOST_OUTSIDE_EACH if each is None else each
        self._is_proxy = is_proxy
        self._outside: dict[RoomConnection, str] = {}
        self._counts: Counter[str] = Counter()

    def came(self, connection: RoomConnection) -> None:
        """Note a new connection, or the address of one that is known; cut one if there are too many."""
        self.left(connection)
        address = connection.address
        self._outside[connection] = address
        self._counts[address] += 1
        if self._counts[address] > self._each and not self._is_proxy(address):
            self._cut_oldest(address)
        elif len(self._outside) > self._most:
            self._cut_oldest(self._counts.most_common(1)[0][0])

    def left(self, connection: RoomConnection) -> None:
        """Note that a connection has joined a room, or is gone."""
        address = self._outside.pop(connection, None)
        if address is not None:
            self._counts[address] -= 1
            if not self._counts[address]:
                del self._counts[address]

    def _cut_oldest(self, address: str) -> None:
        oldest = next(each for each, its_address in self._outside.items() if its_address == address)
        self.left(oldest)
        oldest.transport.abort()


class RoomConnection(http.HttpConnection):
    """A WebSocket whose frames are all counted: a ping costs as much as a message."""

    def __init__(self, doorway: Doorway, clock: Callable[[], float], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.doorway = doorway
        self.bucket = TokenBucket(clock)
        self.most_waiting = MOST_WAITING
        self.forwarded_for: str | None = None
        self.work: Callable[[], Awaitable[None]] | None = None  # what to do instead of letting it into a room

    @property
    def peer(self) -> str:
        """The address at the other end of the wire; empty if it is gone already."""
        peer = self.transport.get_extra_info("peername")
        return str(peer[0]) if peer else ""

    @property
    def address(self) -> str:
        """The address of the other side: the one that a trusted proxy has told, else that of the peer."""
        return self.forwarded_for or self.peer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection before the first byte."""
        super().connection_made(transport)
        self.doorway.came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop counting it."""
        self.doorway.left(self)
        super().connection_lost(exc)

    def process_event(self, event: Event) -> None:
        """Cut the connection if it sends too many frames that are no whole messages, or does not read the answers."""
        if isinstance(event, Frame):
            is_message = event.opcode in DATA_OPCODES and event.fin and event.opcode is not Opcode.CONT
            is_behind = self.transport.get_write_buffer_size() > self.most_waiting  # a ping would add a pong
            if not is_message and (is_behind or not self.bucket.takes_one()):
                self.transport.abort()
                return
        super().process_event(event)


class SocketOutlet:
    """The sending half of a WebSocket."""

    def __init__(self, connection: RoomConnection) -> None:
        self._connection = connection
        self._closing: asyncio.Task[None] | None = None

    def send(self, *parts: str) -> None:
        """Send a message, which is `parts` one after another. Cut the connection if its reader is far behind."""
        transport = self._connection.transport
        if transport.get_write_buffer_size() > self._connection.most_waiting:
            transport.abort()  # a farewell would wait in the same queue
        else:
            broadcast([self._connection], "".join(parts))

    def admit(self) -> None:
        """Note that the other side is in a room."""
        self._connection.doorway.left(self._connection)

    def close(self) -> None:
        """Hang up once everything is sent."""
        self._closing = asyncio.ensure_future(self._connection.close())


class Door(Protocol):
    """The way into a room: takes what the other side of a connection says."""

    async def put(self, connection: Connection, message: protocol.ToRoom | Gone) -> None:
        """Hand in a message, in the order in which it was said. May wait if the room is behind."""


class SocketServer(ABC):
    """Listens, lets people in, and hands what they say to the door that `find` has for their first message.

    Subclasses say which rooms there are and how plain requests are answered.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, doorway: Doorway | None = None) -> None:
        self.clock = clock
        self.doorway = doorway or Doorway()
        self._repeats: dict[str, float] = {}  # from when on a line may be logged again

    @abstractmethod
    async def find(self, hello: protocol.Hello | protocol.HostHello, socket: RoomConnection) -> Door:
        """Return the door of the room that `hello` names. Raise `Refused` if there is none."""

    async def answer(self, socket: RoomConnection, request: Request) -> Response | None:
        """Answer a plain HTTP request and return None for a WebSocket; refuse pages of other sites."""
        return http.answer_other_site(request) if http.is_websocket(request) else http.answer_page(request)

    def subprotocol(self, socket: RoomConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        """Return the subprotocol to speak, of those that the other side offers. People's programs speak none."""
        return None

    @abstractmethod
    def warn(self, words: str) -> None:
        """Tell those who can do something about it that newcomers may have to wait."""

    @asynccontextmanager
    async def listen(self, address: str, port: int) -> AsyncIterator[int]:
        """Let people in at `address` and `port` (0 for any free one) until the block ends; yield the port.

        Raise `OSError` if the port cannot be had.
        """
        asyncio.get_running_loop().set_exception_handler(self._on_loop_error)
        async with serve(
            self.receive,  # type: ignore[arg-type]  # `_connect` makes connections of that class
            address,
            port,
            process_request=self.answer,  # type: ignore[arg-type]
            select_subprotocol=self.subprotocol,  # type: ignore[arg-type]
            compression=None,  # it would take more memory for each player than all else together
            max_size=protocol.LARGEST_MESSAGE,
            max_queue=4,
            open_timeout=_PATIENCE,
            ping_interval=_PING,
            ping_timeout=_PING,
            close_timeout=1,
            server_header=None,
            logger=_SOCKETS,
            backlog=MOST_OUTSIDE,  # else a class that comes at once waits a second for its dropped packets
            create_connection=self._connect,  # type: ignore[arg-type]  # called, and never looked into
        ) as server:
            yield _port_of(server)

    def _connect(self, *arguments: Any, **named: Any) -> RoomConnection:
        return RoomConnection(self.doorway, self.clock, *arguments, **named)

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log an error that nobody awaits in one line: most often there are too many open files.

        asyncio tells that a hundred times a second, so the same line is written once in a while.
        """
        error = context.get("exception")
        why = error if isinstance(error, OSError) else type(error).__name__ if error else ""  # it may quote a player
        line = f"{context['message']}: {why}".removesuffix(": ")
        if (now := self.clock()) >= self._repeats.get(line, now):
            _LOGGER.error("%s", line)
            self._repeats[line] = now + _QUIET
        if isinstance(error, OSError):
            self.warn(f"New players may have to wait: {error.strerror or error}.")

    async def receive(self, socket: RoomConnection) -> None:
        """Serve one connection to its end."""
        connection = Connection(SocketOutlet(socket), socket.address)
        door: Door | None = None
        try:
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    door, hello = await self._greeted(socket)
                await door.put(connection, hello)
                await self._pass_on(socket, connection, door)
        except Refused as error:
            with contextlib.suppress(ConnectionClosed):
                await socket.send(refusal(error))
        finally:
            if door is not None:
                await door.put(connection, Gone())

    async def _greeted(self, socket: RoomConnection) -> tuple[Door, protocol.Hello | protocol.HostHello]:
        """Return the first message, and the door that it is for. Raise `Refused` if there is none."""
        message = protocol.read_to_room(await socket.recv())
        if not isinstance(message, protocol.Hello | protocol.HostHello):
            raise Refused(Reason.BAD_MESSAGE)
        message = message.model_copy(update={"protocol": protocol.agreed(message.protocol)})
        return await self.find(message, socket), message

    async def _pass_on(self, socket: RoomConnection, connection: Connection, door: Door) -> None:
        """Hand in what the other side says, until it says too much."""
        nonsense = 0
        async for raw in socket:
            if not socket.bucket.takes_one():
                await socket.send(refusal(Refused(Reason.TOO_FAST)))
                return
            try:
                message = protocol.read_to_room(raw)
            except Refused as error:
                nonsense += 1
                await socket.send(refusal(error))
                if nonsense >= _MOST_NONSENSE:
                    return
            else:
                await door.put(connection, message)


class RoomServer(SocketServer):
    """Serves rooms that are opened here, by their codes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._actors: dict[str, RoomActor] = {}

    @asynccontextmanager
    async def room(self, actor: RoomActor) -> AsyncIterator[None]:
        """Run `actor` until the block ends. Raise `Refused` for too many rooms, or a second one with its code.

        If the actor fails, everybody in its room is told, and the server goes on.
        """
        code = actor.room.code
        if len(self._actors) >= MOST_ROOMS or code in self._actors:
            raise Refused(Reason.FULL)
        self._actors[code] = actor
        task = asyncio.create_task(actor.run())
        task.add_done_callback(lambda done: self._ended(actor, done))
        try:
            yield
        finally:
            self._actors.pop(code, None)
            task.cancel()
            await asyncio.wait([task])  # not the task itself: its cancellation is not ours
            actor.dismiss()

    async def find(self, hello: protocol.Hello | protocol.HostHello, socket: RoomConnection) -> Door:
        """Return the actor of the room."""
        actor = self._actors.get(hello.room.strip().upper())
        if actor is None:
            raise Refused(Reason.NO_ROOM)
        return actor

    def warn(self, words: str) -> None:
        """Tell the hosts."""
        for actor in self._actors.values():
            actor.warn(words)

    def _ended(self, actor: RoomActor, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._actors.pop(actor.room.code, None)
            actor.stopped_by(error)


def refusal(error: Refused) -> str:
    """Return the message that says why something is refused."""
    return protocol.Refusal(reason=error.reason, text=str(error)).model_dump_json()


def _port_of(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port
