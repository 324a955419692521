"""The JSON Schemas that ship with the package are those of the models."""

from __future__ import annotations

import json
from pathlib import Path

import orbitquiz
from orbitquiz.bank.json_schema import json_schemas

FOLDER = Path(orbitquiz.__file__).parent / "schemas"


def test_the_committed_schemas_are_those_of_the_models() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == json_schemas(), "run `make schema`"


def test_an_editor_may_read_a_scalar_as_number_or_truth_value() -> None:
    claim = json.loads(json_schemas()["questions.schema.json"])["$defs"]["ClaimEntry"]
    assert claim["properties"]["value"]["type"] == ["string", "number", "boolean"]
