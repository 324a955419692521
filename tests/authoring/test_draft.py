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

“I counted 34 passengers on the quay of Ostrand,” said Jon Aske.
The repair took seven weeks, says the report of the yard.
Captain Nils Berg and Dr Ada Holm were on board as well. They had come from Gull Bay. Per Sund wrote that the boat
sailed to North Bay and to Seal Bay on most evenings of the year.

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
        "Nils Berg": "person",
        "Ada Holm": "person",
    }


def test_a_sentence_gives_drafts_that_hold_with_options_to_choose_from(folder: Path) -> None:
    items = proposed(folder)
    assert {("date", "3 June 1931"), ("age", "52"), ("text", "Jon Aske")} == found(items)
    assert len(items) == 3  # one for a sentence, since two of one give each other away
    assert all(item["draft"] == "true" and "ask" not in item for item in items)
    speaker = next(item for item in items if item["claims"][0]["value"] == "Jon Aske")
    assert speaker["distractors"] == ["Ida Falk", "Nils Berg", "Ada Holm", "Per Sund"]


def test_a_gap_that_takes_other_words_than_its_key_is_not_proposed(folder: Path) -> None:
    assert "seven weeks" in TEXT
    assert ("duration", "7 weeks") not in found(proposed(folder))


def test_a_sentence_that_points_back_gives_no_gap(folder: Path) -> None:
    assert "It was built at the yard of Lund & Sons in 1919" in TEXT
    assert not {"1919", "14", "Gull Bay"} & {value for _, value in found(proposed(folder))}


#: Sentences about a gap for a year: those that a player understands alone, and those that nobody does.
UNDERSTOOD = [
    "In 1931 the ferry Marten burned off Wick Bay.",
    "The yard of Lund & Sons was founded in 1931.",
    "During the siege of Ostrand, the Marten burned in 1931.",
    "The advent of the Marten in 1931 changed the trade.",
    "The oil lamp at Wick Bay was replaced in 1931.",
    "In 1931, the Ostrand Company bought four ferries.",
    "Ida Falk wrote in 1931 that she would sail again.",
    "“We sail again,” said Ida Falk in 1931.",
    "The Marten (which burned in 1931) sails again.",
    "Ostrand was chosen as its seat in 1931.",
    "Ida Falk was elected mayor of Ostrand in 1931.",
]
NOT_UNDERSTOOD = [
    "In 1931 it burned off Wick Bay.",
    "The Ostrand Company wished to sell them in 1931.",
    "The ferry burned in 1931 off Wick Bay.",
    "In 1931, the company bought the ferry Marten.",
    "The company met in Ostrand in 1931.",
    "The ferry moved to Wick Bay in 1931.",
    "Since its sale in 1931 the Marten sails again.",
    "In 1931 we sailed to Wick Bay.",
    "In 1931 the Marten burned at this place.",
    "However, the Marten burned in 1931.",
    "Another ferry, the Marten, burned in 1931.",
    "The ferry burned and sank in 1931.",
    "Ida Falk was elected president in 1931.",
    "The Marten (1931) sails again to Wick Bay.",
    "Falk, I. and Berg, N. (1931) Proceedings of the Ostrand Society.",
    "The Marten was sold in 1919, bought in 1925, sold in 1928 and burned in 1931.",
    "When the Marten burned in 1931, however, the bay was calm.",
    "Through the alliance, the Marten was sold in 1931.",
    "The Marten burned and lay there until 1931.",
    "The plan allows for 1931, says Ida Falk.",
    "Ida Falk recently told of the fire of 1931.",
]


@pytest.mark.parametrize(
    ("sentence", "is_understood"), [*((each, True) for each in UNDERSTOOD), *((each, False) for each in NOT_UNDERSTOOD)]
)
def test_a_gap_is_proposed_only_in_a_sentence_that_is_understood_alone(
    tmp_path: Path, sentence: str, is_understood: bool
) -> None:
    text = f"{sentence}\n\nSo say Ida Falk and the Marten’s keeper in Ostrand, the Ostrand Company and Lund & Sons.\n"
    folder = write_bank(tmp_path / "bank", [], entities=[], documents={"report": text})
    assert (("date", "1931") in found(proposed(folder))) is is_understood


