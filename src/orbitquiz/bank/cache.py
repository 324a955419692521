"""Opening a bank to play from: read it, or take what was made of it the last time.

Reading and checking a bank needs a YAML parser and Pydantic, and importing those alone takes as long as a player
likes to wait. So a bank that holds is kept in a cache, as JSON, and used again while every file of the bank still
has the same bytes and this package the same code. The documents themselves are not copied: their text always comes
from the bank. A wheel carries what was made of the built-in bank when it was built.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from orbitquiz import __version__
from orbitquiz.bank.cache_format import from_stored, to_stored
from orbitquiz.bank.folder import BANK_FILE, SEEDS, BankFolder, digest_of, read_regular_file
from orbitquiz.bank.model import Bank, Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.text.fold import fold

_LARGEST = 100_000_000  # bytes of a cache
_COMPILED = "builtin.json"  # beside the built-in bank in a wheel


def builtin_path() -> Path:
    """Return the folder of the built-in bank: inside the package where it is installed, else the repository's root."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "builtin"
    return inside if (inside / BANK_FILE).is_file() else package.parent.parent


def open_bank(path: Path, cache: Path | None = None) -> Reading:
    """Return the bank in the folder `path`, by way of the folder `cache` if there is one.

    Raises `BankError` where the bank cannot be played at all. A cache that cannot be read or written is as good as
    none.
    """
    folder = BankFolder(path)
    if missing := folder.missing():
        raise BankError(str(path), missing)
    if path == builtin_path() and (bank := _read_back(folder, path.with_name(_COMPILED), __version__)):
        return Reading(bank, ())
    file = cache / f"{_name_of(path)}.json" if cache else None
    if file and (bank := _from_cache(folder, file)):
        return Reading(bank, ())
    from orbitquiz.bank.load import read_bank

    reading = read_bank(path)
    if reading.bank is None:
        raise BankError(str(path), (problem for problem in reading.problems if problem.fatal))
    if file and not reading.problems:
        _to_cache(reading.bank, file)
    return reading


def _name_of(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def compiled(path: Path) -> bytes:
    """Return the built-in bank in the folder `path` as a wheel carries it. Raise `BankError` where it does not hold."""
    from orbitquiz.bank.load import read_bank

    reading = read_bank(path)
    if reading.bank is None or reading.problems:
        raise BankError(str(path), reading.problems)
    return _stored(reading.bank, __version__)


def _from_cache(folder: BankFolder, file: Path) -> Bank | None:
    return _read_back(folder, file, _code())


def _read_back(folder: BankFolder, file: Path, code: str) -> Bank | None:
    """Return the bank that was stored in `file` by this `code`; None where it is no longer the one in `folder`."""
    try:
        head, _, body = read_regular_file(file, _LARGEST, follow=False).partition(b"\n")
        if head.decode("ascii") != _head(body, code):
            return None
        stored = json.loads(body)
        raw = {name: folder.read(name) for name in folder.yaml_files()}
        for source in stored["sources"]:
            name = source["file"]
            if not isinstance(name, str) or folder.document_path(name.removeprefix(f"{SEEDS}/")) is None:
                return None
            raw[name] = folder.read(name)
        if digest_of(raw) != stored["digest"]:
            return None
        return from_stored(stored, {name: text.decode("utf-8") for name, text in raw.items()})
    except Exception:  # whatever it is, it is not what was stored
        with contextlib.suppress(OSError):
            file.unlink()
        return None


def _to_cache(bank: Bank, file: Path) -> None:
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)  # of a process with this number that was killed
        with os.fdopen(os.open(partial, flags, 0o600), "wb") as opened:
            opened.write(_stored(bank, _code()))
        partial.replace(file)
    with contextlib.suppress(OSError):
        partial.unlink()


def _stored(bank: Bank, code: str) -> bytes:
    body = json.dumps(to_stored(bank), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _head(body, code).encode("ascii") + b"\n" + body


def _head(body: bytes, code: str) -> str:
    """Return the first line of a cache: the state of the code that wrote it, and the digest of the rest."""
    return f"{code} {hashlib.sha256(body).hexdigest()}"


def _code() -> str:
    """Return a digest of the names, sizes and times of the modules that read banks."""
    folders = (Path(__file__).parent, Path(fold.__code__.co_filename).parent)
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    states = [f"{file.name} {(state := file.stat()).st_size} {state.st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join(states).encode()).hexdigest()
