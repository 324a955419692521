"""Quotation marks of a language.

They are those of the Unicode CLDR (main/*/delimiters.xml), which Babel leaves out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from orbitquiz.text.pattern import pattern


class Marks(NamedTuple):
    """The marks before and after quoted words, and before and after those quoted within them."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_ENGLISH = Marks("“", "”", "‘", "’")
_LOW = Marks("„", "“", "‚", "‘")
_GUILLEMETS = Marks("«", "»", "“", "”")
_SLAVIC = Marks("«", "»", "„", "“")
_CORNERS = Marks("「", "」", "『", "』")
_SAME = Marks("”", "”", "’", "’")

_MARKS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "lb", "mk", "sr"), _LOW),
    **dict.fromkeys(("de-ch", "de-li"), Marks("«", "»", "‹", "›")),
    "fr": Marks("«\u00a0", "\u00a0»", "«\u00a0", "\u00a0»"),
    "fr-ch": Marks("«", "»", "‹", "›"),
    **dict.fromkeys(("es", "el", "hy", "pt-pt", "ca", "eu", "gl"), _GUILLEMETS),
    **dict.fromkeys(("ru", "uk", "be"), _SLAVIC),
    **dict.fromkeys(("no", "nb", "nn"), Marks("«", "»", "‘", "’")),
    **dict.fromkeys(("sv", "fi", "he"), _SAME),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw", "zh-hk", "yue"), _CORNERS),
    **dict.fromkeys(("pl", "ro"), Marks("„", "”", "«", "»")),
    "hu": Marks("„", "”", "»", "«"),
    "hr": Marks("„", "”", "‚", "’"),
    **dict.fromkeys(("bg", "lt", "ka"), Marks("„", "“", "‘", "’")),
    "et": Marks("„", "“", "«", "»"),
    "ko": Marks("‘", "’", "“", "”"),
    "ar": Marks("”", "“", "’", "‘"),
}

_DOUBLE = pattern('[“”"„«»「」]')


def marks_of(language: str) -> Marks:
    """Return the quotation marks of the language with this BCP 47 tag; the English ones for one that is not known."""
    tag = language.lower()
    while tag:
        if tag in _MARKS:
            return _MARKS[tag]
        tag = tag.rpartition("-")[0]
    return _ENGLISH


def quoted(words: str, language: str) -> str:
    """Return `words`, which are one line, between quotation marks, and their own marks as those within others."""
    marks = marks_of(language)

    def inner(match: re.Match[str]) -> str:
        opens = _opens(words, match.start())
        return marks.inner_opening.rstrip() if opens else marks.inner_closing.lstrip()

    return f"{marks.opening}{_DOUBLE.sub(inner, words)}{marks.closing}"


def _opens(words: str, at: int) -> bool:
    """True if the mark at an offset is an opening one."""
    if words[at] in "「„":
        return True
    if words[at] == "」":
        return False
    begins = at == 0 or words[at - 1] in " \u00a0(—–-"
    if words[at] == "»":  # a closing one after a space in French, an opening one in front of a word in Danish
        return begins and words[at + 1 : at + 2].isalnum()
    return begins
