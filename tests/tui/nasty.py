"""Text that would act on a terminal, or on a program that takes it for markup, and how it is to look instead."""

from __future__ import annotations

NASTY = ["[red]x[/red]", "[@click=app.quit]x[/]", "[/]", "{x}", "\x1b]52;c;eA==\x07", "a\u202eb", "a\u200bb", "\x9bm"]
EVIL = "[red]x[/red][@click=app.quit]y[/]\x1b]52;c;x\x07a\u202eb"
_SHOWN = {"\x1b": "␛", "\x07": "␇", "\u202e": "⟨U+202E⟩", "\u200b": "⟨U+200B⟩", "\x9b": "⟨U+009B⟩"}


def harmless(text: str) -> str:
    """Return `text` as the screen should show it."""
    for code, shown in _SHOWN.items():
        text = text.replace(code, shown)
    return text


SHOWN = harmless(EVIL)