SOLD = "The Marten was sold to the yard of Lund & Sons in 1931"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (f"{SOLD}, which the people of Ostrand had wanted to see happen for many long years.", SOLD),
        (f"{SOLD} by the very same generous people of Ostrand that had once paid it in full.", SOLD),
        (
            f"The Marten, that old and slow and much beloved ferry of the {'bay ' * 12}, burned off Wick Bay in 1931.",
            None,
        ),
        (f"In 1931 when Ida Falk was still the captain, known to all in the {'bay ' * 12}, the Marten burned.", None),
    ],
)
def test_of_a_long_sentence_what_stands_before_a_clause_or_a_phrase_is_shown(
    tmp_path: Path, sentence: str, shown: str | None
) -> None:
    text = f"{sentence}\n\nSo say Ida Falk and the Marten’s keeper in Ostrand, and Lund & Sons.\n"
    folder = write_bank(tmp_path / "bank", [], entities=[], documents={"report": text})
    claims = [item["claims"][0] for item in proposed(folder) if item["type"] == "date"]
    assert [claim["cloze"]["quote"] for claim in claims] == ([shown] if shown else [])
    assert all(claim["proof"][0]["quote"] == sentence for claim in claims)


PEOPLE = "So say Dr Ada Holm, Captain Nils Berg, Mr Per Sund and Mrs Ida Falk."


@pytest.mark.parametrize(
    ("sentence", "name", "is_asked"),
    [
        ("The fire on the Marten was put out by Dr Jon Aske.", "Jon Aske", True),
        ("The fire on the Marten was seen by Dr Jon Aske and Ida Moe.", "Jon Aske", False),  # who comes first?
        ("The fire on the Marten was put out by Dr Jon Aske’s brother.", "Jon Aske", False),
        ("The fire near Aske was put out by Dr Jon Aske.", "Jon Aske", False),  # the rest gives it away
        ("The Marten was bought by the Jon Aske company.", "Jon Aske", False),  # a part of another name
        ("The Marten of Ostrand sailed to Bergen.", "Bergen", False),  # no three others of its kind
    ],
)
def test_a_name_is_asked_where_one_name_alone_fits(tmp_path: Path, sentence: str, name: str, is_asked: bool) -> None:
    text = f"The ferry\n\n{sentence}\n\n{PEOPLE} And in 1931 the Marten burned near Ostrand.\n"
    folder = write_bank(tmp_path / "bank", [], entities=[], documents={"report": text})
    assert (("text", name) in found(proposed(folder))) is is_asked


def test_a_name_is_asked_once_and_not_where_the_document_is_about_it(tmp_path: Path) -> None:
    saw = [f"The fire on the {ship} was seen by Dr Jon Aske." for ship in ("Marten", "Otter", "Heron")]
    few = write_bank(tmp_path / "few", [], entities=[], documents={"report": "\n\n".join(["Fire", *saw, PEOPLE])})
    asked = [item for item in proposed(few) if item["claims"][0]["value"] == "Jon Aske"]
    assert len(asked) == 1
    about = {"report": {"title": "The life of Jon Aske"}}
    many = write_bank(
        tmp_path / "many", [], entities=[], documents={"report": "\n\n".join([*saw, PEOPLE])}, about=about
    )
    assert ("text", "Jon Aske") not in found(proposed(many))


def test_a_document_in_another_language_than_the_bank_gives_no_drafts(tmp_path: Path) -> None:
    text = "Der Marder wurde in Ostrand am 3. Juni 1931 vom Feuer zerstört.\n\nDas sagt Ida Falk in 1931 in Ostrand.\n"
    assert proposed(write_bank(tmp_path / "bank", [], entities=[], documents={"report": text})) == []


def test_what_is_written_passes_check_and_is_proposed_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(folder)]) == 0
    told = capsys.readouterr().out
    reading = read_bank(folder)
    assert reading.bank is not None
    assert reading.problems == ()
    assert f"seeds/report.txt: {len(reading.drafts)} drafts in questions/report.yaml" in told
    assert len(reading.drafts) == 3
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
    text = TEXT.replace(" on 3 June 1931", "")
    folder = write_bank(tmp_path / "bank", [], entities=entities, documents={"report": text})
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
