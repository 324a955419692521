"""Drafts: what rules propose from a text, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.authoring.draft.dates import dates
from orbitquiz.authoring.draft.guess import guess
from orbitquiz.authoring.draft.proper_names import names_in, settle
from orbitquiz.authoring.draft.propose import propose
from orbitquiz.authoring.draft.quantities import quantities
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.sentences import sentences
from orbitquiz.cli import main
from orbitquiz.quiz.quality.answerable import examine
from tests.making import write_bank, write_yaml
from tests.other_languages import write_german, write_japanese

TEXT = """The ferry

The ferry Marten caught fire off Wick Bay on 3 June 1931. Captain Ida Falk, 52, brought all 36 passengers ashore.
It was built at the yard of Lund & Sons in 1919 and carried 14 lifebelts.

“I counted 34 passengers on the quay,” said Jon Aske. The repair took seven weeks, says the report of the yard.
Nils Berg and Ada Holm were on board as well. They had come from Gull Bay. Per Sund wrote that the boat sailed to
North Bay and to Seal Bay on most evenings of the year.

Print this page
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [], entities=[], documents={"report": TEXT})


def proposed(folder: Path) -> list[dict[str, Any]]:
    return list(propose(read_bank(folder)))


def found(items: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(item["type"], item["claims"][0]["value"]) for item in items}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It fell on 3 June 1931, a Monday.", [("3 June 1931", "3 June 1931")]),
        ("It fell on the 3rd of June.", [("3rd of June", "3 June")]),
        ("On October 17, 2021 it came.", [("October 17, 2021", "October 17, 2021")]),
        ("In May 2020 and late May 1931.", [("May 2020", "May 2020"), ("late May 1931", "late May 1931")]),
        ("Built in 1919 (1920 by others).", [("1919", "1919"), ("1920", "1920")]),
        ("In 1500 metres of water, room 1919, in 1914–1918.", []),
        ("On 31 June 1931.", []),
        ("It may rain in May.", []),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[slice(*span)], value) for span, value in dates(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The harbour has 14 cranes.", [("count", "14")]),
        ("The harbour has fourteen tall cranes.", [("count", "14")]),
        ("All 36 passengers and 1,200 people saw it.", [("count", "36"), ("count", "1,200")]),
        ("It took seven weeks.", [("duration", "7 weeks")]),
        ("The tower is 31 metres high, a 12-mile walk away.", [("length", "31 metres"), ("length", "12 miles")]),
        ("The 37-year-old captain, aged 37.", [("age", "37")] * 2),
        ("Captain Ida Falk, 52, came.", [("age", "52")]),
    ],
)
def test_quantities_are_found_with_what_they_count(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(type, value) for _, type, value in quantities(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "See chapter 14 cranes.",
        "About 40 ships came, or nearly 50 boats.",
        "It costs $14 dollars, 15 euros or 16 per cent.",
        "The Boeing 747 planes and Apollo 11 crews.",
        "In 1931 ships were slow.",
        "It is 3.5 times as long, 30 to 40 times.",
        "Three of them stayed; 12 days ago they left.",
        "He won 3–2 games and has 007 agents.",
        "Page 12 shows it: 14 has two less.",
        "More than 20 boats, at least 30 ships.",
    ],
)
def test_numbers_that_make_no_question_are_left_out(text: str) -> None:
    assert list(quantities(text)) == []


def test_names_are_told_apart_by_what_stands_around_them() -> None:
    kinds = settle(names_in(TEXT, [start for start, _ in sentences(TEXT)]))
    assert {name: kind for name, kind in kinds.items() if kind} == {
        "Wick Bay": "place",
        "Ida Falk": "person",
        "Lund & Sons": "organisation",
        "Jon Aske": "person",
        "Gull Bay": "place",
        "Per Sund": "person",
        "North Bay": "place",
        "Seal Bay": "place",
    }


