"""Which modules each command loads: a game starts fast because most are left out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SLOW_OR_FOREIGN = {"textual", "rich", "sqlite3", "socket", "asyncio", "pydantic", "yaml"}


def loaded_by(code: str) -> set[str]:
    """The names of the modules that a new interpreter has loaded after `code`."""
    tell = "import json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    script = f"try:\n    {code}\nexcept SystemExit:\n    pass\n{tell}"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stderr))


def command(*words: str) -> str:
    return f"from orbitquiz.cli import main; main({list(words)!r})"


@pytest.mark.parametrize("module", ["orbitquiz.bank.cache", "orbitquiz.quiz.compose", "orbitquiz.quiz.game"])
def test_what_a_game_starts_with_loads_nothing_slow(module: str) -> None:
    assert not loaded_by(f"import {module}") & SLOW_OR_FOREIGN


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("check",), ("categories",)], ids=" ".join)
def test_only_playing_loads_the_screen(words: tuple[str, ...]) -> None:
    loaded = loaded_by(command(*words))
    assert "orbitquiz.cli.parser" in loaded
    assert not loaded & {"textual", "rich", "orbitquiz.tui"}


def test_a_bank_that_was_opened_before_is_not_parsed_again() -> None:
    words = ("export", "--to", "json", "--seed", "APOLLO")
    assert {"yaml", "pydantic"} <= loaded_by(command(*words))
    assert not loaded_by(command(*words)) & {"yaml", "pydantic"}
