"""Writing the YAML of a bank's files, as a person would write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Text that can stand without quotes: it begins with a letter or digit and has nothing in it that YAML reads otherwise.
_PLAIN = re.compile(r"(?:[^\W_]|[“„‘])(?:[\w .;!?()'’“”‘„&+%/…–—=@*<>$€£°,-]*[^\s_:#])?")
_FLOW_ONLY = re.compile(r"[,\[\]{}]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(text: str, *, flow: bool = False) -> str:
    """Return `text` as a YAML scalar on one line; with `flow`, as one inside `{…}` or `[…]`."""
    if text.isprintable() and _PLAIN.fullmatch(text) and not (flow and _FLOW_ONLY.search(text)):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04X}", quoted)


def flow_map(data: Mapping[str, Any]) -> str:
    """Return `data` as a YAML mapping on one line."""
    return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in data.items()) + "}"


def block(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """Give the lines of `data` as an item of a list whose dash stands at column `indent`."""
    prefix = " " * indent + "- "
    for key, value in data.items():
        yield from (prefix + line if n == 0 else line for n, line in enumerate(_entry(key, value, indent + 2)))
        prefix = " " * (indent + 2)


def entry(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of one key with its value, where the key stands at column `indent`."""
    first, *rest = _entry(key, value, indent)
    return [" " * indent + first, *rest]


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    """Give the lines of a key, the first without its indentation."""
    inner = " " * (indent + 2)
    if isinstance(value, Mapping):
        yield f"{key}: {flow_map(value)}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(item, str) for item in value):
            yield f"{key}: {_flow(value)}"
        else:
            yield f"{key}:"
            for item in value:
                if isinstance(item, str):
                    yield f"{inner}- {scalar(item)}"
                elif any(isinstance(part, Sequence | Mapping) and not isinstance(part, str) for part in item.values()):
                    yield from block(item, indent + 2)
                else:
                    yield f"{inner}- {flow_map(item)}"
    else:
        yield f"{key}: {scalar(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return flow_map(value)
    if isinstance(value, str):
        return scalar(value, flow=True)
    return "[" + ", ".join(_flow(item) for item in value) + "]"