def test_a_sentence_gives_drafts_that_hold_with_options_to_choose_from(folder: Path) -> None:
    items = proposed(folder)
    assert {("date", "3 June 1931"), ("age", "52"), ("text", "Gull Bay")} <= found(items)
    assert all(item["draft"] == "true" and "ask" not in item for item in items)
    speaker = next(item for item in items if item["claims"][0]["value"] == "Jon Aske")
    assert speaker["distractors"][:2] == ["Ida Falk", "Per Sund"]


def test_a_gap_that_takes_other_words_than_its_key_is_not_proposed(folder: Path) -> None:
    assert "seven weeks" in TEXT
    assert ("duration", "7 weeks") not in found(proposed(folder))


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(folder: Path) -> None:
    built = next(item for item in proposed(folder) if item["claims"][0]["value"] == "1919")
    assert built["claims"][0]["cloze"]["quote"].startswith(
        "Captain Ida Falk, 52, brought all 36 passengers ashore. It was"
    )


def test_what_is_written_passes_check_and_is_proposed_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(folder)]) == 0
    told = capsys.readouterr().out
    reading = read_bank(folder)
    assert reading.bank is not None
    assert reading.problems == ()
    assert f"seeds/report.txt: {len(reading.drafts)} drafts in questions/report.yaml" in told
    assert len(reading.drafts) >= 6
    assert examine(reading.bank, reading.drafts).problems == ()
    assert main(["draft", str(folder)]) == 0
    assert "nothing to propose" in capsys.readouterr().out
    assert read_bank(folder).drafts == reading.drafts


def test_what_a_fact_quotes_or_the_author_declined_is_not_proposed(tmp_path: Path) -> None:
    about = {
        "report": {"furniture": ["Print this page"], "declined": [{"quote": "took seven weeks", "reason": "dull"}]}
    }
    fact = {
        "id": "fire",
        "type": "date",
        "claims": [
            {
                "value": "3 June 1931",
                "proof": [{"source": "report", "quote": "off Wick Bay on 3 June 1931"}],
                "cloze": {"source": "report", "quote": "off Wick Bay on 3 June 1931"},
            }
        ],
    }
    folder = write_bank(tmp_path / "bank", [fact], entities=[], documents={"report": TEXT}, about=about)
    assert not {value for _, value in found(proposed(folder))} & {"3 June 1931", "Wick Bay", "7 weeks"}


def test_a_name_that_is_an_entity_of_the_bank_is_asked_as_one(tmp_path: Path) -> None:
    names = ["Wick Bay", "Oak Bay", "Elm Bay", "Ash Bay"]
    entities = [
        {"id": name.lower().replace(" ", "-"), "type": "place", "name": name, "groups": ["bays"]} for name in names
    ]
    folder = write_bank(tmp_path / "bank", [], entities=entities, documents={"report": TEXT})
    assert ("place", "Wick Bay") in found(proposed(folder))


@pytest.mark.parametrize(
    ("write", "values", "marked"),
    [
        (write_german, {("date", "3. Juni 1931"), ("length", "1,9 Meter")}, {"3.600": "count", "Marder": "text"}),
        (write_japanese, {("date", "1931年6月3日")}, {"36人": "count", "12日": "duration", "18時40分": "time"}),
    ],
)
def test_values_are_proposed_and_guessed_in_the_language_of_the_bank(
    tmp_path: Path, write: Callable[[Path], Path], values: set[tuple[str, str]], marked: dict[str, str]
) -> None:
    (file,) = (each for each in (write(tmp_path) / "questions").iterdir() if each.stem != "entities")
    write_yaml(file, {"category": file.stem, "title": "x", "facts": []})
    assert values <= set(found(proposed(tmp_path)))
    bank = read_bank(tmp_path).bank
    assert bank is not None
    source = bank.sources["report"]
    for words, type in marked.items():
        at = source.text.index(words)
        assert guess(bank, source, (at, at + len(words))).type == type
