"""`orbitquiz host`: open a room that a class plays at once, or resume one."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import structs

from orbitquiz.bank.model import Bank
from orbitquiz.classroom.address import LOOPBACK, PORT, Address
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.protocol import PROTOCOL, HostHello
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Room, RoomPhase
from orbitquiz.classroom.server.hosting import (
    Hosted,
    Ready,
    RoomOptions,
    create_room,
    host_in_thread,
    opening,
    refreshed,
    resume_room,
)
from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.host_access import NotHosted, find_access, granting
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import FileIndex, KeptRoom, NoSuchRoom, RoomIndex, find, interrupted
from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.environment import can_draw, collect_rarely, data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.host_at import address_of, farewell, notes_there, open_there, resume_there
from orbitquiz.cli.next_quiz import NextQuiz
from orbitquiz.cli.open_report import open_report
from orbitquiz.cli.output import is_confirmed, say, warn
from orbitquiz.cli.room_console import Leaving, console, errors_in
from orbitquiz.cli.selection import Selection, rules_of
from orbitquiz.presenter.bell import Bell
from orbitquiz.quiz.code import Request
from orbitquiz.text.counts import counted

_OF_A_NEW_ROOM = (
    *("quiz", "category", "count", "differ", "seed"),
    *("timer", "scoring", "teams", "no_ranking", "anonymous", "reading", "go_on", "class_name"),
    *("pace", "closes", "reveals", "attempts"),
)

_RECENT = timedelta(days=1)  # an unfinished room that was opened since then has probably crashed


def run(arguments: argparse.Namespace) -> int:
    """Host a room on this terminal until the host leaves. Return the exit code."""
    collect_rarely()
    is_plain = arguments.plain or not can_draw()
    folder = data_folder(arguments.data)
    if arguments.at is not None:
        return _host_there(arguments, folder, is_plain=is_plain)
    if arguments.token is not None or arguments.secret is not None:
        raise UsageError("--token and --secret are for a room at a service, so they need --at URL too")
    if arguments.notes is not None:
        return _show_notes(_notes_here(arguments.notes, folder), folder, is_plain=is_plain)
    index = FileIndex(folder)
    lines: list[str] = []
    code: str | None = arguments.resume
    if code is None:
        now = datetime.fromtimestamp(time.time(), UTC)
        if kept := _interrupted(index, now):
            if _is_to_be_resumed(kept):
                code = kept.code
            else:
                how = _resuming(kept.code, arguments)
                lines.append(f"Room {_described(kept)} is unfinished. To resume it: {how}")
    ready = _new_room(index, arguments, lines) if code is None else _old_room(index, code, arguments)
    try:
        with errors_in(folder):
            hosted = _host(ready, arguments, lines, is_plain=is_plain)
    except UsageError:
        ready.log.close()
        if code is None:
            index.forget(ready.room.code)  # nobody was ever in it
        raise
    for line in _farewell(index, hosted, arguments):
        say(line)
    return 0


def _notes_here(code: str, folder: Path) -> Client:
    """Return a client for the notes of the room that this user hosts in another terminal. Raise `UsageError`."""
    try:
        access = find_access(folder, code or None)
    except NotHosted as error:
        raise UsageError(str(error)) from error
    hello = HostHello(protocol=PROTOCOL, room=access.code, secret=access.secret, notes=True)
    return Client(Address(LOOPBACK, access.port).url, lambda: hello)


def _show_notes(client: Client, folder: Path, *, is_plain: bool) -> int:
    """Show the notes of a room until the host leaves them. Return the exit code."""
    leaving = Leaving()

    async def plainly() -> None:
        from orbitquiz.plain.host.notes import notes_plain

        async with console(leaving) as conversation:
            await notes_plain(client, conversation)

    async def on_screen() -> None:
        from orbitquiz.tui.host.notes import NotesApp

        app = NotesApp(client, folder=folder)
        with leaving.calling(app.exit):
            await app.run_async()

    with leaving.watching():
        asyncio.run(plainly() if is_plain else on_screen())
    return 0


def _host_there(arguments: argparse.Namespace, folder: Path, *, is_plain: bool) -> int:
    """Host a room at a service until the host leaves. Return the exit code."""
    address = address_of(arguments)
    lines: list[str] = []
    if arguments.notes is not None:
        return _show_notes(notes_there(address, arguments, folder), folder, is_plain=is_plain)
    if arguments.resume is not None:
        _refuse_other_options(arguments, "bank")
        hosted = resume_there(address, arguments, folder)
    else:
        hosted = open_there(address, _opening(arguments, lines)[0], arguments, folder)
    leaving = Leaving()
    with errors_in(folder), leaving.watching():
        asyncio.run((_host_plainly if is_plain else _host_on_screen)(hosted, leaving, arguments, lines))
    data = ["--data", str(arguments.data)] if arguments.data else []
    for line in farewell(hosted, folder, data):
        say(line)
    return 0


def _new_room(index: RoomIndex, arguments: argparse.Namespace, lines: list[str]) -> Ready:
    """Open a room with the chosen quiz. Add what the host should know about that to `lines`."""
    opened, again = _opening(arguments, lines)
    try:
        return replace(create_room(index, opened, datetime.fromtimestamp(time.time(), UTC)), again=again)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"cannot keep a room in {index.where}: {why}; name another folder with --data") from error


def _opening(arguments: argparse.Namespace, lines: list[str]) -> tuple[Opened, NextQuiz]:
    """Return the first event of a room with the chosen quiz, and the quizzes of further games.

    Add what the host should know about that to `lines`.
    """
    rules = rules_of(arguments)
    if arguments.address is not None and not arguments.lan:
        raise UsageError("--address is for other computers, so it needs --lan too")
    if arguments.no_ranking and arguments.teams:
        raise UsageError("--no-ranking tells nobody how the teams stand, so leave out --teams")
    reading = open_chosen(arguments.bank)
    assert reading.bank is not None  # open_chosen raises where there is none
    selection = Selection.of(reading.bank, arguments)
    quiz = selection.quiz()
    lines += [*notices(reading, arguments, quiz), *selection.notices()]
    for line in lines:
        warn(line)
    options = RoomOptions(
        rules,
        teams=arguments.teams or 0,
        is_ranked=not arguments.no_ranking,
        is_anonymous=arguments.anonymous,
        reading=arguments.reading or 0.0,
        onward=arguments.go_on,
        class_name=arguments.class_name,
        **_pace(arguments),
    )
    bank, opened = reading.bank, opening(quiz, options)
    request = structs.replace(selection.request, count=len(quiz.questions))
    return opened, NextQuiz(opened.quiz, request, lambda: bank)


def _pace(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options of a room at everybody's own pace. Raise `UsageError` where they do not go together."""
    alone = {name: getattr(arguments, name) for name in ("closes", "reveals", "attempts")}
    given = {name: value for name, value in alone.items() if value is not None}
    if arguments.pace != "own":
        if given:
            raise UsageError(f"--{next(iter(given))} is for --pace own")
        return {}
    for name in ("timer", "scoring", "reading", "go_on"):
        if getattr(arguments, name) is not None:
            raise UsageError(f"--pace own lets everybody take their time, so leave out --{name.replace('_', '-')}")
    if (closes := given.get("closes")) is not None and closes.timestamp() <= time.time():
        raise UsageError(f"--closes {closes:%Y-%m-%dT%H:%M} has passed")
    return {"pace": "own", **given}


