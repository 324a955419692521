"""Where what a player did is kept."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orbitquiz.history.store import Records

DATA_VARIABLE = "ORBITQUIZ_DATA"


def data_folder(chosen: Path | None) -> Path:
    """The folder that was chosen with `--data`, else the one in the environment, else the user's own."""
    if chosen is not None:
        return chosen
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("orbitquiz", appauthor=False)


def open_records(chosen: Path | None) -> Records:
    """The records in that folder."""
    from orbitquiz.history.store import Records

    return Records.open(data_folder(chosen), time.time)
