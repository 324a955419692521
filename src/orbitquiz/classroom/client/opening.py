"""Opening a room at a service, and the rooms opened there from this computer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client import json_list
from orbitquiz.classroom.opening import PATH, OpenRoom, RoomOpened
from orbitquiz.classroom.protocol import PROTOCOL, Refusal
from orbitquiz.classroom.rules.events import Opened

_FILE = "hosted.json"
_MOST = 50  # rooms that are remembered
_PATIENCE = 15.0  # seconds


class CannotOpen(Exception):
    """The service has opened no room. The message says why, and what to do."""


@dataclass(frozen=True)
class SavedRoom:
    """A room opened at the service at `address`, with the secret of its host and the secret address of its report."""

    address: str
    code: str
    secret: str
    link: str


async def open_at(address: Address, token: str, opened: Opened) -> SavedRoom:
    """Open a room at a service with the host token `token`. Raise `CannotOpen`."""
    message = OpenRoom(protocol=PROTOCOL, opened=opened)
    try:
        async with connect(
            address.url + PATH,
            additional_headers={"Authorization": f"Bearer {token}"},
            compression=None,
            open_timeout=_PATIENCE,
            max_size=65536,
            proxy=True if address.is_secure else None,
        ) as connection:
            await connection.send(message.model_dump_json())
            raw = await connection.recv()
    except InvalidStatus as error:
        raise CannotOpen(_why(address, error.response.status_code)) from error
    except ConnectionClosed as error:
        raise CannotOpen(f"{address} has hung up; try again") from error
    except (OSError, TimeoutError, InvalidHandshake, UnicodeError) as error:
        why = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else "nobody answers there"
        raise CannotOpen(f"cannot reach {address}: {why}") from error
    try:
        answer = RoomOpened.model_validate_json(raw)
    except ValidationError:
        try:
            raise CannotOpen(Refusal.model_validate_json(raw).text) from None
        except ValidationError:
            raise CannotOpen(f"{address} is no service of OrbitQuiz, or one of another version") from None
    return SavedRoom(str(address), answer.room, answer.secret, address.page + answer.report)


def saved_rooms(folder: Path, address: Address) -> list[SavedRoom]:
    """Return the rooms opened at `address` from here; the latest first."""
    return [room for room in reversed(_read(folder)) if room.address == str(address)]


def save_room(folder: Path, room: SavedRoom) -> None:
    """Remember `room`, so that its host can come back."""
    others = [each for each in _read(folder) if (each.address, each.code) != (room.address, room.code)]
    json_list.write(folder / _FILE, [vars(each) for each in [*others, room][-_MOST:]])


def _read(folder: Path) -> list[SavedRoom]:
    return json_list.read(folder / _FILE, SavedRoom)


def _why(address: Address, status: int) -> str:
    if status == 401:
        return f"{address} does not know this host token; ask the people who run the service, and give it with --token"
    if status == 429:
        return f"{address} has had too many wrong tokens from here; try again in a minute"
    if status == 503:
        return f"{address} is about to restart; try again in a moment"
    return f"{address} is no service of OrbitQuiz (it answered {status})"
