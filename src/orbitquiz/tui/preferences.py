"""What a player likes to find again: the theme. A small file beside the records."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

_FILE = "preferences.json"


def remembered_theme(folder: Path) -> str | None:
    """The theme that was chosen last; None where nothing is remembered, or nothing that can be read."""
    try:
        theme = json.loads((folder / _FILE).read_bytes())["theme"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None  # whatever stands there, a game can be played without it
    return theme if isinstance(theme, str) else None


def remember_theme(folder: Path, theme: str) -> None:
    """Keep the theme for the next time, if that can be done."""
    partial = folder / f"{_FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps({"theme": theme}), encoding="utf-8")
            partial.replace(folder / _FILE)
        finally:
            partial.unlink(missing_ok=True)
