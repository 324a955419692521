r"""Questions as an Anki deck: one note a question, with the passage on the back and the words quoted marked.

A note's guid is made of the bank's id and the question's, so importing a newer file updates notes and doubles none;
Anki takes an update only where its time is later. Fields are HTML in which nothing means anything to Anki: no
`[sound:`, no `\(`, no `{{`.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import has_sides, html, options_in_order, spans
from orbitquiz.quiz.sheet import ProofSheet, QuestionSheet

FIELDS = ("Question", "Answer", "Options", "Statement", "Proof", "Wrong answers", "Source", "Id")
_MODEL = 1_607_392_319  # the id of the note type: of our own choosing, and never to change
_FRONT = """<div class="tex2jax_ignore mathjax_ignore">
<p class="question">{{Question}}</p>
{{hint:Options}}
</div>"""
_BACK = """<div class="tex2jax_ignore mathjax_ignore">
<p class="question">{{Question}}</p>
<hr id="answer">
<p class="answer">{{Answer}}</p>
{{Proof}}
{{#Wrong answers}}<div class="wrong">{{Wrong answers}}</div>{{/Wrong answers}}
</div>"""
_STYLE = """.card { font: 20px/1.45 Georgia, serif; max-width: 34em; margin: 0 auto; padding: 0 .5em; }
.question, .answer { font-weight: bold; }
blockquote { margin: .6em 0 .2em; padding-left: .8em; border-left: 4px solid #888; }
mark { color: inherit; background: #ffe58a; }
.nightMode mark { background: #6b5600; }
.heading, .wrong { font-size: 80%; opacity: .8; }"""
_MEANS_SOMETHING = re.compile(r"[\[\]{}\\]")
_NOT_IN_TAG = re.compile(r"[\s\"]+")


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as an .apkg file. `when` is the time of the export in seconds since 1970."""
    import genanki

    model = genanki.Model(
        _MODEL,
        "OrbitQuiz",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    anki_deck = genanki.Deck(_number(deck.bank), " ".join(deck.title.split("::")), html(deck.rights))
    for sheet in deck.questions:
        anki_deck.add_note(
            genanki.Note(
                model=model,
                fields=list(_fields(sheet)),
                sort_field=_safe(sheet.stem),
                guid=hashlib.sha256(f"{deck.bank}\0{sheet.id}".encode()).hexdigest()[:20],
                tags=[_NOT_IN_TAG.sub("-", tag) for tag in (deck.bank, sheet.category) if tag],
            )
        )
    file = io.BytesIO()
    genanki.Package(anki_deck).write_to_file(file, timestamp=when)
    return file.getvalue()


def _fields(sheet: QuestionSheet) -> Iterator[str]:
    """Yield what stands in each of `FIELDS`."""
    yield _safe(sheet.stem)
    yield _safe(sheet.options[sheet.key])
    yield f"<ol>{''.join(f'<li>{_safe(option)}</li>' for option in sheet.options)}</ol>"
    yield _safe(sheet.proof.statement)
    yield "".join(_proof(sheet.proof))
    yield "".join(f"<p>{_safe(option)}: {_safe(remark)}</p>" for option, _, remark in options_in_order(sheet) if remark)
    yield _safe(sheet.proof.shown[0].heading if sheet.proof.shown else "")
    yield _safe(sheet.id)


def _proof(proof: ProofSheet) -> Iterator[str]:
    yield f"<p>{_safe(proof.statement)}</p>"
    several = has_sides(proof)
    for passage in proof.shown:
        if several:
            yield f"<p>{_safe(passage.value)}:</p>"
        words = "".join(f"<mark>{_safe(text)}</mark>" if quoted else _safe(text) for text, quoted in spans(passage))
        yield f'<blockquote>{words}</blockquote><p class="heading">{_safe(passage.heading)}</p>'
    yield from (f'<p class="heading">Also: {_safe(also)}</p>' for also in proof.also)
    if proof.note:
        yield f"<p>Editor’s note: {_safe(proof.note)}</p>"


def _safe(words: str) -> str:
    """Return `words` as HTML without a character that Anki reads; an element parts a backslash from a bracket.

    MathJax looks at the text that a browser shows, where an entity is the character again, so the entity is not enough.
    """
    return _MEANS_SOMETHING.sub(lambda match: f"&#{ord(match[0])};<span></span>", html(words))


def _number(bank: str) -> int:
    """Return the deck's id: a positive number that is the same for every export of a bank."""
    return int.from_bytes(hashlib.sha256(bank.encode()).digest()[:4]) | 1 << 30
