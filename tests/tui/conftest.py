"""Fixtures for tests of screens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.question import Quiz
from orbitquiz.tui.solo.app import OrbitQuizApp
from tests.tui.playing import app_for, bank_of, quiz_of
from tests.tui.waiting import at_rest

_PARSED: dict[Any, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parse_once(self: Stylesheet, *words: Any, **named: Any) -> list[RuleSet]:
    key = (words, *named.items(), *self._variables.items())
    if key not in _PARSED:
        _PARSED[key] = _parse(self, *words, **named)
    return _PARSED[key]


class _Grid(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a screen as soon as possible, go on as soon as it is drawn, and parse no style sheet twice."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 500)
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", at_rest)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """A small bank of three facts."""
    return bank_of(tmp_path / "bank")


@pytest.fixture
def quiz(bank: Bank) -> Quiz:
    """Three questions on a small bank."""
    return quiz_of(bank)


@pytest.fixture
def app(quiz: Quiz) -> OrbitQuizApp:
    """The program at the first of the three questions."""
    return app_for(quiz)


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A screen as a grid of text, in a file of its own."""
    return snapshot.use_extension(_Grid)
