"""The words of a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.forms import form_of
from orbitquiz.quiz.stems import statement_of, stem_of
from tests.making import write_bank
from tests.quiz.made import bank_of, fact, read_whole


def stem(bank: Bank, id: str) -> str:
    way = form_of(bank, id)
    assert way
    return stem_of(bank, way)


def statement(bank: Bank, id: str) -> str:
    way = form_of(bank, id)
    assert way
    return statement_of(bank, way)


def bank_with(folder: Path, document: str, told: dict[str, Any]) -> Bank:
    return read_whole(write_bank(folder, [told], documents={"report": document}))


def cloze_of(folder: Path, document: str, quote: str, value: str = "brass") -> str:
    """The words with a gap, without what stands around them in the stem."""
    told = fact("bell", "text", {value: {"report": value}})
    told["claims"][0]["cloze"] = {"source": "report", "quote": quote}
    words = stem(bank_with(folder, document, told), "bell.cloze.report")
    assert words.startswith("Fill the gap: “")
    assert words.endswith("”")
    return words.removeprefix("Fill the gap: “").removesuffix("”")


BELL = "We saw it. The bell was brass. It rang."


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("The bell was brass.", "The bell was ____."),
        ("The bell was brass", "The bell was ____ …"),
        ("The bell was brass. It rang.", "The bell was ____. It rang."),
        ("The bell was brass. It", "The bell was ____. It …"),
        ("bell was brass.", "… bell was ____."),
        ("was brass", "… was ____ …"),
    ],
)
def test_an_ellipsis_stands_where_a_sentence_is_cut(tmp_path: Path, quote: str, shown: str) -> None:
    assert cloze_of(tmp_path, BELL, quote) == shown


@pytest.mark.parametrize("end", [".", "!", "?"])
def test_a_whole_sentence_keeps_its_end(tmp_path: Path, end: str) -> None:
    assert cloze_of(tmp_path, f"Was the bell brass{end}", f"Was the bell brass{end}") == f"Was the bell ____{end}"


def test_a_whole_sentence_that_ends_with_quotation_marks_has_no_ellipsis(tmp_path: Path) -> None:
    sentence = "She said “The bell was brass.”"
    assert cloze_of(tmp_path, sentence, sentence) == "She said ‘The bell was ____.’"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The “big” bell was brass.", "The ‘big’ bell was ____."),
        ('The "big" bell was brass.', "The ‘big’ bell was ____."),
        ('"Big" the bell was, and ("I say") brass.', "‘Big’ the bell was, and (‘I say’) ____."),
        ("The big bell was “brass”.", "The big bell was ‘____’."),
        ("The „big“ bell was—“so they say”—brass.", "The ‘big’ bell was—‘so they say’—____."),
        ("Stone’s bell wasn't “brass”.", "Stone’s bell wasn't ‘____’."),
    ],
)
def test_quotation_marks_inside_others_are_single(tmp_path: Path, sentence: str, shown: str) -> None:
    assert cloze_of(tmp_path, sentence, sentence) == shown


def test_a_quotation_stands_on_one_line(tmp_path: Path) -> None:
    assert cloze_of(tmp_path, "The bell\nwas\n\tbrass.", "The bell was brass.") == "The bell was ____."


def test_control_characters_are_visible_in_a_quotation(tmp_path: Path) -> None:
    assert cloze_of(tmp_path, "The\x1b bell was brass.", "The\x1b bell was brass.") == "The␛ bell was ____."


def test_the_gap_takes_the_words_that_carry_the_value(tmp_path: Path) -> None:
    told = fact("crew", "count", {"7": {"report": "The septet left"}})
    told["claims"][0] |= {"as": "septet", "cloze": {"source": "report", "quote": "The septet left"}}
    bank = bank_with(tmp_path, "The septet left.", told)
    assert stem(bank, "crew.cloze.report") == "Fill the gap: “The ____ left …”"
    assert statement(bank, "crew.cloze.report") == "With crew it is 7."


def said_of(folder: Path, document: str, quote: str) -> Bank:
    said = {"source": "report", "quote": quote, "by": "ada-stone"}
    told = fact("bell", "text", {"brass": {"report": document}}, said=said)
    return bank_with(folder, document, told)


@pytest.mark.parametrize(
    ("document", "quote", "words"),
    [
        ("“It is brass,” said Stone", "It is brass,", "It is brass"),
        ("“It is brass.” Stone said so", "It is brass.", "It is brass"),
        ("“Is it brass?” said Stone", "Is it brass?", "Is it brass?"),
        ("“It is ‘brass’,” said Stone", "It is ‘brass’,", "It is ‘brass’"),
        ("Stone said the bell was “brass” that day", "the bell was “brass” that day", "the bell was ‘brass’ that day"),
        ("“It is\nbrass,” said Stone", "It is brass", "It is brass"),
    ],
)
def test_who_said_it_is_asked_with_the_words_alone(tmp_path: Path, document: str, quote: str, words: str) -> None:
    bank = said_of(tmp_path, document, quote)
    assert stem(bank, "bell.said") == f"Who said “{words}”?"
    assert statement(bank, "bell.said") == f"Ada Stone said “{words}”."


def disputed(folder: Path, type: str, value: str, other: str, statement: str) -> Bank:
    """A bank with a fact of which the report says `value` and another one `other`, and two more reports."""
    claims = {value: {"report": f"It was {value} then"}, other: {"other": f"It was {other} then"}}
    more = [fact(id, "text", {f"{id}-stuff": {id: f"They had {id}-stuff"}}) for id in ("third", "fourth")]
    return bank_of(folder, [fact("bell", type, claims, differs="conflict", statement=statement), *more])


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("The bell was {value}.", "the bell was brass?"),
        ("It was of {value}.", "it was of brass?"),
        ("During the trip it was {value}.", "during the trip it was brass?"),
        ("Kestrel had a bell of {value}.", "Kestrel had a bell of brass?"),
        ("{value} was the bell", "brass was the bell?"),
    ],
)
def test_which_report_says_so_is_asked_with_a_small_first_word(tmp_path: Path, said: str, asked: str) -> None:
    bank = disputed(tmp_path, "text", "brass", "iron", said)
    assert stem(bank, "bell.which.report") == f"The reports differ. Which says that {asked}"


def test_which_report_says_so_is_stated_as_its_own(tmp_path: Path) -> None:
    bank = disputed(tmp_path, "text", "brass", "iron", "The bell was {value}.")
    assert statement(bank, "bell.which.report") == "According to the report, the bell was brass."


def test_a_value_that_ends_in_a_full_stop_keeps_it_inside_a_stem(tmp_path: Path) -> None:
    bank = disputed(tmp_path, "time", "10:55 a.m.", "9:55 a.m.", "It began at {value}.")
    assert stem(bank, "bell.which.report") == "The reports differ. Which says that it began at 10:55 a.m.?"
