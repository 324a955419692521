"""Questions from the Aiken format."""

from __future__ import annotations

import re

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import SEVERAL_RIGHT, Found, Item, Refusal, Text, judge, unsupported

_OPTION = re.compile(r"([A-Z])[.)][ \t]*(.*)")
_ANSWER = re.compile(r"ANSWER:[ \t]*(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z](?:\s*[,;&]?\s*[A-Z])*")


def read(raw: bytes) -> Found:
    """Return the questions of an Aiken file."""
    found = Found()
    start, stem, options = 0, list[str](), list[tuple[str, str]]()
    for number, line in enumerate([*decode(raw).split("\n"), ""], 1):
        words = line.strip(" \t")
        if answer := _ANSWER.match(words):
            found.take(_question(start or number, stem, options, answer[1].strip()))
            start, stem, options = 0, [], []
        elif not words:
            continue
        elif (option := _OPTION.match(words)) and stem:
            options.append((option[1], option[2]))
        else:
            if options:
                found.take(Refusal(start, "there is no line ANSWER:"))
                start, stem, options = 0, [], []
            start = start or number
            stem.append(words)
    if stem:
        found.take(Refusal(start, "there is no line ANSWER:"))
    return found


def _question(line: int, stem: list[str], options: list[tuple[str, str]], answer: str) -> Item | Refusal:
    if not _LETTERS.fullmatch(answer):
        return Refusal(line, f"the answer is no letter: {answer[:20]!r}")
    if len(answer) > 1:
        return unsupported(line, SEVERAL_RIGHT)
    if len(options) < 2:
        return Refusal(line, "there are fewer than two options")
    if answer not in [letter for letter, _ in options]:
        return Refusal(line, f"the answer is {answer}, and no option has that letter")
    return judge(line, Text(" ".join(stem)), [(Text(words), letter == answer) for letter, words in options])
