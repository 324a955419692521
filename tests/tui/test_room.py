"""At 80×24, stem, options, verdict and proof of every question of the built-in bank are seen without scrolling.

Where the bank knows something of a wrong option, that is seen as well.
"""

from __future__ import annotations

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.asking import make_question
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.quiz.remarks import Remarks
from orbitquiz.quiz.ways import ways_of
from orbitquiz.tui.screens.question import QuestionScreen
from orbitquiz.tui.widgets.proof import ProofView
from tests.tui.playing import SIZE, app_for


@pytest.mark.slow
async def test_every_proof_has_room(builtin: Bank) -> None:
    remarks = Remarks(builtin)
    made = [(way, make_question(builtin, way, "ROOM")) for way in ways_of(builtin)]
    questions = tuple(remarks.added(way, question) for way, question in made if question)
    app = app_for(Quiz(builtin.id, builtin.title, builtin.digest, "ROOM", questions, len(questions)))
    cramped = []
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        for question in questions:
            screen.action_answer(_longest_way_to_be_wrong(question))
            for _ in range(4):
                await pilot.pause()
            if screen.query_one(ProofView).max_scroll_y > 0 or screen.max_scroll_y > 0:
                cramped.append(question.id)
            if question is not questions[-1]:
                screen.action_next()
                await pilot.pause()
    assert cramped == [], cramped


def _longest_way_to_be_wrong(question: Question) -> int:
    """The wrong option of which the most is told."""

    def length(index: int) -> int:
        remark = question.options[index].remark
        return len(f"{remark.statement} {remark.where}") if remark and not question.proof.shows(remark) else 0

    return max((index for index in range(4) if index != question.key), key=length)
