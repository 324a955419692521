"""The limits of a service, in all and for each token that opens rooms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one process.

    `rooms` run at once, `rooms_each` of them of one token, which opens `openings` an hour; `players` are connected, and
    `players_each` in the rooms of one token. A second has `messages` in all, `messages_each` in the rooms of one token,
    and `messages_room` in one room; four times as many may come at once. A room in which nobody is connected is
    unloaded after `idle` seconds; after `idle_over` if its game is over.
    """

    rooms: int = 500
    rooms_each: int = 100
    openings: int = 200
    players: int = 5000
    players_each: int = 2000
    messages: float = 2500.0
    messages_each: float = 1000.0
    messages_room: float = 250.0
    idle: float = 600.0
    idle_over: float = 60.0
