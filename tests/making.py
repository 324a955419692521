"""Small banks for tests, written to disk as an author would write them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from orbitquiz.bank.model import Source

#: A document whose sentences the facts below quote.
REPORT = """The comet crew

Ada Stone, 41, commanded the ship Kestrel. She took off from Port Vale on May 3, 2031, with two others.

"We saw the comet on the ninth day," Stone said. The tail was 2.5 kilometres long.
"""

OTHER_REPORT = """Comet crew home again

The Kestrel came home after 12 days. Its commander, Ada Stone, is 42. The crew left on May 4.
"""

THIRD_REPORT = """Off to the comet

They left on May 3.
"""

ENTITIES: tuple[Mapping[str, Any], ...] = (
    {"id": "ada-stone", "type": "person", "name": "Ada Stone", "aliases": ["Stone"], "groups": ["pilots"]},
    {"id": "ben-oak", "type": "person", "name": "Ben Oak", "groups": ["pilots"]},
    {"id": "cy-reed", "type": "person", "name": "Cy Reed", "groups": ["pilots"]},
    {"id": "di-marsh", "type": "person", "name": "Di Marsh", "groups": ["pilots"]},
    {"id": "ed-field", "type": "person", "name": "Ed Field", "groups": ["pilots"]},
)

COMMANDER: Mapping[str, Any] = {
    "id": "commander",
    "type": "person",
    "ask": "Who commanded the comet ship?",
    "statement": "{value} commanded the comet ship.",
    "level": "1",
    "claims": [{"value": "Ada Stone", "proof": [{"source": "report", "quote": "Ada Stone, 41, commanded the ship"}]}],
}

TAIL: Mapping[str, Any] = {
    "id": "tail",
    "type": "length",
    "ask": "How long was the comet's tail?",
    "statement": "The comet's tail was {value} long.",
    "claims": [
        {"value": "2.5 kilometres", "proof": [{"source": "report", "quote": "The tail was 2.5 kilometres long"}]}
    ],
}

TAKE_OFF: Mapping[str, Any] = {
    "id": "take-off",
    "type": "date",
    "ask": "On which day did the comet crew take off?",
    "statement": "The comet crew took off on {value}.",
    "differs": "conflict",
    "settled": "most",
    "note": "Nobody has said which is right.",
    "claims": [
        {
            "value": "3 May",
            "proof": [
                {"source": "report", "quote": "She took off from Port Vale on May 3"},
                {"source": "third", "quote": "They left on May 3"},
            ],
        },
        {"value": "4 May", "proof": [{"source": "other", "quote": "The crew left on May 4"}]},
    ],
}


#: The same with nothing to settle it, so that only the compare round asks it.
DISPUTED: Mapping[str, Any] = {
    **{key: value for key, value in TAKE_OFF.items() if key != "settled"},
    "claims": [
        {"value": "3 May", "proof": [{"source": "report", "quote": "She took off from Port Vale on May 3"}]},
        {"value": "4 May", "proof": [{"source": "other", "quote": "The crew left on May 4"}]},
    ],
}


def write_bank(
    folder: Path,
    facts: Sequence[Mapping[str, Any]] = (COMMANDER, TAIL, TAKE_OFF),
    *,
    entities: Sequence[Mapping[str, Any]] = ENTITIES,
    documents: Mapping[str, str] | None = None,
    category: str = "comet",
    about: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Path:
    """Write a bank of one category into `folder`, which need not exist, and return it.

    The keys of `documents` and of `about`, which is what else is said of them, are the ids of the sources.
    """
    documents = {"report": REPORT, "other": OTHER_REPORT, "third": THIRD_REPORT} if documents is None else documents
    for name in ("questions", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    sources = []
    for id, text in documents.items():
        raw = text.encode()
        (folder / "seeds" / f"{id}.txt").write_bytes(raw)
        sha256 = hashlib.sha256(raw).hexdigest()
        title = text.strip().partition("\n")[0] or id
        sources.append({"id": id, "file": f"{id}.txt", "sha256": sha256, "title": title, "cite-as": f"the {id}"})
        sources[-1] |= about.get(id, {})
    head = {name: f"the {name}" for name in ("version", "rights", "contact")} | {"language": "en"}
    write_yaml(folder / "bank.yaml", {"id": "comet-bank", "title": "The comet", **head})
    write_yaml(folder / "seeds" / "sources.yaml", {"sources": sources})
    write_yaml(folder / "questions" / "entities.yaml", {"entities": list(entities)})
    write_yaml(
        folder / "questions" / f"{category}.yaml", {"category": category, "title": "The comet", "facts": list(facts)}
    )
    return folder


def source_of(text: str, id: str = "report") -> Source:
    """A document of which nothing but its text matters."""
    return Source(id=id, file=f"seeds/{id}.txt", sha256="", title=id, cite_as=f"the {id}", text=text)


def write_yaml(path: Path, data: Mapping[str, Any]) -> None:
    """Write `data` as block-style YAML, without anchors."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    path.write_text(yaml.dump(dict(data), Dumper=Dumper, sort_keys=False, allow_unicode=True), encoding="utf-8")
