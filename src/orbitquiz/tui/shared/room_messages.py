"""Messages from the screens of a room to their app, which routes it with `@on`."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from orbitquiz.classroom.protocol import HostMove


@dataclass
class MoveMade(Message):
    """The host wants this move sent to the room."""

    move: HostMove


class ReportWanted(Message):
    """The host wants the report opened in the browser."""


class ScreenReady(Message):
    """A screen has been mounted and wants to be shown the current state."""
