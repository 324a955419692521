"""`orbitquiz forget`: delete a room with all names and answers, or take one name out of it."""

from __future__ import annotations

import argparse

from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.forgotten import without_name
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import KeptRoom, RoomIndex
from orbitquiz.cli.database import kept_rooms
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.open_report import report_file
from orbitquiz.cli.output import is_meant, say
from orbitquiz.cli.report import described, find_room
from orbitquiz.text.safe import line_of


def run(arguments: argparse.Namespace) -> int:
    """Delete the room, or a name in it, after asking. Return the exit code."""
    with kept_rooms(arguments) as index:
        return _forget(index, arguments)


def _forget(index: RoomIndex, arguments: argparse.Namespace) -> int:
    kept = find_room(index, arguments.room)
    if arguments.player is not None:
        return _forget_player(index, kept, arguments)
    if not arguments.yes and not is_meant(f"Delete room {described(kept)}, with all names and answers, for good?"):
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


def _forget_player(index: RoomIndex, kept: KeptRoom, arguments: argparse.Namespace) -> int:
    """Take a name out of the room after asking. Return the exit code."""
    name = arguments.player
    try:
        if not without_name(index.events(kept.code), name).count:
            raise UsageError(f"nobody in room {kept.code} was called {line_of(name)}")
        if not arguments.yes and not is_meant(f"Take the name {line_of(name)} out of room {described(kept)} for good?"):
            print("Nothing was changed.")
            return 0
        index.rewrite(kept.code, lambda events: without_name(events, name).events)
        report_file(data_folder(arguments.data), kept.code).unlink(missing_ok=True)
    except (RoomInUse, BadRoomFile) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot change {kept.where}: {error.strerror or error}") from error
    say(f"The name {line_of(name)} is gone from room {kept.code}; the answers stay, as those of nobody.")
    say("Reports that you have saved still have it.")
    return 0
