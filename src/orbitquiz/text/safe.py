"""Display text from files and people without harm."""

from __future__ import annotations

import json
import re
from typing import Any

from orbitquiz.text.pattern import pattern

#: Control characters, and the characters that reorder text or hide in it (Unicode Standard Annex 9, and BOM).
_UNSAFE = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
#: The same and halves of characters: JSON can escape what UTF-8 cannot hold.
_ESCAPED = pattern(rf"{_UNSAFE.pattern}|[\ud800-\udfff]")


def visible(text: str) -> str:
    """Return `text` with every character that could act on a terminal or reorder the line shown as a placeholder.

    A control character becomes its picture (U+241B for escape), another one its code in angle brackets; line breaks
    and tabs stay. Nothing else changes, and text without such characters comes back as it is.
    """
    return text if text.isprintable() else _UNSAFE.sub(_placeholder, text)


def one_line(text: str) -> str:
    """Return `text` as `visible` does, with the pictures of line breaks and tabs, too: it is one line."""
    return visible(text.replace("\n", "␊").replace("\t", "␉"))


def to_json(data: Any, *, is_ascii: bool = False) -> str:
    """Return `data` as indented JSON. What could act on a terminal is escaped; with `is_ascii`, so is all but ASCII."""
    text = json.dumps(data, ensure_ascii=is_ascii, indent=2)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def line_of(text: str) -> str:
    """Return `text` on one line and harmless: white space runs as one space, then `visible`."""
    return visible(" ".join(text.split()))


def _placeholder(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟨U+{code:04X}⟩"
