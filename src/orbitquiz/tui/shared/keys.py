"""Shows what the keys of a screen do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen

from orbitquiz.tui.shared.scrolling import SCROLL_KEYS, Scrolling
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.lines import Lines, hanging, wrapped


class KeysScreen(Scrolling, ModalScreen[None]):
    """The keys of the screen below, made from its own bindings, so that the two cannot disagree."""

    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *SCROLL_KEYS,
        Binding("escape,enter,space,question_mark,q", "dismiss", "back", show=False),
    ]

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__(classes="dialog dense")
        self.of = of

    def compose(self) -> ComposeResult:
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield _Table(dict(_rows(self.of)))
            yield KeyBar()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)  # once it is known whether all is in view

    @property
    def scrolled(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def _show_keys(self) -> None:
        self.query_one(KeyBar).show([*self.scroll_hints, ("esc", "back", "screen.dismiss")])


class _Table(Lines):
    """Keys, and beside them what they do."""

    def __init__(self, rows: dict[str, str]) -> None:
        super().__init__()
        self._rows = rows

    def lines(self, width: int) -> Iterator[Content]:
        yield Content.styled("Keys", "bold")
        yield Content()
        keys_width = max(map(len, self._rows), default=0)
        for keys, what in self._rows.items():
            yield from hanging(
                Content.assemble((f"{keys:<{keys_width}}", "bold $primary"), "   "), Content(what), width
            )
        yield Content()
        yield from wrapped(
            Content.styled(
                "The keys at the bottom can be clicked. Select text with the mouse; ctrl+C copies it.",
                "$foreground 70%",
            ),
            width,
        )


def _rows(screen: Screen[Any]) -> Iterator[tuple[str, str]]:
    """Each thing that can be done, after all its keys."""
    keys: dict[str, list[str]] = {}
    for binding in screen.BINDINGS:
        assert isinstance(binding, Binding)
        if screen.check_action(binding.action.partition("(")[0], ()) is False:
            continue  # not in this game
        for key in binding.key.split(","):
            keys.setdefault(binding.description, []).append(_NAMES.get(key, key))
    yield from ((_in_short(names), what) for what, names in keys.items())


def _in_short(keys: Sequence[str]) -> str:
    """`keys` in few cells: 1 2 3 4 as 1–4, and no capital letter whose small one does the same."""
    runs: list[list[str]] = []
    for key in keys:
        if key.isupper() and key.lower() in keys:
            continue
        if runs and len(key) == len(runs[-1][-1]) == 1 and ord(key) == ord(runs[-1][-1]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return " ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs)


_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "question_mark": "?",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
}
