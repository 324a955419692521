"""The protocol: every message between a room and those in it, as JSON text over a WebSocket.

This module is the whole of it; docs/protocol.md says how a conversation goes. Nothing that a player is sent before the
reveal says which option is the key: neither the proof, nor the remarks, nor the ids of question and fact, by which one
could look it up, nor the quiz's code, which gives the same quiz to anybody.

The ids of options differ from room to room and say nothing of their order. Times are seconds.

What a room says comes from another computer. So all of it that people read is `Words` or a `Line`: harmless to a
terminal.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from orbitquiz.classroom.base_model import Line, Message, Words
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet

PROTOCOL = 2
"""The version of the protocol. Each client says its own in its first message; the lower of the two is spoken."""

OLDEST = 2
"""The oldest version that a room still speaks."""

LARGEST_MESSAGE = 4096
"""The largest message that a room accepts, in bytes."""

LONGEST_NAME = 200
"""The longest name that is looked at, in characters; `names` limits it further."""

_Short = Annotated[str, Field(max_length=64)]
_Number = Annotated[int, Field(ge=1, le=100_000)]
_Spoken = Annotated[int, Field(ge=OLDEST, le=PROTOCOL)]
_Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]  # what JavaScript can count


# What players say.


class Hello(Message):
    """The first message of a player: which room, and who. A `token` gives back the seat it was given for."""

    type: Literal["hello"] = "hello"
    protocol: int
    room: _Short
    name: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    token: _Short | None = None


class AnswerMessage(Message):
    """The answer to a question: the id of an option.

    `seq` is a number of the player's choosing, another one for each answer and the same when the message is sent again.
    Sent twice, it counts once.
    """

    type: Literal["answer"] = "answer"
    seq: _Seq
    number: _Number
    option: _Short


class Show(Message):
    """Show question `number` again, or its key if that may be told; 0 for the player's progress. At one's own pace."""

    type: Literal["show"] = "show"
    number: Annotated[int, Field(ge=0, le=100_000)]


# What the host says.


class HostHello(Message):
    """The first message of the host, whose `secret` was never sent to anybody else.

    With `notes` it asks for the host's notes instead of the host's screen, and can make no moves.
    """

    type: Literal["host"] = "host"
    protocol: int
    room: _Short
    secret: Annotated[str, Field(max_length=200)]
    notes: bool = False


class Next(Message):
    """Begin, go on to the next question, or to the end after the last one.

    `after` is the number of the question that is being left, so that a key pressed twice leaves one question.
    """

    type: Literal["next"] = "next"
    after: Annotated[int, Field(ge=0, le=100_000)]


class Reveal(Message):
    """Show the key and the proof."""

    type: Literal["reveal"] = "reveal"


class Skip(Message):
    """Take the current question back, before or after its reveal: it counts for nobody."""

    type: Literal["skip"] = "skip"


class Pause(Message):
    """Stop the clock."""

    type: Literal["pause"] = "pause"


class GoOn(Message):
    """Let the clock run again."""

    type: Literal["go-on"] = "go-on"


class Extend(Message):
    """Give the current question more time."""

    type: Literal["extend"] = "extend"
    seconds: Annotated[float, Field(gt=0, le=3600)]


class Lock(Message):
    """Let nobody new in, or let them in again."""

    type: Literal["lock"] = "lock"
    locked: bool


class Kick(Message):
    """Send a player out, who may come back."""

    type: Literal["kick"] = "kick"
    player: _Short


class Ban(Message):
    """Send a player out for good."""

    type: Literal["ban"] = "ban"
    player: _Short


class Unban(Message):
    """Lift the ban of a player, who may come back."""

    type: Literal["unban"] = "unban"
    player: _Short


class KickAway(Message):
    """Send out all players who are not connected; they may come back."""

    type: Literal["kick-away"] = "kick-away"


class Hold(Message):
    """Do nothing by yourself while `held`, neither reveal the question nor go on to the next one.

    Held until the host says otherwise, goes on, or is gone. Answers are taken meanwhile.
    """

    type: Literal["hold"] = "hold"
    held: bool


class Rename(Message):
    """Give a player another name."""

    type: Literal["rename"] = "rename"
    player: _Short
    name: Annotated[str, Field(max_length=LONGEST_NAME)]


class End(Message):
    """End the game."""

    type: Literal["end"] = "end"


class Again(Message):
    """Begin another game in the room once one is over; everybody keeps their seat."""

    type: Literal["again"] = "again"


HostMove = (
    Next | Reveal | Skip | Pause | GoOn | Extend | Lock | Kick | Ban | Unban | KickAway | Hold | Rename | End | Again
)

ToRoom = Annotated[Hello | AnswerMessage | Show | HostHello | HostMove, Field(discriminator="type")]
"""The messages to a room."""


# What the room says to a player.


class Welcome(Message):
    """The player is in the room. `protocol` is the version that is spoken from now on.

    `token` brings the player back to the seat and is theirs alone; `score` are their points so far. With the `pace`
    "own" the player goes on alone, until the time that `closes` says (UTC, ISO 8601).
    """

    type: Literal["welcome"] = "welcome"
    protocol: _Spoken
    room: Line
    title: Line
    player: str
    token: str
    name: Line
    team: Line | None
    score: int
    total: int
    timer: float | None
    scoring: Scoring
    is_ranked: bool
    pace: Literal["class", "own"] = "class"
    closes: Line | None = None


class Named(Message):
    """The host has given the player another name."""

    type: Literal["named"] = "named"
    name: Line


class Refusal(Message):
    """Something was refused. `reason` is for programs, `text` for people; `seq` is that of a refused answer.

    After one to the first message, and after one that ends the visit (kicked, banned, elsewhere, closed, too-fast), the
    room hangs up.
    """

    type: Literal["refusal"] = "refusal"
    reason: Reason
    text: Line
    seq: int | None = None


class Lobby(Message):
    """The game has not begun; so many players are here. `title`, `total` and `score` replace those of the welcome."""

    type: Literal["lobby"] = "lobby"
    players: int
    title: Line
    total: int
    score: int


class Progress(Message):
    """The progress of a player at their own pace.

    `to_answer` are the questions still to be answered, `answered` is how many are. `score` and `right` are None where
    they are told at the end. The room closes at the time that `closes` says (UTC, ISO 8601), if any.
    """

    type: Literal["progress"] = "progress"
    total: int
    to_answer: tuple[int, ...]
    answered: int
    score: int | None
    right: int | None
    closes: Line | None


class OptionOut(Message):
    """An option: its id in this room, and its text."""

    id: str
    text: Words


class QuestionOut(Message):
    """A question that waits for answers, its options in the order in which this player sees them.

    `left` is how many seconds there are, None for no limit. `plays` is false for a player who came after it was asked.
    `picked` is the id of the option that the player has answered with already. While `reading` is a number, there are
    no options: they appear in so many seconds, and only then does the time run.

    In the compare round `passages` lie open beside the question, with their quotations marked.

    At one's own pace `attempts` says how many answers may still be given, `wrong` which options were tried, and
    `to_answer` which questions are still to be answered; they are None, empty and empty in a class.
    """

    type: Literal["question"] = "question"
    number: int
    total: int
    category: Line
    sources_differ: bool
    stem: Words
    options: tuple[OptionOut, ...]
    limit: float | None
    left: float | None
    is_paused: bool
    plays: bool
    picked: str | None
    reading: float | None = None
    passages: tuple[PassageSheet, ...] = ()
    attempts: int | None = None
    wrong: tuple[str, ...] = ()
    to_answer: tuple[int, ...] = ()


class Clock(Message):
    """The clock of the current question was stopped, set going, or put back. `reading` is as in `QuestionOut`."""

    type: Literal["clock"] = "clock"
    number: int
    limit: float | None
    left: float | None
    is_paused: bool
    reading: float | None = None


class Accepted(Message):
    """An answer is recorded: it is on disk."""

    type: Literal["accepted"] = "accepted"
    seq: int
    number: int
    option: str


class RevealedQuestion(Message):
    """The key of a question, and what proves it. The same for all players; `votes` are by option id."""

    number: int
    total: int
    category: Line
    sources_differ: bool
    stem: Words
    options: tuple[OptionOut, ...]
    key: str
    votes: dict[str, int]
    proof: ProofSheet


class Yours(Message):
    """The outcome of this player's answer.

    `order` are the ids of the options as this player saw them. `picked` is None for no answer, `remark` what the bank
    knows of a wrong one. `points` are those of this question, `score` and `right` of all so far. `rank` is None where
    nobody is told places, or nobody is ahead: all have equal points. `tied` is with how many others one shares it.
    """

    name: Line
    order: tuple[str, ...]
    plays: bool
    picked: str | None
    is_right: bool
    remark: Words | None
    points: int
    score: int
    right: int
    rank: int | None
    tied: int
    players: int
    team: Line | None = None
    team_rank: int | None = None


class RevealOut(Message):
    """The verdict and the proof. `to_answer` is as in `QuestionOut`."""

    type: Literal["reveal"] = "reveal"
    question: RevealedQuestion
    yours: Yours
    to_answer: tuple[int, ...] = ()


class SkippedMessage(Message):
    """The question was taken back. `score` are the player's points without it."""

    type: Literal["skipped"] = "skipped"
    number: int
    total: int
    score: int


