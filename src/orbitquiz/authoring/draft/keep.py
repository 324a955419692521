"""Writing proposed facts into a bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from orbitquiz.authoring.atomic import write_atomically
from orbitquiz.authoring.new_bank import category_text
from orbitquiz.authoring.splice import ListFile
from orbitquiz.bank.folder import ENTITIES_FILE, QUESTIONS
from orbitquiz.bank.model import Source


def category_file(folder: Path, source: Source) -> str:
    """Return the file, relative to the bank in `folder`, for facts about `source`. It need not be there yet."""
    name = f"{QUESTIONS}/{source.id}.yaml"
    return name if name != ENTITIES_FILE else f"{QUESTIONS}/{source.id}-facts.yaml"


def text_of(folder: Path, file: str, source: Source) -> str:
    """Return the text of such a file, or of a new one for facts about `source`. Raises `OSError` or `CannotSplice`."""
    path = folder / file
    if path.exists():
        return path.read_bytes().decode("utf-8")
    return category_text(path.stem, source.title)


def keep_drafts(folder: Path, source: Source, items: Iterable[Mapping[str, Any]]) -> str:
    """Write facts about `source` to the end of its category, and return the file's name in the bank.

    Raises `CannotSplice` where the file has a form in which nothing can be added, and `OSError`.
    """
    file = category_file(folder, source)
    text = text_of(folder, file, source)
    for item in items:
        text = ListFile(file, text, "facts").with_item(item)
    write_atomically(folder / file, text.encode("utf-8"))
    return file
