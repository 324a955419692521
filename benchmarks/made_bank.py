"""A bank of many made facts, for measuring."""

from __future__ import annotations

import hashlib
from pathlib import Path

FACTS = 5000
_PER_SOURCE = 50
_MONTHS = "January February March April May June July August September October November December".split()


def write_made_bank(folder: Path, facts: int = FACTS) -> Path:
    """Write a bank of `facts` facts of mixed types in one category, and a document for every fifty.

    Returns the category's file.
    """
    (folder / "questions").mkdir(parents=True)
    (folder / "seeds").mkdir()
    sources, lines = [], ["category: made", "title: Made facts", "facts:"]
    for first in range(0, facts, _PER_SOURCE):
        id = f"report-{first // _PER_SOURCE}"
        sentences = []
        for number in range(first, min(first + _PER_SOURCE, facts)):
            sentence, fact = _fact(number, id)
            sentences.append(sentence)
            lines += fact
        raw = "\n\n".join([f"Report {first // _PER_SOURCE}", *sentences]).encode()
        (folder / "seeds" / f"{id}.txt").write_bytes(raw)
        sources += [
            f"  - id: {id}",
            f"    file: {id}.txt",
            f"    sha256: {hashlib.sha256(raw).hexdigest()}",
            f"    title: Report {first // _PER_SOURCE}",
            f"    cite-as: report {first // _PER_SOURCE}",
        ]
    _write(folder / "seeds" / "sources.yaml", ["sources:", *sources])
    _write(folder / "questions" / "entities.yaml", ["entities:", *_entities()])
    _write(
        folder / "bank.yaml",
        ["id: made-bank", "title: Made", "version: '1'", "language: en", "rights: none", "contact: none"],
    )
    questions = folder / "questions" / "made.yaml"
    _write(questions, lines)
    return questions


def _fact(number: int, source: str) -> tuple[str, list[str]]:
    """The sentence that states a fact, and the fact as lines of YAML."""
    type, value = [
        ("date", f"{number % 28 + 1} {_MONTHS[number // 28 % 12]} {1900 + number % 120}"),
        ("count", f"{(number % 900 + 100):,}"),
        ("length", f"{number % 90 + 10}.{number % 9 + 1} metres"),
        ("person", f"Captain Number{number % 200}"),
        ("text", f"the colour numbered {number}"),
    ][number % 5]
    sentence = f"In the matter of ship {number}, the log of the year says {value} without any doubt at all."
    lines = [
        f"  - id: fact-{number}",
        f"    type: {type}",
        f"    ask: What does the log say in the matter of ship {number}?",
        f"    statement: In the matter of ship {number}, the log says {{value}}.",
        f"    level: {number % 3 + 1}",
        "    claims:",
        f"      - value: {value}",
        "        proof:",
        f"          - {{source: {source}, quote: 'ship {number}, the log of the year says {value}'}}",
    ]
    if type == "text":
        lines.append(
            f"    distractors: [a colour like {number} red, a colour like {number} blue, a colour like {number} green]"
        )
    return sentence, lines


def _entities() -> list[str]:
    return [
        line
        for number in range(200)
        for line in (
            f"  - id: captain-{number}",
            "    type: person",
            f"    name: Captain Number{number}",
            "    groups: [captains]",
        )
    ]


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
