"""One message to each player of a room, made as few times as it can be."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

from orbitquiz.classroom.rules.room import Phase, Player, Room
from orbitquiz.classroom.server import snapshots

_NO_QUESTIONS = '"questions":[]}'  # how an `Ended` without questions ends


class Broadcast:
    """The messages by which all players of `room` are told how it stands, each made as few times as it can be.

    A class sees one question in at most 24 orders, and one proof in one: what players have in common is written once.
    """

    def __init__(self, room: Room, at: float) -> None:
        self._room = room
        self._at = at
        self._texts: dict[object, str] = {}

    def text_for(self, player: Player) -> str:
        """The message for `player`, as JSON."""
        room = self._room
        match room.phase:
            case Phase.ASKING | Phase.PAUSED:
                given = room.round.answers.get(player.id)
                alike = (room.order(player.id), player.first <= room.number, given and given.option)
                return self._once(alike, lambda: snapshots.question(room, player, self._at))
            case Phase.REVEALED:
                return self._verdict(player, room.number)
            case Phase.LOBBY:
                return self._once("all", lambda: snapshots.lobby(room))
            case Phase.SKIPPED:
                return self._once(player.points, lambda: snapshots.for_player(room, player, self._at))
            case Phase.OVER:
                numbers = snapshots.played(room)
                alone = snapshots.ended(room, player, ()).model_dump_json()
                questions = ",".join(self._verdict(player, number) for number in numbers)
                return f"{alone.removesuffix(_NO_QUESTIONS)}{_NO_QUESTIONS[:-2]}{questions}]}}"

    def _verdict(self, player: Player, number: int) -> str:
        """A `RevealOut`, spliced of what all have in common and what is the player's own: both are JSON already."""
        room = self._room
        common = self._once(number, lambda: snapshots.revealed(room, number))
        own = snapshots.yours(room, player, number).model_dump_json()
        return f'{{"type":"reveal","question":{common},"yours":{own}}}'

    def _once(self, key: object, make: Callable[[], BaseModel]) -> str:
        if key not in self._texts:
            self._texts[key] = make().model_dump_json()
        return self._texts[key]
