"""A reading list: the questions that a player missed, each with the passages that prove its answer, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orbitquiz.bank.model import Bank, Source
from orbitquiz.bank.passage import Passage
from orbitquiz.bank.values.date import MONTHS
from orbitquiz.formats.markdown import as_text, bold, escaped, link
from orbitquiz.quiz.game import Game, Verdict
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.spans import trimmed


def reading_list(bank: Bank, quiz: Quiz, game: Game, when: date) -> str:
    """Return the questions of `game` that were not answered right, in order, with their proofs. It ended on `when`.

    `quiz` is what was played, as it was made from `bank`.
    """
    return "\n\n".join(_paragraphs(bank, quiz, game, when)) + "\n"


def _paragraphs(bank: Bank, quiz: Quiz, game: Game, when: date) -> Iterator[str]:
    yield f"# Reading list: {as_text(game.quiz.title)}"
    yield (
        f"{when.day} {MONTHS[when.month - 1]} {when.year}. "
        f"{game.right} of {len(game.verdicts)} right, {game.points} points."
    )
    if game.quiz.code:
        yield f"The same quiz again: orbitquiz play --quiz {as_text(game.quiz.code)}"
    missed = [verdict for verdict in game.verdicts if not verdict.is_right]
    if not game.verdicts:
        yield "No question was answered."
    elif not missed:
        yield "Nothing was missed: there is nothing to read again."
    for verdict in missed:
        yield from _question(bank, quiz.questions[verdict.number - 1], verdict)


def _question(bank: Bank, question: Question, verdict: Verdict) -> Iterator[str]:
    yield f"## {verdict.number}. {as_text(question.stem)}"
    yield f"- The answer: {as_text(question.options[question.key].text)}\n- Your answer: {_picked(verdict)}"
    shown = question.proof.shown
    several = len({item.value for item in shown}) > 1
    for item in shown:
        if several:
            yield f"For {as_text(item.value)}:"
        yield f"> {_with_bold(item.passage)}\n>\n> — {_citation(item.passage.source, item.passage.place)}"
    for citation in question.proof.also:
        yield f"Also: {_citation(bank.sources[citation.quotation.source], citation.place)}"
    if question.proof.note:
        yield f"Editor's note: {as_text(question.proof.note)}"


def _picked(verdict: Verdict) -> str:
    if verdict.pick:
        return as_text(verdict.pick)
    return "none before time was up" if verdict.answer.late else "none"


def _citation(source: Source, place: str) -> str:
    """Return title, author, publisher and date as far as the document states them, its file and the place in it."""
    parts = [source.title, source.author, source.publisher, source.issued_words, source.file]
    words = ", ".join(as_text(part) for part in parts if part)
    return f"{words}, {place}{f', {link(source.url)}' if source.url else ''}"


def _with_bold(passage: Passage) -> str:
    """Return the passage with its quotations in bold."""
    text = passage.text
    parts: list[str] = []
    at = 0
    for start, end in trimmed(text, passage.marks):
        words = bold(escaped(text[start:end]), text[start - 1 : start], text[end : end + 1])
        parts += [escaped(text[at:start]), words]
        at = end
    return "".join([*parts, escaped(text[at:])])
