"""Fold text so that two spellings of one thing compare equal, and keep the offsets.

A quotation is exact, but two editors may write differently what looks the same: line breaks, soft hyphens, one of
several apostrophes, é as one character or two. `fold` removes only those differences and remembers the offsets of
everything. Texts that would be read aloud differently never become equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from orbitquiz.text.edits import Edit, Edited, edited
from orbitquiz.text.markup import markdown_edits
from orbitquiz.text.pattern import pattern

Format = Literal["text", "markdown"]
"""The format of a document: plain text, or Markdown (what is made from a web page is Markdown too)."""

#: Variants of one character that a quotation may write either way.
_VARIANTS = {
    **dict.fromkeys("‘’‚‛ʼʹ′‹›´`＇", "'"),
    **dict.fromkeys("“”„‟″«»〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    "…": "...",
}
#: Invisible characters. Those that reorder a line are not among them: they change what is read.
_INVISIBLE = pattern(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_LIGATURES = pattern("[\ufb00-\ufb06\u0132\u0133]")
_WIDE = pattern("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")  # digits and Latin letters as wide as an ideograph

_HYPHEN = r"[-\u00ad\u2010](?<=[^\W\d_].)"  # behind a letter; the rarer of the two is looked for first
_BREAK = pattern(rf"{_HYPHEN}[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*(?=[^\W\d_])")
_BREAK_OR_SPACE = pattern(rf"{_HYPHEN}\s+(?=[^\W\d_])")
_COMPOUND = pattern(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUND_BEFORE = pattern(r"(?:[^\W\d_]+-)*[^\W\d_]+\Z")
_LONGEST_COMPOUND = 80  # characters; anything longer is no word

_SPACE = pattern(r"\s+")
_JAMO = pattern("[\u1160-\u11ff]")  # vowels and finals of Hangul, which follow an initial


def fold(
    text: str,
    *,
    format: Format = "text",
    vocabulary: frozenset[str] | None = None,
    caseless: bool = False,
) -> Edited:
    """Fold `text` as `plain` does, except that a space may be left at either end, and keep the offsets.

    A hyphen at the end of a line is dropped where the joined word is in `vocabulary`, and kept without the line break
    where the word with the hyphen is; by default the vocabulary is that of `text` itself. A quotation is folded with
    the vocabulary of its document; its line breaks may have become spaces on the way.
    """
    edits: list[Edit] = []
    if format == "markdown":
        edits = markdown_edits(text, "", quotation=vocabulary is not None)
    edits += _joints(text, _BREAK if vocabulary is None else _BREAK_OR_SPACE, vocabulary)
    before = edited(text, sorted(edits)) if edits else None
    return _changed(before.text if before else text, _caseless if caseless else _plain, before)


def clean(text: str, *, format: Format = "text") -> Edited:
    """Return `text` for people to read: without invisible characters, markup, and hyphens at line ends.

    White space becomes single spaces, and each item of a list begins with a bullet. Quotation marks, dashes and
    capitals stay as they are.
    """
    edits = markdown_edits(text, "• ") if format == "markdown" else []
    edits += _joints(text, _BREAK, None)
    before = edited(text, sorted(edits)) if edits else None
    return _changed(before.text if before else text, _composed, before)


def plain(text: str) -> str:
    """Return `text` with runs of white space as one space and variants of a character as the plain one.

    Soft hyphens and other invisible characters are removed, ligatures are letters, and letters with accents are
    one character each (Unicode's normalization form C).
    """
    if text.isascii() and "`" not in text:
        return " ".join(text.split())
    return _changed(text, _plain).text.strip(" ")


def vocabulary_of(text: str) -> frozenset[str]:
    """Return the words of `text`, folded and casefolded, with and without their hyphens' other parts.

    Words that are broken at the end of a line are not among them.
    """
    whole = _BREAK.sub(" \n", text)
    return frozenset(_COMPOUND.findall(_changed(whole, _caseless).text))


def alike(text: str) -> str:
    """Return `text` as it is compared with other options: folded, casefolded, without a full stop at the end."""
    return plain(text).casefold().rstrip(".。")


def is_word_boundary(text: str, at: int) -> bool:
    """Return whether a word may begin or end at offset `at` of `text`.

    Chinese, Japanese, Korean, Thai and their neighbours put no spaces between words (or glue particles to them), so
    there a word may begin and end anywhere.
    """
    if at <= 0 or at >= len(text):
        return True
    after, before = text[at], text[at - 1]
    if after.isascii() and before.isascii():
        return not (after.isalnum() and before.isalnum())
    if unicodedata.combining(after):
        return False  # an accent belongs to the letter before it
    if not after.isalnum() and not unicodedata.category(after).startswith("M"):
        return True
    if not before.isalnum() and not unicodedata.category(before).startswith("M"):
        return True
    if _is_unspaced(before) or _is_unspaced(after):
        return not unicodedata.category(after).startswith("M")
    return False


#: Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, ideographs and Hangul (Unicode blocks).
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3134F),
)  # fmt: skip


def unspaced_apart(word: str) -> list[str]:
    """Return the parts of `word` between which another word may begin: each unspaced character, and what is between."""
    if word.isascii() or not any(map(_is_unspaced, word)):
        return [word]
    parts: list[str] = []
    joins = False
    for character in word:
        if (is_unspaced := _is_unspaced(character)) or not joins:
            parts.append(character)
        else:
            parts[-1] += character
        joins = not is_unspaced
    return parts


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


def _joints(text: str, gap: re.Pattern[str], vocabulary: frozenset[str] | None) -> list[Edit]:
    """Return the edits that join words broken at the end of a line."""
    gaps = list(gap.finditer(text))
    if gaps and vocabulary is None:
        vocabulary = vocabulary_of(text)
    joints = ((found, _joint(text, found, vocabulary or frozenset())) for found in gaps)
    return [(found.start(), found.end(), joint) for found, joint in joints if joint is not None]


def _joint(text: str, gap: re.Match[str], vocabulary: frozenset[str]) -> str | None:
    """Return the replacement of a hyphen at the end of a line; None if it stays."""
    if text[gap.start()] == "\u00ad":
        return ""
    before = _COMPOUND_BEFORE.search(
        _changed(text[max(0, gap.start() - _LONGEST_COMPOUND) : gap.start()], _caseless).text
    )
    after = _COMPOUND.match(_changed(text[gap.end() : gap.end() + _LONGEST_COMPOUND], _caseless).text)
    if not before or not after:
        return None
    if before[0] + after[0] in vocabulary:
        return ""
    return "-" if f"{before[0]}-{after[0]}" in vocabulary else None


def _composed(character: str) -> str:
    """Return `character` in composed form: a space for white space, nothing for an invisible character."""
    if character.isspace():
        return " "
    if _INVISIBLE.match(character):
        return ""
    return unicodedata.normalize("NFC", character)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _VARIANTS:
        return _VARIANTS[character]
    if _LIGATURES.match(character) or _WIDE.match(character):
        return unicodedata.normalize("NFKC", character)
    return _composed(character)


@lru_cache(maxsize=4096)
def _caseless(character: str) -> str:
    return _plain(character).casefold()


def _changed(text: str, change: Callable[[str], str], before: Edited | None = None) -> Edited:
    """Return `text` with each character changed by `change`, composed first, and runs of white space as a space."""
    same_length: dict[int, str] = {}
    others: dict[str, str] = {}
    marks = ""
    is_composed = unicodedata.is_normalized("NFC", text)
    for character in set(text):
        if not is_composed and (unicodedata.combining(character) or _JAMO.match(character)):
            marks += re.escape(character)
        if (changed := change(character)) == character:
            continue
        if len(changed) == 1:
            same_length[ord(character)] = changed
        else:
            others[character] = changed
    base = text.translate(same_length)
    gone = "".join(re.escape(character) for character, changed in others.items() if not changed)
    parts = [rf"[{gone}]*\s[\s{gone}]+|[{gone}]+\s" if gone else r"\s\s+"]
    if marks:
        parts.append(rf"[^\s{marks}][{marks}]+")
    if others:
        parts.append("[" + "".join(map(re.escape, others)) + "]")

    def replacement(found: str) -> str:
        if found in others:
            return others[found]
        if _SPACE.search(found):
            return " "
        return "".join(map(change, unicodedata.normalize("NFC", found)))

    edits = ((found.start(), found.end(), replacement(found[0])) for found in re.finditer("|".join(parts), text))
    return edited(base, edits, before)
