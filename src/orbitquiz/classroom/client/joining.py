"""Joining a room: where it is, by which code, under which name, and the seat that one comes back to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import LOOPBACK, PORT, Address
from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.saved_seats import SavedSeat, seat_in, take_seat
from orbitquiz.classroom.client.seat_lock import Hold, hold
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.text.safe import line_of


@dataclass
class Joining:
    """How somebody joins a room. What is None has to be asked for, unless they have a seat or the room gives the name.

    `folder` is where seats are remembered, so that a program that was killed comes back to its own. A seat is somebody
    else's where another `name` is given than the one by which it was taken, or where another program plays in it. The
    seat that was taken through this very object stays the player's own, whatever they are called by now.
    """

    address: Address | None
    code: str | None
    name: str | None
    folder: Path
    _taken: SavedSeat | None = field(default=None, init=False, repr=False)
    _hold: Hold | None = field(default=None, init=False, repr=False)
    _visits: set[object] = field(default_factory=set, init=False, repr=False)
    _guesses: bool = field(default=True, init=False, repr=False)

    @property
    def needs_address(self) -> bool:
        """Whether nobody can know yet where the room is."""
        return self.address is None

    @property
    def needs_code(self) -> bool:
        """Whether nobody can know yet which room it is."""
        return not self._room

    @property
    def guessed_code(self) -> bool:
        """Whether nobody has given the code: it is that of a seat, of which the room may be gone since."""
        return not self._given and self._room is not None

    def forget_guess(self) -> None:
        """Ask for the code from now on, unless it is given."""
        self._guesses = False

    @property
    def command(self) -> str:
        """What one types to come back."""
        code = f" --code {line_of(self._room)}" if self._room else ""
        return f"orbitquiz join {self.address}{code}" if self.address else "orbitquiz join"

    def client(self) -> Client:
        """A client that speaks with the room, and remembers the seat that it is given.

        What it says first is made of this object as it is at that time. Without an address it looks on this computer.
        """
        return _Seated((self.address or Address(LOOPBACK, PORT)).url, self)

    def hello(self) -> protocol.Hello:
        """The first message. Raises `Refused` for a code, or a name, of which no room could make anything."""
        room, seat = self._room, self._seat
        if room is None:
            raise Refused(Reason.NO_ROOM)
        name = self.name if self.name is not None or seat is None else seat.name
        hello = {"protocol": protocol.PROTOCOL, "room": room, "name": name}
        try:
            return protocol.Hello.model_validate(hello | {"token": seat.token if seat else None})
        except ValidationError as error:
            unfit = {each["loc"][0] for each in error.errors()}
            if unfit == {"token"}:
                return protocol.Hello.model_validate(hello)  # somebody else has written the file of seats
            raise Refused(Reason.NO_ROOM if "room" in unfit else Reason.NAME_UNFIT) from error

    def welcomed(self, welcome: protocol.Welcome) -> None:
        """Remember the seat. Its name is the one that was asked for: the host may have given another one since."""
        self.address = self.address or Address(LOOPBACK, PORT)
        self.code = welcome.room
        self._taken = SavedSeat(str(self.address), welcome.room, self.name or welcome.name, welcome.token)
        take_seat(self.folder, self._taken)
        self._holds(self._taken)

    def come(self, visit: object) -> None:
        """Keep other programs out of the player's seat until all visits have left."""
        self._visits.add(visit)

    def leave(self, visit: object) -> None:
        """End a visit, if it has not ended before."""
        self._visits.discard(visit)
        if not self._visits:  # a new visit may begin before the old one has quite ended
            self._let_go()

    def greet(self) -> protocol.Hello:
        """The first message of a visit, for which the seat is held. Raises `Refused` as `hello` does."""
        while (seat := self._seat) is not None and not self._holds(seat):
            self._taken = None  # another program has come into it
        if seat is None:
            self._let_go()
        return self.hello()

    @property
    def _given(self) -> str | None:
        """The code that somebody has given."""
        return (self.code or "").strip().upper() or None

    @property
    def _room(self) -> str | None:
        """The code of the room; that of the latest seat where none was given."""
        return self._given or (self._seat.code if self._seat else None)

    @property
    def _seat(self) -> SavedSeat | None:
        if self.address is None or not (self._given or self._guesses):
            return None
        address, code = str(self.address), self._given
        if self._taken and self._taken.address == address and code in (None, self._taken.code):
            return self._taken
        return seat_in(self.folder, address, code, self.name, self._hold)

    def _holds(self, seat: SavedSeat) -> bool:
        """Hold `seat` while there is a visit. Returns whether no other program does."""
        if not self._visits or (self._hold is not None and self._hold.token == seat.token):
            return True
        held = hold(self.folder, seat.token)
        if held is not None:
            self._let_go()
            self._hold = held
        return held is not None

    def _let_go(self) -> None:
        if self._hold is not None:
            self._hold.let_go()
            self._hold = None


class _Seated(Client):
    """A client that keeps the seat which it is given."""

    def __init__(self, url: str, join: Joining) -> None:
        super().__init__(url, join.greet)
        self._join = join

    async def run(self, tell: Callable[[Update], None]) -> None:
        def told(update: Update) -> None:
            if isinstance(update, protocol.Welcome):
                self._join.welcomed(update)
            tell(update)

        visit = asyncio.current_task()
        self._join.come(visit)
        try:
            await super().run(told)
        finally:
            self._join.leave(visit)

    async def _converse(self, connection: ClientConnection, tell: Callable[[Update], None]) -> bool:
        try:
            return await super()._converse(connection, tell)
        except asyncio.CancelledError:
            self._join.leave(asyncio.current_task())  # to hang up takes a moment, in which nobody needs the seat
            raise
