"""`orbitquiz check`: everything that does not hold, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.cli import check
from orbitquiz.quiz.quality.cues import PLAYERS, Cue
from tests.bank.test_coverage import declare
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
    assert ran.text == "comet-bank: 3 sources, 3 facts, 4 claims, 5 quotations, 6 questions: everything holds\n"


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
    counts = {"sources": 3, "facts": 1, "claims": 1, "quotations": 1, "questions": 1, "drafts": 0}
    assert found == {"bank": "comet-bank", **counts}
    assert set(problem) == {"file", "line", "column", "code", "message"}
    assert (problem["file"], problem["code"]) == ("questions/comet.yaml", "quotation-not-found")


def test_json_of_a_bank_that_cannot_be_read_names_none(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("check", "--json", tmp_path / "nowhere")
    assert ran.code == 1
    assert json.loads(ran.out)["bank"] is None


#: A document of which a fact quotes every sentence but the first, its heading.
REPORT = "The comet crew\n\nAda Stone, 41, commanded the ship. The tail was 2.5 kilometres long.\n"

#: Asks nearly the same as `TAIL`.
LENGTH = {**TAIL, "id": "length", "ask": "How long was this comet's tail?"}


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """A bank of which every sentence is quoted or declared."""
    folder = write_bank(tmp_path / "decided", [COMMANDER, TAIL], documents={"report": REPORT})
    return declare(folder, furniture=["The comet crew"])


@pytest.fixture
def few_quizzes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The players of `--cues` answer few quizzes."""
    monkeypatch.setattr(check, "QUIZZES", 20)


def let_win(monkeypatch: pytest.MonkeyPatch, winner: str = "") -> None:
    """Let the player called `winner` be above chance, or nobody."""
    right = 40.0 if winner else 10.0

    def found(_: object) -> tuple[Cue, ...]:
        return Cue("longest", 40, right, 0.25, (0.5, 1.0), 0.03), Cue("shortest", 0, 0.0, 0.0, (0.0, 0.0), 0.05)

    monkeypatch.setattr(check, "find_cues", found)


def test_coverage_lists_each_sentence_and_counts_them(orbitquiz: Run, decided: Path) -> None:
    ran = orbitquiz("check", decided, "--coverage")
    counts = "2 quoted, 1 furniture, 0 declined, 0 unaccounted"
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.splitlines() == [
        "seeds/report.txt: 100 % quoted",
        "    1  furniture    The comet crew",
        "    3  quoted       Ada Stone, 41, commanded the ship.  (commander)",
        "    3  quoted       The tail was 2.5 kilometres long.  (tail)",
        f"coverage: 100.0 % of the sentences that are not furniture are quoted ({counts})",
        "",
        "comet-bank: 1 source, 2 facts, 2 claims, 2 quotations, 2 questions: everything holds",
    ]


def test_a_sentence_of_which_nobody_has_decided_fails_the_coverage(orbitquiz: Run, bank_folder: Path) -> None:
    assert orbitquiz("check", bank_folder).code == 0
    ran = orbitquiz("check", bank_folder, "--coverage")
    assert ran.code == 1
    place = f"{bank_folder / 'seeds' / 'other.txt'}:3:38: "
    (line,) = (line for line in ran.text.splitlines() if line.startswith(place))
    assert line.endswith("sources.yaml: Its commander, Ada Stone, is 42. [unaccounted]")
    assert ran.text.endswith(": 6 sentences to decide on\n")


def test_a_sentence_that_is_declined_and_quoted_fails_the_coverage(orbitquiz: Run, decided: Path) -> None:
    declare(decided, furniture=["The comet crew"], declined={"The tail was": "Long."})
    ran = orbitquiz("check", decided, "--coverage")
    assert ran.code == 1
    assert "seeds/report.txt:3:36: " in ran.text
    assert "[needless-decline]" in ran.text
    assert ran.text.endswith(": 1 sentence to decide on\n")


def test_a_declined_sentence_is_listed_with_its_reason(orbitquiz: Run, decided: Path) -> None:
    declare(decided, declined={"The comet crew": "A heading."})
    ran = orbitquiz("check", decided, "--coverage")
    assert ran.code == 0
    assert "    1  declined     The comet crew  (A heading.)" in ran.text.splitlines()


def test_coverage_is_data_with_json(orbitquiz: Run, decided: Path) -> None:
    declare(decided, declined={"The comet crew": "A heading."})
    ran = orbitquiz("check", decided, "--coverage", "--json")
    assert ran.code == 0
    coverage = json.loads(ran.out)["coverage"]
    sentences = coverage.pop("sentences")
    assert [sentence["standing"] for sentence in sentences] == ["declined", "quoted", "quoted"]
    assert sentences[0] == {
        "source": "report",
        "file": "seeds/report.txt",
        "line": 1,
        "start": 0,
        "end": 14,
        "standing": "declined",
        "why": ["A heading."],
        "text": "The comet crew",
    }
    counts = {"quoted": 2, "furniture": 0, "declined": 1}
    assert coverage == {
        "share": 0.6667,
        **counts,
        "by_source": {"report": {"share": 0.6667, **counts, "unaccounted": 0}},
        "unaccounted": [],
    }


