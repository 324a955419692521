"""Facts that need nothing typed, and facts that nobody has cleared yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.cache import open_bank
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.cli import main
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.quiz.quality.lint import lint
from tests.making import COMMANDER, TAIL, write_bank

SENTENCE = {"source": "report", "quote": "The tail was 2.5 kilometres long."}
GAP: dict[str, Any] = {
    "id": "tail-gap",
    "type": "length",
    "claims": [{"value": "2.5 kilometres", "proof": [SENTENCE], "cloze": SENTENCE}],
}


def read(folder: Path, *facts: Any) -> Bank:
    bank = read_bank(write_bank(folder, facts)).bank
    assert bank is not None
    return bank


def test_a_fact_without_a_stem_is_asked_with_its_gap_alone(tmp_path: Path) -> None:
    bank = read(tmp_path, GAP)
    (form,) = all_forms(bank, bank.facts[0])
    question = make_question(bank, form, "A")
    assert question is not None
    assert question.id == "tail-gap.cloze.report"
    assert question.stem == "Fill the gap: “The tail was ____ long.”"
    assert question.proof.statement == "The tail was 2.5 kilometres long."
    assert bank.facts[0].label == "The tail was ____ long."
    assert examine(bank).problems == ()
    assert lint(bank) == ()


def test_each_claim_of_a_gap_fact_states_its_own_sentence(tmp_path: Path) -> None:
    other = {"source": "other", "quote": "The crew left on May 4."}
    first = {"source": "report", "quote": "She took off from Port Vale on May 3"}
    claims = [
        {"value": "3 May", "proof": [first], "cloze": first},
        {"value": "4 May", "proof": [other], "cloze": other},
    ]
    bank = read(tmp_path, {"id": "left", "type": "date", "differs": "conflict", "claims": claims})
    fact = bank.facts[0]
    assert [fact.state(claim) for claim in fact.claims] == [
        "She took off from Port Vale on 3 May.",
        "The crew left on 4 May.",
    ]


def test_a_quotation_from_the_middle_of_a_sentence_says_so(tmp_path: Path) -> None:
    part = {"source": "report", "quote": "tail was 2.5 kilometres long"}
    bank = read(tmp_path, GAP | {"claims": [GAP["claims"][0] | {"cloze": part}]})
    assert bank.facts[0].state(bank.facts[0].claims[0]) == "… tail was 2.5 kilometres long."


def test_a_gap_fact_comes_back_from_the_cache_as_it_was(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [GAP])
    first, again = (open_bank(folder, tmp_path / "cache").bank for _ in range(2))
    assert list((tmp_path / "cache").iterdir())
    assert first == again


@pytest.mark.parametrize("missing", [("ask",), ("statement",), ("ask", "statement")], ids=" and ".join)
def test_a_stem_may_be_missing_only_where_every_claim_has_a_gap(tmp_path: Path, missing: tuple[str, ...]) -> None:
    fact = {key: value for key, value in TAIL.items() if key not in missing}
    problems = read_bank(write_bank(tmp_path, [fact])).problems
    assert [(problem.code, problem.message.split("'")[1]) for problem in problems] == [
        ("missing-key", key) for key in missing
    ]


def test_a_draft_is_counted_and_never_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_bank(tmp_path, [COMMANDER, GAP | {"draft": "true"}])
    reading = read_bank(folder)
    assert reading.bank is not None
    assert [fact.id for fact in reading.drafts] == ["tail-gap"]
    assert [question.fact for question in compose(reading.bank, Request("A")).questions] == ["commander"]
    assert main(["check", str(folder)]) == 0
    assert "1 question, 1 draft: everything holds" in capsys.readouterr().out


def test_a_draft_that_does_not_hold_is_a_problem_like_any_other(tmp_path: Path) -> None:
    wrong = {"source": "report", "quote": "The tail was 3.5 kilometres long."}
    draft = GAP | {"draft": "true", "claims": [{"value": "3.5 kilometres", "proof": [wrong], "cloze": wrong}]}
    reading = read_bank(write_bank(tmp_path, [COMMANDER, draft]))
    assert {problem.code for problem in reading.problems} == {"quotation-not-found"}
    assert (len(reading.drafts), reading.left_out) == (0, 1)
