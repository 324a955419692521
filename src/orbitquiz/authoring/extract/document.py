"""Reading a document of whatever format, safely."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from orbitquiz.authoring.extract.model import CannotExtract, Extract, Locator
from orbitquiz.authoring.extract.plain import read_markdown, read_text
from orbitquiz.authoring.extract.worker import READERS

LARGEST = 50_000_000  # bytes of a document,
_LARGEST_TEXT = 10_000_000  # and characters of its text
_PATIENCE = 60.0  # seconds, for a machine that is busy; the worker's own bound is on what it does
_TEXT = {".txt": read_text, ".text": read_text, ".md": read_markdown, ".markdown": read_markdown}
ENDINGS = (*_TEXT, *READERS)
"""The endings of the files that can be read."""


def extract(path: Path) -> Extract:
    """Return the document at `path` as text. Raises `CannotExtract`.

    Formats that are more than text are read in a process of their own, bounded in memory and time: a document is
    whatever its maker wanted it to be.
    """
    try:
        is_file, size = path.is_file(), path.stat().st_size
    except OSError as error:
        raise CannotExtract(f"cannot read {path}: {error.strerror}") from error
    if not is_file:
        raise CannotExtract(f"cannot read {path}: it is not a file")
    if size > LARGEST:
        raise CannotExtract(
            f"cannot read {path}: it has {size // 1_000_000} MB; {LARGEST // 1_000_000} MB are the most"
        )
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise CannotExtract(f"cannot read {path}: expected a file that ends in {', '.join(ENDINGS)}")
    try:
        found = _TEXT[ending](path.read_bytes()) if ending in _TEXT else _in_a_process(path)
    except OSError as error:
        raise CannotExtract(f"cannot read {path}: {error.strerror}") from error
    if len(found.text) > _LARGEST_TEXT:
        raise CannotExtract(f"cannot read {path}: its text has more than {_LARGEST_TEXT:,} characters")
    if not found.text.strip():
        raise CannotExtract(f"cannot read {path}: it holds no text")
    return found


def _in_a_process(path: Path) -> Extract:
    words = [sys.executable, "-m", "orbitquiz.authoring.extract.worker", str(path.resolve())]
    try:
        ran = subprocess.run(words, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
        answer = json.loads(ran.stdout) if ran.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        raise CannotExtract(f"cannot read {path}: it takes too much time or memory, as no good document does")
    if missing := answer.get("missing"):
        raise CannotExtract(
            f"reading {path.name} needs the package {missing}; install it with: pip install 'orbitquiz[documents]'"
        )
    if reason := answer.get("error"):
        raise CannotExtract(f"cannot read {path}: {reason}")
    return _from_data(answer)


def _from_data(data: dict[str, Any]) -> Extract:
    pages, headings = (tuple(Locator(each["at"], each["name"]) for each in data[key]) for key in ("pages", "headings"))
    return Extract(
        text=data["text"],
        extractor=data["extractor"],
        title=data["title"],
        author=data["author"],
        pages=pages,
        headings=headings,
        notes=tuple(data["notes"]),
    )
