"""The seats taken at this computer, by which a student comes back into a room.

If they cannot be read or written, one joins again as somebody new.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orbitquiz.classroom.client import json_list

_FILE = "seats.json"
_MOST = 50  # seats that are remembered


@dataclass(frozen=True)
class SavedSeat:
    """A seat in the room with this `code`: the player's name, and the token that proves it.

    `address` (HOST:PORT) is where the room was last; the seat belongs to the room, wherever that is now.
    """

    address: str
    code: str
    name: str
    token: str


def saved_seats(folder: Path, code: str | None = None, address: str | None = None) -> list[SavedSeat]:
    """Return the seats in the room with this code, or in any at this address; the latest first."""
    return [seat for seat in reversed(_read(folder)) if code in (None, seat.code) and address in (None, seat.address)]


def save_seat(folder: Path, seat: SavedSeat) -> None:
    """Remember `seat` as the latest one. Several people may have seats in one room, each under their own name."""
    others = [each for each in _read(folder) if (each.code, folded(each.name)) != (seat.code, folded(seat.name))]
    json_list.write(folder / _FILE, [vars(each) for each in [*others, seat][-_MOST:]])


def folded(name: str) -> str:
    """Return `name` without regard to case and spaces, by which a student's own seats are told apart."""
    return " ".join(name.split()).casefold()


def _read(folder: Path) -> list[SavedSeat]:
    return json_list.read(folder / _FILE, SavedSeat)
