"""The way from a second terminal into the room that this user hosts: a small file while the room is open."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_FOLDER = "hosting"


class NotHosted(Exception):
    """This user hosts no such room. The message says what to do."""


@dataclass(frozen=True)
class HostAccess:
    """The port of a hosted room on this computer, and the secret of its host."""

    code: str
    port: int
    secret: str


@contextmanager
def granting(folder: Path, access: HostAccess) -> Iterator[None]:
    """Let this user's other programs into the room until the block ends, as far as the data `folder` can be written."""
    path = folder / _FOLDER / f"{access.code}.json"
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # of a program that crashed
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(access), file)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def find_access(folder: Path, code: str | None) -> HostAccess:
    """Return the way into the hosted room with this `code`, or into the one that is opened last. Raise `NotHosted`."""
    wanted = (code or "").strip().upper()
    for path in sorted(_files(folder), key=_written, reverse=True):
        if wanted in ("", path.stem) and (access := _read(path)):
            return access
    which = f"room {wanted}" if wanted else "a room"
    raise NotHosted(f"nobody hosts {which} on this computer; start `orbitquiz host` in another terminal first")


def _files(folder: Path) -> list[Path]:
    return list((folder / _FOLDER).glob("*.json"))


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> HostAccess | None:
    try:
        told = json.loads(path.read_bytes())
        return HostAccess(str(told["code"]), int(told["port"]), str(told["secret"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
