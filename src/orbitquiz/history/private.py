"""Keep what a player did from other users of the computer."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

_OTHERS = 0o077


def make_private(folder: Path) -> None:
    """Create `folder` with its parents, for its owner alone. A folder that exists stays as it is. Raises `OSError`."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(0o700, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error


def touch_private(file: Path) -> None:
    """Create `file` for its owner alone; if it exists, take the rights of others away. Raises `OSError`."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        with suppress(OSError):  # it belongs to somebody else
            if (mode := file.stat().st_mode) & _OTHERS:
                file.chmod(mode & ~_OTHERS & 0o777)


def write_private(file: Path, text: str) -> None:
    """Put `text` in the place of what `file` holds, whole or not at all, for its owner alone. Raises `OSError`."""
    make_private(file.parent)
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        touch_private(partial)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
