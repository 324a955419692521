"""`orbitquiz forget`: delete a room with all names and answers in it."""

from __future__ import annotations

import argparse
import sys

from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.room_index import RoomIndex
from orbitquiz.cli.database import kept_rooms
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.open_report import report_file
from orbitquiz.cli.output import is_confirmed, say
from orbitquiz.cli.report import described, find_room


def run(arguments: argparse.Namespace) -> int:
    """Delete the room after asking. Return the exit code."""
    with kept_rooms(arguments) as index:
        return _forget(index, arguments)


def _forget(index: RoomIndex, arguments: argparse.Namespace) -> int:
    kept = find_room(index, arguments.room)
    if not arguments.yes and not _is_meant(described(kept)):
        print("Nothing was deleted.")
        return 0
    try:
        index.forget(kept.code)
        report_file(data_folder(arguments.data), kept.code).unlink(missing_ok=True)
    except RoomInUse as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot delete {kept.where}: {error.strerror or error}") from error
    say(f"Deleted: {described(kept)}. Reports that you have saved are files of your own, and still there.")
    return 0


def _is_meant(room: str) -> bool:
    """Ask for confirmation. Raise `UsageError` without a terminal to ask on."""
    if any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("there is no terminal to ask on; add --yes to delete the room")
    return is_confirmed(f"Delete room {room}, with all names and answers, for good?")
