"""The host's notes line by line."""

from __future__ import annotations

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Client, Lost
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.console import NothingMore
from orbitquiz.presenter.notes import sections

_EVERY = 3.0  # seconds between two lists of those who are silent


async def notes_plain(client: Client, conversation: AsyncConsole) -> None:
    """Tell the notes of the room until q is typed, what is typed ends, or the room closes."""
    conversation.say("Notes for the teacher. Keep this window off the projector. q to leave.")
    conversation.visit(client)
    told: protocol.Notes | None = None
    latest: protocol.Notes | None = None
    try:
        while conversation.is_visiting:
            heard = await conversation.next(_EVERY if latest is not told else None)
            match heard:
                case "q" | "Q":
                    return
                case protocol.Notes():
                    latest = heard
                    if told is not None and _moment(told) == _moment(latest):
                        continue  # that somebody has answered can wait
                case Lost(why):
                    conversation.say(f"Connection to the room lost ({why}). Reconnecting…")
                case protocol.Refusal():
                    conversation.say(heard.text)
            if latest is not None and latest is not told:
                _say(conversation, latest, is_new=told is None or _moment(told) != _moment(latest))
                told = latest
    except NothingMore:
        return


def _moment(notes: protocol.Notes) -> tuple[object, ...]:
    return notes.phase, notes.current and notes.current.number, notes.total


def _say(conversation: AsyncConsole, notes: protocol.Notes, *, is_new: bool) -> None:
    """Say all of the notes, or where only answers have come, who is silent."""
    for section in sections(notes):
        if is_new or section.key is None:
            conversation.say("")
            conversation.say(section.title)
            conversation.say_all(section.lines, hang=2)
