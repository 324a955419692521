"""At 80×24, stem, options, verdict and proof of every question of the built-in bank are seen without scrolling.

Where the bank knows something of a wrong option, that is seen as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.message import Message

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.feedback import FeedbackFinder
from orbitquiz.quiz.forms import forms_of
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.tui.solo.question import QuestionScreen
from orbitquiz.tui.widgets.proof import ProofView
from tests.tui.playing import app_for
from tests.tui.screens import SIZE
from tests.tui.waiting import until

SHARES = 8  # for as many workers
FLAT = (80, 18)  # a terminal in which many proofs have no room


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
async def test_every_proof_has_room(builtin: Bank, share: int) -> None:
    assert await _cramped(builtin, _questions_of(builtin)[share::SHARES], SIZE) == []


async def test_a_proof_without_room_would_be_seen(builtin: Bank) -> None:
    longest = max(
        _questions_of(builtin), key=lambda question: sum(len(each.passage.text) for each in question.proof.shown)
    )
    assert await _cramped(builtin, [longest], FLAT) == [longest.id]


def _questions_of(bank: Bank) -> tuple[Question, ...]:
    finder = FeedbackFinder(bank)
    made = [(way, make_question(bank, way, "ROOM")) for way in forms_of(bank)]
    return tuple(finder.add(way, question) for way, question in made if question)


async def _cramped(bank: Bank, questions: Sequence[Question], size: tuple[int, int]) -> list[str]:
    """The ids of the questions whose proof can be seen in full by scrolling only."""
    app = app_for(Quiz(bank.id, bank.title, bank.digest, "ROOM", tuple(questions), len(questions)))
    settled: list[Message] = []

    def hear(message: Message) -> None:
        if isinstance(message, ProofView.Settled):
            settled.append(message)

    cramped = []
    async with app.run_test(size=size, message_hook=hear) as pilot:
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        for question in questions:
            await pilot.pause()
            settled.clear()
            screen.action_answer(_longest_way_to_be_wrong(question))
            await until(pilot, lambda: bool(settled))
            if screen.query_one(ProofView).max_scroll_y > 0 or screen.max_scroll_y > 0:
                cramped.append(question.id)
            screen.action_next()
    return cramped


def _longest_way_to_be_wrong(question: Question) -> int:
    """The wrong option of which the most is told."""

    def length(index: int) -> int:
        remark = question.options[index].feedback
        return len(f"{remark.statement} {remark.where}") if remark and not question.proof.shows(remark) else 0

    return max((index for index in range(4) if index != question.key), key=length)
