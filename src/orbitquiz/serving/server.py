"""The front door of a service: one port for players, hosts, the page, reports and figures."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from orbitquiz.classroom import protocol
from orbitquiz.classroom.opening import LARGEST_ROOM, PATH, RoomOpened, read_opening
from orbitquiz.classroom.report.build import gather
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.server import http
from orbitquiz.classroom.server.websocket import Door, Doorway, RoomConnection, SocketServer, TokenBucket, refusal
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.serving.guesses import Guesses
from orbitquiz.serving.keys import HostTokens, report_key
from orbitquiz.serving.limits import Limits
from orbitquiz.serving.logs import note
from orbitquiz.serving.metrics import MISSING, Figures, exposition
from orbitquiz.serving.proxies import Network, Proxies, is_forwarded, is_in
from orbitquiz.serving.rooms import HostedRoom, Rooms, is_code

_OUTSIDE = 4096  # connections that have not joined a room yet
_OUTSIDE_EACH = 1024  # of one address: a school may share one, and comes back at once after a new start
_PATIENCE = 15.0  # seconds in which a host has to send the room
_TOKENS = 1.0, 10.0  # wrong host tokens that one address may try without waiting: per second over time, and at once
_FULL = "The service has as many players as it can hold. Try again in some minutes."
_TYPES = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Front:
    """The way to a service: its proxies, and the networks that may read its figures."""

    proxies: Proxies
    metrics_from: Sequence[Network]


class ServiceServer(SocketServer):
    """Serves all rooms of a service. `key` is what the links to reports are made from."""

    def __init__(
        self,
        rooms: Rooms,
        tokens: HostTokens,
        key: bytes,
        front: Front,
        limits: Limits,
        figures: Figures,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(clock, Doorway(_OUTSIDE, _OUTSIDE_EACH, front.proxies.is_trusted))
        self.is_draining = False
        self.guesses = Guesses(clock)
        self.rooms, self._tokens, self._key = rooms, tokens, key
        self._front, self._limits, self._figures = front, limits, figures
        self._openings: dict[str, TokenBucket] = {}
        self._token_guesses = Guesses(clock, _TOKENS)
        self._reporting = asyncio.Semaphore(1)

    # Rooms.

    async def find(self, hello: protocol.Hello | protocol.HostHello, socket: RoomConnection) -> Door:
        """Return the room that `hello` names, loaded if nobody was in it."""
        door = await self.try_code(socket.address, hello.room.strip().upper())
        if isinstance(door, HostedRoom):
            self.check_players(door, hello)
        return door

    async def try_code(self, address: str, code: str) -> Door:
        """Return the way into the room with the code that somebody at `address` tries. Raise `Refused`."""
        async with self.guesses.trying(address, code):
            return await self.door(code)

    def check_players(self, room: HostedRoom, hello: protocol.Hello | protocol.HostHello) -> None:
        """Raise `Refused` if no further player fits in."""
        is_full = self.rooms.players >= self._limits.players
        is_used_up = self.rooms.players_of(room.opener) >= self._limits.players_each
        if isinstance(hello, protocol.Hello) and (is_full or is_used_up):
            self._figures.counts["players refused"] += 1
            raise Refused(Reason.FULL, _FULL)

    async def door(self, code: str) -> Door:
        """Return the way into the room with this code. Raise `Refused` if there is none."""
        return await self.rooms.find(code)

    def warn(self, words: str) -> None:
        """Log that newcomers may have to wait."""
        note("newcomers-wait", logging.WARNING)

    async def receive(self, socket: RoomConnection) -> None:
        """Serve one connection to its end."""
        if socket.work is None:
            await super().receive(socket)
        else:
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                await socket.work()

    async def _open(self, socket: RoomConnection, opener: str) -> None:
        """Open the room that a host sends, and tell its code and its secrets."""
        try:
            async with asyncio.timeout(_PATIENCE):
                raw = await socket.recv()
            message = await asyncio.to_thread(read_opening, raw)
            protocol.agreed(message.protocol)
            self._check_openings(opener)
            room, secret = await self.rooms.open(message.opened, opener)
        except Refused as error:
            await socket.send(refusal(error))
            return
        except OSError as error:
            note("room-not-opened", logging.ERROR, error=type(error).__name__)
            await socket.send(refusal(Refused(Reason.FULL, "The service cannot keep a room at the moment.")))
            return
        salt = room.actor.room.opening.salt
        path = f"report/{room.code}/{report_key(self._key, room.code, salt)}"
        await socket.send(RoomOpened(room=room.code, secret=secret, report=path).model_dump_json())

    def _check_openings(self, opener: str) -> None:
        """Count a new room of this token. Raise `Refused` for too many."""
        most = self._limits.openings
        bucket = self._openings.setdefault(opener, TokenBucket(self.clock, most / 3600, most))
        running = sum(room.opener == opener for code in self.rooms.codes if (room := self.rooms.running(code)))
        if running >= self._limits.rooms_each or not bucket.takes_one():
            raise Refused(Reason.FULL, "This host token has opened as many rooms as it may. Try again later.")

    # Requests.

    async def answer(self, socket: RoomConnection, request: Request) -> Response | None:
        """Answer a plain request, or let a WebSocket in."""
        proxies, is_through = self._front.proxies, is_forwarded(request.headers)
        if client := proxies.client(socket.peer, request.headers):
            socket.forwarded_for = client
            self.doorway.came(socket)
        request = proxies.as_asked(socket.peer, request)
        path, _, query = request.path.partition("?")
        if http.is_websocket(request):
            if self.status in ("starting", "draining"):
                return http.answer(HTTPStatus.SERVICE_UNAVAILABLE, "The service is about to restart.")
            return await self.admit_websocket(socket, request, path)
        if request.method in ("GET", "HEAD"):
            match path.split("/")[1:]:
                case ["healthz"]:
                    return self._answer_health()
                case ["metrics"]:
                    # Behind a proxy that was not named everybody seems to come from this computer.
                    is_near = is_in(socket.address, self._front.metrics_from)
                    if is_near and (client or not is_through):
                        return self._answer_metrics()
                case ["report", code, key]:
                    return await self._answer_report(socket, code, key, query)
        return http.answer_page(request)

    async def admit_websocket(self, socket: RoomConnection, request: Request, path: str) -> Response | None:
        """Let a WebSocket in, or answer why not."""
        if path == f"/{PATH}":
            return await self._admit_opener(socket, request)
        return http.answer_other_site(request)

    async def _admit_opener(self, socket: RoomConnection, request: Request) -> Response | None:
        """Let somebody open a room who has a host token."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        opener = self._tokens.opener(token.strip()) if scheme.lower() == "bearer" else None
        try:
            async with self._token_guesses.trying(socket.address, opener or ""):
                if opener is None or not http.comes_from_here(request):
                    raise Refused(Reason.NO_ROOM)
        except Refused as error:
            if error.reason is Reason.TOO_FAST:
                return http.answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong host tokens.")
            return http.answer(
                HTTPStatus.UNAUTHORIZED, "A room is opened with a host token.", [("WWW-Authenticate", "Bearer")]
            )
        assert opener is not None
        socket.protocol.max_message_size = LARGEST_ROOM
        socket.work = lambda: self._open(socket, opener)
        return None

    @property
    def status(self) -> str:
        """The state of the service, in a word: "ok" while it takes new players."""
        return "draining" if self.is_draining else "ok"

    def health(self) -> Mapping[str, object]:
        """Return the state of the service, for those who watch it."""
        return {"status": self.status, "rooms": len(self.rooms), "players": self.rooms.players}

    def _answer_health(self) -> Response:
        health = self.health()
        status = HTTPStatus.OK if health["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
        return http.answer_bytes(status, "application/json", json.dumps(health).encode())

    def gauges(self) -> dict[str, int]:
        """Return the figures that go up and down."""
        return {"rooms": len(self.rooms), "players": self.rooms.players}

    def _answer_metrics(self) -> Response:
        counts = self._figures.counts
        counts["wrong codes"], counts["slowed guesses"] = self.guesses.wrong, self.guesses.slowed
        counts["wrong host tokens"] = self._token_guesses.wrong
        try:
            text = exposition(self._figures, self.gauges())
        except ImportError:
            return http.answer(HTTPStatus.NOT_IMPLEMENTED, MISSING)
        return http.answer_bytes(HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", text)

    async def _answer_report(self, socket: RoomConnection, code: str, key: str, query: str) -> Response:
        nothing = http.answer(HTTPStatus.NOT_FOUND, "There is no report here.")
        to = query.removeprefix("to=") or "html"
        if not is_code(code) or to not in _TYPES:
            return nothing
        try:
            async with self.guesses.trying(socket.address, f"report {code}"), self._reporting:
                written = await asyncio.to_thread(self._report, code, key, to)
        except Refused as error:
            if error.reason is Reason.TOO_FAST:
                return http.answer(HTTPStatus.TOO_MANY_REQUESTS, "Try again in a few seconds.")
            return nothing
        except OSError:
            return http.answer(HTTPStatus.SERVICE_UNAVAILABLE, "The report cannot be read at the moment.")
        headers = [("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex")]
        return http.answer_bytes(HTTPStatus.OK, _TYPES[to], written.encode(), headers)

    def _report(self, code: str, key: str, to: str) -> str:
        """Return the report of a room. Raise `Refused` if there is none with this key."""
        from orbitquiz.classroom.report import csv, html, json, text

        try:
            events = self.rooms.index.events(code)
        except (FileNotFoundError, BadRoomFile):
            raise Refused(Reason.NO_ROOM) from None
        assert isinstance(events[0], Opened)
        if not hmac.compare_digest(report_key(self._key, code, events[0].salt).encode(), key.encode()):
            raise Refused(Reason.NO_ROOM)
        report = gather(events)
        write = {"html": html.to_html, "csv": csv.to_csv, "json": json.to_json, "text": text.to_text}[to]
        return write(report)
