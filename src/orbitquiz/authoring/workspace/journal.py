"""Surviving a crash of the author's program: the fact that is being written, and files that are being changed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from orbitquiz.authoring.atomic import write_atomically
from orbitquiz.authoring.workspace.form import FactForm
from orbitquiz.bank.folder import QUESTIONS, sha256_of
from orbitquiz.bank.values.entity import Entity

FOLDER = ".orbitquiz"
_FORM, _PENDING = "author-fact.json", "author-files.json"


class Journal:
    """Keeps its files in the folder `.orbitquiz` of the bank in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._place = folder / FOLDER

    def keep_form(self, form: FactForm | None) -> None:
        """Keep the fact that is being written, or that none is. A disk that takes nothing keeps nothing."""
        with contextlib.suppress(OSError):
            if form is None:
                (self._place / _FORM).unlink(missing_ok=True)
            else:
                self._place.mkdir(exist_ok=True)
                write_atomically(self._place / _FORM, json.dumps(to_builtins(form), ensure_ascii=False).encode())

    def kept_form(self) -> FactForm | None:
        """Return the fact that was being written when the program ended."""
        try:
            data = json.loads((self._place / _FORM).read_bytes())
            spans = tuple((int(start), int(end)) for start, end in data.pop("proof"))
            at = data.pop("value_at")
            entities = tuple(
                Entity(**{**each, "aliases": tuple(each["aliases"]), "groups": tuple(each["groups"])})
                for each in data.pop("entities")
            )
            distractors = tuple(data.pop("distractors"))
            value_at = (int(at[0]), int(at[1])) if at else None
            return FactForm(**data, proof=spans, value_at=value_at, entities=entities, distractors=distractors)
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return None  # none, or one of another version

    def write(self, texts: Mapping[str, str], before: Mapping[str, str | None]) -> None:
        """Change files, by their names in the bank, all or none: what a crash cuts short, `recover` completes.

        `before` are their texts so far, None for a new file. Raises `OSError`.
        """
        if len(texts) > 1:
            pending = [{"file": file, "before": _hash(before.get(file)), "after": text} for file, text in texts.items()]
            self._place.mkdir(exist_ok=True)
            write_atomically(self._place / _PENDING, json.dumps(pending, ensure_ascii=False).encode())
        for file, text in texts.items():
            write_atomically(self.folder / file, text.encode("utf-8"))
        if len(texts) > 1:
            (self._place / _PENDING).unlink(missing_ok=True)

    def recover(self) -> tuple[str, ...]:
        """Complete what a crash has cut short. Return the files that somebody else has changed meanwhile.

        For each of those, what was to be written lies beside it, under its name with `.author` behind.
        """
        for place in (self._place, self.folder / QUESTIONS):
            for partial in place.glob(".*.part"):  # never renamed, so nobody has seen it
                partial.unlink(missing_ok=True)
        path = self._place / _PENDING
        try:
            pending: list[dict[str, Any]] = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return ()
        changed = []
        for item in pending:
            file = self.folder / str(item["file"])
            present = sha256_of(file.read_bytes()) if file.is_file() else None
            after = str(item["after"]).encode("utf-8")
            if present == item["before"]:
                write_atomically(file, after)
            elif present != sha256_of(after):
                write_atomically(file.with_name(f"{file.name}.author"), after)
                changed.append(str(item["file"]))
        path.unlink(missing_ok=True)
        return tuple(changed)


def _hash(text: str | None) -> str | None:
    return None if text is None else sha256_of(text.encode("utf-8"))
