"""`orbitquiz play` on a real, if imaginary, terminal of 80×24."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.terminal import terminal
from tests.making import write_bank

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")]

QUIZ = ("--seed", "APOLLO", "--count", "10")


def test_a_game_begins_with_its_first_question_and_shows_its_proof(orbitquiz: Run) -> None:
    quiz = json.loads(orbitquiz("export", "--to", "json", *QUIZ).out)
    first = quiz["questions"][0]
    with terminal("play", *QUIZ) as screen:
        assert screen.shows(first["stem"])
        assert all(screen.shows(option["text"]) for option in first["options"])
        screen.press("1")
        assert screen.shows(f"line {first['proof'][0]['line']} ")
        assert screen.shows(first["proof"][0]["passage"][:60])
        screen.press("q")
        assert screen.shows("Leave this game?")
        screen.press("y")
        assert screen.exit_code() == 0
        assert screen.text.endswith("To go on: orbitquiz play --resume")


def test_a_signal_that_ends_the_program_leaves_the_terminal_in_order(orbitquiz: Run) -> None:
    first = json.loads(orbitquiz("export", "--to", "json", *QUIZ).out)["questions"][0]
    with terminal("play", *QUIZ) as screen:
        assert screen.shows(first["stem"])
        screen.press("1")
        assert screen.shows("next question")
        screen.process.terminate()
        assert screen.exit_code() == 0
        assert "answered right" in screen.text


def test_a_code_plays_the_quiz_that_it_stands_for(orbitquiz: Run) -> None:
    quiz = json.loads(orbitquiz("export", "--to", "json", *QUIZ).out)
    with terminal("play", "--quiz", quiz["code"]) as screen:
        assert screen.shows(quiz["questions"][0]["stem"])
        assert all(screen.shows(option["text"]) for option in quiz["questions"][0]["options"])


def test_a_quiz_file_is_played_in_its_order_and_named_at_the_end(tmp_path: Path) -> None:
    file = write_bank(tmp_path / "bank") / "lesson 3.json"
    about = {"id": "comet-bank", "digest": "another"}
    file.write_text(json.dumps({"orbitquiz": 1, "bank": about, "questions": ["tail.asked", "commander.asked"]}))
    with terminal("play", "--bank", str(file.parent), "--quiz", str(file)) as screen:
        assert screen.shows(f"the bank has changed since {file} was written, so its questions may have changed too")
        assert screen.shows("How long was the comet's tail?")
        screen.press("1")
        assert screen.shows("next question")
        screen.press("\r")
        assert screen.shows("Who commanded the comet ship?")
        screen.press("1")
        assert screen.shows("to the score")
        screen.press("\r")
        assert screen.shows("look back")
        screen.press("q")
        assert screen.exit_code() == 0
        assert screen.text.endswith(f"The same quiz again: orbitquiz play --quiz '{file}' --bank {file.parent}")
