"""Read the file of a room: the events that stand in it, where they can have happened one after another.

A last line without its end was being written when the program or the machine stopped; nobody was told of it, so it
never happened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from pydantic import ValidationError

from orbitquiz.classroom.rules.events import (
    EVENT,
    FORMAT,
    Answered,
    Asked,
    Banned,
    Ended,
    Event,
    Extended,
    Joined,
    Kicked,
    Located,
    Locked,
    NewGame,
    Opened,
    Paused,
    Renamed,
    Revealed,
    Skipped,
    Unbanned,
    WentOn,
    closes_at,
    opened_at,
)
from orbitquiz.classroom.rules.room import Room, RoomPhase


class BadRoomFile(Exception):
    """A file that holds no room, or not a whole one. The message says where, what, and what to do."""

    def __init__(self, path: Path, line: int, what: str, advice: str) -> None:
        self.code = path.stem
        super().__init__(f"{path}:{line}: {what}; {advice}")


@dataclass(frozen=True, slots=True)
class Replay:
    """The content of a room's file: its events, the room they make, and the end of the last whole line."""

    events: list[Event]
    room: Room
    end: int


def read_events(path: Path) -> list[Event]:
    """Return the events of the room in this file, which may be hosted meanwhile. A torn last line is left out.

    Raise `BadRoomFile` and `OSError`.
    """
    return read(path, path.read_bytes()).events


def read(path: Path, raw: bytes) -> Replay:
    """Replay the file content `raw`. Raise `BadRoomFile`."""
    end = raw.rfind(b"\n") + 1
    first, *rest = raw[:end].split(b"\n")
    opened = read_opening(path, first)
    events: list[Event] = [opened]
    room = Room.of(events)
    for number, line in enumerate(rest[:-1], 2):  # after the last line break there is nothing
        try:
            event = EVENT.validate_json(line)
        except ValidationError:
            event = None
        if event is None or not _can_follow(room, event):
            what = "this is no event" if event is None else "this cannot have happened after what stands above"
            advice = (
                "make a copy of the file and cut it off before this line, or delete the room with `orbitquiz forget`"
            )
            raise BadRoomFile(path, number, what, advice)
        events.append(event)
        room = room.after(event)
    return Replay(events, room, end)


def read_opening(path: Path, line: bytes) -> Opened:
    """Return the first event of a room, from the first line of its file. Raise `BadRoomFile`."""
    try:
        event = EVENT.validate_json(line)
    except ValidationError:
        format = _format(line)
        if format is not None and format != FORMAT:
            what = f"the room was kept by another version of OrbitQuiz (format {format}, here {FORMAT})"
            raise BadRoomFile(path, 1, what, "use the version that has kept it") from None
        event = None
    if not isinstance(event, Opened) or not _has_time(event):
        raise BadRoomFile(path, 1, "this is no room of OrbitQuiz", "move the file out of this folder, or delete it")
    return event


def _format(line: bytes) -> int | None:
    """Return the version that a first line names; None if it is no room of OrbitQuiz."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    format = data.get("format") if isinstance(data, dict) and data.get("type") == "opened" else None
    return format if isinstance(format, int) else None


def _has_time(opened: Opened) -> bool:
    try:
        opened_at(opened)
        closes_at(opened)
    except (ValueError, OverflowError):  # no time, or none that the calendar has
        return False
    return True


def _can_follow(room: Room, event: Event) -> bool:
    """True if the room has all that `event` speaks of, so that what is counted from it holds."""
    match event:
        case Opened():
            return False
        case Joined():
            has_team = event.team is None or 0 <= event.team < len(room.opening.teams)
            return event.player not in room.players and has_team
        case Renamed() | Kicked() | Banned() | Unbanned():
            return event.player in room.players
        case Asked():
            is_next = event.number == room.number + 1 <= room.total
            return is_next and not room.is_open and room.phase is not RoomPhase.OVER
        case Answered() if room.is_own_pace:
            return room.phase is RoomPhase.OPEN and room.may_answer(event.player, event.number, event.option)
        case Answered():
            return (
                room.is_open
                and event.number == room.number
                and event.option < len(room.question.options)
                and event.player in room.players
                and event.player not in room.round.answers
                and room.players[event.player].first <= event.number
            )
        case Paused() | WentOn() | Extended() | Revealed():
            return room.is_open
        case Skipped():
            return room.is_open or room.phase is RoomPhase.REVEALED
        case NewGame():
            return room.phase is RoomPhase.OVER
        case Located() | Locked() | Ended():
            return True
        case _:
            assert_never(event)
