"""What kind of terminal there is."""

from __future__ import annotations

import os
import sys


def can_draw() -> bool:
    """Whether a screen can be drawn here: both ends are a terminal that can move its cursor."""
    if os.environ.get("TERM") == "dumb":
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
