"""Questions as Markdown with checkboxes, as the plugin mkdocs-quiz shows them and as anybody reads them.

Feedback stands as a quotation under its option and the proof after the options, as mkdocs-quiz 1.5 has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import has_sides, options_in_order, spans
from orbitquiz.formats.markdown import as_text, bold, escaped
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuestionSheet


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as one page in UTF-8. `when` makes no difference."""
    parts = [f"# {as_text(deck.title)}"]
    for category, sheets in deck.by_category:
        parts.append(f"## {as_text(category)}")
        parts += ["\n".join(_question(sheet)) for sheet in sheets]
    parts.append(as_text(deck.rights))
    return ("\n\n".join(parts) + "\n").encode()


def _question(sheet: QuestionSheet) -> Iterator[str]:
    yield "<quiz>"
    yield as_text(sheet.stem)
    for option, is_key, remark in options_in_order(sheet):
        yield f"- [{'x' if is_key else ' '}] {as_text(option)}"
        if remark:
            yield f"  > {as_text(remark)}"
    yield ""
    yield "\n\n".join(_proof(sheet.proof))
    yield "</quiz>"


def _proof(proof: ProofSheet) -> Iterator[str]:
    yield as_text(proof.statement)
    several = has_sides(proof)
    for passage in proof.shown:
        if several:
            yield f"{as_text(passage.value)}:"
        yield f"> {_marked(passage)}\n>\n> — {as_text(passage.heading)}"
    yield from (f"Also: {as_text(also)}" for also in proof.also)
    if proof.note:
        yield f"Editor’s note: {as_text(proof.note)}"


def _marked(passage: PassageSheet) -> str:
    """Return the passage with what is quoted in bold; white space at the ends of bold text would undo it."""
    parts: list[str] = []
    pieces = [*spans(passage)]
    for at, (text, quoted) in enumerate(pieces):
        words = text.strip()
        if not quoted or not words:
            parts.append(escaped(text))
            continue
        before = text[: len(text) - len(text.lstrip())] or (pieces[at - 1][0][-1:] if at else "")
        after = text[len(text.rstrip()) :] or (pieces[at + 1][0][:1] if at + 1 < len(pieces) else "")
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        parts.append(f"{lead}{bold(escaped(words), before, after)}{tail}")
    return " ".join("".join(parts).split())