def _interrupted(index: RoomIndex, now: datetime) -> KeptRoom | None:
    """Return the room whose players may be waiting for it, if there is one."""
    try:
        return interrupted(index, now - _RECENT)
    except OSError:  # opening the new room will tell it better
        return None


def _is_to_be_resumed(kept: KeptRoom) -> bool:
    """Ask whether to resume an interrupted room. False without a terminal to ask on."""
    if any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    return is_confirmed(f"Resume room {_described(kept)}?", default=True)


def _described(kept: KeptRoom) -> str:
    at = f"question {kept.shown} of {kept.total}" if kept.shown else "not started"
    return f"{kept.code} ({counted(kept.players, 'player')}, {at})"


def _old_room(index: RoomIndex, code: str, arguments: argparse.Namespace) -> Ready:
    """Open the room to resume."""
    if arguments.resume is not None:
        _refuse_other_options(arguments)
    try:
        ready = resume_room(index, _unfinished(index, code))
        request = Request("", ready.room.total)
        return replace(ready, again=NextQuiz(ready.room.opening.quiz, request, lambda: _bank(arguments)))
    except (NoSuchRoom, BadRoomFile, RoomInUse) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot open {error.filename or index.where}: {error.strerror or error}") from error


def _bank(arguments: argparse.Namespace) -> Bank:
    """Open the bank for another game in a resumed room. Raise `Refused`, since the room is being played."""
    try:
        bank = open_chosen(arguments.bank).bank
    except UsageError as error:
        raise Refused(Reason.NOT_NOW, str(error)) from error
    assert bank is not None  # open_chosen raises where there is none
    return bank