def test_unaccounted_sentences_are_data_with_json(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("check", bank_folder, "--coverage", "--json")
    assert ran.code == 1
    data = json.loads(ran.out)
    assert data["problems"] == []
    unaccounted = data["coverage"]["unaccounted"]
    assert [(item["file"], item["line"]) for item in unaccounted] == [
        ("seeds/report.txt", 1), ("seeds/report.txt", 5),
        ("seeds/other.txt", 1), ("seeds/other.txt", 3), ("seeds/other.txt", 3), ("seeds/third.txt", 1),
    ]  # fmt: skip
    by_source = data["coverage"]["by_source"]
    assert {id: counts["unaccounted"] for id, counts in by_source.items()} == {"report": 2, "other": 3, "third": 1}


def test_lint_tells_flaws_where_their_facts_stand(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [TAIL, LENGTH])
    assert orbitquiz("check", folder).code == 0
    ran = orbitquiz("check", folder, "--lint")
    assert ran.code == 1
    flaw, summary = ran.text.splitlines()
    lines = (folder / "questions" / "comet.yaml").read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "id: length" in text)
    assert flaw.startswith(f"{folder / 'questions' / 'comet.yaml'}:{line}:")
    assert flaw.endswith("'length' asks nearly the same as 'tail': How long was this comet's tail? [near-equal-stems]")
    assert summary.endswith(": 1 flaw")


def test_lint_finds_nothing_where_nothing_is_to_be_found(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("check", bank_folder, "--lint")
    assert ran.code == 0
    assert ran.text == orbitquiz("check", bank_folder).text


def test_flaws_are_data_with_json(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("check", write_bank(tmp_path / "bank", [TAIL, LENGTH]), "--lint", "--json")
    assert ran.code == 1
    data = json.loads(ran.out)
    (flaw,) = data["lint"]
    assert list(flaw) == ["file", "line", "column", "code", "message"]
    assert (flaw["file"], flaw["code"]) == ("questions/comet.yaml", "near-equal-stems")
    assert data["problems"] == []


@pytest.mark.usefixtures("few_quizzes")
def test_tells_are_a_table_of_players(orbitquiz: Run, bank_folder: Path) -> None:
    lines = orbitquiz("check", bank_folder, "--tells").text.splitlines()
    assert lines[0] == "player               attempted   right  chance   95 % interval"
    assert [line[:19].rstrip() for line in lines[1 : 1 + len(PLAYERS)]] == list(PLAYERS)
    assert lines[1 + list(PLAYERS).index("position 1")].split()[2] == "60"
    assert lines[1 + list(PLAYERS).index("article agreement")].split() == ["article", "agreement", "0"]


@pytest.mark.parametrize(("winner", "code", "end"), [("", 0, "everything holds"), ("longest", 1, "1 cue")])
def test_only_a_trick_that_pays_fails_the_check(
    orbitquiz: Run, bank_folder: Path, monkeypatch: pytest.MonkeyPatch, winner: str, code: int, end: str
) -> None:
    let_win(monkeypatch, winner)
    ran = orbitquiz("check", bank_folder, "--tells")
    assert ran.code == code
    assert ran.text.splitlines()[1].endswith("above chance") == bool(winner)
    assert ran.text.endswith(f": {end}\n")


def test_tells_are_data_with_json(orbitquiz: Run, bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_win(monkeypatch, "longest")
    ran = orbitquiz("check", bank_folder, "--tells", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["tells"][0] == {
        "player": "longest",
        "attempted": 40,
        "right": 40.0,
        "share": 1.0,
        "chance": 0.25,
        "interval": [0.5, 1.0],
        "limit": 0.03,
        "above": True,
    }


ASKED = ("coverage", "lint", "tells")


@pytest.mark.usefixtures("few_quizzes")
@pytest.mark.parametrize("asked", [(), *((word,) for word in ASKED), ("lint", "coverage"), ASKED], ids=" ".join)
def test_json_has_what_was_asked_for_and_no_more(orbitquiz: Run, bank_folder: Path, asked: Iterable[str]) -> None:
    data = json.loads(orbitquiz("check", bank_folder, "--json", *(f"--{word}" for word in asked)).out)
    counts = ["bank", "sources", "facts", "claims", "quotations", "questions", "drafts"]
    assert set(data) == {*counts, "problems", *asked}


@pytest.mark.usefixtures("few_quizzes")
def test_a_bank_that_cannot_be_read_has_nothing_more_to_tell(orbitquiz: Run, tmp_path: Path) -> None:
    words = [f"--{word}" for word in ASKED]
    ran = orbitquiz("check", tmp_path / "nowhere", *words)
    assert (ran.code, ran.err) == (1, "")
    data = json.loads(orbitquiz("check", tmp_path / "nowhere", *words, "--json").out)
    assert (data["bank"], data["lint"], data["tells"]) == (None, [], [])


def test_problems_flaws_and_sentences_are_counted_beside_one_another(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [TAIL, LENGTH, {**COMMANDER, "claims": MISQUOTED["claims"]}])
    ran = orbitquiz("check", folder, "--coverage", "--lint")
    assert ran.code == 1
    assert ran.text.endswith(": 2 problems, 1 flaw, 10 sentences to decide on\n")


def test_the_built_in_bank_has_no_flaw_and_no_sentence_to_decide_on(orbitquiz: Run) -> None:
    ran = orbitquiz("check", "--coverage", "--lint")
    assert ran.text.splitlines()[-1].endswith(": everything holds")
    assert (ran.code, ran.err) == (0, "")


def test_without_a_folder_the_built_in_bank_is_checked(orbitquiz: Run, builtin: Bank) -> None:
    ran = orbitquiz("check")
    assert ran.code == 0
    assert ran.text.startswith(f"{builtin.id}: ")
