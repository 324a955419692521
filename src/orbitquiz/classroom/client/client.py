"""The other end of a room: for a student's terminal, and for the host's.

A client connects, says who it is, and hands on what the room says. When the connection is lost it connects again by
itself, until the room sends it away or nobody wants it any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from orbitquiz.classroom import protocol
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
"""Refusals of the first message, or of more visits, after which it is of no use to connect again in the same way."""

_SENT_AWAY = frozenset({Reason.BANNED, Reason.KICKED, Reason.ELSEWHERE, Reason.CLOSED})

_WAITS = (0.3, 0.6, 1.2, 2.5, 5.0)  # seconds before each new try; the last one again and again
_OPENING = 5.0  # seconds in which a connection has to come about


@dataclass(frozen=True)
class Lost:
    """The connection is lost, or could not be made, for the reason `why`; it is tried again.

    With `is_nowhere` there is no such address, so far as the network knows.
    """

    why: str
    is_nowhere: bool = False


Update = protocol.FromRoom | Lost


class Client:
    """Speaks with the room at `url`, as `place.Address` gives it. `greeting` gives what it says first, each time."""

    def __init__(self, url: str, greeting: Callable[[], protocol.Hello | protocol.HostHello]) -> None:
        self.url = url
        self.greeting = greeting
        self._connection: ClientConnection | None = None
        self._unanswered: dict[int, protocol.AnswerMessage] = {}

    async def run(self, tell: Callable[[Update], None]) -> None:
        """Hand every message to `tell` until the room ends the visit. The last one is then a `Refusal`."""
        tries = 0
        while True:
            try:
                async with connect(
                    self.url,
                    compression=None,
                    open_timeout=_OPENING,
                    ping_interval=20,
                    ping_timeout=20,
                    close_timeout=1,
                    max_size=None,  # the end of a long quiz, with all its proofs, is long
                    proxy=None,  # a room is on this machine or in this house
                ) as connection:
                    tries = 0
                    if await self._converse(connection, tell):
                        return
                    lost = Lost("the room hung up")
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

    async def _converse(self, connection: ClientConnection, tell: Callable[[Update], None]) -> bool:
        """Talk until the connection ends. Returns whether the visit is over."""
        await connection.send(self.greeting().model_dump_json())
        self._connection = connection
        is_in = False
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
            tell(message)
            if isinstance(message, protocol.Refusal) and message.reason in (_SENT_AWAY if is_in else FINAL):
                return True
        return False


def _lost(error: Exception) -> Lost:
    # A name that no name server knows, or could be asked for.
    if isinstance(error, socket.gaierror | UnicodeError):
        return Lost("there is no such address", is_nowhere=True)
    if isinstance(error, OSError) and not isinstance(error, TimeoutError) and error.errno is not None:
        return Lost(os.strerror(error.errno).lower())
    if isinstance(error, OSError):  # also where a name has several addresses, and nobody answers at any
        return Lost("nobody answers there")
    return Lost("the connection was lost")
