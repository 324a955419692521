"""Verdicts on a student's answers, in lines."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from orbitquiz.classroom.protocol import EndedMessage, RevealOut, Welcome, Yours
from orbitquiz.plain.question import proof_lines
from orbitquiz.plain.standings import FASTER
from orbitquiz.presenter.player_state import outcome_of
from orbitquiz.presenter.wording import sentence
from orbitquiz.quiz.game import Scoring
from orbitquiz.text.counts import counted, ordinal
from orbitquiz.text.safe import line_of


def welcome_lines(welcome: Welcome) -> Iterator[str]:
    """Yield the room and the name; points show that the player is back."""
    back, points = ("back ", f", with {counted(welcome.score, 'point')}") if welcome.score else ("", "")
    team = f" for {line_of(welcome.team)}" if welcome.team else ""
    yield f"You are {back}in room {line_of(welcome.room)} as {line_of(welcome.name)}{team}{points}."
    timer = "" if welcome.timer is None else f", {counted(round(welcome.timer), 'second')} each"
    faster = f" {FASTER}" if welcome.scoring is Scoring.SPEED else ""
    yield f"{line_of(welcome.title)}: {counted(welcome.total, 'question')}{timer}.{faster} ? lists the keys."


def verdict_lines(reveal: RevealOut, *, is_timed: bool) -> Iterator[str]:
    """Yield the verdict and the proof; `is_timed` says whether there was a timer."""
    question, yours = reveal.question, reveal.yours
    texts = {option.id: line_of(option.text) for option in question.options}
    numbers = {id: number for number, id in enumerate(yours.order, 1)}
    answer = sentence(f"The answer is {numbers.get(question.key, '')}, {texts.get(question.key, '')}")
    said = [] if yours.picked is None or yours.is_right else [f"You said {sentence(texts.get(yours.picked, ''))}"]
    yield " ".join([outcome_of(yours, is_timed=is_timed).sentence, *said, *([] if yours.is_right else [answer])])
    yield from proof_lines(question.proof, yours.remark)


def place_line(yours: Yours) -> str:
    """Return the player's points and place."""
    got = f"{counted(yours.points, 'point')} for this question. " if yours.plays else ""
    return f"{got}You have {counted(yours.score, 'point')}, {yours.right} right.{_place(yours)}"


def end_lines(ended: EndedMessage) -> Iterator[str]:
    """Yield the result of the game."""
    yield f"The end. {counted(ended.score, 'point')}, {ended.right} of {ended.of} right.{_place(ended)}"
    for each in ended.questions:
        yield f"{each.question.number}. {outcome_of(each.yours).phrase}: {line_of(each.question.stem)}"


def farewell_lines(ended: EndedMessage) -> Iterator[str]:
    """Yield how to play the same quiz again, if it has a code."""
    if ended.code:
        yield f"The same quiz again: orbitquiz play --quiz {line_of(shlex.quote(ended.code))}"


def _place(told: Yours | EndedMessage) -> str:
    """Return the place of the player's team, then their own, as far as they are told."""
    parts = []
    if told.team is not None and told.team_rank is not None:
        parts.append(f" {line_of(told.team)} is {ordinal(told.team_rank)}.")
    if told.rank is not None:
        others = f", with {counted(told.tied, 'other')}" if told.tied else ""
        parts.append(f" You are {ordinal(told.rank)} of {told.players}{others}.")
    return "".join(parts)
