"""The host's notes in words: the question and its key, who is silent, and what comes next. For the teacher alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orbitquiz.classroom.protocol import NotedQuestion, Notes
from orbitquiz.text.safe import line_of

_PHASES = {
    "lobby": "The game has not begun.",
    "over": "The game is over.",
    "open": "Everybody answers at their own pace.",
    "paused": "paused",
    "revealed": "answer shown",
    "skipped": "voided",
}


@dataclass(frozen=True)
class Section:
    """A part of the notes: its title, and lines; the one with this index is the key."""

    title: str
    lines: Sequence[str] = ()
    key: int | None = None


def sections(notes: Notes) -> Iterator[Section]:
    """Yield the notes in parts, the most urgent first."""
    if notes.current is None:
        yield Section(_PHASES.get(notes.phase, ""))
    else:
        state = f", {_PHASES[notes.phase]}" if notes.phase in _PHASES else ""
        yield _about("Now", notes.current, notes.total, state)
    if notes.phase in ("asking", "paused", "open"):
        answered = f"{notes.answered} of {notes.playing} {'done' if notes.phase == 'open' else 'answered'}"
        yield Section(
            f"{answered}, waiting for:" if notes.silent else f"{answered}.", tuple(map(line_of, notes.silent))
        )
    if notes.next is not None:
        yield _about("Next", notes.next, notes.total)


def _about(when: str, question: NotedQuestion, total: int, state: str = "") -> Section:
    lines = [*(line_of(line) for line in question.stem.split("\n"))]
    key = len(lines) + question.key
    lines += [f"{'✓' if index == question.key else ' '} {line_of(text)}" for index, text in enumerate(question.options)]
    return Section(f"{when}: question {question.number} of {total}{state}", [*lines, line_of(question.statement)], key)
