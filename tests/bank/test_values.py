"""Values of each type: how they are read, written, compared and varied."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orbitquiz.bank.values import Date, Name, Quantity, Text, UnreadableValue, Value, read_value
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.fold import plain
from orbitquiz.text.lookup import holds


def carries(value: Value, words: str) -> bool:
    return any(holds(plain(words).casefold(), form) for form in value.forms)


def shifted(type: str, text: str, steps: int) -> str | None:
    value = read_value(type, text).shifted(steps)
    return value.text if value else None


# Reading


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "part"),
    [
        ("17 October", None, 10, 17, None),
        ("October 17", None, 10, 17, None),
        ("5 October 2021", 2021, 10, 5, None),
        ("October 5, 2021", 2021, 10, 5, None),
        ("May 2020", 2020, 5, None, None),
        ("May", None, 5, None, None),
        ("late May", None, 5, None, "late"),
        ("mid-May 2020", 2020, 5, None, "mid"),
        ("2014", 2014, None, None, None),
        ("29 February", None, 2, 29, None),
        ("29 February 2020", 2020, 2, 29, None),
        ("17\n october", None, 10, 17, None),
    ],
)
def test_a_date_says_no_more_than_its_words(
    text: str, year: int | None, month: int | None, day: int | None, part: str | None
) -> None:
    date = read_value("date", text)
    assert isinstance(date, Date)
    assert (date.year, date.month, date.day, date.part) == (year, month, day, part)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10:55 a.m.", "10:55 a.m."),
        ("10.55 AM", "10:55 a.m."),
        ("5 p.m.", "5:00 p.m."),
        ("12 a.m.", "12:00 a.m."),
        ("22:55", "22:55"),
        ("0:05", "0:05"),
    ],
)
def test_a_time_is_shown_in_one_form_on_the_clock_it_was_read_from(text: str, shown: str) -> None:
    assert read_value("time", text).text == shown


@pytest.mark.parametrize(
    ("type", "text", "shown", "low", "high", "unit"),
    [
        ("age", "37", "37", "37", "37", ""),
        ("count", "3000", "3,000", "3000", "3000", ""),
        ("count", "3,000 people", "3,000 people", "3000", "3000", "people"),
        ("length", "1.90 metres", "1.90 metres", "1.9", "1.9", "metres"),
        ("duration", "12 days", "12 days", "12", "12", "days"),
        ("duration", "35-40 minutes", "35–40 minutes", "35", "40", "minutes"),
        ("duration", "1 hour", "1 hour", "1", "1", "hours"),
    ],
)
def test_a_quantity_keeps_its_digits_and_its_unit(
    type: str, text: str, shown: str, low: str, high: str, unit: str
) -> None:
    quantity = read_value(type, text)
    assert isinstance(quantity, Quantity)
    assert (quantity.text, quantity.low, quantity.high, quantity.unit) == (shown, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("type", "text", "example"),
    [
        ("date", "soon", "17 October"),
        ("date", "31 June", "17 October"),
        ("date", "29 February 2021", "17 October"),
        ("date", "17/10/2021", "17 October"),
        ("date", "Octember", "17 October"),
        ("date", "", "17 October"),
        ("time", "noon", "22:55"),
        ("time", "9", "22:55"),
        ("time", "24:00", "22:55"),
        ("time", "10:60", "22:55"),
        ("time", "13 p.m.", "22:55"),
        ("time", "0:30 a.m.", "22:55"),
        ("age", "old", "37"),
        ("count", "twelve", "3,000"),
        ("count", "30,00", "3,000"),
        ("count", "-3", "3,000"),
        ("count", "1e3", "3,000"),
        ("length", "metres", "1.9 metres"),
        ("length", "1.9m", "1.9 metres"),
        ("duration", "40–35 minutes", "35–40 minutes"),
        ("duration", "", "12 days"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(type: str, text: str, example: str) -> None:
    with pytest.raises(UnreadableValue, match=example):
        read_value(type, text)


@pytest.mark.parametrize("text", ["0 May", "00 October 2021", "0000"])
def test_a_date_has_no_zero(text: str) -> None:
    with pytest.raises(UnreadableValue):
        read_value("date", text)


@pytest.mark.parametrize("text", ["The Call", "17", "[bold]x[/bold]", "no"])
def test_any_words_are_a_text(text: str) -> None:
    assert read_value("text", text).text == text


# Written forms


@pytest.mark.parametrize(
    "words",
    [
        "October 17",
        "Oct. 17",
        "Oct 17",
        "17 October",
        "17 Oct.",
        "October 17th",
        "17th of October",
        "the 17 of October",
    ],
)
@pytest.mark.parametrize("value", ["17 October", "October 17"])
def test_a_day_is_carried_by_each_way_to_write_it(value: str, words: str) -> None:
    assert carries(read_value("date", value), f"home on {words}, they say")


@pytest.mark.parametrize(
    ("type", "value", "words"),
    [
        ("date", "5 October 2021", "October 5, 2021"),
        ("date", "5 October 2021", "5th of October 2021"),
        ("date", "5 May", "May 05"),
        ("date", "1 May", "May 1st"),
        ("date", "22 May", "May 22nd"),
        ("date", "3 May", "May 3rd"),
        ("date", "12 May", "May 12th"),
        ("date", "5 September", "Sept. 5"),
        ("date", "May 2020", "in May of 2020"),
        ("date", "late May", "late-May"),
        ("date", "2014", "the 2014 Games"),
        ("time", "10:55 a.m.", "at 10:55am"),
        ("time", "10:55 a.m.", "at 10.55 A.M."),
        ("time", "5 p.m.", "at 5pm"),
        ("time", "8:55", "08.55 GMT"),
        ("age", "37", "the 37-year-old"),
        ("age", "12", "aged twelve"),
        ("count", "3,000", "3000 people"),
        ("count", "3000", "3,000 people"),
        ("length", "1.9 metres", "his 1.9-metre frame"),
        ("length", "1.9 metres", "1.9 meters tall"),
        ("duration", "12 days", "a twelve-day trip"),
        ("duration", "35–40 minutes", "35 to 40 minutes"),
        ("duration", "35–40 minutes", "between 35 and 40 minutes"),
        ("text", "Tom’s  “Call”", 'TOM\'S "call"'),
    ],
)
def test_a_value_is_carried_by_its_written_forms(type: str, value: str, words: str) -> None:
    assert carries(read_value(type, value), words)


@pytest.mark.parametrize(
    ("type", "value", "words"),
    [
        ("date", "17 October", "October 1"),
        ("date", "1 October", "October 17"),
        ("date", "7 October", "17 October"),
        ("date", "5 October 2021", "October 5"),
        ("date", "late May", "May"),
        ("time", "5 p.m.", "at 5 a.m."),
        ("time", "5 p.m.", "at 5"),
        ("age", "37", "137 people"),
        ("count", "3,000", "3 people"),
        ("count", "3", "3,000 people"),
        ("length", "1.9 metres", "1.95 metres"),
        ("length", "1.9 metres", "1.9 kilometres"),
        ("length", "1.9 metres", "1.9"),
        ("duration", "12 days", "12 weeks"),
        ("text", "call", "calling"),
    ],
)
def test_a_value_is_not_carried_by_what_says_less_or_something_else(type: str, value: str, words: str) -> None:
    assert not carries(read_value(type, value), words)


def test_an_entity_is_carried_by_its_name_and_every_alias() -> None:
    stone = Name("Ada Stone", Entity("ada-stone", "person", "Ada Stone", ("Stone", "Ada O’Stone")))
    assert carries(stone, "Commander STONE said")
    assert carries(stone, "one Ada O'Stone")
    assert not carries(stone, "the stonemason")


# Overlapping


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("date", "2021", "5 October 2021"),
        ("date", "October", "5 October 2021"),
        ("date", "17 October", "17 October 2021"),
        ("date", "17 October", "October 17"),
        ("date", "May 2020", "late May 2020"),
        ("date", "late May", "30 May"),
        ("time", "10:55 p.m.", "22:55"),
        ("count", "3,000", "3000"),
        ("length", "1.9 metres", "1.90 metres"),
        ("duration", "1 hour", "1 hours"),
        ("duration", "35–40 minutes", "40 minutes"),
        ("duration", "35–40 minutes", "30–35 minutes"),
        ("text", "The Call", "call."),
        ("text", "an Oak", "the oak"),
    ],
)
def test_values_that_can_both_be_true_overlap(type: str, one: str, other: str) -> None:
    assert read_value(type, one).overlaps(read_value(type, other))


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("date", "17 October", "16 October"),
        ("date", "17 October 2021", "17 October 2020"),
        ("date", "early May", "late May"),
        ("date", "2021", "2020"),
        ("time", "10:55 a.m.", "10:55 p.m."),
        ("count", "3,000", "3,001"),
        ("length", "1.9 metres", "1.9 feet"),
        ("duration", "35–40 minutes", "41 minutes"),
        ("text", "The Call", "The Calling"),
        ("text", "Theatre", "atre"),
    ],
)
def test_values_that_exclude_each_other_do_not_overlap(type: str, one: str, other: str) -> None:
    assert not read_value(type, one).overlaps(read_value(type, other))


def test_an_entity_overlaps_itself_and_what_bears_one_of_its_names() -> None:
    stone = Name("Ada Stone", Entity("ada-stone", "person", "Ada Stone", ("Stone",)))
    oak = Name("Ben Oak", Entity("ben-oak", "person", "Ben Oak"))
    assert stone.overlaps(stone)
    assert stone.overlaps(Text("stone"))
    assert not stone.overlaps(oak)


def test_values_of_different_types_do_not_overlap() -> None:
    assert not read_value("date", "2014").overlaps(read_value("count", "2014"))


# Standing beside each other


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("date", "17 October", "16 November"),
        ("date", "31 December 2020", "1 January 2021"),
        ("date", "2014", "2021"),
        ("time", "10:55 a.m.", "5 p.m."),
        ("age", "37", "50"),
        ("length", "1.9 metres", "1.75 metres"),
        ("duration", "35–40 minutes", "45–50 minutes"),
    ],
)
def test_values_of_one_form_and_size_are_alike(type: str, one: str, other: str) -> None:
    assert read_value(type, one).is_like(read_value(type, other))


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("date", "17 October", "October 16"),
        ("date", "17 October", "16 October 2021"),
        ("date", "17 October", "17 May"),
        ("date", "late May", "June"),
        ("date", "2014", "1957"),
        ("time", "10:55 a.m.", "17:00"),
        ("age", "37", "60"),
        ("count", "3,000", "12"),
        ("length", "1.9 metres", "1.9 feet"),
        ("duration", "35–40 minutes", "45 minutes"),
        ("text", "The Call", "The Dive"),
    ],
)
def test_values_of_another_form_or_size_are_not_alike(type: str, one: str, other: str) -> None:
    assert not read_value(type, one).is_like(read_value(type, other))


def test_one_hour_may_stand_beside_an_hour_and_a_half() -> None:
    assert read_value("duration", "1 hour").is_like(read_value("duration", "1.5 hours"))


def test_entities_are_alike_where_they_share_a_group() -> None:
    def name(id: str, *groups: str) -> Name:
        return Name(id, Entity(id, "person", id, groups=groups))

    assert name("stone", "pilots", "poets").is_like(name("oak", "pilots"))
    assert not name("stone", "pilots").is_like(name("oak", "poets"))
    assert not name("stone").is_like(name("oak"))


# Shifting


@pytest.mark.parametrize(
    ("type", "text", "steps", "then"),
    [
        ("date", "17 October", 1, "18 October"),
        ("date", "October 17", -1, "October 16"),
        ("date", "31 October", 1, "1 November"),
        ("date", "1 March 2021", -1, "28 February 2021"),
        ("date", "December 31, 2020", 1, "January 1, 2021"),
        ("date", "May 2020", 8, "January 2021"),
        ("date", "May", -2, "March"),
        ("date", "late May", 1, "late June"),
        ("date", "2014", -6, "2008"),
        ("time", "10:55 a.m.", 5, "12:10 p.m."),
        ("time", "5 p.m.", -5, "12:00 p.m."),
        ("time", "22:55", 2, "23:25"),
        ("age", "60", 1, "61"),
        ("count", "3,000", -1, "2,000"),
        ("count", "2,000", -1, "1,800"),
        ("count", "250", 1, "260"),
        ("length", "1.9 metres", -1, "1.8 metres"),
        ("length", "1.9 metres", 1, "2.0 metres"),
        ("length", "1.75 metres", 5, "1.80 metres"),
        ("duration", "35–40 minutes", 2, "45–50 minutes"),
        ("duration", "2 hours", -1, "1 hour"),
    ],
)
def test_a_shifted_value_stays_in_its_form_and_precision(type: str, text: str, steps: int, then: str) -> None:
    assert shifted(type, text, steps) == then


def test_what_is_shifted_from_one_is_in_the_plural() -> None:
    assert shifted("duration", "1 hour", 1) == "2 hours"


def test_nothing_is_shifted_from_one_of_a_unit_whose_plural_is_not_known() -> None:
    assert shifted("count", "1 flight", 1) is None


def test_a_part_of_a_month_keeps_its_hyphen() -> None:
    assert shifted("date", "mid-May", 1) == "mid-June"


@pytest.mark.parametrize(
    ("type", "text", "steps"),
    [
        ("count", "3,000", -3),
        ("length", "0.1 metres", -1),
        ("duration", "5–10 minutes", -1),
        ("date", "31 December", 1),
        ("date", "January", -1),
        ("date", "31 December 9999", 1),
        ("date", "9999", 1),
        ("time", "11 p.m.", 1),
        ("time", "0:10", -1),
        ("text", "The Call", 1),
    ],
)
def test_there_is_not_always_a_value_beside(type: str, text: str, steps: int) -> None:
    assert shifted(type, text, steps) is None


# Order


@pytest.mark.parametrize(
    ("type", "texts"),
    [
        ("date", ["1 May", "2 May", "30 May", "1 June", "31 December"]),
        ("date", ["31 December 2020", "1 January 2021", "1 February 2021"]),
        ("date", ["early May", "mid-May", "late May", "early June"]),
        ("date", ["December 2020", "January 2021"]),
        ("date", ["1957", "2014", "2021"]),
        ("time", ["12 a.m.", "12:30 a.m.", "11:59 a.m.", "12 p.m.", "1 p.m."]),
        ("count", ["9", "10", "200", "3,000"]),
        ("length", ["1.9 metres", "1.95 metres", "11.9 metres"]),
        ("duration", ["30–35 minutes", "35–40 minutes"]),
    ],
)
def test_values_with_an_order_are_ranked_by_it(type: str, texts: list[str]) -> None:
    ranks = [read_value(type, text).rank or 0 for text in texts]
    assert all(low < high for low, high in pairwise(ranks))


def test_words_have_no_order() -> None:
    assert read_value("text", "1").rank is None
    assert Name("Ada", Entity("ada", "person", "Ada")).rank is None


# What holds for every value

_MONTHS = "January February March April May June July August September October November December".split()


def _date_text(day: datetime.date, form: int) -> str:
    month = _MONTHS[day.month - 1]
    part = ("early", "mid", "late")[day.day % 3]
    return (
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day.day} {month}", f"{month} {day.day}",
        f"{month} {day.year}", month, f"{part} {month}", f"{part} {month} {day.year}", str(day.year),
    )[form]  # fmt: skip


DATES = st.builds(_date_text, st.dates(datetime.date(1500, 1, 1), datetime.date(2500, 12, 31)), st.integers(0, 8))
CLOCKS = st.builds("{}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
HALVES = st.builds("{}:{:02} {}.m.".format, st.integers(1, 12), st.integers(0, 59), st.sampled_from("ap"))
NUMBERS = st.decimals(0, 10**9, places=0) | st.decimals(0, 1000, places=1) | st.decimals(0, 100, places=3)
UNITS = st.sampled_from(["", " metres", " kilometres", " people", " metres per second"])
RANGES = st.tuples(NUMBERS, NUMBERS).map(lambda pair: f"{min(pair):f}–{max(pair):f}")
QUANTITIES = st.builds("{}{}".format, NUMBERS.map("{:f}".format) | NUMBERS.map("{:,f}".format) | RANGES, UNITS)

TYPED = st.one_of(
    st.tuples(st.just("date"), DATES),
    st.tuples(st.just("time"), CLOCKS | HALVES),
    st.tuples(st.sampled_from(["age", "count", "length", "duration"]), QUANTITIES),
    st.tuples(st.just("text"), st.text(min_size=1, max_size=10)),
)
STEPS = st.integers(-6, 6).filter(bool)


@settings(deadline=None, max_examples=400)
@given(TYPED, STEPS)
def test_a_shifted_value_reads_back_and_lies_on_the_side_it_was_shifted_to(typed: tuple[str, str], steps: int) -> None:
    type, text = typed
    value = read_value(type, text)
    there = value.shifted(steps)
    assume(there is not None)
    assert there is not None
    assert read_value(type, there.text).rank == there.rank
    assert value.rank is not None
    assert there.rank is not None
    assert (there.rank > value.rank) == (steps > 0)
    assert not isinstance(there, Quantity) or there.low > 0


@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_what_a_value_shows_is_read_as_the_same_value(typed: tuple[str, str]) -> None:
    type, text = typed
    value = read_value(type, text)
    assume(not (isinstance(value, Quantity) and value.low == value.high == 1))  # see the next test
    assert read_value(type, value.text) == value


@pytest.mark.parametrize(("type", "text"), [("duration", "1 hours"), ("length", "0.0000001 metres")])
def test_a_quantity_is_read_as_the_same_from_what_it_shows(type: str, text: str) -> None:
    value = read_value(type, text)
    assert read_value(type, value.text) == value


@pytest.mark.parametrize(
    ("type", "texts"),
    [("date", DATES), ("time", CLOCKS | HALVES), ("length", QUANTITIES), ("text", st.text("aThe .", max_size=8))],
)
@given(st.data())
def test_overlapping_is_mutual(type: str, texts: st.SearchStrategy[str], data: st.DataObject) -> None:
    one, other = read_value(type, data.draw(texts)), read_value(type, data.draw(texts))
    assert one.overlaps(other) == other.overlaps(one)


@given(TYPED)
def test_a_value_overlaps_itself(typed: tuple[str, str]) -> None:
    assert read_value(*typed).overlaps(read_value(*typed))


@given(TYPED)
def test_a_value_is_carried_by_what_it_shows(typed: tuple[str, str]) -> None:
    value = read_value(*typed)
    assume(plain(value.text))
    assert carries(value, value.text)
