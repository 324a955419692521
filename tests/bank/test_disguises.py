"""Text that looks the same is the same, and what is not what it seems is told."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.values import Text
from orbitquiz.cli import main
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.question import Kind
from tests.making import COMMANDER, REPORT, TAIL, write_bank, write_yaml


def problems(folder: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in read_bank(folder).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Weißenfels, İzmir: the ﬁrst of\n\nthem was found at Straßfurt by day.", "Straßfurt"),
        ("The Straße to İzmir and back to the quay.", "İzmir"),
        ("The of\ufb01ce of Weißenfels was shut.", "Weißenfels"),
        ("It was Cafe\u0301 Riche in the e\u0301te\u0301 there.", "Café Riche"),
    ],
)
def test_a_hint_hides_the_answer_where_folding_changes_a_length(tmp_path: Path, text: str, value: str) -> None:
    quotation = {"source": "report", "quote": text}
    fact: dict[str, Any] = {
        "id": "place",
        "type": "text",
        "ask": "Where was it?",
        "statement": "It was in {value}.",
        "claims": [{"value": value, "proof": [quotation], "cloze": quotation}],
        "distractors": ["Halle", "Jena", "Gotha"],
    }
    reading = read_bank(write_bank(tmp_path, [fact], documents={"report": text}))
    assert reading.bank is not None
    assert reading.problems == ()
    questions = [make_question(reading.bank, form, "") for form in all_forms(reading.bank, reading.bank.facts[0])]
    assert len(questions) == 2
    asked = [question for question in questions if question is not None]
    gap = next(question.stem for question in asked if question.kind is Kind.CLOZE)
    shown = [gap, *(line for question in asked for line in hint_of(reading.bank, question))]
    for line in shown:
        assert "____" in line
        assert value[:4] not in line


@pytest.mark.parametrize("cite_as", ["the report", "The Report", "the  report.", "the re\u00adport", "the rеport"])
def test_two_sources_cannot_be_cited_alike(tmp_path: Path, cite_as: str) -> None:
    folder = write_bank(tmp_path, [COMMANDER], about={"other": {"cite-as": cite_as}})
    assert problems(folder) == [("seeds/sources.yaml", "ambiguous-name")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "Cafe\u0301"), ("Call", "Ca\u00adll"), ("Call", "Ca\u200bll"), ("CCCP", "СССР"), ("Call", "Сall"),
     ("Ｃａｌｌ", "Call"), ("ﬁlm", "film")],
)  # fmt: skip
def test_options_that_look_alike_are_one_option(one: str, other: str) -> None:
    assert Text(one).overlaps(Text(other))


def test_options_that_look_different_are_two() -> None:
    assert not Text("Саша").overlaps(Text("Sasha"))
    assert not Text("Eric").overlaps(Text("Éric"))


def test_two_entities_cannot_have_names_that_look_alike(tmp_path: Path) -> None:
    entities = [{"id": id, "type": "person", "name": name} for id, name in (("a", "Cop"), ("b", "Сор"))]
    assert problems(write_bank(tmp_path, [TAIL], entities=entities)) == [("questions/entities.yaml", "ambiguous-name")]


# Accepted in silence


def test_a_bank_without_facts_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_bank(tmp_path, [])
    assert main(["check", str(folder)]) == 0
    assert "no facts yet" in capsys.readouterr().out
    assert main(["play", "--plain", "--bank", str(folder)]) == 2


@pytest.mark.parametrize("issued", ["2021-13-45", "2021-02-29", "2021-00", "0000"])
def test_a_day_that_the_calendar_does_not_have_is_no_date(tmp_path: Path, issued: str) -> None:
    assert problems(write_bank(tmp_path, [], about={"report": {"issued": issued}})) == [
        ("seeds/sources.yaml", "wrong-form")
    ]


def test_a_plain_stem_has_no_value_in_it(tmp_path: Path) -> None:
    fact = {**TAIL, "ask": "How long was the tail of {value}?"}
    assert problems(write_bank(tmp_path, [fact])) == [("questions/comet.yaml", "wrong-form")]


@pytest.mark.parametrize("language", ["English", "the language", "e", "en_GB"])
def test_a_language_that_is_no_tag_is_told_and_the_bank_still_opens(tmp_path: Path, language: str) -> None:
    folder = write_bank(tmp_path, [TAIL])
    text = (folder / "bank.yaml").read_text().replace("language: en", f"language: {language}")
    (folder / "bank.yaml").write_text(text)
    reading = read_bank(folder)
    assert reading.bank is not None
    assert [problem.code for problem in reading.problems] == ["wrong-form"]


@pytest.mark.parametrize("language", ["en", "de", "pt-BR", "zh-Hant-TW", "sr-Latn", "es-419"])
def test_a_language_tag_is_one(tmp_path: Path, language: str) -> None:
    folder = write_bank(tmp_path, [TAIL])
    text = (folder / "bank.yaml").read_text().replace("language: en", f"language: {language}")
    (folder / "bank.yaml").write_text(text)
    assert read_bank(folder).problems == ()


@pytest.mark.parametrize("name", ["D.YAML", "d.yml", "d.Yml"])
def test_a_file_with_another_ending_is_told(bank_folder: Path, name: str) -> None:
    (bank_folder / "questions" / name).write_text("category: d\n")
    assert problems(bank_folder) == [(f"questions/{name}", "wrong-ending")]


def test_a_folder_called_like_a_category_is_told(bank_folder: Path) -> None:
    (bank_folder / "questions" / "x.yaml").mkdir()
    assert problems(bank_folder) == [("questions/x.yaml", "unreadable-file")]


@pytest.mark.parametrize("value", ["\u00ad", "\u200b\u200b", "\ufeff"])
def test_a_value_that_nobody_sees_is_empty(tmp_path: Path, value: str) -> None:
    fact = {**TAIL, "type": "text", "claims": [{**TAIL["claims"][0], "value": value}]}
    reading = read_bank(write_bank(tmp_path, [fact]))
    assert [problem.code for problem in reading.problems] == ["empty-value"]
    assert f"U+{ord(value[0]):04X}" in reading.problems[0].message


@pytest.mark.parametrize(
    ("prefix", "suffix", "holds"),
    [
        ("Stone, 41,", "the ship", True),
        ("tone, 41,", "the ship", False),
        ("41,", "the shi", False),
        ("1,", "the ship", False),
    ],
)
def test_what_stands_around_a_quotation_is_whole_words(tmp_path: Path, prefix: str, suffix: str, holds: bool) -> None:
    quotation = {"source": "report", "quote": "commanded", "prefix": prefix, "suffix": suffix}
    fact = {**TAIL, "claims": [{**TAIL["claims"][0], "proof": [*TAIL["claims"][0]["proof"], quotation]}]}
    assert (problems(write_bank(tmp_path, [fact])) == []) == holds


# Files that are none


def _fifo(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


def _device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name != "posix", reason="needs the files of POSIX")
@pytest.mark.parametrize("make", [_fifo, _large, _device])
@pytest.mark.parametrize(
    "file", ["bank.yaml", "seeds/sources.yaml", "seeds/report.txt", "questions/entities.yaml", "questions/comet.yaml"]
)
def test_what_is_no_file_or_too_large_is_told_at_once(
    bank_folder: Path, make: Callable[[Path], None], file: str
) -> None:
    make(bank_folder / file)
    started = time.monotonic()
    found = read_bank(bank_folder).problems
    assert time.monotonic() - started < 2
    assert {problem.code for problem in found} & {"unreadable-file", "source-missing", "source-outside"}


@pytest.mark.parametrize("type", ["count", "age", "length", "duration", "date", "time"])
def test_a_number_of_a_million_digits_is_no_value(tmp_path: Path, type: str) -> None:
    fact = {**TAIL, "type": type, "claims": [{**TAIL["claims"][0], "value": "9" * 1_000_000}]}
    (problem,) = read_bank(write_bank(tmp_path, [fact])).problems
    assert (problem.code, len(problem.message) < 300) == ("wrong-form", True)


# All at once


def test_all_problems_of_a_fact_are_told_at_once(tmp_path: Path) -> None:
    claims = [{"value": "a lot", "proof": [{"source": "report", "quote": "She took of"}]}]
    fact = {**TAIL, "claims": claims, "distractors": ["much"], "among": "pilots", "avoid": ["?"]}
    folder = write_bank(tmp_path, [fact])
    (folder / "seeds" / "report.txt").write_bytes(REPORT.replace("comet", "kom\xe9t").encode("latin-1"))
    found = problems(folder)
    assert sorted(code for _, code in found) == [
        "not-utf-8", "quotation-not-found", "source-changed", "unknown-group", "wrong-form", "wrong-form", "wrong-form"
    ]  # fmt: skip


def test_a_wrong_key_hides_no_wrong_quotation(tmp_path: Path) -> None:
    claims = [{"value": "3", "prof": [], "proof": [{"source": "report", "quote": "She took of"}, {"source": "nobody"}]}]
    folder = write_bank(tmp_path, [{**TAIL, "claims": claims, "stem": "x"}])
    assert sorted(code for _, code in problems(folder)) == [
        "missing-key", "quotation-not-found", "unknown-key", "unknown-key"
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["", "0" * 64, "0" * 63, "sha256:abc", "?"])
def test_a_wrong_hash_of_any_form_is_answered_with_the_right_one(tmp_path: Path, wrong: str) -> None:
    folder = write_bank(tmp_path, [COMMANDER])
    file = folder / "seeds" / "sources.yaml"
    right = next(line.split()[-1] for line in file.read_text().splitlines() if "sha256" in line)
    file.write_text(file.read_text().replace(right, f"'{wrong}'" if wrong else "''"))
    assert [right in problem.message for problem in read_bank(folder).problems] == [True]
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if f"'{wrong}'" not in line))
    assert [(problem.code, right in problem.message) for problem in read_bank(folder).problems] == [
        ("missing-key", True)
    ]


def test_an_empty_category_beside_others_is_fine(bank_folder: Path) -> None:
    write_yaml(bank_folder / "questions" / "art.yaml", {"category": "art", "title": "Art", "facts": []})
    assert read_bank(bank_folder).problems == ()
