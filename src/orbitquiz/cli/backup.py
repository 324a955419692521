"""`orbitquiz backup`: the records as one checked file."""

from __future__ import annotations

import argparse

from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import is_meant, say
from orbitquiz.history.backup import BadBackup, write_backup
from orbitquiz.text.counts import counted


def run(arguments: argparse.Namespace) -> int:
    """Write the backup, after asking where a file would be replaced."""
    file = arguments.file
    if file.exists():
        if not file.is_file():
            raise UsageError(f"{file} is no file that could be replaced; name another one")
        if not arguments.yes and not is_meant(f"Replace {file}?"):
            print("Nothing was written.")
            return 0
    try:
        contents = write_backup(data_folder(arguments.data), file)
    except BadBackup as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error
    say(f"Wrote {file}: {counted(contents.games, 'game')}, {counted(contents.answers, 'answer')}.")
    return 0
