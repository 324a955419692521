"""Running a command in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orbitquiz.cli import main


@dataclass(frozen=True)
class Ran:
    """The exit code and output of a command."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


Run = Callable[..., Ran]


def told(ran: Ran) -> str:
    """The one message of a command that could not be done."""
    assert ran.code == 2
    assert ran.out == b""
    assert "Traceback" not in ran.err
    assert len([line for line in ran.err.splitlines() if line.startswith("orbitquiz")]) == 1
    return ran.err.removesuffix("\n")


@pytest.fixture
def orbitquiz(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `orbitquiz` with the words given."""

    def run(*words: str | Path) -> Ran:
        try:
            code: object = main([str(word) for word in words])
        except SystemExit as end:
            code = end.code
        out, err = capsysbinary.readouterr()
        assert isinstance(code, int)
        return Ran(code, out, err.decode())

    return run
