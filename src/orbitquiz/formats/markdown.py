"""Anybody's words in Markdown, of which none becomes markup."""

from __future__ import annotations

import re

from orbitquiz.text.safe import line_of, visible

#: What means something wherever it stands, and what would make a link of an address.
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$]|(?<=/)/|(?<=www)\.|@", re.IGNORECASE)
#: What makes a rule, an item or a heading at the beginning of a line, up to the character to put a backslash before.
_OPENER = re.compile(r"[-+=]|\d{1,9}[.)]")
_ADDRESS = re.compile(r"https?://[^\s<>\\`\"]+", re.IGNORECASE)


def as_text(words: str) -> str:
    """Return `words` on one line of Markdown that shows them as they stand, whatever they are."""
    return escaped(line_of(words))


def escaped(words: str) -> str:
    """Return `words`, which are one line and harmless, so that nothing in them is markup."""
    if opener := _OPENER.match(words):
        at = opener.end() - 1
        return f"{words[:at]}\\{words[at]}{_MARKUP.sub(_backslashed, words[at + 1 :])}"
    return _MARKUP.sub(_backslashed, words)


def _backslashed(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def link(url: str) -> str:
    """Return a link, if `url` is an address that can be one, and else its text."""
    return f"<{url}>" if _ADDRESS.fullmatch(url) and visible(url) == url else as_text(url)


def bold(words: str, before: str, after: str) -> str:
    """Return `words`, which are escaped, in bold between the characters `before` and `after`, which may be none."""
    # Two stars beside a letter on one side and a sign on the other are no bold in Markdown.
    is_plain = (words[0].isalnum() or not before.strip()) and (words[-1].isalnum() or not after.strip())
    return f"**{words}**" if is_plain else f"<strong>{words}</strong>"
