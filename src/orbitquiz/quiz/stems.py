"""The words of a question: its stem, and the sentence that states its answer."""

from __future__ import annotations

import re

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.quiz.forms import QuestionForm, name_of
from orbitquiz.quiz.question import Kind
from orbitquiz.text.safe import line_of

GAP = "____"
WHICH = "Which report says that"

#: Words that begin a sentence and are small inside one. Any other first word may be a name and stays as it is.
_OPENERS = frozenset(
    """
    a about after all along an around as at because before besides between both by did do does during every for from had
    has have he how in inside into is it of on out over she since some the their they through to together under until up
    was were what when where which who whom whose why with within
""".split()
)
_ENDS = (".", "!", "?", "…")
_QUOTE = re.compile('[“”"„]')


def stem_of(bank: Bank, way: QuestionForm) -> str:
    """What is asked."""
    match way.kind:
        case Kind.CLOZE:
            return f"{_cite(bank, way.source)} says: “{_with_gap(bank, way)}” What fills the gap?"
        case Kind.SAID:
            return f"Who said “{_without_end(_quoted(bank, way.said.quotation))}”?"
        case Kind.WHICH:
            assert way.fact.statement is not None  # no source is asked for by a sentence with a gap
            said = way.fact.statement.removesuffix(".").replace("{value}", way.claim.value.text)
            return f"{WHICH} {_inside(said)}?"
        case Kind.REVERSE:
            ask = way.reverse.ask.replace("{value}", way.claim.value.text)
        case _:
            assert way.fact.ask is not None  # a gap fact is asked with its gap only
            ask = way.fact.ask
    return according_to(bank, way.source, ask)


def statement_of(bank: Bank, way: QuestionForm) -> str:
    """The fact as a sentence that holds the key, as its source's where that matters."""
    if way.kind is Kind.SAID:
        return f"{way.said.speaker.text} said “{_without_end(_quoted(bank, way.said.quotation))}”."
    statement = way.fact.state_reversed(way.claim) if way.kind is Kind.REVERSE else way.fact.state(way.claim)
    is_attributed = way.fact.needs_attribution or way.kind is Kind.WHICH
    return according_to(bank, way.source if is_attributed else None, statement)


def according_to(bank: Bank, source: str | None, sentence: str) -> str:
    """The sentence as that of the source with the id `source`, where there is one."""
    return sentence if source is None else f"According to {bank.sources[source].cite_as}, {_inside(sentence)}"


def _cite(bank: Bank, source: str | None) -> str:
    assert source is not None
    return name_of(bank.sources[source]).text


def _inside(sentence: str) -> str:
    """The sentence as a part of a longer one."""
    first, space, rest = sentence.partition(" ")
    return f"{first.lower() if first.lower() in _OPENERS else first}{space}{rest}"


def _without_end(sentence: str) -> str:
    """The sentence without its full stop, or the comma that a document puts inside the quotation marks."""
    return sentence.removesuffix(".").removesuffix(",")


def _with_gap(bank: Bank, way: QuestionForm) -> str:
    cloze, source = way.cloze, bank.sources[way.cloze.quotation.source]
    words = cloze.quotation
    text = f"{source.clean.slice(words.start, cloze.start)}{GAP}{source.clean.slice(cloze.end, words.end)}"
    spans = source.sentences
    opens = any(start == words.start for start, _ in spans)
    closes = any(end == words.end for _, end in spans)
    shown = _inner(text)
    if not opens:
        shown = f"… {shown}"
    ends = shown.rstrip("’)").endswith(_ENDS)  # the document may quote somebody at the end
    return shown if closes and ends else f"{shown.removesuffix('.')} …"


def _quoted(bank: Bank, quotation: Quotation) -> str:
    return _inner(bank.sources[quotation.source].clean.slice(*quotation.span))


def _inner(text: str) -> str:
    """Words of a document to stand between quotation marks: on one line, and their own marks made single."""
    line = line_of(text)

    def single(match: re.Match[str]) -> str:
        before = line[match.start() - 1 : match.start()]
        return "‘" if not before or before in " (—–-" else "’"

    return _QUOTE.sub(single, line)
