"""`orbitquiz restore`: the records from a backup."""

from __future__ import annotations

import argparse

from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import is_meant, say
from orbitquiz.history.backup import BadBackup, unpacked
from orbitquiz.history.connection import FILE
from orbitquiz.text.counts import counted


def run(arguments: argparse.Namespace) -> int:
    """Put the backup in the place of the records, after asking where there are some."""
    folder = data_folder(arguments.data)
    try:
        with unpacked(arguments.file, folder) as backup:
            contents = backup.contents
            told = f"{counted(contents.games, 'game')} and {counted(contents.answers, 'answer')}"
            has_records = (folder / FILE).exists()
            if has_records and not arguments.yes and not is_meant(f"Replace the records in {folder} by {told}?"):
                print("Nothing was changed.")
                return 0
            aside = backup.replace_records()
    except BadBackup as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{arguments.file} cannot be restored to {folder}: {error.strerror or error}") from error
    say(f"Restored {told}.")
    if aside:
        say(f"What was there before is in {aside}.")
    return 0
