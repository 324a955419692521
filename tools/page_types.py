"""Write the types of a room's messages for the page, and the version that it speaks. A test holds both to the models.

`protocol.d.ts` is for editors and the type checker and is never sent; `protocol.js` is what the page imports.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orbitquiz.classroom import protocol
from tools.protocol import schema_text

PAGE = Path(__file__).parent.parent / "src" / "orbitquiz" / "classroom" / "page"
TYPES, VERSION = PAGE / "protocol.d.ts", PAGE / "protocol.js"

_SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def version_text() -> str:
    """Return the module with the protocol's version."""
    return f"// Made by `make schema`.\nexport const PROTOCOL = {protocol.PROTOCOL};\n"


def types_text() -> str:
    """Return the TypeScript declarations of all messages."""
    definitions: dict[str, Any] = json.loads(schema_text())["$defs"]
    parts = ["// Made by `make schema` from docs/protocol.schema.json.", f"export const PROTOCOL: {protocol.PROTOCOL};"]
    for name, schema in sorted(definitions.items()):
        if schema.get("type") == "object":
            fields = "".join(_field(schema, field) for field in schema["properties"])
            parts.append(f"export interface {name} {{\n{fields}}}")
        else:
            parts.append(f"export type {name} = {_type_of(schema)};")
    return "\n\n".join(parts) + "\n"


def _field(schema: dict[str, Any], name: str) -> str:
    is_optional = "" if name in schema.get("required", ()) else "?"
    return f"  {name}{is_optional}: {_type_of(schema['properties'][name])};\n"


def _type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(map(_type_of, schema[union]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(map(_type_of, schema['prefixItems']))}]"
        case "array":
            return f"Array<{_type_of(schema['items'])}>"
        case "object":
            return f"Record<string, {_type_of(schema['additionalProperties'])}>"
        case str(kind):
            return _SIMPLE[kind]
        case _:
            raise ValueError(f"no type for {schema}")


def main() -> None:
    """Write both files."""
    TYPES.write_text(types_text(), encoding="utf-8")
    VERSION.write_text(version_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
