"""An answer is kept before its verdict can be seen, so that a game that is killed loses nothing."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from orbitquiz.history.connection import FILE
from tests.cli.terminal import terminal
from tests.making import write_bank
from tests.torture import torture

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")]


def test_nothing_that_was_seen_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    figures = torture(tmp_path, kills=10)
    assert figures.wrong == []
    assert (figures.lost, figures.doubled, figures.damaged) == (0, 0, 0)
    assert figures.kills == 10
    assert figures.offered == figures.unfinished > 0
    assert figures.seen > 0


def test_no_verdict_is_shown_before_its_answer_is_kept(tmp_path: Path) -> None:
    bank, data = write_bank(tmp_path / "bank"), tmp_path / "data"
    with terminal("play", "--seed", "APOLLO", "--bank", str(bank), "--data", str(data)) as screen:
        assert screen.shows("h hint")
        screen.press("1")
        assert screen.shows("next question")
        screen.press("\r")
        assert screen.shows("h hint")
        with closing(sqlite3.connect(data / FILE, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")  # nobody else can write now
            screen.press("x")
            screen.watch(1.0)
            assert "Skipped." not in screen.text
            other.execute("ROLLBACK")
            assert screen.shows("Skipped.")
            assert other.execute("SELECT number FROM answers ORDER BY number").fetchall() == [(1,), (2,)]
