"""Who is at the other end of a connection, as the desk of a room sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel


class Door(Protocol):
    """A connection as a desk sees it. Neither waits for the other side."""

    def send(self, text: str) -> None:
        """Send a message."""

    def close(self) -> None:
        """Hang up once all is sent."""


@dataclass(eq=False)
class Connection:
    """Somebody at the other end of a door: nobody yet, a player, or the host."""

    door: Door
    player: str | None = None
    is_host: bool = False

    @property
    def is_known(self) -> bool:
        """Whether they have said who they are."""
        return self.is_host or self.player is not None

    def say(self, message: BaseModel) -> None:
        """Send a message."""
        self.door.send(message.model_dump_json())


@dataclass(frozen=True)
class Gone:
    """A visitor's connection is lost."""
