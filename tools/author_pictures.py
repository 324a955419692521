"""Take the pictures of the author's program: a draft that is open, and the question as players see it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import tempfile
from pathlib import Path

from orbitquiz.authoring.workspace.session import AuthorSession
from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.cli import main
from orbitquiz.tui.author.app import AuthorApp

_SIZE = (100, 30)
_DOCUMENT = """Ferry on fire

The ferry Marten caught fire off Wick Bay on 3 June 1931. Captain Ida Falk, 52, brought all 36 passengers ashore.
The Marten was built at the yard of Lund & Sons in 1919 and carried 14 lifebelts.

“I counted 34 passengers on the quay,” said Jon Aske. The fire began in the galley. The repair took seven weeks.
Nils Berg and Ada Holm were on board as well. Per Sund wrote that the boat had sailed to Gull Bay, to North Bay and to
Seal Bay on most evenings of the year.
"""


def author_pictures() -> dict[str, str]:
    """Return each picture by the name of its file."""
    with tempfile.TemporaryDirectory() as folder:
        document, bank = Path(folder) / "report.txt", Path(folder) / "harbour"
        document.write_text(_DOCUMENT, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            main(["new", str(bank), str(document)])
            main(["draft", str(bank)])
        return {name: asyncio.run(_take(bank, keys)) for name, keys in {"author": "n", "author-preview": "nw"}.items()}


async def _take(bank: Path, keys: str) -> str:
    app = AuthorApp(AuthorSession(Workspace(bank)))
    app.animation_level = "none"
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()
        return app.export_screenshot(title="orbitquiz author")
