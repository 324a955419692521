"""A real service for tests: many rooms on the loopback, and people with real WebSockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from orbitquiz.classroom.address import LOOPBACK, Address
from orbitquiz.classroom.client.opening import SavedRoom, open_at
from orbitquiz.classroom.protocol import PROTOCOL
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.serving.service import Service, ServiceOptions, serving
from tests.classroom.live import Guest, Message
from tests.classroom.making import opened


@dataclass
class Served:
    """A service that listens, below `path`, and all who are connected to it."""

    service: Service
    token: str
    guests: list[Guest] = field(default_factory=list)
    path: str = "/"

    @property
    def address(self) -> Address:
        return Address(LOOPBACK, self.service.port, path=self.path)

    async def open(self, opening: Opened | None = None) -> SavedRoom:
        """Open a room as a teacher does."""
        return await open_at(self.address, self.token, opening or opened(room="", opened="", salt=""))

    async def guest(self, **options: Any) -> Guest:
        guest = Guest(await connect(self.address.url, compression=None, max_size=None, proxy=None, **options))
        self.guests.append(guest)
        return guest

    async def host(self, room: SavedRoom) -> Guest:
        """Somebody who has the secret of the room, and the scene as it is."""
        guest = await self.guest()
        await guest.say(type="host", protocol=PROTOCOL, room=room.code, secret=room.secret)
        await guest.hear("scene")
        return guest

    async def hello(self, code: str, name: str | None = None, token: str | None = None, **options: Any) -> Guest:
        """Somebody who has said hello, and not heard yet what the room says to it."""
        guest = await self.guest(**options)
        await guest.say(type="hello", protocol=PROTOCOL, room=code, name=name, token=token)
        return guest

    async def player(self, code: str, name: str, token: str | None = None) -> tuple[Guest, Message]:
        """Somebody who is in the room, and the welcome."""
        guest = await self.hello(code, name, token)
        return guest, await guest.hear("welcome")

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text that the service answers to a request."""
        reader, writer = await asyncio.open_connection(self.address.host, self.address.port)
        host = f"{self.address.host}:{self.address.port}"
        sent = {"Host": host, "Connection": "close"} | dict(headers or {})
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        raw = (await asyncio.wait_for(reader.read(), 10)).decode()
        writer.close()
        head, _, body = raw.partition("\r\n\r\n")
        first, *rest = head.split("\r\n")
        return int(first.split()[1]), dict(line.split(": ", 1) for line in rest), body


@asynccontextmanager
async def served(folder: Path, **options: Any) -> AsyncIterator[Served]:
    """A service with its data in `folder`."""
    told: dict[str, Any] = {"folder": folder, "port": 0}
    async with serving(ServiceOptions(**told | options)) as service:
        it = Served(service, (folder / "host-tokens").read_text().strip())
        try:
            yield it
        finally:
            for guest in it.guests:
                guest.drop()
