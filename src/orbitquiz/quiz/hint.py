"""The hint: words of the source without the answer. An honest hint, because it is the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orbitquiz.bank.model import Bank, Quotation, Source
from orbitquiz.bank.passage import Passage
from orbitquiz.quiz.forms import QuestionForm, form_of, giveaways_of
from orbitquiz.quiz.question import Question
from orbitquiz.quiz.spoilers import Placed
from orbitquiz.quiz.stems import GAP
from orbitquiz.text.fold import alike, plain
from orbitquiz.text.lookup import holds_any, spans_of
from orbitquiz.text.pattern import pattern
from orbitquiz.text.safe import line_of

_NEW_WORDS = 5  # that the question does not have; a hint with fewer says nothing
_LONGEST_SENTENCE = 300  # characters
_WORD = pattern(r"[^\W\d_]{3,}")


def hint_of(bank: Bank, question: Question, later: Sequence[Question] = ()) -> tuple[str, ...]:
    """Return the hint of `question`: passages in which every written form of its key is a gap.

    Without their headings, which name the source. They are those that prove the key or, where these only repeat the
    question, the sentences before and after, as far as they give away no answer of the `later` questions. Where there
    are none either, and where the passages are open anyway, there is no hint.
    """
    form = form_of(bank, question.id)
    if form is None or form.is_compared:
        return ()
    giveaways = giveaways_of(bank, form)
    value = question.proof.shown[0].value
    shown = [item.passage for item in question.proof.shown if item.value == value]
    proving = tuple(_blanked(passage.text, giveaways) for passage in shown)
    if _adds_to(question.stem, proving):
        return proving
    placed = [Placed.of(bank, each, other) for other in later if (each := form_of(bank, other.id))]
    around = tuple(
        _blanked(sentence, giveaways) for passage in shown for sentence in _neighbours(passage, form, placed)
    )
    return around if _adds_to(question.stem, around) else ()


def _adds_to(stem: str, passages: Sequence[str]) -> bool:
    """True if the passages have words enough that the stem has not."""
    return len({word for passage in passages for word in _words(passage)} - _words(stem)) >= _NEW_WORDS


def _words(text: str) -> set[str]:
    return set(_WORD.findall(alike(text)))


def _neighbours(passage: Passage, form: QuestionForm, later: Sequence[Placed]) -> Iterator[str]:
    """Yield the sentences before and after a passage that give away no later answer."""
    source = passage.source
    before = [span for span in source.sentences if span[1] <= passage.start][-1:]
    after = [span for span in source.sentences if span[0] >= passage.end][:1]
    for start, end in (*before, *after):
        sentence = Quotation(source.id, start, end)
        proves = any(sentence.overlaps(quotation) for claim in form.fact.claims for quotation in claim.proof)
        spoils = any(_gives_away(source, sentence, other) for other in later)
        if not proves and not spoils and end - start <= _LONGEST_SENTENCE:
            yield line_of(source.text[start:end])


def _gives_away(source: Source, sentence: Quotation, later: Placed) -> bool:
    if any(sentence.overlaps(quotation) for quotation in later.quotations):
        return True
    return holds_any(plain(source.text[sentence.start : sentence.end]).casefold(), later.giveaways)


def _blanked(text: str, forms: tuple[str, ...]) -> str:
    blanked, at = "", 0
    for start, end in spans_of(text, forms):
        blanked += text[at:start] + GAP
        at = end
    return blanked + text[at:]
