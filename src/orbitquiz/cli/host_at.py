"""`orbitquiz host --at`: host a room at a service instead of on this computer."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from orbitquiz.classroom.address import Address, BadAddress
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.client.opening import CannotOpen, SavedRoom, open_at, save_room, saved_rooms
from orbitquiz.classroom.protocol import PROTOCOL, HostHello
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.cli.errors import UsageError
from orbitquiz.text.safe import line_of

TOKEN_VARIABLE = "ORBITQUIZ_HOST_TOKEN"  # noqa: S105  # its name
"""The variable in the environment that a host token is taken from."""


def address_of(arguments: argparse.Namespace) -> Address:
    """Return the address of the service. Raise `UsageError` where the words do not fit together."""
    local = [name for name in ("lan", "port", "address") if getattr(arguments, name) not in (None, False)]
    if local:
        raise UsageError(f"--at hosts the room at a service, so leave out --{local[0]}")
    if arguments.secret is not None and not arguments.resume:
        raise UsageError("--secret belongs to one room, so give its code: --resume CODE")
    try:
        return Address.read(arguments.at)
    except BadAddress as error:
        raise UsageError(str(error)) from error


def open_there(address: Address, opened: Opened, arguments: argparse.Namespace, folder: Path) -> Hosted:
    """Open a room at the service and remember it. Raise `UsageError`."""
    token = arguments.token or os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise UsageError(
            f"{address} opens rooms for hosts with a token; give it with --token or in the variable {TOKEN_VARIABLE}"
        )
    try:
        room = asyncio.run(open_at(address, token, opened))
    except CannotOpen as error:
        raise UsageError(str(error)) from error
    save_room(folder, room)
    return _hosted(address, room)


def resume_there(address: Address, arguments: argparse.Namespace, folder: Path) -> Hosted:
    """Return the room to come back to: the one with the code, or the newest opened from here. Raise `UsageError`."""
    code = arguments.resume.strip().upper()
    if arguments.secret is not None:
        secret, _, key = arguments.secret.partition(":")
        room = SavedRoom(str(address), code, secret, f"{address.page}report/{code}/{key}")
        save_room(folder, room)
        return _hosted(address, room)
    return _hosted(address, _saved(address, code, folder))


def _saved(address: Address, code: str, folder: Path) -> SavedRoom:
    """Return the room with this code that was opened at the service from here, or without one the newest."""
    code = code.strip().upper()
    for room in saved_rooms(folder, address):
        if code in ("", room.code):
            return room
    if not code:
        raise UsageError(f"no room was opened at {address} from here; leave out --resume to open one")
    raise UsageError(
        f"room {line_of(code)} was not opened from here; give its host's secret, which was shown there, with --secret"
    )


def notes_there(address: Address, arguments: argparse.Namespace, folder: Path) -> Client:
    """Return a client for the notes of a room that was opened at the service from here. Raise `UsageError`."""
    room = _saved(address, arguments.notes, folder)
    hello = HostHello(protocol=PROTOCOL, room=room.code, secret=room.secret, notes=True)
    return Client(address.url, lambda: hello)


def farewell(hosted: Hosted, folder: Path, data: Sequence[str]) -> list[str]:
    """Return what can be done with the room from now on."""
    room = next(room for room in saved_rooms(folder, hosted.address) if room.code == hosted.code)
    words = ["orbitquiz", "host", "--at", str(hosted.address), "--resume", hosted.code]
    lines = [f"The room stays open. To come back to it: {shlex.join([*words, *data])}"]
    key = room.link.rpartition("/")[2]
    lines.append(f"From another computer: {shlex.join([*words, '--secret', f'{room.secret}:{key}'])}")
    lines.append(f"The report, for everybody who has this link: {room.link}")
    return lines


def _hosted(address: Address, room: SavedRoom) -> Hosted:
    hello = HostHello(protocol=PROTOCOL, room=room.code, secret=room.secret)
    return Hosted(room.code, address, Client(address.url, lambda: hello), link=room.link)
