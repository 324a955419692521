"""The files of a bank on disk. Nothing outside the bank's own folder is ever read."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from orbitquiz.bank.problems import Problem

BANK_FILE = "bank.yaml"
ENTITIES_FILE = "questions/entities.yaml"
SOURCES_FILE = "seeds/sources.yaml"
LARGEST_FILE = 50_000_000  # bytes
QUESTIONS, SEEDS = "questions", "seeds"


class Unreadable(Exception):
    """A file that cannot be read, as a problem of the bank."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class NotAFile(Exception):
    """A folder, a pipe or a device, or a file that is too large. The message says which."""


def read_regular_file(path: Path, most: int, *, follow: bool = True) -> bytes:
    """Return the bytes of the file at `path`, `most` at the most. Raise `NotAFile` or `OSError`.

    Opening never waits for a pipe's other end. Without `follow` a symbolic link is no file either.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    if stat.S_ISDIR(path.stat(follow_symlinks=follow).st_mode):
        raise NotAFile("it is a folder, not a file")
    descriptor = os.open(path, flags | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    with os.fdopen(descriptor, "rb") as opened:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise NotAFile("it is a pipe, a socket or a device, not a file")
        if state.st_size > most:
            raise NotAFile(f"the file has {state.st_size // 1_000_000:,} MB; {most // 1_000_000} MB are the most")
        raw = opened.read(most + 1)
    if len(raw) > most:
        raise NotAFile(f"the file grows while it is read; {most // 1_000_000} MB are the most")
    return raw


class BankFolder:
    """A folder that is to hold a bank."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def missing(self) -> list[Problem]:
        """Return the parts of a bank that this folder lacks, or that nobody may look at."""
        try:
            return self._missing()
        except OSError as error:
            name = error.filename if isinstance(error.filename, str) else str(self.path)
            return [_missing(".", "missing-folder", f"{name} cannot be opened: {error.strerror}")]

    def _missing(self) -> list[Problem]:
        if not self.path.is_dir():
            there = "is a file" if self.path.exists() else "is not there"
            return [_missing(".", "missing-folder", f"the bank's folder {self.path} {there}")]
        problems = [
            _missing(name, "missing-folder", f"a bank has a folder {name}/, and {self.path} has none")
            for name in (QUESTIONS, SEEDS)
            if not (self.path / name).is_dir()
        ]
        problems += [
            _missing(name, "missing-file", f"a bank has a file {name}, and {self.path} has none")
            for name in (BANK_FILE, SOURCES_FILE)
            if (self.path / name).parent.is_dir() and not (self.path / name).exists()
        ]
        if not problems:
            next((self.path / QUESTIONS).iterdir(), None)  # raises `OSError` where nobody may look
        for path in sorted((self.path / QUESTIONS).glob("[!.]*")):
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
                message = f"files of questions end in .yaml; call this one {path.stem}.yaml"
                problems.append(_missing(f"{QUESTIONS}/{path.name}", "wrong-ending", message))
        if not problems and not self.question_files():
            problems.append(
                _missing(
                    QUESTIONS, "missing-file", "the folder questions/ holds no category, such as questions/crew.yaml"
                )
            )
        return problems

    def question_files(self) -> list[str]:
        """Return the files of the categories, relative to the bank, in order of name."""
        # Some systems leave hidden files beside those that they copy.
        names = (path.name for path in (self.path / QUESTIONS).glob("[!.]*.yaml"))
        return sorted(file for name in names if (file := f"{QUESTIONS}/{name}") != ENTITIES_FILE)

    def yaml_files(self) -> list[str]:
        """Every YAML file of the bank, relative to it."""
        entities = [ENTITIES_FILE] if os.path.lexists(self.path / ENTITIES_FILE) else []
        return [BANK_FILE, SOURCES_FILE, *entities, *self.question_files()]

    def read(self, file: str) -> bytes:
        """Return the bytes of `file`, a path relative to the bank. Raises `Unreadable`."""
        path = self.path / file
        try:
            if not path.resolve().is_relative_to(self.path.resolve()):
                raise Unreadable(_missing(file, "source-outside", "the file is a link that leads out of the bank"))
            return read_regular_file(path, LARGEST_FILE)
        except NotAFile as error:
            raise Unreadable(_missing(file, "unreadable-file", str(error))) from error
        except (OSError, RuntimeError) as error:  # RuntimeError: links that go round in circles
            reason = getattr(error, "strerror", None) or "a link that leads nowhere"
            raise Unreadable(_missing(file, "unreadable-file", f"the file cannot be read: {reason}")) from error

    def document_path(self, name: str) -> Path | None:
        """Where the document `name` of seeds/ lies; None where the name leads out of seeds/ or is no relative path."""
        path = PurePosixPath(name)
        windows = PureWindowsPath(name)
        if path.is_absolute() or windows.drive or windows.root or ".." in windows.parts or "\0" in name:
            return None
        seeds = (self.path / SEEDS).resolve()
        try:
            resolved = (seeds / path).resolve()
        except (OSError, RuntimeError):  # a symbolic link that goes round in circles
            return None
        return resolved if resolved.is_relative_to(seeds) and resolved != seeds else None


def digest_of(files: dict[str, bytes]) -> str:
    """SHA-256, in hexadecimal, over the names and the contents of `files`, in order of name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def sha256_of(raw: bytes) -> str:
    """SHA-256 of `raw` in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def _missing(file: str, code: str, message: str) -> Problem:
    return Problem(file, 1, 1, code, message, fatal=True)
