"""The seats that somebody has taken at this computer: what brings a student back into a room.

One small file of JSON, readable by its owner alone. It is a convenience: where it cannot be read or written, one joins
anew.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from orbitquiz.classroom.client.seat_lock import Hold, clear, is_held

_FILE = "seats.json"
_MOST = 50  # seats that are remembered


@dataclass(frozen=True)
class SavedSeat:
    """A seat in the room at `address` (host:port) with a `code`: the name, and the token that is its key."""

    address: str
    code: str
    name: str
    token: str


def seat_in(
    folder: Path, address: str, code: str | None, name: str | None = None, mine: Hold | None = None
) -> SavedSeat | None:
    """The latest seat taken at `address`, in this room or in any, by this name or by any; None for none.

    A seat that is held is passed over, unless that is `mine`.
    """
    for seat in reversed(_read(folder)):
        if seat.address != address or code not in (None, seat.code):
            continue
        if name is not None and _folded(seat.name) != _folded(name):
            continue
        if (mine is not None and mine.token == seat.token) or not is_held(folder, seat.token):
            return seat
    return None


def take_seat(folder: Path, seat: SavedSeat) -> None:
    """Remember `seat`, as the latest one. Several people may have seats in one room, each under their own name."""
    others = [each for each in _read(folder) if _place(each) != _place(seat)]
    kept = [*others, seat][-_MOST:]
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{_FILE}.{os.getpid()}"
        fresh.touch(0o600)
        fresh.write_text(json.dumps([vars(each) for each in kept]), encoding="utf-8")
        fresh.replace(folder / _FILE)
    clear(folder, {each.token for each in kept})


def _place(seat: SavedSeat) -> tuple[str, str, str]:
    return seat.address, seat.code, _folded(seat.name)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _read(folder: Path) -> list[SavedSeat]:
    try:
        rows = json.loads((folder / _FILE).read_bytes())
        return [SavedSeat(str(row["address"]), str(row["code"]), str(row["name"]), str(row["token"])) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
