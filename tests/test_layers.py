"""Which modules each command loads: a game starts fast because most are left out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

AFTER_THE_FIRST_FRAME = {
    "html",
    "importlib.resources",
    "pydantic",
    "secrets",
    "sqlite3",
    "yaml",
    "orbitquiz.formats",
    "orbitquiz.history",
    "orbitquiz.presenter.citing",
    "orbitquiz.presenter.menu",
    "orbitquiz.session.returning",
    "orbitquiz.tui.reader",
    "orbitquiz.tui.solo.home",
    "orbitquiz.tui.widgets.proof",
    "orbitquiz.tui.widgets.scoreboard",
    "orbitquiz.tui.widgets.sky",
}
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


def test_the_first_question_is_drawn_before_anything_is_loaded_that_it_does_not_need() -> None:
    loaded_by(command("categories"))  # reads the bank, so that it need not be read again
    first_frame = """
import json, os, sys
from functools import partialmethod
from textual.app import App
from textual.css.stylesheet import Stylesheet
from orbitquiz.cli import main, play
def display(app, screen, frame):
    if frame is not None:
        styles = [os.path.basename(path) for path, _ in app.stylesheet.source]
        sys.__stderr__.write(json.dumps([sorted(sys.modules), parsed, styles, frozen_dataclasses()]))
        sys.__stderr__.flush()
        os._exit(0)
def frozen_dataclasses():
    modules = [module for name, module in sys.modules.items() if name.startswith("orbitquiz.")]
    made = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    return sorted({
        each.__module__ for each in made
        if each.__module__.startswith("orbitquiz.") and "__dataclass_params__" in vars(each)
        and each.__dataclass_params__.frozen
    })
def parse_again(sheet):
    parsed.append("again")
parsed = []
App._display = display
App.run = partialmethod(App.run, headless=True, size=(80, 24))
Stylesheet.reparse = parse_again
play.can_draw = lambda: True
main(["play", "--seed", "APOLLO"])
"""
    ran = subprocess.run([sys.executable, "-c", first_frame], capture_output=True, text=True, check=True)
    loaded, parsed, styles, frozen = json.loads(ran.stderr)
    assert "orbitquiz.tui.solo.question" in loaded
    assert sorted(AFTER_THE_FIRST_FRAME.intersection(loaded)) == []
    assert not parsed, "a theme that is assigned instead of set makes Textual parse all styles twice"
    assert "question.tcss" in styles
    assert not {"answer.tcss", "proof.tcss", "scoreboard.tcss"}.intersection(styles)
    assert frozen == ["orbitquiz.quiz.sheet"], "each takes 0.4 ms to define, a struct 0.01"
