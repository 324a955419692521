"""`orbitquiz author`: facts, written beside their documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from orbitquiz.authoring.workspace.session import AuthorSession, CannotDo
from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.cli.environment import can_draw, data_folder
from orbitquiz.cli.errors import UsageError


def run(arguments: argparse.Namespace) -> int:
    """Write facts on this terminal until the author leaves."""
    folder: Path = arguments.bank
    if not can_draw():
        raise UsageError("the author's program needs a terminal; `orbitquiz draft` and `orbitquiz check` do without")
    workspace = Workspace(folder)
    try:
        session = AuthorSession(workspace)
    except CannotDo as error:
        raise UsageError(str(error)) from error
    from orbitquiz.tui.author.app import AuthorApp

    notices = [f"{file} had changed; what was not written is in {file}.author" for file in workspace.recovered]
    if session.form is not None:
        notices.append("This is the fact that you were writing when the program ended.")
    AuthorApp(session, data_folder(arguments.data), tuple(notices)).run()
    return 0
