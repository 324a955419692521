"""Reads one document in a process of its own, within bounds: `python -m orbitquiz.authoring.extract.worker FILE`.

What it prints is one JSON object: an extract, or why there is none.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from orbitquiz.authoring.extract.model import CannotExtract, Extract

MEMORY = 450_000_000  # bytes
_CPU, _CPU_FOR_A_MB = 1.3, 1.0  # seconds
_CPU_FOR_A_MB_OF_HTML = 0.1  # which is mostly scripts and pictures where it is large

#: Which module reads documents with this ending, and what it needs to be installed.
READERS = {
    ".html": ("html", ("readability", "html_text")),
    ".htm": ("html", ("readability", "html_text")),
    ".xhtml": ("html", ("readability", "html_text")),
    ".pdf": ("pdf", ("pypdfium2", "pypdfium2.raw")),
    ".docx": ("docx", ("mammoth", "html_text")),
    ".epub": ("epub", ("html_text",)),
}


def main(name: str) -> None:
    """Read the document `name` and print what came of it."""
    path = Path(name)
    raw = path.read_bytes()
    module, libraries = READERS[path.suffix.lower()]
    try:
        for library in libraries:
            importlib.import_module(library)
        read: Callable[[bytes], Extract] = getattr(
            importlib.import_module(f"orbitquiz.authoring.extract.{module}"), f"read_{module}"
        )
    except ModuleNotFoundError as error:
        answer = {"missing": error.name}
    else:
        _bound(_CPU + len(raw) / 1_000_000 * (_CPU_FOR_A_MB_OF_HTML if module == "html" else _CPU_FOR_A_MB))
        try:
            answer = asdict(read(raw))
        except CannotExtract as error:
            answer = {"error": str(error)}
        except (MemoryError, RecursionError):
            answer = {"error": "it takes more memory than any document should"}
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _bound(seconds: float) -> None:
    """Have the system end this process where it takes too much memory or processor time, if the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource
        import signal

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main(sys.argv[1])
