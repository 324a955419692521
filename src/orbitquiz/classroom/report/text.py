"""A report as text for a terminal: short lines that read well aloud, without drawings, tables or colours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from orbitquiz.classroom.report import wording
from orbitquiz.classroom.report.model import Report, ReportPassage, ReportPlayer, ReportQuestion
from orbitquiz.text.counts import counted

WIDTH = 80
"""The width of a line in cells."""

_WORD = re.compile(r"\S*\d %\S*|\S+")  # a number and its % stay together

BEFORE, AFTER = ">>", "<<"
"""The marks around a quotation, as in plain text."""


def to_text(report: Report) -> str:
    """Return the report as lines of at most `WIDTH` cells."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from wrapped(report.title)
    for sentence in wording.state(report):
        yield from wrapped(sentence)
    if not report.questions:
        yield from ("", wording.NOTHING)
        return
    yield from _misleading(report)
    yield from _whole(report)
    yield from _questions(report)
    yield from _players(report)


def _misleading(report: Report) -> Iterator[str]:
    yield from heading("What misled the class")
    if not report.misleading:
        yield "No wrong option was picked more often than the right one, or by a third."
    for place, question in enumerate(report.misleading):
        if place:
            yield ""
        yield from wrapped(f"Question {question.number}: {question.stem}")
        for option in question.traps:
            yield from wrapped(wording.trap(question, option), 2)
            if option.remark:
                yield from wrapped(f"What the sources say of it: {option.remark}", 2)
        yield from _proof(question)


def _proof(question: ReportQuestion) -> Iterator[str]:
    proof = question.proof
    yield from wrapped(f"Proof: {proof.statement}", 2)
    for passage in proof.passages:
        value = f"For “{passage.value}”: " if proof.sides > 1 else ""
        yield from wrapped(f"{value}{passage.heading}", 4)
        yield from wrapped(_marked(passage), 6)
    if proof.also:
        yield from wrapped(f"Also: {'; '.join(proof.also)}", 4)
    if proof.note:
        yield from wrapped(f"Editor's note: {proof.note}", 4)


def _marked(passage: ReportPassage) -> str:
    return "".join(f"{BEFORE}{part.text}{AFTER}" if part.is_quoted else part.text for part in passage.parts)


def _whole(report: Report) -> Iterator[str]:
    yield from heading("The whole")
    for name, value, responses in wording.whole(report):
        yield from wrapped(f"{name}: {value}; {responses}")
    for sentence in wording.left_out(report):
        yield from wrapped(sentence)
    yield ""
    yield from _explained(wording.of_the_whole(report))


def _questions(report: Report) -> Iterator[str]:
    yield from heading("Questions")
    yield from _explained(wording.OF_QUESTIONS)
    yield from wrapped(wording.MORE)
    for question in report.questions:
        yield ""
        yield from wrapped(f"{question.number}. {question.stem}")
        facility = f"Facility {wording.percent(question.right, question.responses)}, {wording.interval(question)}"
        yield from wrapped(f"{facility}; {wording.players(question)}", 2)
        discrimination = f"Discrimination {wording.discrimination(question)}"
        yield from wrapped(f"{discrimination}; {wording.responses(question.discrimination.responses)}", 2)
        yield from wrapped(f"Median time {wording.seconds(question.seconds)}", 2)
        for option in question.options:
            share = wording.percent(option.picked, question.responses)
            mark = wording.mark(question, option)
            told = f"{share}, {mark}" if mark else share
            yield from wrapped(f"{option.picked} picked “{option.text}” ({told})", 4)


def _players(report: Report) -> Iterator[str]:
    if report.teams:
        yield from heading("Teams")
        for team in report.teams:
            place = f"{team.rank}. " if team.rank else ""
            mean = f"{team.points:.1f} points on average"
            yield from wrapped(f"{place}{team.name}: {mean}; {counted(team.players, 'player')}")
    yield from heading("Players")
    for player in report.players:
        who = ", ".join([wording.name(player), *([player.team] if player.team else [])])
        right = f"{player.right} of {player.played} right"
        yield from wrapped(f"{who}: {right}, {counted(player.points, 'point')}")
        yield from _answers(report, player)


def _answers(report: Report, player: ReportPlayer) -> Iterator[str]:
    """Each answer of a player: those that were right by their numbers, the others with what was picked."""
    pairs = list(zip(report.questions, player.replies, strict=True))
    if right := [str(question.number) for question, reply in pairs if reply.is_right]:
        yield from wrapped(f"right: {', '.join(right)}", 2)
    if wrong := [wording.picked(question, reply) for question, reply in pairs if reply.plays and not reply.is_right]:
        yield from wrapped(f"wrong: {', '.join(wrong)}", 2)
    if away := [str(question.number) for question, reply in pairs if not reply.plays]:
        yield from wrapped(f"not there: {', '.join(away)}", 2)


def _explained(figures: Sequence[tuple[str, str]]) -> Iterator[str]:
    for figure, meaning in figures:
        yield from wrapped(f"{figure}: {meaning}")


def heading(text: str) -> Iterator[str]:
    """Yield a heading and the blank lines around it."""
    yield from ("", text, "")


def wrapped(text: str, indent: int = 0) -> Iterator[str]:
    """Yield `text` in lines of at most `WIDTH` cells, each behind `indent` spaces. A longer word is cut."""
    room = WIDTH - indent
    line, filled = "", 0
    for word in _WORD.findall(" ".join(text.split())):
        width = _cells(word)
        if line and filled + 1 + width <= room:
            line, filled = f"{line} {word}", filled + 1 + width
            continue
        if line:
            yield " " * indent + line
        while width > room:
            head = _head(word, room)
            yield " " * indent + head
            word = word[len(head) :]
            width = _cells(word)
        line, filled = word, width
    yield " " * indent + line


def _head(word: str, room: int) -> str:
    """As much of a word as fits; a character at least."""
    filled = 0
    for at, char in enumerate(word):
        filled += _cells(char)
        if filled > room:
            return word[: max(at, 1)]
    return word


def _cells(text: str) -> int:
    """Return the width of `text` in terminal cells."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
