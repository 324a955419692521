"""Refusals of a room: a word for programs, and a sentence for people."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The reason for a refusal."""

    NO_ROOM = "no-room"
    OVER = "over"
    LOCKED = "locked"
    FULL = "full"
    NAME_MISSING = "name-missing"
    NAME_UNFIT = "name-unfit"
    NAME_TAKEN = "name-taken"
    BANNED = "banned"
    KICKED = "kicked"
    NOT_IN = "not-in"
    NOT_NOW = "not-now"
    NEXT_ONE = "next-one"
    ANSWERED = "answered"
    TOO_LATE = "too-late"
    NO_OPTION = "no-option"
    NO_PLAYER = "no-player"
    NOT_HOST = "not-host"
    BAD_MESSAGE = "bad-message"
    BAD_PROTOCOL = "bad-protocol"
    TOO_FAST = "too-fast"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"


WORDS = {
    Reason.NO_ROOM: "There is no room with this code. Look at the projector once more.",
    Reason.OVER: "The game is over.",
    Reason.LOCKED: "The host has locked the room: nobody new can come in.",
    Reason.FULL: "The room is full.",
    Reason.NAME_MISSING: "Type the name under which you want to play.",
    Reason.NAME_UNFIT: "This name cannot be used. Choose another one.",
    Reason.NAME_TAKEN: "Somebody in the room has this name, or one that looks like it. Choose another one.",
    Reason.BANNED: "The host has sent you out of this room for good.",
    Reason.KICKED: "The host has sent you out. You may come back.",
    Reason.NOT_IN: "You are not in the room.",
    Reason.NOT_NOW: "This cannot be done now.",
    Reason.NEXT_ONE: "You play from the next question on.",
    Reason.ANSWERED: "You have answered this question already.",
    Reason.TOO_LATE: "Your answer did not reach the host in time, so it does not count.",
    Reason.NO_OPTION: "The question has no such option.",
    Reason.NO_PLAYER: "There is no such player in the room.",
    Reason.NOT_HOST: "Only the host of the room may do this.",
    Reason.BAD_MESSAGE: "The room does not understand what your program says.",
    Reason.BAD_PROTOCOL: (
        "Your OrbitQuiz is too old for this room. Update it (pip install --upgrade orbitquiz), or play in a browser: "
        "the host's screen shows the address. In a browser, reload the page."
    ),
    Reason.TOO_FAST: "Your program says too much at once.",
    Reason.ELSEWHERE: "You have joined again in another window or on another computer, and play on there.",
    Reason.CLOSED: "The host has closed the room.",
}


class Refused(Exception):
    """Something that the room does not do. `reason` says why; so does the message, for people."""

    def __init__(self, reason: Reason, words: str | None = None) -> None:
        self.reason = reason
        super().__init__(words or WORDS[reason])
