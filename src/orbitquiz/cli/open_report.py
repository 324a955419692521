"""Opening the report of a room in the browser, from the host's program."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

from orbitquiz.classroom.report.build import gather
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import FileIndex
from orbitquiz.history.private import write_private

_FOLDER = "reports"


def open_report(hosted: Hosted, folder: Path) -> str:
    """Open the report of a hosted room in the browser; return what to tell the host. It may take a second.

    The page is written to `folder`/reports, readable by this user alone; the report of a room at a service is there.
    """
    if hosted.link is not None:
        return f"The report: {hosted.link}" if _shown(hosted.link) else f"Open {hosted.link} in a browser."
    try:
        path = _write(hosted.code, folder)
    except (OSError, BadRoomFile) as error:
        return f"The report could not be written: {error}"
    return f"The report is open in the browser: {path}" if _shown(path.as_uri()) else f"The report: {path}"


def report_file(folder: Path, code: str) -> Path:
    """Return the file in the data `folder` that the report of a room is opened from."""
    return (folder / _FOLDER / f"report-{code}.html").resolve()


def _write(code: str, folder: Path) -> Path:
    from orbitquiz.classroom.report.html import to_html

    text = to_html(gather(FileIndex(folder).events(code)))
    path = report_file(folder, code)
    write_private(path, text)
    return path


def _shown(url: str) -> bool:
    """Open `url` if there is a screen for a browser: one that runs in this terminal would draw over the program."""
    has_screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    try:
        return has_screen and webbrowser.open(url)
    except webbrowser.Error:
        return False
