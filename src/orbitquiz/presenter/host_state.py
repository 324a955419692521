"""The host's view of a room: the latest it has told. Screens and plain text draw this and keep nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import LOOPBACK
from orbitquiz.classroom.client.client import Lost, Update
from orbitquiz.classroom.rules.refusal import Reason

if TYPE_CHECKING:
    from orbitquiz.classroom.server.hosting import Hosted


_ENDS = {Reason.CLOSED, Reason.NO_ROOM, Reason.NOT_HOST, Reason.BAD_PROTOCOL}  # nothing more is told after these

_ONLY_HERE_OPEN = "Only this machine can join. orbitquiz host --lan lets in those in your network."
_ONLY_HERE_SERVED = "Only this machine can join at this address. Give --at one that others can reach."

TOP = 5
"""The number of players shown by place. Each player is told their own."""


@dataclass(frozen=True)
class HostState:
    """The room as the host knows it; None for what was not told yet. `lost` says why there is no connection.

    `network` is a warning about this computer's network, if there is one.
    """

    hosted: Hosted
    welcome: protocol.HostWelcome | None = None
    people: protocol.People | None = None
    scene: protocol.Scene | None = None
    lost: str | None = None
    network: str | None = None

    def after(self, update: Update) -> HostState:
        """Return the state after `update`."""
        match update:
            case protocol.HostWelcome():
                return replace(self, welcome=update, lost=None)
            case protocol.People():
                return replace(self, people=update)
            case protocol.Scene():
                return replace(self, scene=update)
            case protocol.Refusal(reason=reason) if reason in _ENDS:
                return replace(self, lost=update.text)
            case Lost():
                return replace(self, lost=f"Connection to the room lost ({update.why}). Reconnecting…")
        return self

    @property
    def phase(self) -> str:
        """The phase of the room; empty while it is unknown."""
        return self.scene.phase if self.scene and self.welcome else ""

    @property
    def question(self) -> protocol.QuestionOut | None:
        """The question that is open."""
        return self.scene.question if self.scene else None

    @property
    def is_open(self) -> bool:
        """True if a question is open, paused or not."""
        return self.phase in ("asking", "paused")

    @property
    def is_reading(self) -> bool:
        """True while the question is shown without its options."""
        return self.question is not None and self.question.reading is not None

    @property
    def onward(self) -> float | None:
        """The seconds after which the room goes on by itself; None if it waits for the host."""
        return self.scene.onward if self.scene else None

    @property
    def number(self) -> int:
        """The number of the current question; 0 before the first."""
        return self.scene.number if self.scene else 0

    @property
    def is_last(self) -> bool:
        """True if the current question is the last one."""
        return self.scene is not None and self.scene.number == self.scene.total

    @property
    def is_ranked(self) -> bool:
        """True if places are told."""
        return self.welcome is not None and self.welcome.is_ranked

    @property
    def is_locked(self) -> bool:
        """True if nobody new can join."""
        return self.people is not None and self.people.is_locked

    @property
    def only_here(self) -> str | None:
        """A sentence that only this computer can join, with what to do; None if others can."""
        if self.hosted.address.host != LOOPBACK:
            return None
        return _ONLY_HERE_OPEN if self.hosted.link is None else _ONLY_HERE_SERVED

    @property
    def url(self) -> str:
        """The address of the page that plays in the room, the code in its fragment."""
        return f"{self.hosted.page}#{self.hosted.code}"

    @property
    def players(self) -> Sequence[protocol.PlayerSeat]:
        """The players in the room, connected or not, in the order in which they joined."""
        return [seat for seat in self.people.seats if seat.place == "in"] if self.people else []

    @property
    def top(self) -> Sequence[protocol.StandingRow]:
        """The players to be shown to everybody: the first few, so that nobody is shown to be last."""
        return self.scene.standings[:TOP] if self.scene else ()

    @property
    def away(self) -> int:
        """The number of them who are not connected."""
        return sum(not seat.is_here for seat in self.players)

    @property
    def warnings(self) -> Sequence[str]:
        """Warnings about the room, as sentences."""
        trouble = self.scene.trouble if self.scene else None
        return [words for words in (self.lost, trouble, self.network) if words]
