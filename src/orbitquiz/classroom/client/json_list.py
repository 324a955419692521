"""A list of small records in a JSON file of the user's, such as the seats that were taken.

The file is readable by its owner alone. It is a convenience: if it cannot be read, there is nothing in it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from orbitquiz.history.private import write_private

_T = TypeVar("_T")


def read(path: Path, kind: type[_T]) -> list[_T]:
    """Return the records of the dataclass `kind`, whose fields are all text."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
    try:
        rows = json.loads(path.read_bytes())
        return [kind(**{name: str(row[name]) for name in names}) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace what the file holds, as far as it can be written."""
    with contextlib.suppress(OSError):
        write_private(path, json.dumps(rows))