class EndedMessage(Message):
    """The game is over: every question that was revealed, with the player's own answers.

    `rank` and `tied` are as in `Yours`.
    """

    type: Literal["ended"] = "ended"
    title: Line
    code: Line | None
    score: int
    right: int
    of: int
    rank: int | None
    tied: int
    players: int
    team: Line | None = None
    team_rank: int | None = None
    questions: tuple[RevealOut, ...]


# What the room says to the host.


class PlayerSeat(Message):
    """A player as the host sees them."""

    id: str
    name: Line
    team: Line | None
    place: Literal["in", "kicked", "banned"]
    is_here: bool  # whether they are connected
    has_answered: bool
    done: int = 0  # answered questions, at one's own pace


class StandingRow(Message):
    """A player's or a team's place; `before` is the place one question earlier, None for none."""

    id: str
    name: Line
    points: float
    rank: int
    before: int | None


class HostWelcome(Message):
    """The host is known, or another game has begun. `has_again` says that there can be another one after this."""

    type: Literal["host-welcome"] = "host-welcome"
    protocol: _Spoken
    room: Line
    title: Line
    total: int
    timer: float | None
    scoring: Scoring
    is_ranked: bool
    is_anonymous: bool
    teams: tuple[Line, ...]
    has_again: bool = False
    pace: Literal["class", "own"] = "class"
    closes: Line | None = None


