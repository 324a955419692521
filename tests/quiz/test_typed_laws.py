"""Laws of typed answers: what people write for the key is right, and what they write for anything else is not.

`spellings.py` makes the ways of writing by itself, so that no reader can agree with itself alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Name, read_value
from orbitquiz.bank.values.entity import Entity
from orbitquiz.quiz.typed import Choice, Expected, Reading, can_be_typed, expected_of
from tests.quiz.banks import banks
from tests.quiz.spellings import (
    KINDS,
    METRES,
    SECONDS,
    Spelled,
    age_of,
    count_of,
    day_of,
    day_without_year,
    duration_of,
    length_of,
    month_of,
    range_of,
    time_of,
)
from tests.quiz.test_typed import questions_of

_LISTS = st.sampled_from(KINDS).flatmap(lambda kind: st.lists(kind, min_size=2, max_size=4))


def question_of(values: list[Spelled], key: int) -> Expected:
    """Return a question whose options are `values`; no two of them overlap, as in a bank."""
    choices = tuple(Choice(each.text, read_value(each.type, each.text)) for each in values)
    for index, choice in enumerate(choices):
        for other in choices[:index]:
            assert choice.value
            assert other.value
            assume(not choice.value.overlaps(other.value))
    return Expected(choices, key)


@given(values=_LISTS, data=st.data())
def test_every_spelling_of_an_option_names_that_option_whichever_is_the_key(
    values: list[Spelled], data: st.DataObject
) -> None:
    key = data.draw(st.integers(0, len(values) - 1), "key")
    expected = question_of(values, key)
    for index, value in enumerate(values):
        for spelling in value.spellings:
            assert expected.read(spelling) == Reading(index), (spelling, value.text)


@given(values=_LISTS, data=st.data())
def test_a_value_that_is_no_option_is_never_right(values: list[Spelled], data: st.DataObject) -> None:
    *options, other = values
    assume(all(not read_value(each.type, each.text).overlaps(read_value(other.type, other.text)) for each in options))
    expected = question_of(options, 0)
    for spelling in other.spellings:
        assert expected.read(spelling).picked is None, spelling


def alone(value: Spelled) -> Expected:
    """Return a question of which only the key is known."""
    return Expected((Choice(value.text, read_value(value.type, value.text)),), 0)


_NUMBERS = st.integers(1, 999)
_UNLIKE = st.one_of(
    st.tuples(st.builds(duration_of, _NUMBERS, st.sampled_from(tuple(SECONDS))), st.just("metres")),
    st.tuples(st.builds(length_of, _NUMBERS, st.sampled_from(tuple(METRES))), st.just("hours")),
    st.tuples(_NUMBERS.map(count_of), st.sampled_from(("metres", "hours", "km"))),
    st.tuples(_NUMBERS.map(age_of), st.sampled_from(("metres", "days", "km"))),
)


@given(unlike=_UNLIKE)
def test_the_right_number_of_something_else_is_never_right(unlike: tuple[Spelled, str]) -> None:
    value, unit = unlike
    number = value.text.split()[0]
    assert alone(value).read(f"{number} {unit}").picked is None


@given(minutes=st.integers(0, 1439), halves=st.booleans())
def test_a_time_twelve_hours_away_is_never_right(minutes: int, halves: bool) -> None:
    expected = alone(time_of(minutes, halves=halves))
    for spelling in time_of((minutes + 720) % 1440, halves=True).spellings:
        assert expected.read(spelling).picked is None, spelling


@given(low=st.integers(1, 100), more=st.integers(1, 50), early=st.integers(0, 60), late=st.integers(0, 60))
def test_a_range_is_right_only_where_all_of_it_lies_in_the_key(low: int, more: int, early: int, late: int) -> None:
    first, last = low + more // 2 - early, low + more // 2 + late
    assume(0 < first < last)
    is_within = low <= first and last <= low + more
    expected = alone(range_of(low, more))
    for spelling in (f"{first}-{last} minutes", f"between {first} and {last} min", f"{first * 60} to {last * 60} s"):
        assert expected.read(spelling).picked == (0 if is_within else None), spelling


@given(when=st.dates(date(1000, 1, 1)))
def test_a_date_that_says_less_than_the_key_is_never_right(when: date) -> None:
    for less in (day_without_year(when), month_of(when), Spelled("date", "", (str(when.year),))):
        for spelling in less.spellings:
            reading = alone(day_of(when)).read(spelling)
            assert reading.picked is None
            assert reading.trouble


def plain_letters(text: str) -> str:
    """Return `text` without accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


_WORDS = st.text("abdeiklmnorst\u00e9\u00e8\u00fc\u00f6\u00f1\u00e7\u015b\u017e", min_size=4, max_size=8).map(
    str.capitalize
)
_NAMES = st.builds("{} {}{}".format, _WORDS, st.sampled_from(("", "D'", "van ", "Al-")), _WORDS)


