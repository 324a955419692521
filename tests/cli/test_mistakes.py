"""Every mistake in a command ends it with exit code 2 and one message that helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, told
from tests.making import COMMANDER, write_bank


def without_folders(folder: Path) -> None:
    folder.mkdir()


def not_there(folder: Path) -> None:
    pass


def a_file(folder: Path) -> None:
    folder.write_text("hello")


def without_questions(folder: Path) -> None:
    write_bank(folder)
    (folder / "questions" / "comet.yaml").unlink()


def bad_yaml(folder: Path) -> None:
    write_bank(folder)
    (folder / "questions" / "comet.yaml").write_text("category: comet\nfacts:\n  - id: [\n")


def not_utf_8(folder: Path) -> None:
    write_bank(folder)
    (folder / "bank.yaml").write_bytes("id: comet\ntitle: Der große Komet\n".encode("latin-1"))


def nothing_holds(folder: Path) -> None:
    write_bank(folder, [COMMANDER], documents={"report": "Nobody commanded anything."})


BROKEN: dict[Callable[[Path], None], tuple[str, ...]] = {
    without_folders: ("a bank has a folder questions/", "a bank has a folder seeds/"),
    not_there: ("is not there",),
    a_file: ("is a file",),
    without_questions: ("holds no category",),
    bad_yaml: ("questions/comet.yaml:4:1: not valid YAML",),
    not_utf_8: ("bank.yaml:2:15: not UTF-8", "0xDF"),
    nothing_holds: ("the bank comet-bank has no question that could be asked", "orbitquiz check"),
}

each_broken = pytest.mark.parametrize("break_bank", BROKEN, ids=lambda break_bank: break_bank.__name__)


@each_broken
@pytest.mark.parametrize("command", [("export", "--to", "json"), ("play",)], ids=["export", "play"])
def test_a_bank_that_cannot_be_played_is_explained(
    orbitquiz: Run, tmp_path: Path, break_bank: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    folder = tmp_path / "my-bank"
    break_bank(folder)
    message = told(orbitquiz(*command, "--bank", folder))
    for words in BROKEN[break_bank]:
        assert words in message


@each_broken
def test_check_finds_the_same_fault_and_exits_with_1(
    orbitquiz: Run, tmp_path: Path, break_bank: Callable[[Path], None]
) -> None:
    folder = tmp_path / "my-bank"
    break_bank(folder)
    ran = orbitquiz("check", folder)
    assert (ran.code, ran.err) == (1, "")
    assert "Traceback" not in ran.text


def test_many_faults_are_cut_short_and_check_is_named(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "my-bank")
    (folder / "bank.yaml").write_text("nothing: here")
    message = told(orbitquiz("categories", "--bank", folder))
    assert len(message.splitlines()) == 7
    assert f"`orbitquiz check {folder}` lists them all" in message


def test_an_unknown_category_is_told_with_the_nearest_and_all_there_are(orbitquiz: Run) -> None:
    message = told(orbitquiz("export", "--to", "json", "--category", "crow"))
    assert "no category 'crow'; did you mean 'crew'? It has crew, film, history" in message


def test_an_unknown_category_like_no_other_is_told_with_all_there_are(orbitquiz: Run) -> None:
    message = told(orbitquiz("play", "--category", "zzzz"))
    assert "no category 'zzzz'; it has crew, film, history" in message


@pytest.mark.parametrize("count", ["0", "-1", "abc", "1.5", "", "٣", "9" * 30])
def test_a_count_is_a_number_of_questions(orbitquiz: Run, count: str) -> None:
    message = told(orbitquiz("export", "--to", "json", f"--count={count}"))
    assert f"--count: expected a number of questions, 1 or more, found {count!r}" in message
    assert "Try `orbitquiz export --help`" in message


def test_a_count_below_nothing_may_stand_apart(orbitquiz: Run) -> None:
    assert "--count" in told(orbitquiz("export", "--to", "json", "--count", "-1"))


@pytest.mark.parametrize("words", [("--seed", "APOLLO"), ("--count", "3"), ("--seed", "")])
def test_all_questions_need_no_seed_and_no_count(orbitquiz: Run, words: tuple[str, ...]) -> None:
    assert "--all" in told(orbitquiz("export", "--to", "json", "--all", *words))


@pytest.mark.parametrize(
    "words",
    [("pley",), ("play", "--bnak", "x"), ("play", "--cat", "crew"), ("export",), ("export", "--to", "xml")],
    ids=" ".join,
)
def test_words_that_mean_nothing_are_refused(orbitquiz: Run, words: tuple[str, ...]) -> None:
    assert "Try `orbitquiz" in told(orbitquiz(*words))


def test_an_output_that_cannot_be_written_is_told(orbitquiz: Run, tmp_path: Path) -> None:
    words = ("export", "--to", "json", "--all", "-o")
    assert "cannot write" in told(orbitquiz(*words, tmp_path))
    assert "cannot write" in told(orbitquiz(*words, tmp_path / "no folder" / "questions.json"))


def test_a_message_shows_control_characters_as_pictures(orbitquiz: Run) -> None:
    message = told(orbitquiz("export", "--to", "json", "--bank", "no\x1b[31mbank"))
    assert "no␛[31mbank" in message
