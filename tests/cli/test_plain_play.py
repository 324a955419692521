"""`orbitquiz play --plain`, from its words to its first line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orbitquiz.cli import main
from tests.cli.conftest import Run, told
from tests.making import TAIL, write_bank
from tests.other_languages import write_german, write_japanese


@pytest.fixture(autouse=True)
def _nothing_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.mark.parametrize(("teams", "questions"), [("Red,Blue", 10), ("Red,Blue,Green", 9), ("R,B,G,Y,W,O,P,K", 8)])
def test_every_team_gets_the_same_number_of_questions(orbitquiz: Run, teams: str, questions: int) -> None:
    assert f"Question 1 of {questions}." in orbitquiz("play", "--plain", "--teams", teams).text


def test_a_number_that_is_asked_for_is_kept_though_one_team_gets_a_question_more(orbitquiz: Run) -> None:
    assert "Question 1 of 10." in orbitquiz("play", "--plain", "--teams", "Red,Blue,Green", "--count", "10").text


@pytest.mark.parametrize("word", ["--missed", "--differ", "--seed=x", "--count=3", "--category=crew"])
def test_a_whole_quiz_leaves_nothing_else_to_choose(orbitquiz: Run, word: str) -> None:
    name = word.partition("=")[0]
    message = told(orbitquiz("play", "--plain", "--quiz", "LAUN-CHN8-7PR", word))
    assert message == f"orbitquiz: --quiz names a whole quiz, so leave out {name}"


def test_a_stream_that_has_only_ascii_gets_the_nearest_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = write_bank(tmp_path / "bank", [TAIL])
    file = bank / "questions" / "comet.yaml"
    file.write_text(file.read_text().replace("title: The comet", "title: L'étoile"), encoding="utf-8")
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["categories", "--bank", str(bank)]) == 0
    out.flush()
    assert "L'etoile" in raw.getvalue().decode("ascii")


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (write_german, ["„", "Kapitänin Ida Falk", "3.600"]),
        (write_japanese, ["Question 7 of 7.", "1931年6月3日", "イーダ・ファルク", "18時40分"]),
    ],
)
def test_a_bank_in_another_language_is_played_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orbitquiz: Run, write: Callable[[Path], Path], said: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\n\n" * 7))
    text = orbitquiz("play", "--plain", "--bank", str(write(tmp_path / "bank")), "--seed", "SEED").text
    for words in said:
        assert words in text
    assert "According to dem" not in text
