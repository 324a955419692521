"""The compare round: questions that are answered by reading the passages of both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.forms import compare_forms
from orbitquiz.quiz.question import Kind, Question
from orbitquiz.quiz.sheet import QuestionSheet
from tests.making import write_bank
from tests.quiz.made import fact, read_whole

DOCUMENTS = {
    "early": "The first report\n\nThey leave on 3 May with 12 dogs, and the captain is 41. The ship is the Kestrel.\n",
    "late": "The second report\n\nThey leave on 4 May with a dozen dogs or so; their captain, 42, flies the Kestril.\n",
}
ISSUED = {"early": {"issued": "2031-04-01"}, "late": {"issued": "2031-04-20"}}


def differing(id: str, type: str, early: tuple[str, str], late: tuple[str, str], differs: str) -> dict[str, object]:
    """Return a fact for which each of the two reports gives a value in some words."""
    claims = {early[0]: {"early": early[1]}, late[0]: {"late": late[1]}}
    return fact(id, type, claims, differs=differs, ask=f"What is the {id}?")


DAY = differing("day", "date", ("3 May", "leave on 3 May"), ("4 May", "leave on 4 May"), "conflict")
AGE = differing("age", "age", ("41", "the captain is 41"), ("42", "their captain, 42"), "time")
SHIP = differing("ship", "text", ("Kestrel", "the Kestrel"), ("Kestril", "the Kestril"), "spelling")
DOGS = differing("dogs", "text", ("12 dogs", "12 dogs"), ("a dozen dogs or so", "a dozen dogs or so"), "precision")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Return a bank with every kind of difference."""
    return read_whole(write_bank(tmp_path, [DAY, AGE, SHIP, DOGS], documents=DOCUMENTS, about=ISSUED))


def question(bank: Bank, id: str) -> Question:
    (only,) = choose(bank, [id], "seed").questions
    return only


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("day", "They contradict each other"),
        ("age", "Something changed between them"),
        ("ship", "They spell a name differently"),
        ("dogs", "One is only more exact"),
    ],
)
def test_each_kind_of_difference_is_asked_for(bank: Bank, id: str, answer: str) -> None:
    asked = question(bank, f"{id}.how")
    # How a name is spelled would give away that it is a matter of spelling.
    assert asked.stem == ("" if id == "ship" else f"What is the {id}? ") + "The reports differ. How?"
    assert asked.options[asked.key].text == answer
    assert asked.proof.statement.startswith(answer)
    assert [option.text for option in asked.options] == [o.text for o in question(bank, "day.how").options]


def test_a_stem_names_the_point_of_difference(tmp_path: Path) -> None:
    told = [{**DAY, "point": "the day of the start"}, {**SHIP, "point": "the name of the ship"}]
    bank = read_whole(write_bank(tmp_path, told, documents=DOCUMENTS, about=ISSUED))
    assert question(bank, "day.how").stem == "The reports differ on the day of the start. How?"
    assert question(bank, "ship.how").stem == "The reports differ on the name of the ship. How?"
    later = question(bank, "day.later.late.early").stem
    assert later == "The reports differ on the day of the start. What does the later report say?"


def test_only_a_contradiction_is_asked_for_more_than_its_kind(bank: Bank) -> None:
    drawn = {fact.id: [form.kind for form in compare_forms(bank, fact)] for fact in bank.facts}
    assert set(drawn["day"]) >= {Kind.HOW, Kind.LATER, Kind.KNEW, Kind.ACCORDING}
    assert drawn["age"] == drawn["ship"] == drawn["dogs"] == [Kind.HOW]
    assert question(bank, "age.according.late").stem.startswith("The reports differ. According to")


def test_which_was_printed_later_is_told_by_the_dates(bank: Bank) -> None:
    asked = question(bank, "day.later.late.early")
    assert [option.text for option in asked.options] == [
        "3 May",
        "4 May",
        "both are of the same day",
        "nothing shows which is later",
    ]
    assert asked.options[asked.key].text == "4 May"
    assert asked.proof.statement == (
        "The later report, the late (20 April 2031), gives “4 May”, and the early (1 April 2031) gives “3 May”."
    )


