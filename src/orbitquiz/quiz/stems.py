"""The words of a question: its stem, and the sentence that states its answer."""

from __future__ import annotations

import re

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.quiz.compare import DIFFER, compare_statement, compare_stem
from orbitquiz.quiz.forms import QuestionForm
from orbitquiz.quiz.question import COMPARING, Kind
from orbitquiz.text.safe import line_of

GAP = "____"
WHICH = f"{DIFFER} Which says that"

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


def stem_of(bank: Bank, form: QuestionForm) -> str:
    """Return what is asked."""
    match form.kind:
        case Kind.HOW | Kind.LATER | Kind.KNEW:
            return compare_stem(form)
        case Kind.CLOZE:
            return f"Fill the gap: “{_with_gap(bank, form)}”"
        case Kind.SAID:
            return f"Who said “{_without_end(_quoted(bank, form.said.quotation))}”?"
        case Kind.WHICH:
            assert form.fact.statement is not None  # no source is asked for by a sentence with a gap
            said = form.fact.statement.removesuffix(".").replace("{value}", form.claim.value.text)
            return f"{WHICH} {_inside(said)}?"
        case Kind.REVERSE:
            ask = form.reverse.ask.replace("{value}", form.claim.value.text)
        case _:
            assert form.fact.ask is not None  # a gap fact is asked with its gap only
            ask = form.fact.ask
    stem = according_to(bank, form.source, ask)
    return f"{DIFFER} {stem}" if form.is_compared else stem


def statement_of(bank: Bank, form: QuestionForm) -> str:
    """Return the fact as a sentence that holds the key, as its source's where that matters."""
    if form.kind in COMPARING:
        return compare_statement(bank, form)
    if form.kind is Kind.SAID:
        return f"{form.said.speaker.text} said “{_without_end(_quoted(bank, form.said.quotation))}”."
    statement = form.fact.state_reversed(form.claim) if form.kind is Kind.REVERSE else form.fact.state(form.claim)
    return according_to(bank, form.source if form.is_attributed else None, statement)


def according_to(bank: Bank, source: str | None, sentence: str) -> str:
    """The sentence as that of the source with the id `source`, where there is one."""
    return sentence if source is None else f"According to {bank.sources[source].cite_as}, {_inside(sentence)}"


def _inside(sentence: str) -> str:
    """The sentence as a part of a longer one."""
    first, space, rest = sentence.partition(" ")
    return f"{first.lower() if first.lower() in _OPENERS else first}{space}{rest}"


def _without_end(sentence: str) -> str:
    """The sentence without its full stop, or the comma that a document puts inside the quotation marks."""
    return sentence.removesuffix(".").removesuffix(",")


def _with_gap(bank: Bank, form: QuestionForm) -> str:
    cloze, source = form.cloze, bank.sources[form.cloze.quotation.source]
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
