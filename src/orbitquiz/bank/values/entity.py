"""The people, places and things that a bank speaks of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

EntityType = Literal["person", "place", "organisation", "title", "vehicle"]


class Entity(Struct, frozen=True):
    """A person, place, organisation, title or vehicle.

    `groups` are the sets among which it is plausible as a wrong option; `about` is a sentence on who or what it is.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    about: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)
