"""At 80×24, stem, options, verdict and proof of every question of the built-in bank are seen without scrolling."""

from __future__ import annotations

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.asking import make_question, ways
from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.screens.question import QuestionScreen
from orbitquiz.tui.widgets.proof import ProofView
from tests.tui.playing import SIZE, app_for


@pytest.mark.slow
async def test_every_proof_has_room(builtin: Bank) -> None:
    made = [make_question(builtin, way, "ROOM") for fact in builtin.facts for way in ways(fact)]
    questions = tuple(question for question in made if question)
    app = app_for(Quiz(builtin.id, builtin.title, builtin.digest, "ROOM", questions, len(questions)))
    cramped = []
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        for question in questions:
            # The word after a wrong pick is the longer one.
            screen.action_answer((question.key + 1) % 4)
            for _ in range(4):
                await pilot.pause()
            if screen.query_one(ProofView).max_scroll_y > 0 or screen.max_scroll_y > 0:
                cramped.append(question.id)
            if question is not questions[-1]:
                screen.action_next()
                await pilot.pause()
    assert cramped == []
