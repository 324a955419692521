"""The client of a room, for a student's terminal and for the host's.

It connects, says hello, and hands on what the room says. It reconnects by itself until the room ends the visit.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import BaseModel
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import is_loopback, own_addresses
from orbitquiz.classroom.rules.refusal import Reason, Refused

FINAL = frozenset(
    {
        Reason.NO_ROOM,
        Reason.OVER,
        Reason.LOCKED,
        Reason.FULL,
        Reason.NAME_MISSING,
        Reason.NAME_UNFIT,
        Reason.NAME_TAKEN,
        Reason.BANNED,
        Reason.KICKED,
        Reason.NOT_HOST,
        Reason.BAD_MESSAGE,
        Reason.BAD_PROTOCOL,
        Reason.ELSEWHERE,
        Reason.CLOSED,
    }
)
"""Refusals after which connecting again in the same way is of no use."""

_SENT_AWAY = frozenset({Reason.BANNED, Reason.KICKED, Reason.ELSEWHERE, Reason.CLOSED})

_WAITS = (0.3, 0.6, 1.2, 2.5, 5.0)  # seconds before each new try; the last one again and again
_OPENING = 5.0  # seconds in which a connection has to be made
_PING = 4.0  # seconds between two pings, and to answer one
_LOOK = 1.0  # seconds between two looks at this computer's addresses


@dataclass(frozen=True)
class Lost:
    """The connection is lost, or could not be made, for the reason `why`. The client goes on trying.

    With `is_nowhere` there is no such address as far as the network knows.
    """

    why: str
    is_nowhere: bool = False


Update = protocol.FromRoom | Lost


class Client:
    """Talks to the room at `url`. `greeting` gives the first message of each connection."""

    def __init__(self, url: str, greeting: Callable[[], protocol.Hello | protocol.HostHello]) -> None:
        self.url = url
        self.greeting = greeting
        self._connection: ClientConnection | None = None
        self._unanswered: dict[int, protocol.AnswerMessage] = {}
        self._is_waiting = False  # for a room in which there is a seat

    async def run(self, tell: Callable[[Update], None]) -> None:
        """Hand every message to `tell` until the room ends the visit; the last one is a `Refusal` then."""
        tries = 0
        while True:
            try:
                async with connect(
                    self.url,
                    compression=None,
                    open_timeout=_OPENING,
                    ping_interval=_PING,
                    ping_timeout=_PING,
                    close_timeout=1,
                    max_size=None,  # the end of a long quiz, with all its proofs, is long
                    proxy=True if self.url.startswith("wss:") else None,  # any other room is in this house
                ) as connection:
                    tries = 0
                    async with _cut_without_network(connection):
                        if await self._converse(connection, tell):
                            return
                    lost = Lost("the room is not open" if self._is_waiting else "the room hung up")
            except Refused as error:
                tell(protocol.Refusal(reason=error.reason, text=str(error)))
                return
            except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed, UnicodeError) as error:
                lost = _lost(error)
            finally:
                self._connection = None
            tell(lost)
            await asyncio.sleep(_WAITS[min(tries, len(_WAITS) - 1)])
            tries += 1

    async def send(self, message: BaseModel) -> None:
        """Send `message` if there is a connection.

        An answer is sent again with each new connection until the room has said what became of it.
        """
        if isinstance(message, protocol.AnswerMessage):
            self._unanswered[message.seq] = message
        if self._connection is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._connection.send(message.model_dump_json())

    def _may_open_again(self) -> bool:
        """True if a room that is not there is worth waiting for."""
        return False

    async def _converse(self, connection: ClientConnection, tell: Callable[[Update], None]) -> bool:
        """Talk until the connection ends. Return True if the visit is over."""
        await connection.send(self.greeting().model_dump_json())
        self._connection = connection
        is_in = self._is_waiting = False
        async for raw in connection:
            message = protocol.read_from_room(raw)
            match message:
                case protocol.HostWelcome():
                    is_in = True
                case protocol.Welcome():
                    is_in = True
                    for answer in tuple(self._unanswered.values()):  # sending may take up another one
                        await connection.send(answer.model_dump_json())
                case protocol.Accepted(seq=int(seq)) | protocol.Refusal(seq=int(seq)):
                    self._unanswered.pop(seq, None)
            if isinstance(message, protocol.Refusal) and message.reason is Reason.NO_ROOM and self._may_open_again():
                self._is_waiting = True  # its host may be about to resume it
                return False
            tell(message)
            if isinstance(message, protocol.Refusal) and message.reason in (_SENT_AWAY if is_in else FINAL):
                return True
        return False


@asynccontextmanager
async def _cut_without_network(connection: ClientConnection) -> AsyncIterator[None]:
    """Cut `connection` as soon as this computer has lost the address it uses: TCP would notice only much later."""
    local = connection.local_address[0]

    async def watch() -> None:
        while True:
            await asyncio.sleep(_LOOK)
            if local not in own_addresses():
                connection.transport.abort()
                return

    watcher = None if is_loopback(local) else asyncio.create_task(watch())
    try:
        yield
    finally:
        if watcher is not None:
            watcher.cancel()


def _lost(error: Exception) -> Lost:
    # A name that no name server knows, or could be asked for.
    if isinstance(error, socket.gaierror | UnicodeError):
        return Lost("there is no such address", is_nowhere=True)
    if isinstance(error, OSError) and not isinstance(error, TimeoutError) and error.errno is not None:
        return Lost(os.strerror(error.errno).lower())
    if isinstance(error, OSError):  # also where a name has several addresses, and nobody answers at any
        return Lost("nobody answers there")
    return Lost("the connection was lost")
