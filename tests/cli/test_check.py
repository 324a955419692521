"""`orbitquiz check`: everything that does not hold, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank

MISQUOTED: dict[str, Any] = {
    **TAIL,
    "claims": [
        {"value": "2.5 kilometres", "proof": [{"source": "report", "quote": "The tail is 2.5 kilometres long"}]}
    ],
}


def test_the_built_in_bank_holds(orbitquiz: Run) -> None:
    ran = orbitquiz("check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("first-film-in-space: 5 sources, ")
    assert ran.text.endswith(": everything holds\n")


def test_a_bank_that_holds_is_counted(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("check", bank_folder)
    assert ran.code == 0
    assert ran.text == "comet-bank: 2 sources, 3 facts, 4 claims, 4 quotations, 4 questions: everything holds\n"


def test_what_does_not_hold_is_told_with_file_line_and_column(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER, MISQUOTED, TAKE_OFF])
    problem, summary = orbitquiz("check", folder).text.splitlines()
    lines = (folder / "questions" / "comet.yaml").read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "The tail is" in text)
    column = lines[line - 1].index("The tail is") + 1
    assert problem.startswith(f"{folder / 'questions' / 'comet.yaml'}:{line}:{column}: ")
    assert problem.endswith("[quotation-not-found]")
    assert summary.endswith("1 problem")


def test_all_problems_are_told_at_once(orbitquiz: Run, tmp_path: Path) -> None:
    unasked = {**COMMANDER, "ask": "Tell who commanded the ship."}
    ran = orbitquiz("check", write_bank(tmp_path / "bank", [unasked, MISQUOTED]))
    assert ran.code == 1
    assert ran.text.endswith("2 problems\n")
    assert len(ran.text.splitlines()) == 3


def test_a_fact_without_enough_wrong_options_is_a_problem(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("check", write_bank(tmp_path / "bank", [COMMANDER], entities=[{**PILOT, "groups": []}]))
    assert ran.code == 1
    assert "[few-distractors]" in ran.text


PILOT = {"id": "ada-stone", "type": "person", "name": "Ada Stone"}


def test_json_holds_counts_and_problems(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("check", "--json", write_bank(tmp_path / "bank", [COMMANDER, MISQUOTED]))
    assert ran.code == 1
    found = json.loads(ran.out)
    (problem,) = found.pop("problems")
    assert found == {"bank": "comet-bank", "sources": 2, "facts": 1, "claims": 1, "quotations": 1, "questions": 1}
    assert set(problem) == {"file", "line", "column", "code", "message"}
    assert (problem["file"], problem["code"]) == ("questions/comet.yaml", "quotation-not-found")


def test_json_of_a_bank_that_cannot_be_read_names_none(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("check", "--json", tmp_path / "nowhere")
    assert ran.code == 1
    assert json.loads(ran.out)["bank"] is None
