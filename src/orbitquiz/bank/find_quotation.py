"""Finding the words of a quotation in a source.

Nothing fuzzy passes: after `fold`, the words stand there or they don't. Where they don't, the nearest text is
offered as a repair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from orbitquiz.bank.model import Quotation, Source
from orbitquiz.text.fold import fold, is_word_boundary, plain
from orbitquiz.text.look import look
from orbitquiz.text.numbers import cut_at, cuts
from orbitquiz.text.safe import line_of
from orbitquiz.text.suggest import nearest_span

_MOST_DIFFERENCES = 3  # that are told
_LONGEST = 400  # characters of the nearest text in a message


class NotQuoted(Exception):
    """Words that cannot be taken for a quotation of a source. `code` is the problem's code."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def find_quotation(source: Source, words: str, prefix: str | None = None, suffix: str | None = None) -> Quotation:
    """Return where `words` stand in `source`, between `prefix` and `suffix` if given. Raises `NotQuoted`."""
    sought = _folded(source, words)
    before, after = _folded(source, prefix) if prefix else "", _folded(source, suffix) if suffix else ""
    if not sought:
        raise NotQuoted("quotation-not-found", "the quotation is blank; quote the words that prove the value")
    found = list(islice(_places(source, sought, before, after), 2))
    if not found:
        raise NotQuoted("quotation-not-found", _not_found(source, sought, before, after))
    if len(found) > 1:
        lines = " and ".join(str(source.line(source.folded.original(at, at + 1)[0])) for at in found)
        raise NotQuoted(
            "quotation-ambiguous",
            f"the quotation stands in {source.file} twice (lines {lines}); quote more, or add a prefix or a suffix",
        )
    return Quotation(source.id, *source.folded.original(found[0], found[0] + len(sought)))


def find_everywhere(source: Source, words: str) -> tuple[Quotation, ...]:
    """Every place where `words` stand in `source`. Raises `NotQuoted` where there is none."""
    sought = _folded(source, words)
    found = [
        Quotation(source.id, *source.folded.original(at, at + len(sought)))
        for at in (_places(source, sought) if sought else ())
    ]
    if not found:
        raise NotQuoted("quotation-not-found", _not_found(source, sought, "", ""))
    return tuple(found)


def _places(source: Source, sought: str, before: str = "", after: str = "") -> Iterator[int]:
    """Return the folded offsets at which the folded words `sought` stand between `before` and `after`."""
    text = source.folded.text
    at = text.find(sought)
    while at >= 0:
        end = at + len(sought)
        if (
            is_word_boundary(text, at)
            and is_word_boundary(text, end)
            and not cuts(text, at, end)
            and (not before or _ends_with(text, at, before))
            and (not after or _begins_with(text, end, after))
        ):
            yield at
        at = text.find(sought, at + 1)


def _folded(source: Source, words: str) -> str:
    """Return `words` in the form in which the text of `source` is compared."""
    if source.format == "text" and words.isascii() and "- " not in words and "-\n" not in words:
        return plain(words)  # the same, in a fraction of the time
    return fold(words, format=source.format, vocabulary=source.vocabulary).text.strip(" ")


def _ends_with(text: str, at: int, words: str) -> bool:
    """Return whether the whole `words` stand right before the offset `at`, with or without a space between."""
    ends = at - (at > 0 and text[at - 1] == " " and not words.endswith(" "))
    starts = ends - len(words)
    return starts >= 0 and text[starts:ends] == words and _is_edge(text, starts)


def _begins_with(text: str, at: int, words: str) -> bool:
    """Return whether the whole `words` stand right after the offset `at`, with or without a space between."""
    starts = at + (text[at : at + 1] == " ")
    ends = starts + len(words)
    return text[starts:ends] == words and _is_edge(text, ends)


def _is_edge(text: str, at: int) -> bool:
    return is_word_boundary(text, at) and cut_at(text, at) is None


def _not_found(source: Source, sought: str, before: str, after: str) -> str:
    text = source.folded.text
    at = text.find(sought)
    if at >= 0 and (before or after):
        line = source.line(source.folded.original(at, at + 1)[0])
        return f"the quotation stands in {source.file}:{line}, but not with this prefix or suffix"
    if at >= 0 and (number := cut_at(text, at) or cut_at(text, at + len(sought))):
        line = source.line(source.folded.original(*number)[0])
        words = source.text[slice(*source.folded.original(*number))]
        return f"the quotation cuts through “{line_of(words)}” in {source.file}:{line}; quote all of it"
    message = f"the quotation is not in {source.file}, word for word"
    if near := nearest_words(source, sought):
        line, words = near
        message += f"; the nearest text, in line {line}, is: {words}"
        if difference := _unseen_difference(sought, plain(words)):
            message += f" ({difference})"
    return message


def _unseen_difference(sought: str, there: str) -> str:
    """Return what differs in two texts that look the same, by Unicode's numbers; nothing where one sees it."""
    if sought == there or look(_seen(sought)) != look(_seen(there)) or sought.casefold() == there.casefold():
        return ""
    pairs = [
        (_numbered(sought[a:b]) or "nothing", _numbered(there[c:d]) or "nothing")
        for kind, a, b, c, d in SequenceMatcher(None, sought, there, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    differences = (f"{mine} in the quotation, {theirs} in the document" for mine, theirs in pairs[:_MOST_DIFFERENCES])
    return "they look the same and differ: " + "; ".join(differences)


def _seen(text: str) -> str:
    return "".join(character for character in text if not unicodedata.category(character).startswith("C"))


def _numbered(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text[:_MOST_DIFFERENCES])


def nearest_words(source: Source, words: str) -> tuple[int, str] | None:
    """Return the words of `source` most like `words`, with their line; None where nothing is much like them."""
    text = source.folded.text
    found = nearest_span(text, plain(words))
    if found is None or not text[slice(*found)].strip():
        return None
    start, end = found
    while not is_word_boundary(text, start):
        start -= 1
    while not is_word_boundary(text, end):
        end += 1
    while text[start] == " ":
        start += 1
    start, end = source.folded.original(start, end)
    return source.line(start), _shortened(line_of(source.text[start:end]))


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]} […] {text[-_LONGEST // 2 :]}"
