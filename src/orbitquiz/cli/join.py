"""`orbitquiz join`: into a room that somebody else hosts."""

from __future__ import annotations

import argparse
import asyncio

from orbitquiz.classroom.address import Address, BadAddress
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.room_console import leaving_by
from orbitquiz.cli.terminal import can_draw
from orbitquiz.text.safe import visible


def run(arguments: argparse.Namespace) -> int:
    """Play in a room on this terminal. Returns 1 where one was never in it."""
    is_plain = arguments.plain or not can_draw()
    try:
        address = Address.read(arguments.address) if arguments.address is not None else None
    except BadAddress as error:
        raise UsageError(str(error)) from error
    joining = Joining(address, arguments.code, arguments.name, data_folder(arguments.data))
    if is_plain:
        return 0 if asyncio.run(_join_plainly(joining)) else 1
    asyncio.run(_join(joining))
    return 0


async def _join(joining: Joining) -> None:
    from orbitquiz.tui.student.app import StudentApp

    app = StudentApp(joining)
    with leaving_by(app.exit):
        await app.run_async()
    if farewell := app.farewell:
        print(visible(farewell))


async def _join_plainly(joining: Joining) -> bool:
    from orbitquiz.cli.lines import conversing
    from orbitquiz.plain.student.join import join_plain

    async with conversing() as conversation:
        return await join_plain(joining, conversation)
