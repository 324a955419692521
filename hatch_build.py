"""Put the built-in bank into the wheel as it is after reading and checking, so that nobody waits for that."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledBank(BuildHookInterface[Any]):
    """Adds `orbitquiz/builtin.json`; not where the package is played from its repository, which may change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file, and name it to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from orbitquiz.bank.cache import compiled

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "builtin.json"
        file.write_bytes(compiled(Path(self.root)))
        build_data["force_include"][str(file)] = "orbitquiz/builtin.json"
