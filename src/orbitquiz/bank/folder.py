"""The files of a bank on disk. Nothing outside the bank's own folder is ever read."""

from __future__ import annotations

import hashlib
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


class BankFolder:
    """A folder that is to hold a bank."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def missing(self) -> list[Problem]:
        """What a bank needs and this folder has not."""
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
            if (self.path / name).parent.is_dir() and not (self.path / name).is_file()
        ]
        for path in sorted((self.path / QUESTIONS).glob("[!.]*.yml")):
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
        """The files of the categories, relative to the bank, in order of name."""
        # Some systems leave hidden files beside those that they copy.
        names = (path.name for path in (self.path / QUESTIONS).glob("[!.]*.yaml") if path.is_file())
        return sorted(file for name in names if (file := f"{QUESTIONS}/{name}") != ENTITIES_FILE)

    def yaml_files(self) -> list[str]:
        """Every YAML file of the bank, relative to it."""
        entities = [ENTITIES_FILE] if (self.path / ENTITIES_FILE).is_file() else []
        return [BANK_FILE, SOURCES_FILE, *entities, *self.question_files()]

    def read(self, file: str) -> bytes:
        """The bytes of `file`, a path relative to the bank. Raises `Unreadable`."""
        path = self.path / file
        try:
            if not path.resolve().is_relative_to(self.path.resolve()):
                raise Unreadable(_missing(file, "source-outside", "the file is a link that leads out of the bank"))
            if path.stat().st_size > LARGEST_FILE:
                message = (
                    f"the file has {path.stat().st_size // 1_000_000} MB; {LARGEST_FILE // 1_000_000} MB are the most"
                )
                raise Unreadable(_missing(file, "unreadable-file", message))
            if not path.is_file():
                raise Unreadable(_missing(file, "unreadable-file", "it is not a file"))
            return path.read_bytes()
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
