"""Questions as GIFT, Moodle's text format.

Every text is `[html]`, so that markup in it is shown and a per cent sign at its beginning is no weight, for which GIFT
has no escape. `->`, `&&058;` and a backslash are HTML entities and mean nothing to GIFT.
"""

from __future__ import annotations

import re

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import html, options_in_order, proof_html, shortened
from orbitquiz.formats.writers.moodle_xml import path
from orbitquiz.quiz.sheet import QuestionSheet

_LONGEST_NAME = 250
_SPECIAL = re.compile(r"[~=#{}:]")
_NOT_IN_ID = re.compile(r"[\s\[\]]+")


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as GIFT in UTF-8. `when` makes no difference."""
    parts = []
    for category, sheets in deck.by_category:
        parts.append(f"$CATEGORY: {_line(path(deck.title, category))}")
        parts += [_question(deck, sheet) for sheet in sheets]
    return ("\n\n".join(parts) + "\n").encode()


def _question(deck: Deck, sheet: QuestionSheet) -> str:
    lines = [
        f"// [id:{_NOT_IN_ID.sub('-', sheet.id)}] [tag:{_NOT_IN_ID.sub('-', deck.bank)}]",
        f"::{_name(sheet.stem)}::{_text(html(sheet.stem))} {{",
    ]
    for option, is_key, remark in options_in_order(sheet):
        feedback = f" #{_text(html(remark))}" if remark else ""
        lines.append(f"\t{'=' if is_key else '~'}{_text(html(option))}{feedback}")
    lines += [f"\t####{_text(proof_html(sheet.proof))}", "}"]
    return "\n".join(lines)


def _text(fragment: str) -> str:
    """Return an HTML fragment as GIFT. A backslash becomes an entity before anything gets a backslash."""
    return f"[html]{_SPECIAL.sub(_escaped, _line(fragment).replace(chr(92), '&#92;'))}"


def _name(words: str) -> str:
    """Return a name, which GIFT takes for plain text; a backslash in it would escape what follows."""
    return _SPECIAL.sub(_escaped, shortened(_line(words).replace("\\", "/"), _LONGEST_NAME))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _line(text: str) -> str:
    return " ".join(text.split())
