"""Progress is told on a terminal, after a second, and nowhere else."""

from __future__ import annotations

import io
import sys
import time

import pytest

from orbitquiz.cli.progress import progress


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
