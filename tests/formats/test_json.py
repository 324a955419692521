"""Questions as JSON: every key that is promised, and proofs that can be looked up."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.model import Bank
from orbitquiz.formats.json import bank_to_json, quiz_to_json
from orbitquiz.quiz.code import Request, request_of, short_seed
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.forms import ordinary_forms
from tests.making import COMMANDER, OTHER_REPORT, REPORT, TAIL, TAKE_OFF, write_bank
from tests.quiz.made import read_whole

Data = dict[str, Any]


@pytest.fixture(scope="module")
def exported(builtin: Bank) -> list[Data]:
    """Every question of the built-in bank."""
    questions: list[Data] = json.loads(bank_to_json(builtin))["questions"]
    return questions


KEYS = [
    "id", "fact", "kind", "category", "level", "sources_differ", "stem", "quotes",
    "open", "options", "statement", "note",
    "proof", "also",
]  # fmt: skip
QUOTED = {"source", "file", "line", "start", "end", "quote"}


def remarks(question: Data) -> list[Data]:
    return [option["feedback"] for option in question["options"] if option["feedback"]]


def quotations(question: Data) -> list[Data]:
    quoted = [question["quotes"]] if question["quotes"] else []
    cited = [remark for remark in remarks(question) if "source" in remark]
    return [*quoted, *question["proof"], *question["also"], *cited]


def test_every_quotation_stands_where_it_is_said_to(exported: list[Data]) -> None:
    for quoted in (quoted for question in exported for quoted in quotations(question)):
        text = (builtin_path() / quoted["file"]).read_bytes().decode()
        assert text[quoted["start"] : quoted["end"]] == quoted["quote"]
        assert text.count("\n", 0, quoted["start"]) + 1 == quoted["line"]


@pytest.fixture
def quoted_from_windows(tmp_path: Path) -> Data:
    """A quotation that runs over the end of a line of a document written on Windows."""
    folder = write_bank(tmp_path, [TAIL], documents={"report": WINDOWS_REPORT})
    (question,) = json.loads(bank_to_json(read_whole(folder)))["questions"]
    (quoted,) = question["proof"]
    assert isinstance(quoted, dict)
    return quoted


WINDOWS_REPORT = "Ein Komet — 🚀\r\n\r\nThe tail\r\nwas 2.5 kilometres long.\r\n"


def test_line_ends_and_wide_characters_count_as_they_stand_in_the_file(quoted_from_windows: Data) -> None:
    assert quoted_from_windows["quote"] == "The tail\r\nwas 2.5 kilometres long"
    assert quoted_from_windows["start"] == WINDOWS_REPORT.index("The tail")
    assert quoted_from_windows["line"] == 3


def test_no_ellipsis_stands_where_a_paragraph_ends_as_on_windows(quoted_from_windows: Data) -> None:
    assert quoted_from_windows["passage"] == "The tail was 2.5 kilometres long."


def test_a_question_has_the_keys_that_are_documented(exported: list[Data]) -> None:
    for question in exported:
        assert list(question) == KEYS
        assert [list(option) for option in question["options"]] == [["text", "key", "feedback"]] * 4
        for quoted in question["proof"]:
            assert set(quoted) == {"value", *QUOTED, "passage"}
        for quoted in [*question["also"], *([question["quotes"]] if question["quotes"] else [])]:
            assert set(quoted) == QUOTED
        for remark in remarks(question):
            assert set(remark) in ({"statement"}, {"statement", *QUOTED})  # the editor's word is not cited


def test_only_a_question_of_a_quiz_says_what_gives_it_away(builtin: Bank) -> None:
    data = json.loads(quiz_to_json(builtin, compose(builtin, Request("APOLLO"))))
    assert all(list(question) == [*KEYS, "spoiled_by"] for question in data["questions"])


def test_what_gives_a_question_away_is_told_with_it(tmp_path: Path) -> None:
    telling = {**TAIL, "note": "Ada Stone saw it first."}
    bank = read_whole(write_bank(tmp_path, [COMMANDER, telling]))
    spoiled = json.loads(quiz_to_json(bank, choose(bank, ["tail.asked", "commander.asked"], "")))["questions"]
    clean = json.loads(quiz_to_json(bank, choose(bank, ["commander.asked", "tail.asked"], "")))["questions"]
    assert [question["spoiled_by"] for question in spoiled] == [[], ["tail.asked"]]
    assert [question["spoiled_by"] for question in clean] == [[], []]


def test_a_key_has_no_remark_and_what_is_known_of_a_wrong_option_stands_with_it(tmp_path: Path) -> None:
    bank = read_whole(write_bank(tmp_path, [TAKE_OFF]))
    (question,) = json.loads(quiz_to_json(bank, choose(bank, ["take-off.according.report"], "")))["questions"]
    told = {option["text"]: option["feedback"] for option in question["options"]}
    assert told.pop("4 May") == {
        "statement": "According to the other, the comet crew took off on 4 May.",
        "source": "other",
        "file": "seeds/other.txt",
        "line": 3,
        "start": OTHER_REPORT.index("The crew left"),
        "end": OTHER_REPORT.index("May 4") + len("May 4"),
        "quote": "The crew left on May 4",
    }
    assert set(told.values()) == {None}


def test_a_question_that_quotes_a_document_says_which_words(tmp_path: Path) -> None:
    (claim,) = TAIL["claims"]
    asked = {**TAIL, "claims": [{**claim, "cloze": claim["proof"][0]}]}
    questions = json.loads(bank_to_json(read_whole(write_bank(tmp_path, [asked]))))["questions"]
    quotes = {question["kind"]: question["quotes"] for question in questions}
    assert quotes["asked"] is None
    assert quotes["cloze"]["quote"] == "The tail was 2.5 kilometres long"
    assert quotes["cloze"]["start"] == REPORT.index("The tail was")


def test_sources_are_described_by_csls_names(builtin: Bank) -> None:
    sources = json.loads(bank_to_json(builtin))["sources"]
    assert [source["id"] for source in sources] == list(builtin.sources)
    for source in sources:
        assert list(source) == [
            "id", "file", "sha256", "title", "author", "publisher", "issued", "URL", "cite-as"
        ]  # fmt: skip
        raw = (builtin_path() / source["file"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == source["sha256"]


def test_one_option_is_the_key(exported: list[Data]) -> None:
    assert all([option["key"] for option in question["options"]].count(True) == 1 for question in exported)


def test_a_quiz_keeps_its_order_its_seed_and_its_bank(builtin: Bank) -> None:
    quiz = compose(builtin, Request("APOLLO"))
    data = json.loads(quiz_to_json(builtin, quiz))
    assert data["seed"] == "APOLLO"
    assert request_of(builtin, data["code"]) == Request(short_seed("APOLLO"))
    assert data["bank"] == {
        name: getattr(builtin, name) for name in ("id", "title", "version", "language", "rights", "contact", "digest")
    }
    assert [question["id"] for question in data["questions"]] == [question.id for question in quiz.questions]
    assert [[option["text"] for option in question["options"]] for question in data["questions"]] == [
        [option.text for option in question.options] for question in quiz.questions
    ]


def test_a_whole_bank_belongs_to_no_seed_and_is_always_written_alike(builtin: Bank) -> None:
    text = bank_to_json(builtin)
    assert json.loads(text)["seed"] is None
    assert json.loads(text)["code"] is None
    assert bank_to_json(builtin) == text


def test_no_question_comes_twice(exported: list[Data]) -> None:
    ids = [question["id"] for question in exported]
    assert len(set(ids)) == len(ids)


def test_every_fact_is_there(builtin: Bank, exported: list[Data]) -> None:
    assert {question["fact"] for question in exported} == {fact.id for fact in builtin.facts if ordinary_forms(fact)}


def test_categories_narrow_what_is_written(builtin: Bank) -> None:
    questions = json.loads(bank_to_json(builtin, ["crew", "film"]))["questions"]
    assert {question["category"] for question in questions} == {"crew", "film"}


def test_each_quotation_of_a_proof_is_listed(tmp_path: Path) -> None:
    quotes = ["Ada Stone, 41, commanded the ship Kestrel", "She took off from Port Vale"]
    claim = {"value": "Ada Stone", "proof": [{"source": "report", "quote": quote} for quote in quotes]}
    bank = read_whole(write_bank(tmp_path, [{**COMMANDER, "claims": [claim]}]))
    (question,) = json.loads(bank_to_json(bank))["questions"]
    assert [quoted["quote"] for quoted in question["proof"]] == quotes


def test_where_sources_differ_each_side_has_its_value_and_lies_open_in_the_compare_round(tmp_path: Path) -> None:
    bank = read_whole(write_bank(tmp_path, [TAKE_OFF]))
    exported = json.loads(bank_to_json(bank, differ=True))["questions"]
    (question,) = (question for question in exported if question["id"] == "take-off.according.other")
    assert question["sources_differ"]
    assert [quoted["value"] for quoted in question["proof"]] == ["4 May", "3 May"]
    assert [(opened["value"], opened["source"], opened["line"]) for opened in question["open"]] == [
        ("3 May", "report", 3),
        ("4 May", "other", 3),
    ]
    (ordinary,) = json.loads(bank_to_json(bank))["questions"]
    assert ordinary["open"] == []


def test_text_is_written_as_it_is(builtin: Bank) -> None:
    text = bank_to_json(builtin)
    assert "“" in text
    assert "\\u" not in text
    assert text.endswith("}\n")
