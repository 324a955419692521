"""Tell an author what to do where a file is no YAML: in plain words, with the line as it should read."""

from __future__ import annotations

import re

from orbitquiz.text.safe import line_of

_LONGEST = 160  # characters of a line in a message

_BLOCK = re.compile(r"(?P<head>\s*(?:- +)*[\w-]+: +)(?P<value>\S.*?)\s*")
_ITEM = re.compile(r"(?P<head>\s*(?:- +)+)(?P<value>\S.*?)\s*")
#: One mapping in braces on a line, with its last key but for the braces: the key whose value a comma breaks off.
_FLOW = re.compile(
    r"(?P<head>.*\{(?:[\w-]+: (?:\"[^\"]*\"|'[^']*'|[^,'\"{}]+), )*?(?:quote|value|text|because|reason): )"
    r"(?P<value>.*)(?P<end>\}\]?)\s*"
)
_NEXT_KEY = re.compile(r"(?P<value>.*?)(?P<rest>, (?:prefix|suffix|source|by|among|because|proof|reason): .*)")


def advice(problem: str, context: str, line: str) -> str:
    """Return what to do about what the parser says, `problem` within `context`, of the `line` where it says so."""
    if "'\\t'" in problem or line[: len(line) - len(line.lstrip())].count("\t"):
        return "a line is indented with spaces, and this one has a tab"
    if "end of stream" in problem and "quoted scalar" in context:
        return "a quotation mark opens here and is not closed; close it, or put the text in the other kind of marks"
    if better := as_it_should_read(line):
        return f"this text needs quotation marks around it; write the line as: {better}"
    if "mapping values" in problem:
        return "a text with a colon and a space in it needs quotation marks around it"
    if "flow" in context:
        return "a brace or bracket opens and is not closed, or a text in it needs quotation marks around it"
    if "indicator" in problem or "block" in context or "expected" in problem:
        return "this line does not go with those above it; look at its indentation and at quotation marks before it"
    return "the line cannot be read; put its text in quotation marks, and look at the indentation"


def as_it_should_read(line: str) -> str | None:
    """Return `line` with the quotation marks that its text needs; None where it is not seen which."""
    if flow := _FLOW.fullmatch(line):
        value, rest = flow["value"], ""
        if more := _NEXT_KEY.fullmatch(value):
            value, rest = more["value"], more["rest"]
        if _needs_marks(value, in_flow=True):
            return _shown(f"{flow['head']}{_quoted(value)}{rest}{flow['end']}")
        return None
    if "{" in line.partition(":")[0]:
        return None
    found = _BLOCK.fullmatch(line) or _ITEM.fullmatch(line)
    if found and _needs_marks(found["value"], in_flow=False):
        return _shown(f"{found['head']}{_quoted(found['value'])}")
    return None


def _needs_marks(value: str, *, in_flow: bool) -> bool:
    if re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", value):
        return False
    if in_flow and re.search(r"[,\[\]{}]", value):
        return True
    return bool(re.search(r": |:$| #", value) or value[:1] in "\"'@`%&*!{" or value.startswith("- "))


def _quoted(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _shown(line: str) -> str:
    line = line_of(line)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