def spellings_of(entity: Entity) -> set[str]:
    """Return ways to write the names of an entity, the surname of a person alone among them."""
    whole = {
        spelling
        for name in entity.names
        for spelling in (
            name,
            name.upper(),
            plain_letters(name),
            name.replace("-", " "),
            name.replace("'", "’"),
            f"the {name}.",
        )
    }
    last = {name.split()[-1] for name in entity.names if entity.type == "person" and " " in name}
    return whole | last | set(map(plain_letters, last))


def bearers(entities: Iterable[Entity]) -> dict[str, set[str]]:
    """Return who is meant by each spelling, as people compare them: without case, accents and marks."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for spelling in spellings_of(entity):
            found.setdefault(spelling, set()).add(entity.id)
    alike: dict[str, set[str]] = {}
    for spelling, ids in found.items():
        alike.setdefault(_compared(spelling), set()).update(ids)
    return {spelling: alike[_compared(spelling)] for spelling in found}


def _compared(spelling: str) -> str:
    return re.sub(r"^the |[^a-z]", "", plain_letters(spelling).casefold())


@given(names=st.lists(_NAMES, min_size=2, max_size=6, unique_by=_compared), data=st.data())
def test_a_name_means_who_bears_it_and_a_surname_of_several_nobody(names: list[str], data: st.DataObject) -> None:
    surname = names[0].split()[-1]
    namesake = f"{names[1].split()[0]} {surname}"
    assume(_compared(namesake) not in map(_compared, names))
    people = [Entity(str(number), "person", name) for number, name in enumerate([*names, namesake])]
    shown = data.draw(st.integers(1, len(people)), "options")
    choices = [Choice(each.name, Name(each.name, each)) for each in people]
    expected = Expected(tuple(choices[:shown]), 0, tuple(choices[shown:]))
    for spelling, ids in bearers(people).items():
        (index,) = map(int, ids) if len(ids) == 1 else (shown,)
        assert expected.read(spelling).picked == (index if index < shown else None), spelling
    assert expected.read(surname).trouble


@given(bank=banks(), seed=st.text(max_size=3))
def test_names_of_a_bank_mean_who_bears_them_and_nobody_else(bank: Bank, seed: str) -> None:
    for question in questions_of(bank, seed):
        expected = expected_of(bank, question)
        key = expected.options[question.key].value
        if isinstance(key, Name):
            ids = [choice.value.entity.id if isinstance(choice.value, Name) else "" for choice in expected.options]
            for spelling, meant in bearers(
                each for each in bank.entities.values() if each.type == key.entity.type
            ).items():
                (id,) = meant if len(meant) == 1 else ("",)
                if id:
                    assert expected.read(spelling) == Reading(ids.index(id) if id in ids else None), (spelling, id)


def test_all_options_and_accepted_words_of_the_built_in_bank_are_read(builtin: Bank) -> None:
    typed = [question for question in questions_of(builtin, "x") if can_be_typed(builtin, question)]
    assert len(typed) > len(builtin.facts) / 2
    for question in typed:
        expected = expected_of(builtin, question)
        for index, option in enumerate(question.options):
            assert expected.read(option.text).picked == index, (question.stem, option.text)
        for words in expected.options[question.key].also:
            assert expected.read(words).picked == question.key, (question.stem, words)


GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


@given(days=st.lists(st.dates(min_value=date(1000, 1, 1)), min_size=2, max_size=4, unique=True))
def test_dates_of_a_german_bank_are_read_as_germans_write_them(days: list[date]) -> None:
    pytest.importorskip("babel")
    texts = [f"{day.day}. {GERMAN_MONTHS[day.month - 1]} {day.year}" for day in days]
    expected = Expected(tuple(Choice(text, read_value("date", text, "de")) for text in texts), 0, language="de")
    for index, (day, text) in enumerate(zip(days, texts, strict=True)):
        for spelling in (text, text.upper(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat()):
            assert expected.read(spelling) == Reading(index), spelling


@given(numbers=st.lists(st.integers(0, 9_999_999), min_size=2, max_size=4, unique=True))
def test_numbers_of_a_german_bank_have_points_between_thousands(numbers: list[int]) -> None:
    pytest.importorskip("babel")
    texts = [f"{number:,}".replace(",", ".") for number in numbers]
    expected = Expected(tuple(Choice(text, read_value("count", text, "de")) for text in texts), 0, language="de")
    for index, (number, text) in enumerate(zip(numbers, texts, strict=True)):
        for spelling in (text, str(number), text.replace(".", " ")):
            assert expected.read(spelling) == Reading(index), spelling
