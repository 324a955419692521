"""Joining a room: its address, its code, the player's name, and the seat that one comes back to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import LOOPBACK, PORT, Address
from orbitquiz.classroom.client.client import Client, Update
from orbitquiz.classroom.client.saved_seats import SavedSeat, folded, save_seat, saved_seats
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.text.safe import line_of


@dataclass
class Joining:
    """The way somebody joins a room; None for what is not known yet.

    Seats are remembered in `folder`. A saved seat is taken by its name only, so that two students of one account are
    always asked which seat is theirs; a `token`, from a link, takes its seat without a name. The seat taken through
    this object stays the player's own, whatever the host calls them.
    """

    address: Address | None
    code: str | None
    name: str | None
    folder: Path
    token: str | None = field(default=None, repr=False)
    _taken: SavedSeat | None = field(default=None, init=False, repr=False)
    _guesses: bool = field(default=True, init=False, repr=False)

    @property
    def needs_address(self) -> bool:
        """True if the address has to be asked for."""
        return self.address is None

    @property
    def needs_code(self) -> bool:
        """True if the code has to be asked for: it was not given, and there is no seat at this address."""
        return not self._room

    @property
    def needs_name(self) -> bool:
        """True if it has to be asked whose seat it is. Without a saved seat the room may give the name."""
        return self.name is None and self.token is None and self._taken is None and bool(self.seats)

    @property
    def last_address(self) -> str:
        """The address of the latest seat, to be suggested; empty if there is none."""
        return next((seat.address for seat in saved_seats(self.folder)), "")

    @property
    def seats(self) -> list[SavedSeat]:
        """The seats saved for this room; the latest first."""
        return saved_seats(self.folder, self._room) if self._room else []

    @property
    def guessed_code(self) -> bool:
        """True if nobody has typed the code: it is that of a saved seat, whose room may be gone."""
        return not self._given and self._room is not None

    @property
    def has_seat(self) -> bool:
        """True if there is a seat in a room whose code is known for sure."""
        return self._seat is not None and not self.guessed_code

    def forget_guess(self) -> None:
        """Ask for the code from now on, unless it is given."""
        self._guesses = False

    @property
    def command(self) -> str:
        """The command by which one comes back."""
        code = f" --code {line_of(self._room)}" if self._room else ""
        return f"orbitquiz join {self.address}{code}" if self.address else "orbitquiz join"

    @property
    def link(self) -> str:
        """The link by which one comes back from another device. Its fragment has the token: it is the seat."""
        token = self._seat.token if self._seat else ""
        return f"{(self.address or Address(LOOPBACK, PORT)).page}#{self._room}/{token}"

    def client(self) -> Client:
        """Return a client for the room that saves the seat it is given. It reads this object whenever it connects."""
        return _SeatedClient((self.address or Address(LOOPBACK, PORT)).url, self)

    def hello(self) -> protocol.Hello:
        """Return the first message. Raise `Refused` for a code or a name that no room could accept."""
        room, seat = self._room, self._seat
        token = seat.token if seat else self.token
        if room is None:
            raise Refused(Reason.NO_ROOM)
        name = self.name if self.name is not None or seat is None else seat.name
        hello = {"protocol": protocol.PROTOCOL, "room": room, "name": name}
        try:
            return protocol.Hello.model_validate(hello | {"token": token})
        except ValidationError as error:
            unfit = {each["loc"][0] for each in error.errors()}
            if unfit == {"token"}:
                return protocol.Hello.model_validate(hello)  # another program has written the file of seats
            raise Refused(Reason.NO_ROOM if "room" in unfit else Reason.NAME_UNFIT) from error

    def welcomed(self, welcome: protocol.Welcome) -> None:
        """Save the seat under the name that was asked for: the host may have given another one."""
        self.address = self.address or Address(LOOPBACK, PORT)
        self.code = welcome.room
        self._taken = SavedSeat(str(self.address), welcome.room, self.name or welcome.name, welcome.token)
        save_seat(self.folder, self._taken)

    @property
    def _given(self) -> str | None:
        return (self.code or "").strip().upper() or None

    @property
    def _room(self) -> str | None:
        """The code of the room; that of the latest seat at this address if none was given."""
        if self._given or self.address is None or not self._guesses:
            return self._given
        return next((seat.code for seat in saved_seats(self.folder, address=str(self.address))), None)

    @property
    def _seat(self) -> SavedSeat | None:
        if self._taken and self._taken.code == self._room:
            return self._taken
        name = folded(self.name or "")
        return next((seat for seat in self.seats if folded(seat.name) == name), None)


class _SeatedClient(Client):
    """A client that saves the seat it is given."""

    def __init__(self, url: str, join: Joining) -> None:
        super().__init__(url, join.hello)
        self._join = join

    async def run(self, tell: Callable[[Update], None]) -> None:
        def told(update: Update) -> None:
            if isinstance(update, protocol.Welcome):
                self._join.welcomed(update)
            tell(update)

        await super().run(told)

    def _may_open_again(self) -> bool:
        return self._join.has_seat
