"""Adding a bank to one's own: from a folder, an archive, or an address."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from orbitquiz.authoring.extract.zipped import MOST_BYTES, MOST_FILES, UnsafeArchive
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Reading
from orbitquiz.history.private import make_private
from orbitquiz.library.archive import unpack
from orbitquiz.library.shelf import BUILTIN, FOLDER

_LARGEST_ARCHIVE = 50_000_000  # bytes
_PATIENCE = 30.0  # seconds to wait for a server, each time that it says nothing
_CHUNK = 65536
_IGNORED = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.author", "author-*.json")


class CannotAdd(Exception):
    """A bank that cannot be added. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bank that has come and is not kept yet: where it lies, what it is, and whether it replaces another."""

    folder: Path
    reading: Reading
    replaces: bool

    @property
    def name(self) -> str:
        """The name that it will have: its own id."""
        assert self.reading.bank is not None
        return self.reading.bank.id


def add(origin: str, data: Path, confirm: Callable[[Arrived], bool]) -> str | None:
    """Add the bank in a folder, a zip archive or at an https address to the folder `data`, if `confirm` says so.

    Returns its name, None where it was not confirmed. Raises `CannotAdd`.
    """
    banks = data / FOLDER
    try:
        make_private(data)
        banks.mkdir(exist_ok=True)
        # In the same folder, so that keeping it is renaming it: whole or not at all.
        with tempfile.TemporaryDirectory(prefix=".new-", dir=banks) as temporary:
            place = Path(temporary)
            folder = place / "bank"
            _fetch(origin, place, folder)
            reading = read_bank(folder)
            if reading.bank is None:
                problem = str(reading.problems[0]).replace(str(folder), "it")  # nobody knows the temporary folder
                raise CannotAdd(f"cannot add {origin}: {problem}")
            arrived = Arrived(folder, reading, (banks / reading.bank.id).exists())
            if arrived.name == BUILTIN:
                raise CannotAdd(f"cannot add {origin}: the name {BUILTIN!r} is taken; give it another id in bank.yaml")
            if not confirm(arrived):
                return None
            kept = banks / arrived.name
            if arrived.replaces:
                kept.rename(place / "old")
            folder.rename(kept)
            return arrived.name
    except OSError as error:
        raise CannotAdd(f"cannot add {origin}: {error.strerror or error}") from error


def _fetch(origin: str, place: Path, folder: Path) -> None:
    """Bring the bank to `folder`, which is not there yet."""
    if "://" in origin:
        file = place / "bank.zip"
        _download(origin, file)
        _unpack(origin, file, folder)
        return
    path = Path(origin)
    if path.is_dir():
        _copy(origin, path, folder)
    elif path.is_file():
        _unpack(origin, path, folder)
    else:
        raise CannotAdd(
            f"there is no file or folder {origin}; expected a bank's folder, a .zip file or an https address"
        )


def _copy(origin: str, path: Path, folder: Path) -> None:
    files = total = 0
    for each in path.rglob("*"):
        if each.is_symlink():
            raise CannotAdd(f"cannot add {origin}: {each.relative_to(path)} is a link; a bank holds files")
        if each.is_file():
            files, total = files + 1, total + each.stat().st_size
        if files > MOST_FILES or total > MOST_BYTES:
            raise CannotAdd(
                f"cannot add {origin}: it is too large; {MOST_FILES:,} files and {MOST_BYTES // 10**6} MB are the most"
            )
    shutil.copytree(path, folder, ignore=_IGNORED)


def _unpack(origin: str, file: Path, folder: Path) -> None:
    try:
        unpack(file, folder)
    except UnsafeArchive as error:
        raise CannotAdd(f"cannot add {origin}: {error}") from error


def _download(origin: str, file: Path) -> None:
    """Fetch an address into `file`: by https only, also where the server sends one on, and no more than fits."""
    import urllib.error
    import urllib.request

    class OnlyHttps(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
            _check_https(newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    _check_https(origin)
    try:
        opener = urllib.request.build_opener(OnlyHttps)
        with opener.open(origin, timeout=_PATIENCE) as answer, file.open("wb") as out:
            size = 0
            while chunk := answer.read(_CHUNK):
                size += len(chunk)
                if size > _LARGEST_ARCHIVE:
                    raise CannotAdd(f"cannot add {origin}: it is larger than {_LARGEST_ARCHIVE // 10**6} MB")
                out.write(chunk)
    except urllib.error.HTTPError as error:
        raise CannotAdd(f"cannot add {origin}: the server answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise CannotAdd(f"cannot reach {urlsplit(origin).hostname}: {error.reason}") from error
    except (ValueError, TimeoutError) as error:
        raise CannotAdd(f"cannot add {origin}: {error}") from error


def _check_https(address: str) -> None:
    if urlsplit(address).scheme != "https":
        raise CannotAdd(f"cannot add {address}: banks are fetched by https only")