def _refuse_other_options(arguments: argparse.Namespace, *more: str) -> None:
    """Raise `UsageError` if --resume stands beside options of a new room, or `more`."""
    given = [name for name in (*_OF_A_NEW_ROOM, *more) if getattr(arguments, name) not in (None, False, [])]
    if given:
        words = ", ".join(f"--{name.removesuffix('_name').replace('_', '-')}" for name in given)
        raise UsageError(f"--resume continues a room as it is, so leave out {words}")


def _unfinished(index: RoomIndex, code: str) -> str:
    """Return the code of the room to resume: the one with this `code`, or if that is empty the newest unfinished one.

    A room with players goes before a newer one without.
    """
    if code:
        kept = find(index, code)
        if kept.is_over:
            raise UsageError(f"room {kept.code} is over; see `orbitquiz report {kept.code}`")
        return kept.code
    unfinished = [kept for kept in index.rooms() if kept.is_unfinished]
    if unfinished:
        return next((kept for kept in unfinished if kept.players), unfinished[0]).code
    raise UsageError(f"there is no unfinished room in {index.where}; `orbitquiz host` opens one")


def _host(ready: Ready, arguments: argparse.Namespace, lines: Sequence[str], *, is_plain: bool) -> Hosted:
    """Serve the room until the host leaves. Raise `UsageError` if it cannot be served."""
    # Players look for the room where it was.
    port = (ready.room.port or PORT) if arguments.port is None else arguments.port
    try:
        with host_in_thread(ready, lan=arguments.lan, port=port, address=arguments.address) as thread:
            leaving = Leaving(thread.close)
            folder = data_folder(arguments.data)
            with leaving.watching(), granting(folder, thread.hosted.access):
                show = _host_plainly if is_plain else _host_on_screen
                hosted = replace(thread.hosted, folder=str(arguments.data) if arguments.data else None)
                asyncio.run(show(hosted, leaving, arguments, lines))
                thread.close()
            return hosted
    except OSError as error:
        raise UsageError(_no_port(port, error)) from error


async def _host_plainly(hosted: Hosted, leaving: Leaving, arguments: argparse.Namespace, lines: Sequence[str]) -> None:
    from orbitquiz.plain.host.host import host_plain

    async with console(leaving) as conversation:
        opened = partial(open_report, hosted, data_folder(arguments.data))
        await host_plain(hosted, conversation, bell=Bell(is_on=arguments.bell), report=opened)


async def _host_on_screen(
    hosted: Hosted, leaving: Leaving, arguments: argparse.Namespace, lines: Sequence[str]
) -> None:
    from orbitquiz.tui.host.app import HostApp

    app = HostApp(
        hosted,
        notices=lines,
        folder=data_folder(arguments.data),
        bell=Bell(is_on=arguments.bell),
        report=partial(open_report, hosted, data_folder(arguments.data)),
        refreshed=(lambda hosted: refreshed(hosted, arguments.address)) if arguments.lan else None,
    )
    with leaving.calling(app.exit):
        await app.run_async()


def _no_port(port: int, error: OSError) -> str:
    """Return why nobody can listen at `port`, and what to do."""
    instead = "choose another one with --port, or --port 0 for any that is free"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another room; {instead}"
    why = os.strerror(error.errno) if error.errno else error
    return f"cannot listen at port {port}: {why}; {instead}"


def _farewell(index: RoomIndex, hosted: Hosted, arguments: argparse.Namespace) -> list[str]:
    """Return what can be done with the room from now on."""
    try:
        room = Room.of(index.events(hosted.code))
    except (OSError, BadRoomFile):
        return ["The room could not be saved."]
    if room.phase is RoomPhase.OVER:
        return [f"The report: {hosted.report}"]
    saved = f"The room is closed and saved. To resume it: {_resuming(hosted.code, arguments)}"
    return [saved, f"The report so far: {hosted.report}"] if any(each.is_revealed for each in room.rounds) else [saved]


def _resuming(code: str, arguments: argparse.Namespace) -> str:
    """Return the command that resumes a room at the same port, with the network and the folder of `arguments`."""
    lan = ["--lan"] if arguments.lan else []
    data = ["--data", str(arguments.data)] if arguments.data else []
    return shlex.join(["orbitquiz", "host", "--resume", code, *lan, *data])
