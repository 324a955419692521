"""Write the JSON Schemas that ship with the package. A test holds them to the models."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.bank.json_schema import json_schemas

FOLDER = Path(__file__).parent.parent / "src" / "orbitquiz" / "schemas"

if __name__ == "__main__":
    for name, text in json_schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        print(FOLDER / name)
