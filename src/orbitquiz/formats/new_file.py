"""Write a file without overwriting one that is there."""

from __future__ import annotations

import itertools
import os
from pathlib import Path


def write_new(folder: Path, name: str, text: str, suffix: str = ".md") -> Path:
    """Write `text` to a new file in `folder` and return it: `name` and `suffix`, with a number between if it is taken.

    No half of a file is left. Raises `OSError`.
    """
    raw = text.encode(errors="replace")
    for number in itertools.count(1):
        file = folder / (f"{name}{suffix}" if number == 1 else f"{name}-{number}{suffix}")
        try:
            opened = file.open("xb")
        except FileExistsError:
            continue
        try:
            with opened:
                opened.write(raw)
                opened.flush()
                os.fsync(opened.fileno())
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return file
    raise AssertionError("numbers do not end")
