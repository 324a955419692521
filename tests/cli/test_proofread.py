"""Questions are read blind, what readers say is kept, and `check --readings` sums it up."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.making import COMMANDER, ENTITIES, TAIL, write_bank

KNEW, SENSE, GUESS = "k", "o", "g"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [COMMANDER, TAIL])


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, orbitquiz: Run, folder: Path) -> Any:
    """Return a function that lets a reader type lines, and returns what they were shown."""

    def read(reader: str, *lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        ran = orbitquiz("proofread", "--bank", folder, "--reader", reader)
        assert (ran.code, ran.err) == (0, "")
        return ran.text

    return read


def kept(folder: Path, reader: str) -> list[dict[str, Any]]:
    """Return what is kept of a reader."""
    lines = (folder / "readings" / f"{reader}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def options_shown(shown: str) -> list[str]:
    """Return the options of the first question shown."""
    return [line[3:] for line in shown.splitlines() if line[:1] in set("1234") and not line[1:2].isdigit()][:4]


def summary_of(orbitquiz: Run, folder: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(orbitquiz("check", folder, "--readings", "--json").out)["readings"]
    return summary


def test_neither_key_nor_proof_is_shown_or_kept(read: Any, folder: Path) -> None:
    shown = read("ada", "1", KNEW, "", "1", GUESS, "2")
    assert "commanded the ship" not in shown
    assert "line 3" not in shown
    assert [set(reading) for reading in kept(folder, "ada")] == [
        {"reader", "question", "seed", "digest", "picked", "basis", "absurd"}
    ] * 2
    assert "Thank you. Kept 2 readings" in shown


def test_each_reading_is_kept_before_the_next_question(read: Any, folder: Path) -> None:
    shown = read("ada", "2", SENSE, "1 3")
    options = options_shown(shown)
    (reading,) = kept(folder, "ada")
    assert reading["picked"] == options[1]
    assert reading["basis"] == "sense"
    assert reading["absurd"] == [options[0], options[2]]


def test_what_cannot_be_read_is_asked_again(read: Any, folder: Path) -> None:
    shown = read("ada", "9", "", "1", "perhaps", KNEW, "1", "5", "2,4")
    assert shown.count("Not understood.") == 5
    (reading,) = kept(folder, "ada")
    assert len(reading["absurd"]) == 2


def test_a_reader_goes_on_where_they_left(read: Any, folder: Path) -> None:
    first = read("ada", "1", KNEW, "", "q")
    second = read("ada", "1", KNEW, "")
    assert options_shown(first) != options_shown(second)
    assert "ada has read every question" in read("ada")
    assert "Question 1 of 2" in read("ben", "q")


def test_a_question_that_has_changed_is_asked_again(read: Any, folder: Path, orbitquiz: Run) -> None:
    read("ada", "1", KNEW, "", "1", KNEW, "")
    write_bank(folder, [{**COMMANDER, "ask": "Whose ship was the comet ship?"}, TAIL])
    assert "Whose ship was the comet ship?" in read("ada", "q")
    summary = summary_of(orbitquiz, folder)
    assert (summary["questions"], summary["changed"]) == (1, ["commander.asked"])


def test_readings_are_summed_up(read: Any, folder: Path, orbitquiz: Run) -> None:
    write_bank(folder, [COMMANDER])
    for reader, (basis, is_right) in {"ada": (SENSE, True), "ben": (KNEW, False), "cy": (GUESS, True)}.items():
        options = options_shown(read(reader, "q"))
        at = options.index("Ada Stone")
        pick = at if is_right else (at + 1) % 4
        odd = next(n for n in range(4) if n not in (at, pick))
        read(reader, str(pick + 1), basis, str(odd + 1) if reader != "ben" else "")
    summary = summary_of(orbitquiz, folder)
    assert (summary["readers"], summary["questions"], summary["readings"]) == (3, 1, 3)
    assert summary["by_basis"] == {"knew": 1, "sense": 1, "guess": 1}
    assert summary["right"] == {"knew": 0, "sense": 1, "guess": 1}
    assert summary["by_sense"] == pytest.approx(1 / 3, abs=1e-4)
    assert summary["plausible"] == pytest.approx(10 / 3, abs=0.01)
    (other,) = summary["disagreeing"]
    assert (other["question"], other["reader"], other["key"]) == ("commander.asked", "ben", "Ada Stone")
    ran = orbitquiz("check", folder, "--readings")
    assert ran.code == 1
    assert "[disputed-key]" in ran.text
    assert "common sense finds more than 20 % of the keys" in ran.text


def test_an_option_that_two_readers_call_absurd_is_named(read: Any, folder: Path, orbitquiz: Run) -> None:
    write_bank(folder, [COMMANDER], entities=ENTITIES[:4])  # so that everybody is shown the same options
    for reader, odd in (("ada", ["Cy Reed", "Di Marsh"]), ("ben", ["Cy Reed"])):
        options = options_shown(read(reader, "q"))
        numbers = " ".join(str(options.index(name) + 1) for name in odd)
        read(reader, str(options.index("Ada Stone") + 1), KNEW, numbers)
    absurd = summary_of(orbitquiz, folder)["absurd"]
    assert absurd == [{"question": "commander.asked", "option": "Cy Reed", "readers": ["ada", "ben"]}]
    ran = orbitquiz("check", folder, "--readings")
    assert ran.code == 1
    assert "2 readers say that nobody would choose 'Cy Reed' [absurd-option]" in ran.text


def test_a_line_that_is_no_reading_is_told_with_its_place(folder: Path, orbitquiz: Run) -> None:
    (folder / "readings").mkdir()
    (folder / "readings" / "ada.jsonl").write_text('\n{"reader": "ada"}\n', "utf-8")
    ran = orbitquiz("check", folder, "--readings")
    assert ran.code == 1
    assert "readings/ada.jsonl:2:1: this line is no reading" in ran.text


def test_a_bank_that_nobody_has_read_is_no_problem(folder: Path, orbitquiz: Run) -> None:
    ran = orbitquiz("check", folder, "--readings")
    assert ran.code == 0
    assert "read blind: 0 questions by 0 readers" in ran.text


@pytest.mark.parametrize("name", ["", "../ada", "a b", "a" * 41])
def test_a_reader_has_a_name_that_can_be_a_file(orbitquiz: Run, folder: Path, name: str) -> None:
    ran = orbitquiz("proofread", "--bank", folder, "--reader", name)
    assert ran.code == 2
    assert "--reader takes a name" in ran.err
