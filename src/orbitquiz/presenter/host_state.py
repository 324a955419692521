"""What the room has told its host last. The host's screens draw this, and keep nothing of the room themselves."""

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


_ENDS = {Reason.CLOSED, Reason.NO_ROOM, Reason.NOT_HOST, Reason.BAD_PROTOCOL}  # after which nothing more is told


@dataclass(frozen=True)
class HostState:
    """How the room stands as far as its host has heard; None for what was not told yet.

    `lost` says that there is no connection, and why.
    """

    hosted: Hosted
    welcome: protocol.HostWelcome | None = None
    people: protocol.People | None = None
    scene: protocol.Scene | None = None
    lost: str | None = None

    def after(self, update: Update) -> HostState:
        """The same once this has been told."""
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
                return replace(self, lost=f"The connection to the room is lost: {update.why}. It is tried again.")
        return self

    @property
    def phase(self) -> str:
        """Where the room stands; an empty word while nobody has said."""
        return self.scene.phase if self.scene and self.welcome else ""

    @property
    def question(self) -> protocol.QuestionOut | None:
        """The question that waits for answers."""
        return self.scene.question if self.scene else None

    @property
    def is_open(self) -> bool:
        """Whether a question waits for answers, with the clock running or not."""
        return self.phase in ("asking", "paused")

    @property
    def can_take_back(self) -> bool:
        """Whether the present question can still be taken back."""
        return self.is_open or self.phase == "revealed"

    @property
    def is_last(self) -> bool:
        """Whether no question comes after the present one."""
        return self.scene is not None and self.scene.number == self.scene.total

    @property
    def is_ranked(self) -> bool:
        """Whether anybody is told places."""
        return self.welcome is not None and self.welcome.is_ranked

    @property
    def is_locked(self) -> bool:
        """Whether nobody new may come in."""
        return self.people is not None and self.people.is_locked

    @property
    def is_lan(self) -> bool:
        """Whether other machines can join."""
        return self.hosted.address.host != LOOPBACK

    @property
    def url(self) -> str:
        """The address of the page that plays in the room, the code in its fragment."""
        return f"{self.hosted.page}#{self.hosted.code}"

    @property
    def players(self) -> Sequence[protocol.PlayerSeat]:
        """Who is in the room, connected or not, in the order in which they came."""
        return [seat for seat in self.people.seats if seat.place == "in"] if self.people else []

    @property
    def away(self) -> int:
        """How many of them are not connected."""
        return sum(not seat.is_here for seat in self.players)

    @property
    def warnings(self) -> Sequence[str]:
        """What is wrong with the room, in sentences."""
        trouble = self.scene.trouble if self.scene else None
        return [words for words in (self.lost, trouble) if words]
