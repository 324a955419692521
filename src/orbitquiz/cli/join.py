"""`orbitquiz join`: play in a room that somebody hosts."""

from __future__ import annotations

import argparse
import asyncio

from orbitquiz.classroom.address import Address, BadAddress
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.cli.environment import can_draw, data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say
from orbitquiz.cli.room_console import Leaving, console


def run(arguments: argparse.Namespace) -> int:
    """Play in a room on this terminal. Return the exit code, 1 if one never got in."""
    is_plain = arguments.plain or not can_draw()
    where, _, fragment = (arguments.address or "").partition("#")  # a link to come back by: #CODE/TOKEN
    code, _, token = fragment.partition("/")
    try:
        address = Address.read(where) if arguments.address is not None else None
    except BadAddress as error:
        raise UsageError(str(error)) from error
    folder = data_folder(arguments.data)
    joining = Joining(address, arguments.code or code or None, arguments.name, folder, token or None)
    leaving = Leaving()
    with leaving.watching():
        if is_plain:
            return 0 if asyncio.run(_join_plainly(joining, leaving)) else 1
        asyncio.run(_join_on_screen(joining, leaving))
    return 0


async def _join_on_screen(joining: Joining, leaving: Leaving) -> None:
    from orbitquiz.tui.student.app import StudentApp

    app = StudentApp(joining)
    with leaving.calling(app.exit):
        await app.run_async()
    if farewell := app.farewell:
        say(farewell)


async def _join_plainly(joining: Joining, leaving: Leaving) -> bool:
    from orbitquiz.plain.student.join import join_plain

    async with console(leaving) as conversation:
        return await join_plain(joining, conversation)
