"""What tests of screens start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.app import OrbitQuizApp
from tests.tui.playing import app_for, bank_of, quiz_of


@pytest.fixture
def quiz(tmp_path: Path) -> Quiz:
    """Three questions on a small bank."""
    return quiz_of(bank_of(tmp_path / "bank"))


@pytest.fixture
def app(quiz: Quiz) -> OrbitQuizApp:
    """The program at the first of the three questions."""
    return app_for(quiz)
