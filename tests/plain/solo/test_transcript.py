"""A short game as a whole, held word for word. `make test ARGS=--snapshot-update` takes it again."""

from __future__ import annotations

import io

import pytest
from syrupy.assertion import SnapshotAssertion

from orbitquiz.quiz.game import UNTIMED, Rules
from orbitquiz.quiz.question import Quiz
from tests.plain.playing import Table, Terminal, right, wrong


@pytest.mark.parametrize("stream", [io.StringIO, Terminal], ids=["pipe", "terminal"])
@pytest.mark.parametrize("kind", ["alone", "teams"])
def test_a_short_game(
    table: Table, quiz: Quiz, stream: type[io.StringIO], kind: str, snapshot: SnapshotAssertion
) -> None:
    first, second, third = quiz.questions
    if kind == "teams":
        table.start(quiz, Rules(20.0), ("Red", "Blue"))
        table.play("?", "p", "p", right(first), "", ("1", 30.0), "", "x", "", "q", out=stream())
    else:
        table.start(quiz, UNTIMED)
        table.play(
            "h", right(first), "s", "", "why?", wrong(second), "f", "it is longer", "", right(third), "", out=stream()
        )
    assert table.text.replace(str(table.folder), "FOLDER") == snapshot
