"""Preferences: the colours and the options of the menu, kept in a small file beside the history."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

_FILE = "preferences.json"


class Preferences(Struct, frozen=True):
    """The latest choices. `theme` is None to follow the terminal; `is_light` is true if its background was light.

    `options` are those of the menu, `review` those of reviews, as JSON.
    """

    theme: str | None = None
    is_light: bool = False
    options: Mapping[str, Any] = {}
    review: Mapping[str, Any] = {}


def load_preferences(folder: Path | None) -> Preferences:
    """Return the preferences kept in `folder`; anything missing or invalid has its default."""
    data: Any = None
    if folder is not None:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            data = json.loads((folder / _FILE).read_bytes())
    if not isinstance(data, dict):
        return Preferences()
    theme, options, review = data.get("theme"), data.get("options"), data.get("review")
    return Preferences(
        theme if isinstance(theme, str) else None,
        data.get("is_light") is True,
        options if isinstance(options, dict) else {},
        review if isinstance(review, dict) else {},
    )


def save_preferences(folder: Path, preferences: Preferences) -> None:
    """Write `preferences` to `folder`, if the disk allows it."""
    from orbitquiz.history.private import write_private

    with contextlib.suppress(OSError):
        write_private(folder / _FILE, json.dumps(asdict(preferences)))
