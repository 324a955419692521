"""`orbitquiz backup` and `orbitquiz restore`, and answers as a table."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, told


def play(orbitquiz: Run, monkeypatch: pytest.MonkeyPatch, data: Path, answers: int) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n\n" * answers + "q\n"))
    orbitquiz("play", "--plain", "--seed", "A", "--count", answers, "--data", data)


def test_a_backup_is_written_and_restored_and_nothing_is_replaced_unasked(
    orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(orbitquiz, monkeypatch, tmp_path / "one", 2)
    file = tmp_path / "games.zip"
    assert orbitquiz("backup", file, "--data", tmp_path / "one").text == f"Wrote {file}: 1 game, 2 answers.\n"
    before = file.read_bytes()
    assert "add --yes" in told(orbitquiz("backup", file, "--data", tmp_path / "one"))
    assert file.read_bytes() == before
    assert orbitquiz("restore", file, "--data", tmp_path / "two").text == "Restored 1 game and 2 answers.\n"
    assert "add --yes" in told(orbitquiz("restore", file, "--data", tmp_path / "two"))
    again = orbitquiz("restore", file, "--data", tmp_path / "two", "--yes").text
    assert "What was there before is in" in again


def test_what_is_no_backup_gets_one_clear_error(orbitquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("nothing")
    message = told(orbitquiz("restore", tmp_path / "other", "--data", tmp_path / "two"))
    assert message == f"orbitquiz: {tmp_path / 'other'} is damaged, or no backup of OrbitQuiz"
    assert not (tmp_path / "two").exists()


def test_a_place_that_cannot_be_used_is_named(orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(orbitquiz, monkeypatch, tmp_path / "one", 1)
    nowhere = tmp_path / "nowhere" / "games.zip"
    message = told(orbitquiz("backup", nowhere, "--data", tmp_path / "one"))
    assert message == f"orbitquiz: {nowhere} cannot be written: No such file or directory"
    message = told(orbitquiz("restore", nowhere, "--data", tmp_path / "two"))
    assert message == f"orbitquiz: {nowhere} cannot be restored to {tmp_path / 'two'}: No such file or directory"


def test_every_answer_is_a_row_of_a_table(orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(orbitquiz, monkeypatch, tmp_path / "one", 3)
    rows = list(csv.DictReader(io.StringIO(orbitquiz("stats", "--to", "csv", "--data", tmp_path / "one").text)))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    for row in rows:
        assert (row["picked"] == row["key"]) == (row["right"] == "1")
        assert row["mode"] == "solo"
