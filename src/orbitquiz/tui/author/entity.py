"""The person, place or thing that is an answer: its name, other names, and the groups it stands in."""

from __future__ import annotations

import re
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from orbitquiz.authoring.names import slug
from orbitquiz.bank.values.entity import Entity
from orbitquiz.tui.shared.confirm import key_bar

_COMMA = re.compile(r"\s*[,;]\s*")


class EntityScreen(ModalScreen[Entity | None]):
    """Asks for the words of a new entity. What it returns is None where nothing is to change."""

    CSS_PATH = "entity.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, entity: Entity, groups: frozenset[str]) -> None:
        super().__init__(classes="dialog")
        self.entity = entity
        self.groups = groups

    def compose(self) -> ComposeResult:
        entity = self.entity
        with Vertical():
            yield Static(Content.assemble((f"A new {entity.type}", "bold")))
            for name, label, words in (
                ("name", "Name", entity.name),
                ("aliases", "Also called", ", ".join(entity.aliases)),
                ("groups", "Groups", ", ".join(entity.groups)),
            ):
                with Horizontal(classes="field"):
                    yield Static(label, classes="label")
                    yield Input(words, compact=True, id=name)
            known = ", ".join(sorted(self.groups)) or "none so far"
            yield Static(Content(f"Those that share a group are wrong options for one another. Groups: {known}"))
            yield key_bar(("enter", "take it", "screen.take"), ("esc", "back", "screen.dismiss"))

    def on_input_submitted(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Take what was typed."""
        name, aliases, groups = (
            self.query_one(f"#{each}", Input).value.strip() for each in ("name", "aliases", "groups")
        )
        if not name:
            self.notify("A name is needed.", severity="warning", markup=False)
            return
        others = tuple(each for each in _COMMA.split(aliases) if each)
        sets = tuple(dict.fromkeys(slug(each, "group") for each in _COMMA.split(groups) if each))
        self.dismiss(replace(self.entity, name=" ".join(name.split()), aliases=others, groups=sets))