def test_which_could_have_known_of_the_other_is_the_later_report(bank: Bank) -> None:
    asked = question(bank, "age.knew.late.early")
    assert asked.options[asked.key].text == "The late"
    assert "20 April 2031" in asked.proof.statement


def test_reports_without_a_date_are_not_asked_for_their_order(tmp_path: Path) -> None:
    bank = read_whole(write_bank(tmp_path, [DAY], documents=DOCUMENTS, about={"early": ISSUED["early"]}))
    kinds = {compose(bank, Request(f"seed {n}", differ=True)).questions[0].kind for n in range(40)}
    assert kinds == {Kind.HOW, Kind.ACCORDING}


@pytest.mark.parametrize("id", ["day.how", "day.later.late.early", "day.knew.late.early", "day.according.late"])
def test_the_passages_of_both_sides_lie_open_in_the_order_of_the_bank(bank: Bank, id: str) -> None:
    asked = question(bank, id)
    assert [item.value for item in asked.open] == ["3 May", "4 May"]
    headings = [passage.heading for passage in QuestionSheet.of(asked).open]
    assert headings == ["The early · 1 April 2031 · line 3", "The late · 20 April 2031 · line 3"]
    assert {item.value for item in asked.proof.shown} == {"3 May", "4 May"}


def test_each_report_that_is_offered_lies_open(tmp_path: Path) -> None:
    """Else nobody could tell what the others say."""
    days = {"north": "3 May", "east": "3 May", "south": "4 May", "west": "3 May"}
    documents = {id: f"The {id}\n\nThey leave on {day} with the tide.\n" for id, day in days.items()}
    said = {day: {id: f"leave on {day}" for id, theirs in days.items() if theirs == day} for day in ("3 May", "4 May")}
    bank = read_whole(write_bank(tmp_path, [fact("day", "date", said, differs="conflict")], documents=documents))
    asked = question(bank, "day.which.south")
    offered = {option.text for option in asked.options}
    headings = [passage.heading for passage in QuestionSheet.of(asked).open]
    assert sorted(heading.partition(" · ")[0] for heading in headings) == sorted(offered)
    assert [evidence.value for evidence in asked.open] == ["3 May", "3 May", "3 May", "4 May"]


def test_a_report_without_a_date_says_so(tmp_path: Path) -> None:
    bank = read_whole(write_bank(tmp_path, [DAY], documents=DOCUMENTS))
    headings = [passage.heading for passage in QuestionSheet.of(question(bank, "day.how")).open]
    assert headings == ["The early · no date given · line 3", "The late · no date given · line 3"]


def test_every_question_of_the_round_is_about_a_difference_and_says_so(bank: Bank) -> None:
    for n in range(30):
        quiz = compose(bank, Request(f"seed {n}", differ=True))
        assert {each.fact for each in quiz.questions} == {"day", "age", "ship", "dogs"}
        assert all("The reports differ" in each.stem and each.open for each in quiz.questions)


def test_a_long_stem_is_left_to_the_passages(tmp_path: Path) -> None:
    long = {**DAY, "ask": f"What is the {'very ' * 20}first day?"}
    bank = read_whole(write_bank(tmp_path, [long], documents=DOCUMENTS))
    assert question(bank, "day.how").stem == "The reports differ. How?"


def test_where_there_is_no_other_place_the_passages_stand_in_the_stem(bank: Bank) -> None:
    sheet = QuestionSheet.of(question(bank, "day.how")).standing_alone
    first, second, stem = sheet.stem.split("\n")
    assert first.startswith("The early · 1 April 2031 · line 3: “They leave on 3 May")
    assert second.startswith("The late · 20 April 2031 · line 3: “They leave on 4 May")
    assert stem == "What is the day? The reports differ. How?"
    assert sheet.open == ()
