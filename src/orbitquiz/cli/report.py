"""`orbitquiz report`: the results of a room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import KeptRoom, NoSuchRoom, RoomIndex, find
from orbitquiz.cli.database import kept_rooms
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say, write_file
from orbitquiz.formats.new_file import write_new
from orbitquiz.text.counts import counted
from orbitquiz.text.fold import alike
from orbitquiz.text.safe import line_of, one_line
from orbitquiz.text.width import table


def run(arguments: argparse.Namespace) -> int:
    """Write the report of a room, or list the rooms. Return the exit code."""
    with kept_rooms(arguments) as index:
        return _report(index, arguments)


def _report(index: RoomIndex, arguments: argparse.Namespace) -> int:
    if arguments.list:
        if arguments.room is not None:
            raise UsageError("--list lists every room, so leave out the code")
        return _list(index)
    if arguments.class_name is not None:
        if arguments.room is not None or arguments.game is not None:
            raise UsageError("--class reports all lessons of a class, so leave out the code and --game")
        name, written = "class", _of_class(index, arguments)
    else:
        kept = find_room(index, arguments.room)
        name, written = kept.code, _written(index, kept, arguments)
    if arguments.output is not None:
        _save(arguments.output, written)
        # Beside, as whatever else is told of a file that was asked for: standard output is for reports.
        print(one_line(f"Written to {arguments.output}"), file=sys.stderr)
    elif sys.stdout is None:
        raise UsageError("standard output is closed; name a file with -o")
    elif arguments.to == "html" and sys.stdout.isatty():
        file = _save_new(f"report-{name}", ".html", written)
        say(f"Written to {file.resolve()}. Open it in a browser, or print it.")
    elif arguments.to == "text":
        print(written, end="")
    else:
        # As bytes, so that neither the locale nor Windows' line ends change a character.
        sys.stdout.flush()
        sys.stdout.buffer.write(written.encode())
        sys.stdout.buffer.flush()
    return 0


def find_room(index: RoomIndex, code: str | None) -> KeptRoom:
    """Return the room with this code, or without one the newest. Raise `UsageError` if there is none."""
    try:
        return find(index, code)
    except NoSuchRoom as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise _unreadable(index.where, error) from error


def described(kept: KeptRoom) -> str:
    """Return a room in a few words."""
    if kept.damage:
        return f"{kept.code}, {_when(kept)}, damaged"
    return f"{kept.code}, {_when(kept)}, {line_of(kept.title)}, {counted(kept.players, 'player')}"


def _of_class(index: RoomIndex, arguments: argparse.Namespace) -> str:
    """Return the lessons of a class side by side."""
    from orbitquiz.classroom.report.build import every_game
    from orbitquiz.classroom.report.lessons import side_by_side
    from orbitquiz.classroom.report.lessons_writers import WRITERS

    wanted = alike(arguments.class_name)
    try:
        rooms = index.rooms()
        found = [kept for kept in rooms if kept.class_name is not None and alike(kept.class_name) == wanted]
        reports = [report for kept in found for report in every_game(index.events(kept.code))]
    except BadRoomFile as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise _unreadable(index.where, error) from error
    if not found:
        known = sorted({line_of(kept.class_name) for kept in rooms if kept.class_name})
        there = f"there are {', '.join(known)}" if known else "`orbitquiz host --class NAME` names the class of a room"
        raise UsageError(f"there is no class {line_of(arguments.class_name)}; {there}")
    told = side_by_side(line_of(found[0].class_name or ""), reports, with_names=not arguments.without_names)
    return WRITERS[arguments.to](told)


def _written(index: RoomIndex, kept: KeptRoom, arguments: argparse.Namespace) -> str:
    from orbitquiz.classroom.report.build import NoSuchGame, gather, without_names

    try:
        report = gather(index.events(kept.code), arguments.game)
    except (BadRoomFile, NoSuchGame) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise _unreadable(kept.where, error) from error
    return _writer(arguments.to)(without_names(report) if arguments.without_names else report)


def _writer(format: str) -> Callable[..., str]:
    # Only what is asked for is imported: HTML needs a template engine.
    match format:
        case "csv":
            from orbitquiz.classroom.report.csv import to_csv

            return to_csv
        case "json":
            from orbitquiz.classroom.report.json import to_json

            return to_json
        case "html":
            from orbitquiz.classroom.report.html import to_html

            return to_html
        case _:
            from orbitquiz.classroom.report.text import to_text

            return to_text


def _save(file: Path, text: str) -> None:
    try:
        write_file(file, text.encode())
    except OSError as error:
        raise _unwritable(file, error) from error


def _save_new(name: str, suffix: str, text: str) -> Path:
    """Write to a new file in the working folder, with a number in its name where that is taken; return it.

    The file that is there may be an earlier report with notes in it, so nothing is overwritten.
    """
    try:
        return write_new(Path(), name, text, suffix)
    except OSError as error:
        raise _unwritable(Path(f"{name}{suffix}"), error) from error


def _list(index: RoomIndex) -> int:
    try:
        found = index.rooms()
    except OSError as error:
        raise _unreadable(index.where, error) from error
    if not found:
        say(f"No room is kept in {index.where}. `orbitquiz host` opens one.")
    for line in _table(found) if found else ():
        say(line)
    return 0


def _table(found: list[KeptRoom]) -> Iterator[str]:
    rows = [("room", "opened", "players", "asked", "title"), *map(_row, found)]
    yield from table(rows, right={2})
    if any(not kept.is_over and not kept.damage for kept in found):
        yield "* not over yet"
    for kept in found:
        if kept.damage:
            yield f"damaged: {kept.damage}"


def _row(kept: KeptRoom) -> tuple[str, str, str, str, str]:
    if kept.damage:
        return kept.code, _when(kept), "", "", "damaged: see below"
    return kept.code, _when(kept), str(kept.players), f"{kept.asked}{'' if kept.is_over else ' *'}", line_of(kept.title)


def _when(kept: KeptRoom) -> str:
    return f"{kept.opened.astimezone():%Y-%m-%d %H:%M}"


def _unwritable(file: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {file}: {error.strerror}")


def _unreadable(path: str, error: OSError) -> UsageError:
    return UsageError(f"cannot read {error.filename or path}: {error.strerror or error}")
