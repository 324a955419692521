"""`orbitquiz play` on a real, if imaginary, terminal of 80×24."""

from __future__ import annotations

import json
import signal
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


@pytest.mark.parametrize("words", [("play",), ()], ids=["play", "menu"])
def test_a_terminal_that_closes_without_a_signal_ends_the_program(words: tuple[str, ...]) -> None:
    with terminal(*words) as screen:
        assert screen.shows("? keys")
        screen.close()
        assert screen.process.wait(10) in (0, 129)


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


BROKEN_KEYS = {
    "arrow": "\x1b[B",
    "delete": "\x1b[3~",
    "F5": "\x1b[15~",
    "mouse": "\x1b[<35;2;1M",
    "wheel": "\x1b[<65;1;3M",
}


@pytest.mark.parametrize("at", [1, 2, 3], ids=["after-esc", "after-bracket", "later"])
def test_a_key_that_arrives_in_two_parts_answers_nothing(tmp_path: Path, at: int) -> None:
    bank = write_bank(tmp_path / "bank")
    words = ("play", "--bank", str(bank), "--data", str(tmp_path / "kept"), "--seed", "APOLLO")
    with terminal(*words, environment={"ESCDELAY": "100"}) as screen:
        assert screen.shows("1 of 3")
        for key in BROKEN_KEYS.values():
            screen.press(key[:at])
            screen.watch(0.3)
            screen.press(key[at:])
            screen.watch(0.3)
        screen.press("x")
        assert screen.shows("– Skipped.")
        screen.press("\r")
        assert screen.shows("2 of 3")


def test_ctrl_z_suspends_and_the_game_comes_back(tmp_path: Path) -> None:
    bank = write_bank(tmp_path / "bank")
    with terminal("play", "--bank", str(bank), "--data", str(tmp_path / "kept"), "--seed", "APOLLO") as screen:
        assert screen.shows("1 of 3")
        screen.press("\x1a")
        assert screen.is_stopped()
        screen.process.send_signal(signal.SIGCONT)
        assert screen.shows("1 of 3")
        screen.press("x")
        assert screen.shows("– Skipped.")


def test_a_program_that_was_stopped_from_outside_goes_on(tmp_path: Path) -> None:
    bank = write_bank(tmp_path / "bank")
    with terminal("play", "--bank", str(bank), "--data", str(tmp_path / "kept"), "--seed", "APOLLO") as screen:
        assert screen.shows("1 of 3")
        screen.process.send_signal(signal.SIGSTOP)
        assert screen.is_stopped()
        screen.process.send_signal(signal.SIGCONT)
        screen.press("x")
        assert screen.shows("– Skipped.")
        screen.press("q")
        assert screen.shows("Leave this game?")
        screen.press("y")
        assert screen.exit_code() == 0


def test_colours_follow_the_background_that_the_terminal_tells(tmp_path: Path) -> None:
    bank, kept = write_bank(tmp_path / "bank"), tmp_path / "kept"
    with terminal("play", "--bank", str(bank), "--data", str(kept), "--seed", "APOLLO") as screen:
        assert screen.shows("1 of 3")
        screen.press("\x1b]11;rgb:ffff/f8f8/f0f0\x07")
        assert screen.shows("1 of 3"), "all is drawn again"
        screen.press("x")
        assert screen.shows("– Skipped.")
    assert json.loads((kept / "preferences.json").read_bytes())["is_light"] is True


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_move_its_cursor_gets_the_menu_line_by_line(tmp_path: Path, term: str) -> None:
    bank = write_bank(tmp_path / "bank")
    with terminal("--bank", str(bank), "--data", str(tmp_path / "kept"), environment={"TERM": term}) as screen:
        assert screen.shows("p: Play, 3 questions (all there are)")
        screen.press("p\n")
        assert screen.shows("Answer 1 to 4")
        screen.press("x\n")
        assert screen.shows("Skipped.")
        screen.press("q\n")
        assert screen.shows("The game is kept; `orbitquiz play --resume` goes on with it.")
        assert screen.exit_code() == 0
    with terminal("--plain", "--bank", str(bank), "--data", str(tmp_path / "kept")) as screen:
        assert screen.shows("g: Resume, question 2 of 3, 0 right")
        screen.press("g\n")
        assert screen.shows("Question 2 of 3.")


def test_time_that_runs_out_is_told_without_a_key(tmp_path: Path) -> None:
    bank = write_bank(tmp_path / "bank")
    with terminal("play", "--plain", "--timer", "12", "--bank", str(bank), "--data", str(tmp_path / "kept")) as screen:
        assert screen.shows("12 seconds left.")
        assert screen.shows("10 seconds left.")
        assert screen.shows("Time is up.")


def test_a_second_window_is_told_that_the_game_is_open(tmp_path: Path, orbitquiz: Run) -> None:
    words = ("--bank", str(write_bank(tmp_path / "bank")), "--data", str(tmp_path / "kept"))
    with terminal("play", *words) as screen:
        assert screen.shows("1 of 3")
        screen.press("x")
        assert screen.shows("– Skipped.")
        second = orbitquiz("play", "--resume", "--plain", *words)
        assert second.code == 2
        assert "open in another window" in second.err


def test_resume_takes_an_earlier_game_while_the_latest_is_open_in_another_window(tmp_path: Path) -> None:
    words = ("--bank", str(write_bank(tmp_path / "bank")), "--data", str(tmp_path / "kept"))
    with terminal("play", *words) as screen:
        assert screen.shows("1 of 3")
        screen.press("x")
        assert screen.shows("– Skipped.")
    with terminal("play", *words) as screen:
        assert screen.shows("1 of 3")
        screen.press("x")
        assert screen.shows("– Skipped.")
        with terminal("play", "--resume", "--plain", *words) as second:
            assert second.shows("Question 2 of 3.")
