"""A service of several nodes: any of them takes any client, and passes it on to the node that owns the room."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.server import http
from orbitquiz.classroom.server.websocket import Door, RoomConnection, TokenBucket
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.serving.errors import UnusableDatabase
from orbitquiz.serving.logs import note
from orbitquiz.serving.postgres.database import Database
from orbitquiz.serving.postgres.index import PostgresIndex
from orbitquiz.serving.postgres.node import Node
from orbitquiz.serving.relay import LARGEST, MOST_WAITING, PATH, Relays, agreed_version, node_token, serve_node
from orbitquiz.serving.rooms import HostedRoom, Rooms, is_code
from orbitquiz.serving.server import ServiceServer

_MOVING = 8.0  # seconds that a room may take to find a new owner
_LOOK = 0.1  # seconds between two looks for it
_ABOUT = 3.0  # seconds in which a room runs that this node has claimed; then the answer to the claim was lost
_AT_ONCE = 4  # rooms that are taken over side by side
_MANY = 1e9  # frames that another node may send


class Cluster:
    """The things that the nodes of a service share, as this node sees them."""

    def __init__(self, url: str) -> None:
        """Connect to the database. Raise `UnusableDatabase`."""
        self.database = Database(url)
        self.index = PostgresIndex(self.database)
        self.key = self._shared_key()
        self.relays = Relays(self.key)
        self.node: Node | None = None

    async def join(self, rooms: Rooms, address: str, clock: Callable[[], float]) -> None:
        """Become a node that others reach at `address`. Raise `UnusableDatabase`."""

        async def take_over(dead: int) -> None:
            # Side by side: most of the time goes to waiting, for the database and for those who come back.
            work = [asyncio.create_task(self._take_over(dead, rooms)) for _ in range(_AT_ONCE)]
            await asyncio.wait(work)
            for each in work:
                each.result()

        self.node = Node(self.database, self.index, address, take_over, rooms.unload_all, clock)
        try:
            await self.node.join()
        except OSError as error:
            raise UnusableDatabase(error.strerror) from error

    async def leave(self) -> None:
        """Let go of everything. The rooms have been unloaded before."""
        await self.relays.close()
        if self.node is not None:
            await self.node.leave()
        await asyncio.to_thread(self.database.close)

    async def _take_over(self, dead: int, rooms: Rooms) -> None:
        """Take over one room of a dead node after another, until there is none left. Raise `OSError`."""
        while True:
            try:
                taken = await asyncio.to_thread(self.index.take_over, dead)
            except BadRoomFile as error:
                note("room-not-loaded", logging.ERROR, room=error.code, error=type(error).__name__)
                continue
            if taken is None:
                return
            log, room = taken
            await rooms.take_over(log, room)
            note("room-taken-over", room=room.code, node=dead)

    def _shared_key(self) -> bytes:
        self.database.rows(
            "INSERT INTO secret (name, value) VALUES ('service', %s) ON CONFLICT DO NOTHING", [secrets.token_bytes(32)]
        )
        ((key,),) = self.database.rows("SELECT value FROM secret WHERE name = 'service'")
        return bytes(key)


class ClusterServer(ServiceServer):
    """The front door of a node."""

    def __init__(self, cluster: Cluster, *arguments: Any) -> None:
        """Take what a `ServiceServer` takes behind the cluster."""
        super().__init__(*arguments)
        self.cluster = cluster
        self._looking: dict[str, asyncio.Task[Door]] = {}

    async def door(self, code: str) -> Door:
        """Return the way into a room, wherever it runs; wait while it changes hands. A class looks for it together."""
        if room := self.rooms.running(code):
            return room
        if code not in self._looking:
            self._looking[code] = asyncio.create_task(self._find(code))
            self._looking[code].add_done_callback(lambda done: self._found(code, done))
        return await asyncio.shield(self._looking[code])

    def _found(self, code: str, task: asyncio.Task[Door]) -> None:
        del self._looking[code]
        if not task.cancelled():
            task.exception()  # those who waited have got it; perhaps nobody did

    async def _find(self, code: str) -> Door:
        cluster, end = self.cluster, self.clock() + _MOVING
        while True:
            if room := self.rooms.running(code):
                return room
            try:
                found = await asyncio.to_thread(cluster.index.owner_of, code) if is_code(code) else None
                if found is None:
                    raise Refused(Reason.NO_ROOM)
                owner, address = found
                is_lost = owner == cluster.index.owner and self.clock() >= end - _MOVING + _ABOUT
                if owner is None or address is None or is_lost:
                    return await self.rooms.find(code)
                if owner != cluster.index.owner:
                    return await cluster.relays.door(address, code)
                # It has just been claimed by this node, and is about to run here.
            except OSError:
                pass  # the owner has died, or the database is away
            except Refused as error:
                if error.reason is not Reason.TOO_FAST:
                    raise
            if self.clock() >= end:
                raise Refused(Reason.TOO_FAST, "The room is being moved to another machine. Try again in a moment.")
            await asyncio.sleep(_LOOK)

    async def admit_websocket(self, socket: RoomConnection, request: Request, path: str) -> Response | None:
        """Let another node in, or what a single node lets in."""
        if path != f"/{PATH}":
            return await super().admit_websocket(socket, request, path)
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(shown.encode(), node_token(self.cluster.key).encode()):
            return http.answer_nothing()
        socket.protocol.max_message_size = LARGEST
        socket.most_waiting = MOST_WAITING
        socket.bucket = TokenBucket(self.clock, _MANY, _MANY)
        self.doorway.left(socket)
        socket.work = lambda: serve_node(socket, self._here)
        return None

    def subprotocol(self, socket: RoomConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        """Return the version to speak with another node, which offers those that it knows."""
        return agreed_version(offered, self.cluster.relays.versions)

    async def _here(self, code: str, hello: protocol.Hello | protocol.HostHello) -> Door:
        """Return the room that another node's client names. Raise `LookupError` if it is not this node's."""
        door = self.rooms.running(code) or await self.door(code)
        if not isinstance(door, HostedRoom):
            raise LookupError(code)
        self.check_players(door, hello)
        return door

    @property
    def status(self) -> str:
        """The state of this node, in a word."""
        node = self.cluster.node
        return "starting" if node is None else "database" if node.is_cut_off else super().status

    def health(self) -> Mapping[str, object]:
        """Return the state of this node."""
        node = self.cluster.node
        return {**super().health(), "node": node.id if node else None}
