"""The messages by which a room is opened at a service, and what a service takes for one.

They are not part of a room's protocol: a host shows a token in the request, and sends one message.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationError

from orbitquiz.classroom.base_model import Line, Message
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.rules.refusal import Reason, Refused

PATH = "open"
"""The path of the WebSocket at which rooms are opened, below the address of the service."""

LARGEST_ROOM = 8 * 1024 * 1024
"""The largest room that a service takes, in bytes of JSON."""

_MOST_QUESTIONS, _MOST_TEAMS = 1000, 8


class OpenRoom(Message):
    """Open a room with this first event. The service gives it code, time and salt."""

    type: Literal["open"] = "open"
    protocol: int
    opened: Opened


class RoomOpened(Message):
    """The room is open. `secret` makes a client its host; `report` is the path of its report below the service."""

    type: Literal["opened"] = "opened"
    room: Line
    secret: str
    report: Annotated[str, Field(pattern=r"report/[A-Za-z0-9/_-]{1,200}")]


def read_opening(raw: str | bytes) -> OpenRoom:
    """Return what a host has sent. Raise `Refused` if it is no room that can be played."""
    try:
        message = OpenRoom.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise Refused(Reason.BAD_MESSAGE, "The service cannot read this room. Update OrbitQuiz.") from error
    if len(message.opened.quiz.questions) > _MOST_QUESTIONS or len(message.opened.teams) > _MOST_TEAMS:
        raise Refused(Reason.BAD_MESSAGE, f"A room takes {_MOST_QUESTIONS} questions and {_MOST_TEAMS} teams at most.")
    return message
