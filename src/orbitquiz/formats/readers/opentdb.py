"""Questions from the JSON of the Open Trivia Database."""

from __future__ import annotations

import json
from typing import Any

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import TRUE_OR_FALSE, Found, Item, Refusal, UnreadableFile, judge, unsupported
from orbitquiz.formats.readers.markup import from_escaped


def read(raw: bytes) -> Found:
    """Return the questions of an answer of its API, or of a list of such questions. Raises `UnreadableFile`."""
    text = decode(raw)
    skipped, source = without_comments(text)
    try:
        data = json.loads(source)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"this is not JSON: {error.msg}", skipped + error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableFile("this is JSON that no list of questions needs") from error
    entries = data.get("results") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise UnreadableFile('expected a list of questions, or an object with a list "results"')
    found = Found()
    at = 0
    for entry in entries:
        # JSON has no places. An entry's question stands after the one before it.
        words = entry.get("question") if isinstance(entry, dict) else None
        place = _place(source, words, at) if isinstance(words, str) else -1
        at = place if place >= 0 else at
        found.take(_question(skipped + source.count("\n", 0, at) + 1, entry))
    return found


def without_comments(text: str) -> tuple[int, str]:
    """Return how many lines with `//` or nothing in them come first, and the text after them."""
    lines = text.split("\n")
    skipped = 0
    while skipped < len(lines) and (not lines[skipped].strip() or lines[skipped].lstrip().startswith("//")):
        skipped += 1
    return skipped, "\n".join(lines[skipped:])


def _place(source: str, words: str, start: int) -> int:
    places = (source.find(json.dumps(words, ensure_ascii=ascii), start) for ascii in (False, True))
    return next((at for at in places if at >= 0), -1)


def _question(line: int, entry: Any) -> Item | Refusal:
    if not isinstance(entry, dict):
        return Refusal(line, "expected an object with question, correct_answer and incorrect_answers")
    stem, right, wrong = (entry.get(key) for key in ("question", "correct_answer", "incorrect_answers"))
    if not isinstance(stem, str) or not isinstance(right, str) or not isinstance(wrong, list):
        return Refusal(line, "question, correct_answer or incorrect_answers is missing")
    if not all(isinstance(option, str) for option in wrong):
        return Refusal(line, "an answer is no text")
    if entry.get("type") == "boolean":
        return unsupported(line, TRUE_OR_FALSE)
    category = entry.get("category")
    options = [(from_escaped(right), True), *((from_escaped(option), False) for option in wrong)]
    if len(options) < 2:
        return Refusal(line, "there are fewer than two options")
    named = from_escaped(category).words if isinstance(category, str) else ""
    return judge(line, from_escaped(stem), options, category=named)
