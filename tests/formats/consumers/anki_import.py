"""Import Anki packages, one after another, into a new collection, and print what became of it as JSON.

Anki is under the AGPL: this is run by a test as a program of its own, and OrbitQuiz imports none of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def main(folder: str, *packages: str) -> None:
    """Import `packages` into a collection in `folder`."""
    collection = Collection(str(Path(folder) / "collection.anki2"))
    runs: list[dict[str, Any]] = []
    for package in packages:
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
        notes = [collection.get_note(id) for id in collection.find_notes("")]
        runs.append(
            {
                "new": len(log.new),
                "updated": len(log.updated),
                "notes": {note["Id"]: note["Question"] for note in notes},
                "cards": collection.card_count(),
                "back": notes[0].cards()[0].answer(),
                "front": notes[0].cards()[0].question(),
            }
        )
    collection.close()
    print(json.dumps(runs))


if __name__ == "__main__":
    main(*sys.argv[1:])
