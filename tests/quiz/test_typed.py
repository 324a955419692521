"""Answers that are typed: every way to write the key is right, and no way to write anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Name, read_value
from orbitquiz.bank.values.entity import Entity
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.question import Kind, Question
from orbitquiz.quiz.typed import Choice, Expected, Reading, can_be_typed, choices_of, expected_of, picked
from tests.quiz.banks import banks
from tests.quiz.made import bank_of, fact

seeds = st.text(max_size=3)


def questions_of(bank: Bank, seed: str) -> Iterator[Question]:
    for each in bank.facts:
        for form in all_forms(bank, each):
            if question := make_question(bank, form, seed):
                yield question


def dressed(form: str, choice: int) -> str:
    """A form as somebody may type it."""
    with_article = form if form.startswith(("the ", "a ", "an ")) else f"the {form}"
    return [form, form.upper(), f" {form}. ", with_article, form.title(), f"“{form}”"][choice]


@given(bank=banks(), seed=seeds, choice=st.integers(0, 5))
def test_every_written_form_of_the_key_is_right(bank: Bank, seed: str, choice: int) -> None:
    for question in questions_of(bank, seed):
        expected = expected_of(bank, question)
        for form in expected.options[question.key].forms:
            assert expected.read(dressed(form, choice)) == Reading(question.key), form


@given(bank=banks(), seed=seeds, choice=st.integers(0, 5))
def test_no_written_form_of_a_distractor_is_right(bank: Bank, seed: str, choice: int) -> None:
    for question in questions_of(bank, seed):
        expected = expected_of(bank, question)
        for index, option in enumerate(expected.options):
            if index != question.key:
                for form in option.forms:
                    reading = expected.read(dressed(form, choice))
                    assert reading.picked != question.key, form


@given(bank=banks(), words=st.text(max_size=30))
def test_whatever_is_typed_is_read_and_a_slip_never_counts_by_itself(bank: Bank, words: str) -> None:
    for question in questions_of(bank, "x"):
        reading = expected_of(bank, question).read(words)
        if reading.suggestion or reading.trouble:
            assert reading.picked is None


def expected(type: str, key: str, *wrong: str) -> Expected:
    """Return what may be typed where the key is the first option."""
    return Expected(tuple(Choice(text, read_value(type, text)) for text in (key, *wrong)), 0)


RIGHT = [
    ("date", "5 October 2021", "5 oct 2021", "October 5th, 2021", "the 5th of October 2021", "2021-10-05", "5.10.2021"),
    ("date", "17 October", "17 october", "oct. 17", "17 October 2021", "17.10."),
    ("date", "May 2020", "may 2020", "12 May 2020", "2020-05", "May, 2020"),
    ("date", "late May", "late may", "28 May", "late-May"),
    ("date", "2014", "2014", "3 May 2014", "May 2014"),
    ("time", "10:55 a.m.", "10:55 am", "10.55 a.m.", "10:55am"),
    ("time", "3:00 p.m.", "3 pm", "15:00", "3 o'clock pm"),
    ("time", "22:55", "22.55", "10:55 p.m.", "22h55"),
    ("time", "12:00", "noon", "12 h"),
    ("age", "37", "37", "thirty-seven", "37 years", "37 years old", "thirty seven"),
    ("count", "3,000", "3000", "3 000", "three thousand", "about 3,000", "3000 people", "3 thousand"),
    ("count", "105", "one hundred and five", "a hundred and five", "a hundred five"),
    ("count", "3 million people", "3 million", "3,000,000", "three million people", "3000000"),
    ("count", "24", "two dozen", "twenty four"),
    ("length", "1.9 metres", "1.9 m", "1.9m", "190 cm", "1 metre 90 cm", "1.90 meters"),
    ("duration", "12 days", "twelve days", "12 d", "288 hours", "12 day"),
    ("duration", "35–40 minutes", "37 minutes", "35 to 40 min", "between 35 and 40 minutes", "thirty-seven minutes"),
    ("duration", "90 minutes", "1 h 30 min", "1.5 hours", "one and a half hours", "1 hour and 30 minutes"),
    ("duration", "30 minutes", "half an hour", "0.5 hours", ".5 h"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "key", "words"), [(type, key, words) for type, key, *rest in RIGHT for words in rest])
def test_what_says_the_value_or_lies_within_it_is_right(type: str, key: str, words: str) -> None:
    assert expected(type, key).read(words) == Reading(0)


WRONG = [
    ("date", "5 October 2021", "6 October 2021", "5 November 2021", "5 October 2020"),
    ("date", "late May", "3 May", "early May", "28 June"),
    ("date", "2014", "2015", "14 May 2041"),
    ("time", "10:55 a.m.", "10:55 p.m.", "22:55", "10:54 am"),
    ("count", "3,000", "3001", "300", "three hundred", "30 km", "3"),
    ("length", "1.9 metres", "1.9 km", "2 m"),
    ("duration", "12 days", "12 hours", "thirteen days", "12 to 13 days"),
    ("duration", "35–40 minutes", "30-50 minutes", "41 minutes", "34 to 36 minutes"),
]


@pytest.mark.parametrize(("type", "key", "words"), [(type, key, words) for type, key, *rest in WRONG for words in rest])
def test_what_says_anything_else_is_wrong_also_where_it_touches_the_value(type: str, key: str, words: str) -> None:
    assert expected(type, key).read(words) == Reading()


UNCLEAR = [
    ("date", "5 October 2021", "5 October", "Type the year as well."),
    ("date", "5 October 2021", "2021", "Type the day and the month as well."),
    ("date", "5 October 2021", "1066", "Type the day and the month as well."),
    ("date", "17 October", "soon", "Type a date such as 3 May."),
    ("date", "May 2020", "yes", "Type a date such as May 1998."),
    ("date", "17 October 2021", "5/10/2021", "Write the month as a word, so that it is not taken for the day."),
    ("date", "late May", "May", "Type early, mid or late before the month."),
    ("time", "10:55 a.m.", "10:55", "Type a.m. or p.m. as well."),
    ("time", "10:55 p.m.", "10:55", "Type a.m. or p.m. as well."),
    ("time", "22:55", "late", "Type a time such as 21:30."),
    ("count", "3,000", "many", "Type a number."),
    ("duration", "12 days", "12", "Type a number with its unit, such as 5 years."),
    ("duration", "12 days", "99", "Type a number with its unit, such as 5 years."),
    ("length", "1.9 metres", "long", "Type a number with its unit, such as 7 inches."),
]


@pytest.mark.parametrize(("type", "key", "words", "told"), UNCLEAR)
def test_what_is_missing_is_told_and_does_not_count(type: str, key: str, words: str, told: str) -> None:
    assert expected(type, key).read(words) == Reading(trouble=told)


def test_a_number_alone_has_the_unit_that_the_question_names(tmp_path: Path) -> None:
    asked = fact("flight", "duration", {"12 days": {"report": "It took 12 days"}}, ask="How many days did it take?")
    bank = bank_of(tmp_path, [asked])
    expected = expected_of(bank, only_question(bank))
    assert expected.read("12") == expected.read("twelve") == Reading(expected.key)
    assert expected.read("288 hours") == Reading(expected.key)
    assert expected.read("11").picked != expected.key


LOCAL = [
    ("de", "date", "5. Oktober 2021", "5. okt. 2021", "05.10.2021", "5 October 2021", "den 5. Oktober 2021"),
    ("de", "date", "17. Oktober", "am 17. Oktober", "17. Okt.", "17.10."),
    ("de", "date", "Mai 2020", "im Mai 2020", "12. Mai 2020"),
    ("de", "time", "22:55", "22:55 Uhr", "22.55 uhr", "22.55"),
    ("de", "time", "22:00 Uhr", "22 Uhr", "22:00"),
    ("de", "length", "1,9 Meter", "1,9 Meter", "190 Zentimeter", "1,9 m", "1.9 m", "190 cm"),
    ("de", "count", "1.500", "1500", "1.500", "1.500 Leute", "rund 1.500"),
    ("de", "count", "3 Millionen Menschen", "3 Millionen", "3.000.000", "3000000"),
    ("de", "count", "43", "dreiundvierzig", "Dreiundvierzig"),
    ("de", "age", "37", "37", "37 Jahre"),
    ("de", "duration", "3 Wochen", "drei Wochen"),
    ("de", "duration", "12 Tage", "12 Tage", "288 Stunden", "12 days", "ungefähr 12 Tage"),
    ("de", "duration", "90 Minuten", "1 Stunde 30 Minuten", "1,5 Stunden", "90 min"),
    ("de", "duration", "35–40 Minuten", "37 Minuten", "35 bis 40 Minuten"),
    ("fr", "date", "5 octobre 2021", "le 5 octobre 2021", "05/10/2021"),
    ("fr", "length", "1,9 mètre", "1,9 m", "190 cm"),
    ("fr", "duration", "12 jours", "environ 12 jours", "288 heures"),
    ("ja", "date", "2021年10月5日", "2021年10月5日", "2021/10/05", "2021-10-05"),
    ("ja", "duration", "12 日", "12日", "288時間"),
]


@pytest.mark.parametrize(
    ("language", "type", "key", "words"),
    [(language, type, key, words) for language, type, key, *rest in LOCAL for words in rest],
)
def test_the_language_of_the_bank_is_understood(language: str, type: str, key: str, words: str) -> None:
    pytest.importorskip("babel")
    choice = Choice(key, read_value(type, key, language))
    assert Expected((choice,), 0, language=language).read(words) == Reading(0)


LOCAL_WRONG = [
    ("de", "duration", "90 Minuten", "91 Minuten", "1 Stunde", "90 Meter"),
    ("de", "length", "1,9 Meter", "1,9 km", "19 Meter"),
    ("de", "count", "3.000", "3", "3,0", "3.000 km"),
    ("de", "age", "37", "37 Tage", "38 Jahre"),
    ("de", "date", "17. Oktober", "16. Oktober", "17. November"),
]


@pytest.mark.parametrize(
    ("language", "type", "key", "words"),
    [(language, type, key, words) for language, type, key, *rest in LOCAL_WRONG for words in rest],
)
def test_what_says_anything_else_in_that_language_is_wrong(language: str, type: str, key: str, words: str) -> None:
    pytest.importorskip("babel")
    choice = Choice(key, read_value(type, key, language))
    assert Expected((choice,), 0, language=language).read(words).picked is None


def test_another_option_is_picked_as_it_is() -> None:
    assert expected("duration", "12 days", "12 hours", "13 days").read("twelve hours") == Reading(1)


CREW = [
    Entity("novitsky", "person", "Oleg Novitsky", ("Oleg Novitskiy",)),
    Entity("anton", "person", "Anton Shkaplerov"),
    Entity("dubrov", "person", "Pyotr Dubrov"),
    Entity("other", "person", "Igor Dubrov"),
    Entity("perez", "person", "Inés Pérez-Reverte"),
]


def people(key: int = 0) -> Expected:
    choices = tuple(Choice(each.name, Name(each.name, each)) for each in CREW)
    return Expected(choices[:3], key, choices[3:])


@pytest.mark.parametrize("words", ["oleg novitsky", "OLEG NOVITSKIY", "Novitsky", "novitskiy", "oleg-novitsky"])
def test_a_person_is_named_by_any_name_and_by_the_last_one(words: str) -> None:
    assert people().read(words) == Reading(0)


def test_accents_and_hyphens_may_be_left_out() -> None:
    others = (*people().options, *people().others)
    assert Expected(others, 4).read("ines perez reverte") == Reading(4)


def test_a_last_name_of_several_people_is_asked_about() -> None:
    assert people(2).read("Dubrov") == Reading(trouble="Several people have that name. Type the first name, too.")
    assert people(2).read("Pyotr Dubrov") == Reading(2)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("Oleg Nowitzki", "Oleg Novitsky"), ("novitsk", "Oleg Novitsky"), ("Shkaplerow", "Anton Shkaplerov")],
)
def test_a_slip_is_asked_about_whether_it_is_right_or_wrong(words: str, meant: str) -> None:
    assert people().read(words) == Reading(suggestion=meant)
    assert people().option(meant) == (0 if meant == "Oleg Novitsky" else 1)


def test_what_is_no_name_of_an_option_is_wrong() -> None:
    assert people().read("Igor Dubrov") == Reading()
    assert people().read("Ada") == Reading()
    assert people().read("Yuri Gagarin") == Reading()


def test_a_digit_is_never_a_slip() -> None:
    ships = [Entity(f"ms-{n}", "vehicle", f"Soyuz MS-{n}") for n in (19, 11)]
    expected = Expected(tuple(Choice(each.name, Name(each.name, each)) for each in ships), 0)
    assert expected.read("soyuz ms 18") == Reading()
    assert expected.read("Soyuz MS19") == Reading(0)
    assert expected.read("Sojuz MS-19") == Reading(suggestion="Soyuz MS-19")


def text_bank(folder: Path, value: str, **more: object) -> Bank:
    claims = {value: {"report": f"It was {value}"}}
    return bank_of(folder, [fact("it", "text", claims, distractors=["a plane", "a boat", "a train"], **more)])


def only_question(bank: Bank) -> Question:
    return next(question for question in questions_of(bank, "x") if question.kind is Kind.ASKED)


def test_words_of_ones_own_are_typed_only_where_they_are_one_or_the_author_says_what_else_is_right(
    tmp_path: Path,
) -> None:
    bank = text_bank(tmp_path / "one", "a bus")
    assert can_be_typed(bank, only_question(bank))
    bank = text_bank(tmp_path / "more", "a very old bus")
    assert not can_be_typed(bank, only_question(bank))
    bank = text_bank(tmp_path / "accepted", "a very old bus", accept=["a coach", "an ancient bus"])
    assert can_be_typed(bank, only_question(bank))
    expected = expected_of(bank, only_question(bank))
    assert expected.read("Ancient bus") == expected.read("COACH") == Reading(expected.key)


def test_options_that_are_shown_are_picked_by_place_or_in_words() -> None:
    choices = choices_of(["60 years", "Ada Stone", "the comet ship", "4"])
    assert [picked(line, choices) for line in ("1", "b", "C", "4", "ada", "comet", "ship the", "5", "")] == [
        0, 1, 2, 3, 1, 2, 2, None, None,
    ]  # fmt: skip
    durations = expected("duration", "1 hour", "2 hours").options
    assert picked("sixty minutes", durations) == 0
    assert picked("hour", durations) == 0


def test_two_options_alike_are_not_named_by_their_words() -> None:
    choices = choices_of(["Mars", "mars.", "2"])
    assert [picked(line, choices) for line in ("Mars", "2", "c", "4", "")] == [None, 1, 2, None, None]
