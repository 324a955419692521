"""The secrets of a service: tokens that open rooms, and the key that the links to reports are made from."""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_TOKEN_BYTES = 24
_SHORTEST = 16  # characters of a token


class HostTokens:
    """The tokens in a file: one a line, a comment after `#`. A changed file counts at once.

    The file is created with one new token if it does not exist.
    """

    def __init__(self, path: Path) -> None:
        """Raise `OSError`, or `ValueError` for a file without a token that is long enough."""
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._hashes: dict[bytes, str] = {}
        self.is_new = create_once(path, f"{secrets.token_urlsafe(_TOKEN_BYTES)}\n".encode())
        if not self._read():
            raise ValueError(f"{path} has no host token: write one a line, each of {_SHORTEST} characters or more")

    def opener(self, token: str) -> str | None:
        """Return a name for the holder of `token`, from which it cannot be found; None if it opens nothing."""
        with suppress(OSError, ValueError):  # what was read last still counts
            self._read()
        return self._hashes.get(sha256(token.encode("utf-8", "surrogatepass")).digest())

    def _read(self) -> dict[bytes, str]:
        stat = self.path.stat()
        stamp = stat.st_mtime_ns, stat.st_size
        if stamp != self._stamp:
            lines = self.path.read_text(encoding="utf-8").splitlines()
            tokens = [token for line in lines if len(token := line.partition("#")[0].strip()) >= _SHORTEST]
            hashes = [sha256(token.encode()) for token in tokens]
            self._hashes = {each.digest(): each.hexdigest()[:12] for each in hashes}
            self._stamp = stamp
        return self._hashes


def service_key(path: Path) -> bytes:
    """Return the key kept at `path`, which is made the first time. Raise `OSError`."""
    create_once(path, secrets.token_bytes(32))
    return path.read_bytes()


def report_key(key: bytes, code: str, salt: str) -> str:
    """Return what the link to the report of a room ends in. Another room with the same code has another one."""
    digest = hmac.digest(key, f"report {code} {salt}".encode(), "sha256")
    return urlsafe_b64encode(digest[:24]).decode()


def create_once(path: Path, content: bytes) -> bool:
    """Write `content` to a new file that only its owner can read. False if there is one already."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return True
