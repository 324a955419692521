"""The help pages of `orbitquiz`."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from syrupy.assertion import SnapshotAssertion

from orbitquiz import __version__
from tests.cli.conftest import Run

COMMANDS = ["play", "host", "join", "report", "forget", "serve", "categories", "check", "export", "import"]


def test_the_version_is_told(orbitquiz: Run) -> None:
    ran = orbitquiz("--version")
    assert (ran.code, ran.text, ran.err) == (0, f"orbitquiz {__version__}\n", "")


def test_as_a_module_it_is_the_same_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "orbitquiz", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"orbitquiz {__version__}\n"


@pytest.mark.parametrize(
    "words", [[], *([command] for command in COMMANDS)], ids=lambda words: " ".join(words) or "all"
)
def test_the_manual(
    orbitquiz: Run, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion, words: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "300")  # so that no paragraph is wrapped
    ran = orbitquiz(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert evened(ran.text) == snapshot


def evened(manual: str) -> str:
    """A manual without what differs between versions of Python: columns, and how an option with a value is listed."""
    manual = re.sub(r"\n {12,}", "  ", manual)
    manual = re.sub(r"(?<=\S) {2,}", "  ", manual)
    return manual.replace("-o FILE, --output FILE", "-o, --output FILE")


def test_without_a_command_the_manual_is_shown(orbitquiz: Run) -> None:
    assert orbitquiz() == orbitquiz("--help")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_examples(orbitquiz: Run, command: str) -> None:
    assert f"  orbitquiz {command}" in orbitquiz(command, "--help").text.partition("examples:")[2]
