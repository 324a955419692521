"""Bytes of any program as text. Real files mix encodings and line ends, so each line is read by itself."""

from __future__ import annotations

import codecs
import re

_LINE_END = re.compile(rb"\r\n|\r|\n")
_ANY_END = re.compile(r"\r\n|\r")


def decode(raw: bytes) -> str:
    """Return `raw` as text with a line feed at the end of each line.

    It is UTF-16 where it begins with that mark. Else each line is UTF-8 or, where that cannot be, Windows-1252.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _ANY_END.sub("\n", raw.decode("utf-16", "replace"))
    lines = _LINE_END.split(raw.removeprefix(codecs.BOM_UTF8))
    return "\n".join(map(_line, lines))


def _line(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
