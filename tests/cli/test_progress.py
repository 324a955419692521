"""Progress is told on a terminal, after a second, and nowhere else."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from benchmarks.made_bank import write_made_bank

from orbitquiz.cli.progress import progress
from tests.cli.terminal import terminal


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_told_and_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := _Terminal())
    with progress("reading the bank"):
        time.sleep(1.3)
    told = terminal.getvalue()
    assert told.startswith("\rreading the bank: 1 s")
    assert told.split("\r")[-2:] == [" " * len("reading the bank: 1 s"), ""]


@pytest.mark.parametrize(("stream", "seconds"), [(io.StringIO, 1.2), (_Terminal, 0.0)])
def test_nothing_is_told_to_a_file_or_of_what_is_quick(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], seconds: float
) -> None:
    monkeypatch.setattr(sys, "stderr", written := stream())
    with progress("reading the bank"):
        time.sleep(seconds)
    assert written.getvalue() == ""


def test_an_error_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    with pytest.raises(KeyboardInterrupt), progress("reading the bank"):
        raise KeyboardInterrupt


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_large_quiz_tells_that_it_is_composed(tmp_path: Path) -> None:
    write_made_bank(tmp_path / "bank", 3000)
    words = [
        "export",
        "--bank",
        str(tmp_path / "bank"),
        "--count",
        "3000",
        "--to",
        "quiz",
        "-o",
        str(tmp_path / "made"),
    ]
    with terminal(*words) as screen:
        assert screen.shows("composing the quiz: 1 s")
        assert screen.exit_code() == 0
    assert (tmp_path / "made").stat().st_size
