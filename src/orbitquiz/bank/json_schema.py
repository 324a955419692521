"""JSON Schemas of a bank's files, so that an editor can complete and check them while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from orbitquiz.bank.schema import FILES


class _AsEditorsReadIt(GenerateJsonSchema):
    """An editor reads `value: 36` as a number and `no` as false. A bank reads both as text, so neither is an error."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # What is optional is left out, not left empty.
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        return {key: value for key, value in described.items() if key != "default" or value is not None}


def json_schemas() -> dict[str, str]:
    """Return the text of each schema file, by its name."""
    return {
        f"{name}.schema.json": _text(name, model.model_json_schema(schema_generator=_AsEditorsReadIt))
        for name, model in FILES.items()
    }


def _text(name: str, schema: dict[str, Any]) -> str:
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"OrbitQuiz bank: {name}"}
    return json.dumps({**schema, **about}, ensure_ascii=False, indent=2) + "\n"
