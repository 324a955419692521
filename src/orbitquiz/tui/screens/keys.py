"""Shows what the keys of a screen do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from orbitquiz.tui.widgets.keybar import KeyBar


class KeysScreen(ModalScreen[None]):
    """The keys of the screen below, made from its own bindings, so that the two cannot disagree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,question_mark,q", "dismiss", "back", show=False)
    ]

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__(classes="dialog")
        self.of = of

    def compose(self) -> ComposeResult:
        rows = list(_rows(self.of))
        width = max(len(keys) for keys, _ in rows)
        lines = [Content.assemble((f"{keys:<{width}}", "bold $primary"), f"   {what}\n") for keys, what in rows]
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(
                Content.assemble(
                    ("Keys\n\n", "bold"), *lines, ("\nWhat stands at the bottom can be clicked, too.", "$text-muted")
                )
            )
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([("esc", "back", "screen.dismiss")])


def _rows(screen: Screen[Any]) -> Iterator[tuple[str, str]]:
    """Each thing that can be done, with all its keys."""
    keys: dict[str, list[str]] = {}
    for binding in screen.BINDINGS:
        assert isinstance(binding, Binding)
        for key in binding.key.split(","):
            keys.setdefault(binding.description, []).append(_NAMES.get(key, key))
    yield from ((" ".join(names), what) for what, names in keys.items())


_NAMES = {"up": "↑", "down": "↓", "question_mark": "?", "pageup": "page up", "pagedown": "page down", "escape": "esc"}
