"""Questions from OpenTriviaQA's text: `#Q` and the question, `^` and the right answer, then the options by letters."""

from __future__ import annotations

import re

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import Found, Item, Refusal, Text, judge
from orbitquiz.text.fold import alike

_OPTION = re.compile(r"[A-Z] +(.*)")


def read(raw: bytes) -> Found:
    """Return the questions of an OpenTriviaQA file."""
    found = Found()
    start, stem, right, options = 0, list[str](), "", list[str]()
    for number, line in enumerate([*decode(raw).split("\n"), "#Q"], 1):
        words = line.strip()
        if words.startswith("#Q"):
            if start:
                found.take(_question(start, stem, right, options))
            start, stem, right, options = number, [words[2:].strip()], "", []
        elif not start or not words:
            continue
        elif words.startswith("^") and not right:
            right = words[1:].strip()
        elif right and (option := _OPTION.fullmatch(words)):
            options.append(option[1].strip())
        elif not right:
            stem.append(words)
        elif options:
            options[-1] += f" {words}"
        else:
            right += f" {words}"
    return found


def _question(line: int, stem: list[str], right: str, options: list[str]) -> Item | Refusal:
    if not right:
        return Refusal(line, "there is no line ^ with the right answer")
    if len(options) < 2:
        return Refusal(line, "there are fewer than two options")
    if alike(right) not in map(alike, options):
        return Refusal(line, f"the right answer {right[:40]!r} is none of the options")
    return judge(line, Text(" ".join(stem)), [(Text(option), alike(option) == alike(right)) for option in options])
