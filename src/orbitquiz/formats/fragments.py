"""Anybody's words, and the proof of an answer, as HTML and XML in which nothing of them is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuestionSheet

# Numbers and not names: Canvas drops names, and `&amp;quot;` is how a reader knows text that was escaped twice.
_HTML = str.maketrans({letter: f"&#{ord(letter)};" for letter in "&<>\"'"})
#: What cannot stand in an XML 1.0 document (W3C Recommendation, section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def html(words: str) -> str:
    """Return `words` as HTML that shows them as they stand; line breaks are kept."""
    return "<br>".join(line.translate(_HTML) for line in words.split("\n"))


def xml_characters(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def spans(passage: PassageSheet) -> Iterator[tuple[str, bool]]:
    """Yield the passage piece by piece, and whether each piece is quoted. Quotations that touch are one."""
    at = 0
    for start, end in _joined(passage.marks):
        if at < start:
            yield passage.text[at:start], False
        yield passage.text[start:end], True
        at = end
    if at < len(passage.text):
        yield passage.text[at:], False


def _joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(mark for mark in marks if mark[0] < mark[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def proof_html(proof: ProofSheet) -> str:
    """Return the proof as HTML of plain elements that every program keeps; the words quoted are bold."""
    parts = [f"<p>{html(proof.statement)}</p>"]
    several = has_sides(proof)
    for passage in proof.shown:
        if several:
            parts.append(f"<p>{html(passage.value)}:</p>")
        words = "".join(f"<strong>{html(text)}</strong>" if quoted else html(text) for text, quoted in spans(passage))
        parts.append(f"<blockquote>{words}</blockquote><p>— {html(passage.heading)}</p>")
    parts += [f"<p>Also: {html(also)}</p>" for also in proof.also]
    if proof.note:
        parts.append(f"<p>Editor’s note: {html(proof.note)}</p>")
    return "".join(parts)


def proof_lines(proof: ProofSheet) -> Iterator[str]:
    """Yield the proof as plain text, a line for each part, where nothing can be marked."""
    yield proof.statement
    several = has_sides(proof)
    for passage in proof.shown:
        side = f"{passage.value}: " if several else ""
        yield f"{side}{passage.text} — {passage.heading}"
    yield from (f"Also: {also}" for also in proof.also)
    if proof.note:
        yield f"Editor’s note: {proof.note}"


def has_sides(proof: ProofSheet) -> bool:
    """True if the passages prove different values, so that each has to be named."""
    return len({passage.value for passage in proof.shown}) > 1


def options_in_order(sheet: QuestionSheet) -> Iterator[tuple[str, bool, str | None]]:
    """Yield each option, whether it is the key, and what the bank knows about it."""
    for at, (option, remark) in enumerate(zip(sheet.options, sheet.remarks, strict=True)):
        yield option, at == sheet.key, remark


def letter(number: int) -> str:
    """Return the letter of the option with this index, from A."""
    return chr(ord("A") + number)


def shortened(words: str, most: int) -> str:
    """Return `words` with at most so many characters, cut with an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
