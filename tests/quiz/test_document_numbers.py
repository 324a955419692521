"""Numbers that the documents give of the same thing come before made ones as wrong options."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import form_of
from tests.making import write_bank
from tests.quiz.made import fact, read_whole


def offered(bank: Bank, id: str) -> set[str]:
    form = form_of(bank, id)
    assert form
    made = [make_question(bank, form, f"seed {n}") for n in range(60)]
    return {option.text for question in made if question for option in question.options if not option.is_key}


def parcels(folder: Path, value: str, told: str, elsewhere: str, type: str = "count", **more: object) -> Bank:
    claims = {value: {"a": told}}
    documents = {"a": f"{told}.", "b": elsewhere}
    return read_whole(write_bank(folder, [fact("parcels", type, claims, **more)], documents=documents))


def test_numbers_of_the_same_noun_come_first(tmp_path: Path) -> None:
    bank = parcels(
        tmp_path,
        "474",
        "The post sent 474 packages",
        "It sent 848 packages. It sent 391 packages, 520 letters, 430 packages and 502 packages more. Page 470.",
    )
    shown = offered(bank, "parcels.asked")
    assert {"391", "430", "502", "848"} <= shown
    assert "520" not in shown
    for n in range(60):
        form = form_of(bank, "parcels.asked")
        question = form and make_question(bank, form, f"seed {n}")
        assert question
        made = {option.text for option in question.options} - {"391", "430", "474", "502", "848"}
        assert len(made) <= 1, question.options  # a third one on one side has to be made


@pytest.mark.parametrize(
    ("value", "told", "elsewhere", "type", "expected"),
    [
        ("12 days", "It took 12 days", "Others took nine days, 14 days or twenty-one days.", "duration", "21 days"),
        ("37", "She is a 37-year-old pilot", "Two are a 31-year-old cook and a 45-year-old mate.", "age", "45"),
        ("1.9 metres", "It is 1.9 metres high", "The door is 1.3 metres high.", "length", "1.3 metres"),
        ("3,000", "They had 3,000 candidates", "Of 1,200 candidates all failed.", "count", "1,200"),
    ],
)
def test_units_and_words_count_as_the_same_thing(
    tmp_path: Path, value: str, told: str, elsewhere: str, type: str, expected: str
) -> None:
    assert expected in offered(parcels(tmp_path, value, told, elsewhere, type), "parcels.asked")


@pytest.mark.parametrize("elsewhere", ["It sent 90,000 packages.", "It sent 400-900 packages.", "It sent 848 letters."])
def test_numbers_out_of_scale_of_ranges_and_of_other_things_do_not(tmp_path: Path, elsewhere: str) -> None:
    shown = offered(parcels(tmp_path, "474", "The post sent 474 packages", elsewhere), "parcels.asked")
    assert not shown & {"90,000", "400", "900", "848"}


def test_what_the_author_wrote_comes_before_them(tmp_path: Path) -> None:
    bank = parcels(
        tmp_path,
        "474",
        "The post sent 474 packages",
        "It sent 848 packages.",
        distractors=["410", "420", "430", "510", "520", "530"],
    )
    assert offered(bank, "parcels.asked") == {"410", "420", "430", "510", "520", "530"}


def test_what_is_true_or_to_be_avoided_is_no_option(tmp_path: Path) -> None:
    bank = parcels(
        tmp_path, "474", "The post sent 474 packages", "It sent 848 packages and 500 packages.", avoid=["848"]
    )
    shown = offered(bank, "parcels.asked")
    assert "500" in shown
    assert not shown & {"474", "848"}
