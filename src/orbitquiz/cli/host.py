"""`orbitquiz host`: a room that a class plays at once."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import shlex
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orbitquiz.classroom.address import PORT
from orbitquiz.classroom.rules.room import Phase, Room
from orbitquiz.classroom.server.hosting import Hosted, Ready, Wanted, host, open_room, reopen_room
from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.replay import BadRoomFile, read_events
from orbitquiz.classroom.storage.room_index import NoSuchRoom, find, interrupted, rooms
from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.room_console import leaving_by
from orbitquiz.cli.rules import rules_of
from orbitquiz.cli.selection import Selection
from orbitquiz.cli.terminal import can_draw
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import visible

_OF_A_NEW_ROOM = (
    *("quiz", "category", "count", "differ", "seed", "bank"),
    *("timer", "scoring", "teams", "no_ranking", "anonymous"),
)

_STILL_MEANT = timedelta(days=1)  # for so long a room that is not over may be one that has crashed


def run(arguments: argparse.Namespace) -> int:
    """Host a room on this terminal until the host leaves."""
    is_plain = arguments.plain or not can_draw()
    folder = data_folder(arguments.data)
    lines: list[str] = []
    ready = _new_room(folder, arguments, lines) if arguments.resume is None else _old_room(folder, arguments)
    try:
        hosted = asyncio.run(_host(ready, arguments, lines, is_plain=is_plain))
    except UsageError:
        if arguments.resume is None:
            ready.log.path.unlink(missing_ok=True)  # nobody was ever in it
        raise
    print(visible(_farewell(ready.log.path, hosted, arguments)))
    return 0


def _new_room(folder: Path, arguments: argparse.Namespace, lines: list[str]) -> Ready:
    """A room with the quiz that was asked for; what the host has to know of that is added to `lines`."""
    rules = rules_of(arguments)
    if arguments.no_ranking and arguments.teams:
        raise UsageError("--no-ranking tells nobody how the teams stand, so leave out --teams")
    reading = open_chosen(arguments.bank)
    assert reading.bank is not None  # open_bank raises where there is none
    selection = Selection.of(reading.bank, arguments)
    quiz = selection.quiz()
    now = datetime.fromtimestamp(time.time(), UTC)
    lines += [*notices(reading, arguments, quiz), *selection.notices(), *_unfinished_lines(folder, arguments, now)]
    for line in lines:
        print(f"orbitquiz: {visible(line)}", file=sys.stderr)
    wanted = Wanted(
        rules,
        teams=arguments.teams or 0,
        is_ranked=not arguments.no_ranking,
        is_anonymous=arguments.anonymous,
    )
    try:
        return open_room(folder, quiz, wanted, now)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"cannot keep a room in {folder}: {why}; name another folder with --data") from error


def _unfinished_lines(folder: Path, arguments: argparse.Namespace, now: datetime) -> list[str]:
    """The room that was perhaps to be gone on with, in words: players wait for it."""
    try:
        kept = interrupted(folder, now - _STILL_MEANT)
    except OSError:  # which keeping the new room tells better
        return []
    if kept is None:
        return []
    at = f"question {kept.shown} of {kept.total}" if kept.shown else "not begun"
    how = f"{counted(kept.players, 'player')}, {at}"
    return [f"Room {kept.code} is not over ({how}). To go on with it: {_resuming(kept.code, arguments)}"]


def _old_room(folder: Path, arguments: argparse.Namespace) -> Ready:
    """The room that is to be gone on with."""
    if given := [name for name in _OF_A_NEW_ROOM if getattr(arguments, name) not in (None, False, [])]:
        words = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise UsageError(f"--resume goes on with a room as it is, so leave out {words}")
    try:
        return reopen_room(_unfinished(folder, arguments.resume))
    except (NoSuchRoom, BadRoomFile, RoomInUse) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot open {error.filename or folder}: {error.strerror or error}") from error


def _unfinished(folder: Path, code: str) -> Path:
    """The file of the room with this code, or where that is empty of the newest one that is not over.

    One that players have come into goes before a newer one that nobody has.
    """
    if code:
        kept = find(folder, code)
        if kept.is_over:
            raise UsageError(f"room {kept.code} is over; `orbitquiz report {kept.code}` tells how it went")
        return kept.path
    unfinished = [kept for kept in rooms(folder) if kept.is_unfinished]
    if unfinished:
        return next((kept for kept in unfinished if kept.players), unfinished[0]).path
    raise UsageError(f"there is no unfinished room in {folder}; `orbitquiz host` opens one")


async def _host(ready: Ready, arguments: argparse.Namespace, lines: Sequence[str], *, is_plain: bool) -> Hosted:
    """Let people in until the host leaves. Raises `UsageError` where nobody can be let in."""
    async with AsyncExitStack() as stack:
        # Players come back to where the room was.
        port = (ready.room.port or PORT) if arguments.port is None else arguments.port
        try:
            hosted = await stack.enter_async_context(host(ready, lan=arguments.lan, port=port))
        except OSError as error:
            raise UsageError(_no_port(port, error)) from error
        if is_plain:
            from orbitquiz.cli.lines import conversing
            from orbitquiz.plain.host.host import host_plain

            async with conversing() as conversation:
                await host_plain(hosted, conversation)
        else:
            from orbitquiz.tui.host.app import HostApp

            app = HostApp(hosted, notices=lines, folder=data_folder(arguments.data))
            with leaving_by(app.exit):
                await app.run_async()
        return hosted


def _no_port(port: int, error: OSError) -> str:
    """Why nobody can listen at `port`, and what to do."""
    instead = "choose another one with --port, or --port 0 for any that is free"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another room; {instead}"
    why = os.strerror(error.errno) if error.errno else error
    return f"cannot listen at port {port}: {why}; {instead}"


def _farewell(path: Path, hosted: Hosted, arguments: argparse.Namespace) -> str:
    """What becomes of the room now."""
    try:
        room = Room.of(read_events(path))
    except (OSError, BadRoomFile):
        return "The room could not be kept."
    data = ["--data", str(arguments.data)] if arguments.data else []
    report = shlex.join(["orbitquiz", "report", hosted.code, *data])
    if room.phase is Phase.OVER:
        return f"The report: {report}"
    again = _resuming(hosted.code, arguments)
    kept = f"The room is closed and kept. To go on with it: {again}"
    return f"{kept}\nThe report so far: {report}" if any(each.is_revealed for each in room.rounds) else kept


def _resuming(code: str, arguments: argparse.Namespace) -> str:
    """The command that goes on with a room, at the same port, in the network and the folder of `arguments`."""
    lan = ["--lan"] if arguments.lan else []
    data = ["--data", str(arguments.data)] if arguments.data else []
    return shlex.join(["orbitquiz", "host", "--resume", code, *lan, *data])
