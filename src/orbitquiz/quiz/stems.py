"""The words of a question: its stem, and the sentence that states its answer."""

from __future__ import annotations

from orbitquiz.bank.model import Bank
from orbitquiz.bank.stem_words import ENGLISH
from orbitquiz.quiz.compare import compare_statement, compare_stem
from orbitquiz.quiz.forms import QuestionForm
from orbitquiz.quiz.question import COMPARING, Kind
from orbitquiz.text.quotes import quoted
from orbitquiz.text.safe import line_of

GAP = "____"
WHICH = f"{ENGLISH['differ']} {ENGLISH['which'].partition(' {')[0]}"

#: Words that begin a sentence and are small inside one. Any other first word may be a name and stays as it is.
_OPENERS = frozenset(
    """
    a about after all along an around as at because before besides between both by did do does during every for from had
    has have he how in inside into is it of on out over she since some the their they through to together under until up
    was were what when where which who whom whose why with within
""".split()
)
_ENDS = (".", "!", "?", "…", "。", "！", "？")


def stem_of(bank: Bank, form: QuestionForm) -> str:
    """Return what is asked."""
    match form.kind:
        case Kind.HOW | Kind.LATER | Kind.KNEW:
            return compare_stem(bank, form)
        case Kind.CLOZE:
            return bank.say("gap", quotation=quoted(_with_gap(bank, form), bank.language))
        case Kind.SAID:
            return bank.say("who-said", quotation=_words_said(bank, form))
        case Kind.WHICH:
            assert form.fact.statement is not None  # no source is asked for by a sentence with a gap
            said = _without_stop(form.fact.statement).replace("{value}", form.claim.value.text)
            return f"{bank.say('differ')} {bank.say('which', sentence=_inside(said))}"
        case Kind.REVERSE:
            ask = form.reverse.ask.replace("{value}", form.claim.value.text)
        case _:
            assert form.fact.ask is not None  # a gap fact is asked with its gap only
            ask = form.fact.ask
    stem = according_to(bank, form.source, ask)
    return f"{bank.say('differ')} {stem}" if form.is_compared else stem


def statement_of(bank: Bank, form: QuestionForm) -> str:
    """Return the fact as a sentence that holds the key, as its source's where that matters."""
    if form.kind in COMPARING:
        return compare_statement(bank, form)
    if form.kind is Kind.SAID:
        return bank.say("said", speaker=form.said.speaker.text, quotation=_words_said(bank, form))
    statement = form.fact.state_reversed(form.claim) if form.kind is Kind.REVERSE else form.fact.state(form.claim)
    return according_to(bank, form.source if form.is_attributed else None, statement)


def according_to(bank: Bank, source: str | None, sentence: str) -> str:
    """Return the sentence as that of the source with the id `source`, where there is one."""
    if source is None:
        return sentence
    return bank.say("according", source=bank.sources[source].cite_as, sentence=_inside(sentence))


def _inside(sentence: str) -> str:
    """Return the sentence as a part of a longer one."""
    first, space, rest = sentence.partition(" ")
    return f"{first.lower() if first.lower() in _OPENERS else first}{space}{rest}"


def _without_stop(sentence: str) -> str:
    return sentence.removesuffix(".").removesuffix("。")


def _words_said(bank: Bank, form: QuestionForm) -> str:
    """Return what somebody said, without the full stop, or the comma that a document puts inside quotation marks."""
    words = bank.sources[form.said.quotation.source].clean.slice(*form.said.quotation.span)
    return quoted(_without_stop(line_of(words)).removesuffix(","), bank.language)


def _with_gap(bank: Bank, form: QuestionForm) -> str:
    cloze, source = form.cloze, bank.sources[form.cloze.quotation.source]
    words = cloze.quotation
    text = f"{source.clean.slice(words.start, cloze.start)}{GAP}{source.clean.slice(cloze.end, words.end)}"
    spans = source.sentences
    opens = any(start == words.start for start, _ in spans)
    closes = any(end == words.end for _, end in spans)
    shown = line_of(text)
    if not opens:
        shown = f"… {shown}"
    ends = shown.rstrip('’”“"»」』）)').endswith(_ENDS)  # the document may quote somebody at the end
    return shown if closes and ends else f"{_without_stop(shown)} …"
