"""Find the marks of Markdown in a text: what a reader of the rendered page does not see.

The rules are those of CommonMark 0.31 as far as a quotation needs them, and the footnote marks that encyclopedias put
behind a sentence, such as [52]. Nothing is dropped between two letters or digits, so no word or number is made that
does not stand there.
"""

from __future__ import annotations

import re

from orbitquiz.text.edits import Edit
from orbitquiz.text.pattern import pattern

_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_FOOTNOTE = r"(?:\^[\w-]{1,30}|\d{1,3}|[a-z]|note \d{1,3})"

_MARK = pattern(
    rf"""
    (?P<escape>\\[\\`*_{{}}\[\]()\#+\-.!>|~$&<])
  | (?P<comment><!--.*?-->)
  | (?P<heading>^[ ]{{0,3}}\#{{1,6}}[ \t]+|[ \t]+\#+[ \t]*$)
  | (?P<rule>^[ ]{{0,3}}(?:=+|(?:-[ \t]*){{3,}}|(?:\*[ \t]*){{3,}}|(?:_[ \t]*){{3,}})$)
  | (?P<quote>^[ ]{{0,3}}(?:>[ ]?)+)
  | (?P<item>^[ \t]*(?:[-*+•]|\d{{1,3}}[.)])[ \t]+)
  | (?P<note>(?:\\?\[\[?{_FOOTNOTE}\\?\]\]?(?:{_TARGET})?)+(?!\w))
  | (?P<image>!\[[^\[\]]*\]{_TARGET})
  | (?P<open>\[(?=(?:[^\[\]]|\[[^\[\]]*\])*\](?:{_TARGET}|\[[^\[\]\n]*\])))
  | (?P<close>\](?:{_TARGET}|\[[^\[\]\n]*\]))
  | (?P<break><br[ ]?/?>)
  | (?P<tag></?[a-zA-Z][^<>]*>)
  | (?P<entity>&(?:[a-zA-Z][a-zA-Z0-9]{{1,30}}|\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});)
  | (?P<emphasis>(?<![\w*])\*{{1,3}}(?=[^\s*])|(?<=[^\s*])\*{{1,3}}(?![\w*])
      |(?<![\w_])_{{1,3}}(?=[^\s_])|(?<=[^\s_])_{{1,3}}(?![\w_]))
  | (?P<code>(?<!\w)`+|`+(?!\w))
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def markdown_edits(text: str, item: str, *, quotation: bool = False) -> list[Edit]:
    """Return the edits that leave of Markdown what a reader sees. `item` stands before each item of a list.

    In a `quotation`, which may begin anywhere, a number at the beginning is no mark of a list.
    """
    return [
        (found.start(), found.end(), new)
        for found in _MARK.finditer(text)
        if (new := _instead(found, item, quotation=quotation)) != found[0]
    ]


def _instead(found: re.Match[str], item: str, *, quotation: bool) -> str:
    match found.lastgroup:
        case "escape":
            return found[0][1:]
        case "entity":
            from html import unescape  # which loads a table of 2,200 names

            return unescape(found[0])
        case "item" if quotation and found.start() == 0 and any(map(str.isdigit, found[0])):
            return found[0]
        case "item":
            return item
        case "note" if not _is_note(found):
            return found[0]
        case "rule" | "break" | "comment":
            return " "
        case _:
            return ""


def _is_note(found: re.Match[str]) -> bool:
    """Return whether a mark in brackets is a footnote's, which stands behind a word or a full stop."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    return bool(before) and not before.isspace()
