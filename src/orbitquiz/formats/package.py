"""Zip files that are the same for the same content, whenever and wherever they are written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a zip file knows


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file with `files`, which are contents by name, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
