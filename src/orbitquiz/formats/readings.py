"""Blind readings as files: one JSON object a line, a file for each reader, in the folder `readings` of the bank.

A file can be sent to the author of the bank, who puts it beside the others. Its lines have the keys `reader`,
`question`, `seed`, `digest`, `picked`, `basis` and `absurd`; docs/bank.md says what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.quality.readings import Basis, BlindReading
from orbitquiz.text.safe import line_of

FOLDER = "readings"
_TEXTS = ("reader", "question", "seed", "digest", "picked")


def file_of(bank: Path, reader: str) -> Path:
    """Return the file of `reader` in the folder of a bank."""
    return bank / FOLDER / f"{reader}.jsonl"


def append_reading(file: Path, reading: BlindReading) -> None:
    """Write `reading` at the end of `file`, which need not exist. Raises `OSError`."""
    data = {name: getattr(reading, name) for name in _TEXTS}
    line = json.dumps({**data, "basis": reading.basis.value, "absurd": list(reading.absurd)}, ensure_ascii=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8", newline="\n") as out:
        out.write(f"{line}\n")


def read_readings(bank: Path) -> tuple[list[BlindReading], list[Problem]]:
    """Return the readings in the folder of a bank, and a problem for each line or file that holds none."""
    readings: list[BlindReading] = []
    problems: list[Problem] = []
    folder = bank / FOLDER
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        name = f"{FOLDER}/{file.name}"
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(name, 1, 1, "bad-reading", f"cannot read the file: {error}"))
            continue
        for number, reading in _read_lines(lines):
            if reading:
                readings.append(reading)
            else:
                message = "this line is no reading; delete it, or ask the reader for the file again"
                problems.append(Problem(name, number, 1, "bad-reading", message))
    return readings, problems


def readings_in(file: Path) -> list[BlindReading]:
    """Return the readings in one file; none where there is no file. Lines that hold none are passed over."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [reading for _, reading in _read_lines(lines) if reading]


def _read_lines(lines: Sequence[str]) -> Iterator[tuple[int, BlindReading | None]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, _reading(json.loads(line))
            except (ValueError, RecursionError):
                yield number, None


def _reading(data: Any) -> BlindReading | None:
    if not isinstance(data, dict):
        return None
    texts = [text for name in _TEXTS if isinstance(text := data.get(name), str)]
    absurd = data.get("absurd", [])
    if len(texts) < len(_TEXTS) or data.get("basis") not in list(Basis):
        return None
    if not isinstance(absurd, list) or not all(isinstance(text, str) for text in absurd):
        return None
    reader, question, seed, digest, picked = texts
    basis = Basis(data["basis"])
    return BlindReading(line_of(reader), line_of(question), seed, digest, picked, basis, tuple(dict.fromkeys(absurd)))
