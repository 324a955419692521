"""Moving a damaged file out of the way, so that nothing of it is lost and nothing of it is used."""

from __future__ import annotations

from itertools import count
from pathlib import Path

_COMPANIONS = ("-journal", "-wal", "-shm")


def move_aside(file: Path) -> Path:
    """Move `file` to the first free name of `….damaged-1`, `….damaged-2` and so on, and return it. Raises `OSError`.

    What SQLite keeps beside a file goes with it, and goes first: a journal that stayed would be rolled back into the
    next file of that name. Nothing is ever overwritten.
    """
    for number in count(1):
        aside = file.with_name(f"{file.name}.damaged-{number}")
        names = [(_beside(file, end), _beside(aside, end)) for end in (*_COMPANIONS, "")]
        if any(_is_there(there) for _, there in names):
            continue
        try:
            # Two programs may be at it; a name belongs to whoever makes it first.
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        moved = []
        try:
            for here, there in names:
                if _is_there(here):
                    here.replace(there)
                    moved.append((here, there))
        except OSError:
            aside.unlink(missing_ok=True)
            for here, there in moved:
                there.replace(here)
            raise
        return aside
    raise AssertionError("numbers do not end")


def is_other_format(file: Path) -> bool:
    """Whether `file` plainly is no SQLite database. Raises `OSError` where it cannot be read.

    SQLite is not asked, because it would first roll back any journal beside the file, whatever the file is. It may be
    asked about zeros: those are what a crash can leave of a database that was just being made.
    """
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        head = stream.read(len(_MAGIC))
    return any(head) and head != _MAGIC


_MAGIC = b"SQLite format 3\0"


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


def _is_there(file: Path) -> bool:
    return file.exists() or file.is_symlink()