class People(Message):
    """The players with a seat."""

    type: Literal["people"] = "people"
    seats: tuple[PlayerSeat, ...]
    is_locked: bool


class Outcome(Message):
    """The outcome of a question: `right` of `of` players, of whom `silent` gave no answer."""

    right: int
    of: int
    silent: int


class Scene(Message):
    """The state of the room: all that the host's screen draws, apart from the people.

    `question` is there while one is open, `revealed` and `outcome` once its key is shown. `answered` of `playing`
    players have answered; `standings` and `team_standings` count what is revealed. `together` is what came of the
    `counted` questions that were revealed and not taken back. `trouble` says what is not being kept, and why. `onward`
    is in how many seconds the room goes on by itself, None if it waits for the host.
    """

    type: Literal["scene"] = "scene"
    phase: Literal["lobby", "asking", "paused", "revealed", "skipped", "open", "over"]
    number: int
    total: int
    question: QuestionOut | None
    revealed: RevealedQuestion | None
    outcome: Outcome | None
    answered: int
    playing: int
    standings: tuple[StandingRow, ...]
    team_standings: tuple[StandingRow, ...]
    counted: int
    together: Outcome
    trouble: Line | None
    onward: float | None = None


class NotedQuestion(Message):
    """A question as the host's notes tell it."""

    number: int
    stem: Words
    options: tuple[Words, ...]
    key: int
    statement: Words


class Notes(Message):
    """The host's notes: what only the teacher may see.

    `current` is the question that is open or shown, `next` the one after it. `silent` are the names of players of whom
    an answer is still waited for, `answered` of `playing` have given theirs.
    """

    type: Literal["notes"] = "notes"
    phase: Literal["lobby", "asking", "paused", "revealed", "skipped", "open", "over"]
    total: int
    current: NotedQuestion | None
    next: NotedQuestion | None
    answered: int
    playing: int
    silent: tuple[Line, ...]
    onward: float | None = None


FromRoom = Annotated[
    Welcome
    | Named
    | Refusal
    | Lobby
    | Progress
    | QuestionOut
    | Clock
    | Accepted
    | RevealOut
    | SkippedMessage
    | EndedMessage
    | HostWelcome
    | People
    | Scene
    | Notes,
    Field(discriminator="type"),
]
"""The messages from a room."""

TO_ROOM: TypeAdapter[ToRoom] = TypeAdapter(ToRoom)
FROM_ROOM: TypeAdapter[FromRoom] = TypeAdapter(FromRoom)


def agreed(version: int) -> int:
    """Return the version to speak with a client of this `version`. Raise `Refused` if the client is too old."""
    if version < OLDEST:
        raise Refused(Reason.BAD_PROTOCOL)
    return min(version, PROTOCOL)


def read_to_room(text: str | bytes) -> ToRoom:
    """Return the message that a room was sent. Raise `Refused`."""
    try:
        return TO_ROOM.validate_json(text, strict=True)
    except ValidationError as error:
        raise _why_unread(text) from error


def _why_unread(text: str | bytes) -> Refused:
    """Return why a room cannot read `text`: it greets in another version, or it is no message."""
    try:
        version = _Greeting.model_validate_json(text, strict=True).protocol
    except ValidationError:
        return Refused(Reason.BAD_MESSAGE)
    if version < OLDEST:
        return Refused(Reason.BAD_PROTOCOL)
    return Refused(Reason.BAD_PROTOCOL, _NEWER) if version > PROTOCOL else Refused(Reason.BAD_MESSAGE)


_NEWER = "Your OrbitQuiz is newer than the host's. Ask the host to update it, or play in a browser."


class _Greeting(BaseModel):
    """As much of a first message as no version may change."""

    type: Literal["hello", "host"]
    protocol: int


def read_from_room(text: str | bytes) -> FromRoom:
    """Return the message that a room has sent. Raise `Refused` if it is none of a version that this client speaks."""
    try:
        return FROM_ROOM.validate_json(text)
    except ValidationError as error:
        raise Refused(Reason.BAD_PROTOCOL, _DIFFERENT) from error


_DIFFERENT = "Your OrbitQuiz and the host's are too different. Both need the newest version."
