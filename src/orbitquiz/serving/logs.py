"""The log of a service: one JSON object a line on standard error. It has no names, no answers and no addresses."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

_OURS = ("orbitquiz.serving", "orbitquiz.classroom")
_OTHERS = ("asyncio", "asyncssh", "psycopg")  # warnings alone: asyncssh tells the addresses of all who connect
_LOGGER = logging.getLogger("orbitquiz.serving")
_LOGGER.addHandler(logging.NullHandler())


def note(event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Log that `event` has happened."""
    _LOGGER.log(level, event, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """Writes a record as a line of JSON.

    Of an error it tells the type and the places in the code; its message may quote what a player has typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["where"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        return json.dumps(line, ensure_ascii=False)


def log_to(stream: TextIO = sys.stderr) -> logging.Handler:
    """Write the service's log, that of its rooms and that of libraries to `stream` from now on. Return the handler."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name in (*_OURS, *_OTHERS):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if name in _OURS else logging.WARNING)
        logger.propagate = False
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # a node says once that the database is lost
    return handler
