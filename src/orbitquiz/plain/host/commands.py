"""The commands that a host can type, and their help."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orbitquiz.classroom.protocol import PlayerSeat
from orbitquiz.presenter.host_steps import MORE_SECONDS
from orbitquiz.text.fold import alike

EXPLAINED = (
    "Enter: go on, to the first question, the answer, the next question, the end.",
    "p: stop the clock; p again lets it run. After an answer: wait instead of going on by itself.",
    f"+: {MORE_SECONDS:g} seconds more for the question.",
    "x: void the question, also once its answer is shown; it won't count.",
    "l: lock the room, so that nobody new comes in; l again unlocks it.",
    "who: who is in the room, each with a number.",
    "kick NAME: send somebody out, who may come back.",
    "ban NAME: send somebody out for good; unban NAME lets them back in.",
    "away: send everybody out who is not connected; they may come back.",
    'rename "OLD" "NEW": give somebody another name.',
    "Instead of a name, # and the number that who tells will do.",
    "e: end the game.",
    "o: open the report in the browser, once the game is over.",
    "again: another game with the same players, once this one is over.",
    "q: leave. The room is closed and kept.",
    "?: these commands.",
)

_SHORT = {
    "pause": "p",
    "more": "+",
    "take": "x",  # back
    "skip": "x",
    "lock": "l",
    "unlock": "l",
    "end": "e",
    "leave": "q",
    "quit": "q",
    "help": "?",
    "w": "who",
}
_WORD = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Command:
    """A command, and what was typed behind it."""

    name: str
    rest: str = ""

    @classmethod
    def read(cls, line: str) -> Command:
        """Return the command in a line; its name is empty for an empty line."""
        name, *rest = line.split(None, 1) or [""]
        name = name.casefold()
        return cls(_SHORT.get(name, name), "".join(rest).strip())

    @property
    def words(self) -> list[str]:
        """The arguments as words; text in double quotes is one word."""
        return [quoted or word for quoted, word in _WORD.findall(self.rest)]

    @property
    def whole(self) -> str:
        """The arguments as one name, in double quotes or not."""
        return self.rest[1:-1] if re.fullmatch('"[^"]*"', self.rest) else self.rest


def seat_called(name: str, seats: tuple[PlayerSeat, ...]) -> PlayerSeat | None:
    """Return the seat that `name` means: by its player's name, or by # and its number in the list."""
    for seat in seats:
        if alike(seat.name) == alike(name):
            return seat
    number = name.removeprefix("#")
    if number != name and number.isascii() and number.isdigit() and 0 < int(number[:9]) <= len(seats):
        return seats[int(number[:9]) - 1]
    return None
