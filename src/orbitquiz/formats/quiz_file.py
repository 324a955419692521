"""Quiz files: a teacher's own choice of questions, in order, as JSON that can be edited by hand.

    {
      "orbitquiz": 1,
      "title": "Lesson 3",
      "bank": {"id": "first-film-in-space", "version": "1.0.0", "digest": "…"},
      "seed": "K7M2QX",
      "questions": ["lead-actress.asked", "return-date.which.outruns-us"]
    }

`orbitquiz` is the version of the format. `title`, `bank` and `seed` may be left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orbitquiz.bank.model import Bank
from orbitquiz.text.safe import line_of, to_json

FORMAT = 1
_KEYS = ("orbitquiz", "title", "bank", "seed", "questions")
_BANK_KEYS = ("id", "version", "digest")


class BadQuizFile(ValueError):
    """A file that is no quiz file. The message says where it fails and what to do."""


@dataclass(frozen=True, slots=True)
class QuizFile:
    """The contents of a quiz file; None and '' stand for what it leaves out."""

    name: str
    text: str
    questions: tuple[str, ...]
    title: str | None = None
    bank: str | None = None
    digest: str | None = None
    seed: str = ""

    def place(self, id: str) -> str:
        """Return where the question with this id stands: file, line and column."""
        return _place(self.name, self.text, json.dumps(id, ensure_ascii=False), json.dumps(id))


def write_quiz_file(bank: Bank, ids: Sequence[str], seed: str, title: str | None = None) -> str:
    """Return the text of a quiz file with the questions that have these ids."""
    about = {name: getattr(bank, name) for name in _BANK_KEYS}
    data = {
        "orbitquiz": FORMAT,
        "title": title or bank.title,
        "bank": about,
        "seed": seed,
        "questions": list(ids),
    }
    return to_json(data)


def read_quiz_file(name: str, raw: bytes) -> QuizFile:
    """Return the contents of the quiz file called `name`. Raises `BadQuizFile`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadQuizFile(f"{name}:{line}: a quiz file is UTF-8, and this byte is not; save it as UTF-8") from error
    try:
        data = json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise BadQuizFile(f"{name}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}") from error
    except _TwiceError as error:
        raise BadQuizFile(f"{_place(name, text, str(error))}: the key {error} stands twice") from error
    except RecursionError as error:
        raise BadQuizFile(f"{name}: this is nested too deeply for a quiz file") from error
    except ValueError as error:  # a number of thousands of digits, which Python refuses to read
        raise BadQuizFile(f"{name}: this holds a number that no quiz file needs") from error
    return _checked(name, text, data)


def _checked(name: str, text: str, data: Any) -> QuizFile:
    if not isinstance(data, dict) or "questions" not in data:
        raise BadQuizFile(
            f'{name}: a quiz file is a JSON object with a list "questions"; `export --to quiz` writes one'
        )
    if type(data.get("orbitquiz")) is not int or data["orbitquiz"] != FORMAT:
        raise BadQuizFile(
            f'{name}: expected "orbitquiz": {FORMAT}, the version of the format; another one is not known'
        )
    bank = data.get("bank", {})
    for where, known in ((data, _KEYS), (bank, _BANK_KEYS)):
        if not isinstance(where, dict):
            raise BadQuizFile(f'{_place(name, text, _quoted("bank"))}: expected an object for "bank"')
        for key in where:
            if key not in known:
                place = _place(name, text, _quoted(key))
                raise BadQuizFile(f"{place}: unknown key {line_of(_quoted(key))}; known here: {', '.join(known)}")
    for key, value in (("title", data.get("title")), ("seed", data.get("seed")), *bank.items()):
        if not isinstance(value, str | None):
            raise BadQuizFile(f"{_place(name, text, _quoted(key))}: expected text for {_quoted(key)}")
    ids = data["questions"]
    if not isinstance(ids, list) or not ids or not all(isinstance(id, str) for id in ids):
        place = _place(name, text, _quoted("questions"))
        raise BadQuizFile(f'{place}: expected a list of question ids for "questions", one or more')
    if twice := next((id for id, times in Counter(ids).items() if times > 1), None):
        raise BadQuizFile(
            f"{_place(name, text, _quoted(twice))}: the question {twice!r} stands twice; keep one of them"
        )
    title = line_of(data.get("title") or "") or None
    return QuizFile(name, text, tuple(ids), title, bank.get("id"), bank.get("digest"), data.get("seed") or "")


class _TwiceError(Exception):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no key stands twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(_quoted(key))
        found[key] = value
    return found


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _place(name: str, text: str, *words: str) -> str:
    """Return where some of `words` first stand in the file, as far as that can be seen."""
    at = next((at for each in words if (at := text.find(each)) >= 0), -1)
    if at < 0:
        return name
    return f"{name}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
