"""Taking one player's name out of a room that is kept. Their answers stay, and say of nobody whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orbitquiz.classroom.rules.events import Event, Joined, Renamed


@dataclass(frozen=True)
class Forgotten:
    """The events of a room in which the players with a name are no longer named; `count` says how many they were."""

    events: list[Event]
    count: int


def without_name(events: Sequence[Event], name: str) -> Forgotten:
    """Return `events` without the name of each player who was ever called `name`, in capitals or not.

    The token goes as well, so that nobody comes back to the seat.
    """
    wanted = _folded(name)
    named = [event for event in events if isinstance(event, Joined | Renamed)]
    players = {event.player for event in named if _folded(event.name) == wanted}
    return Forgotten([_unnamed(event) if _is_of(event, players) else event for event in events], len(players))


def _is_of(event: Event, players: set[str]) -> bool:
    return isinstance(event, Joined | Renamed) and event.player in players


def _unnamed(event: Event) -> Event:
    assert isinstance(event, Joined | Renamed)
    number = event.player.lstrip("p")
    changes = {"name": f"Forgotten {number}", "skeleton": f"forgotten {number}"}
    return event.model_copy(update=changes | ({"token": "forgotten"} if isinstance(event, Joined) else {}))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
