"""The events of a room.

A room is what its events make of it, one after another, and on disk it is their list: an event log keeps each as a line
of JSON. `at` is in seconds since the room was opened, on its host's clock, which stands still while nobody
hosts it. `wall` is the time of day, in seconds since 1970 (UTC); None in rooms kept by an earlier version.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from orbitquiz.classroom.base_model import Paper
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.sheet import QuizSheet

FORMAT = 2
"""The version of the list. A program refuses one that it does not know."""


class _Event(Paper):
    at: float = Field(ge=0)
    wall: float | None = None


class Opened(_Event):
    """The room was opened. It is the first event, once.

    `room` is the code by which players join, `opened` the time in UTC as ISO 8601 text, `salt` what the ids of the
    options and their order for each player are drawn from: who knows it, knows nothing of the keys, but nobody is told.
    `teams` are the names of the teams, `is_ranked` whether anybody is told places, `is_anonymous` whether players get a
    name instead of choosing one. For `reading` seconds a question is shown without its options; `onward` seconds after
    a reveal the room goes on by itself. `opener` tells the token that opened the room at a service; `class_name` is the
    class that plays, by which its lessons are found.

    With the `pace` "own" players answer all questions by themselves until the time that `closes` says (UTC, ISO 8601)
    or the host ends the game. `reveals` says whether they are told a key after their answer or at the end, `attempts`
    how many answers they may give to a question.
    """

    type: Literal["opened"] = "opened"
    format: Literal[1, 2] = 2
    room: str
    opened: str
    salt: str
    quiz: QuizSheet
    timer: float | None = Field(default=None, gt=0)
    scoring: Scoring = Scoring.ACCURACY
    teams: tuple[str, ...] = ()
    is_ranked: bool = True
    is_anonymous: bool = False
    reading: float = Field(default=0.0, ge=0)
    onward: float | None = Field(default=None, gt=0)
    opener: str | None = None
    class_name: str | None = None
    pace: Literal["class", "own"] = "class"
    closes: str | None = None
    reveals: Literal["after-each", "at-closing"] = "after-each"
    attempts: int = Field(default=1, ge=1)


class Located(_Event):
    """A program serves the room at this port, where players look for it again.

    `host` is the SHA-256 of the host's secret as hexadecimal digits, None in rooms kept by an earlier version.
    """

    type: Literal["located"] = "located"
    port: int = Field(ge=1, le=65535)
    host: str | None = None


class Joined(_Event):
    """Somebody new has a seat.

    `skeleton` is what the name looks like, by which names are told apart; `token` is the SHA-256 of what proves later
    who this is, as hexadecimal digits; `first` is the first question they play, from 1; `team` an index.
    """

    type: Literal["joined"] = "joined"
    player: str
    name: str
    skeleton: str
    token: str
    first: int = Field(ge=1)
    team: int | None = None


class Renamed(_Event):
    """A player has another name now; one who was kicked is back with it."""

    type: Literal["renamed"] = "renamed"
    player: str
    name: str
    skeleton: str


class Kicked(_Event):
    """A player was sent out and may come back."""

    type: Literal["kicked"] = "kicked"
    player: str


class Banned(_Event):
    """A player was sent out for good."""

    type: Literal["banned"] = "banned"
    player: str


class Unbanned(_Event):
    """A ban was lifted: the player counts as kicked, may come back, and the name is free."""

    type: Literal["unbanned"] = "unbanned"
    player: str


class Locked(_Event):
    """Nobody new may come in any more, or may again."""

    type: Literal["locked"] = "locked"
    is_locked: bool


class Asked(_Event):
    """The next question was shown to all."""

    type: Literal["asked"] = "asked"
    number: int = Field(ge=1)


class Answered(_Event):
    """A player has answered.

    `option` is an index in the question's own order, `seconds` what it took by the host's clock, without pauses; `seq`
    is the number that the player gave the message.
    """

    type: Literal["answered"] = "answered"
    player: str
    number: int = Field(ge=1)
    option: int = Field(ge=0)
    seconds: float = Field(ge=0)
    seq: int = Field(ge=0)


class Paused(_Event):
    """The clock stopped. Only an answer that was on its way is still taken."""

    type: Literal["paused"] = "paused"


class WentOn(_Event):
    """The clock runs again."""

    type: Literal["went-on"] = "went-on"


class Extended(_Event):
    """The question has so many `seconds` more."""

    type: Literal["extended"] = "extended"
    seconds: float = Field(gt=0)


class Revealed(_Event):
    """The key and the proof were shown."""

    type: Literal["revealed"] = "revealed"


class Skipped(_Event):
    """The question was taken back, before or after its reveal: it counts for nobody."""

    type: Literal["skipped"] = "skipped"


class Ended(_Event):
    """The game is over."""

    type: Literal["ended"] = "ended"


class NewGame(_Event):
    """Another game begins in the lobby. Everybody keeps their seat; points and answers begin again."""

    type: Literal["new-game"] = "new-game"
    quiz: QuizSheet


Event = Annotated[
    Opened
    | Located
    | Joined
    | Renamed
    | Kicked
    | Banned
    | Unbanned
    | Locked
    | Asked
    | Answered
    | Paused
    | WentOn
    | Extended
    | Revealed
    | Skipped
    | Ended
    | NewGame,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads and writes an event."""


def opened_at(opened: Opened) -> datetime:
    """Return the time a room was opened, in UTC."""
    return _in_utc(opened.opened)


def closes_at(opened: Opened) -> datetime | None:
    """Return the time at which a room closes by itself, in UTC; None if it does not."""
    return None if opened.closes is None else _in_utc(opened.closes)


def _in_utc(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
