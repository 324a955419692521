"""The game's own colours: a night sky, and the same by day."""

from __future__ import annotations

from textual.theme import Theme

_BY_NIGHT = {"sky-air": "#63b3ff", "sky-sea": "#123a73", "sky-star": "#8793b8", "mark": "#3d3310"}
_BY_DAY = {"sky-air": "#5f9fe8", "sky-sea": "#b9d6f7", "sky-star": "#a8a08c", "mark": "#fbe7b2"}


def own_colours(*, dark: bool) -> dict[str, str]:
    """The colours that no theme of Textual's has, for a dark one or a light one."""
    return _BY_NIGHT if dark else _BY_DAY


NIGHT = Theme(
    name="orbit-night",
    dark=True,
    primary="#7db0ff",
    secondary="#a7b8e8",
    accent="#ffc857",
    warning="#ffc857",
    error="#ff8577",
    success="#6fdc9c",
    foreground="#e4e9f7",
    background="#0a0f1e",
    surface="#111830",
    panel="#1b2545",
    variables=_BY_NIGHT,
)

DAY = Theme(
    name="orbit-day",
    dark=False,
    primary="#1d56b5",
    secondary="#4a5f94",
    accent="#a35c00",
    warning="#a35c00",
    error="#b3261e",
    success="#12724a",
    foreground="#1b2238",
    background="#faf8f2",
    surface="#f0ede3",
    panel="#e3dfd2",
    variables=_BY_DAY,
)
