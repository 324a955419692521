"""A value is proved by the whole of what its source says, never by a part that a quotation cuts out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.bank.values import Name, Value, read_value
from orbitquiz.bank.values.entity import Entity
from tests.making import source_of


def proves(text: str, quote: str, value: Value) -> bool:
    """True if a fact of this value may quote these words of a document with this text."""
    source = source_of(text)
    try:
        quotation = find_quotation(source, quote)
    except NotQuoted:
        return False
    return bool(value.spans_in(source.searchable, quotation.span))


def carries(text: str, type: str, value: str) -> bool:
    return proves(text, text, read_value(type, value))


def named(text: str, *names: str) -> bool:
    return proves(text, text, Name(names[0], Entity("it", "organisation", names[0], names[1:])))


@pytest.mark.parametrize(
    ("text", "quote", "type", "value"),
    [
        ("He is 1.9 metres tall.", "9 metres tall", "length", "9 metres"),
        ("It had 17,000 passengers.", "It had 17", "count", "17"),
        ("It had 17,000 passengers.", "000 passengers", "count", "000"),
        ("It had 17 000 passengers.", "It had 17", "count", "17"),
        ("It had 3 million passengers.", "It had 3", "count", "3"),
        ("It took 35–40 minutes.", "40 minutes", "duration", "40 minutes"),
        ("It took 35 to 40 minutes.", "40 minutes", "duration", "40 minutes"),
        ("At −5 degrees it freezes.", "5 degrees", "count", "5 degrees"),
        ("It left at 10:55 p.m. that day.", "It left at 10:55", "time", "10:55"),
    ],
)
def test_a_quotation_cannot_cut_a_number(text: str, quote: str, type: str, value: str) -> None:
    assert not proves(text, quote, read_value(type, value))


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("There were forty-five of them.", "count", "5"),
        ("There were forty five of them.", "count", "5"),
        ("There were one hundred and five of them.", "count", "5"),
        ("There were two hundred of them.", "count", "2"),
        *((f"It had 17{space}000 passengers.", "count", "17") for space in " \u00a0\u2009\u202f\u2007'’‘ʼ.,·"),
        *((f"It had 17{space}005 passengers.", "count", "5") for space in " \u00a0\u2009\u202f\u2007'’‘ʼ.,·"),
        ("It was −5 degrees.", "count", "5 degrees"),
        ("It was -5 degrees.", "count", "5 degrees"),
        ("It was ±5 degrees.", "count", "5 degrees"),
        ("It was .5 of it.", "count", "5"),
        ("It was 1·9 of it.", "count", "9"),
        ("It was 1/5 of it.", "count", "5"),
        ("It was 1⁄5 of it.", "count", "1"),
        ("It was 1½ of it.", "count", "1"),
        ("It was 1 1/2 of it.", "count", "1"),
        ("It was 2 and a half of it.", "count", "2"),
        ("It was one fifth of it.", "count", "1"),
        ("It was two-thirds of it.", "count", "2"),
        ("It cost 3 million.", "count", "3"),
        ("It cost three million.", "count", "3"),
        ("It cost 3 hundred thousand.", "count", "3"),
        ("It took 35–40 minutes.", "duration", "40 minutes"),
        ("It took 35 - 40 minutes.", "duration", "40 minutes"),
        ("It took five to six minutes.", "duration", "6 minutes"),
        ("It took between 35 and 40 minutes.", "duration", "40 minutes"),
        ("It was 5 % of it.", "count", "5"),
        ("It was １７,０００ of it.", "count", "17"),
        ("He flew an F-16 there.", "count", "16"),
        ("It was built in 2014/15.", "date", "2014"),
        ("It was built in the 1930's.", "date", "1930"),
        ("It was built in the 1930s.", "date", "1930"),
        ("It left at 10:55 p.m. that day.", "time", "10:55"),
        ("It left at 10:55 pm that day.", "time", "10:55"),
        ("It is 10.55 metres long.", "time", "10:55"),
        ("It was cut at 10.55 metres.", "time", "10:55"),
        ("The shares rose to 10.55 that day.", "time", "10:55"),
    ],
)
def test_a_part_of_a_number_proves_nothing(text: str, type: str, value: str) -> None:
    assert not carries(text, type, value)


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("They may go.", "date", "May"),
        ("The mar of it.", "date", "March"),
        ("Jan Smit went.", "date", "January"),
        ("May they go in peace.", "date", "May"),
        ("Then March on!", "date", "March"),
        ("Ask June Lee.", "date", "June"),
        ("They may 5 times go.", "date", "5 May"),
        ("It was a dec 5 thing.", "date", "5 December"),
    ],
)
def test_a_month_keeps_its_capital_and_is_no_other_word(text: str, type: str, value: str) -> None:
    assert not carries(text, type, value)


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("It was in May.", "date", "May"),
        ("May 2020 was wet.", "date", "May"),
        ("It was mid-May.", "date", "mid-May"),
        ("OCTOBER 5 IT WAS", "date", "5 October"),
        ("It was in September.", "date", "September"),
        ("It was on Jan. 5.", "date", "5 January"),
        ("Since Jan. it rains.", "date", "January"),
        ("It was built in mid-2014.", "date", "2014"),
        ("The 2014 film", "date", "2014"),
        ("It left at 10.55 that day.", "time", "10:55"),
        ("It left at 10:55.", "time", "10:55"),
        ("It left at 10.55 p.m.", "time", "10:55 p.m."),
        ("It had 17 000 passengers.", "count", "17,000"),
        ("It had 17\u202f000 passengers.", "count", "17,000"),
        ("It had 17’000 passengers.", "count", "17,000"),
        ("It had seventeen thousand passengers.", "count", "17,000 passengers"),
        ("It had 17 thousand passengers.", "count", "17,000"),
        ("It cost 3 million dollars.", "count", "3,000,000 dollars"),
        ("It cost a million.", "count", "1,000,000"),
        ("It cost 3,000,000 dollars.", "count", "3 million dollars"),
        ("It cost 3 million dollars.", "count", "3 million dollars"),
        ("It cost 1.5 billion.", "count", "1,500,000,000"),
        ("It is 1·9 metres long.", "length", "1.9 metres"),
        ("It is .5 metres long.", "length", "0.5 metres"),
        ("It is 5km long.", "count", "5 km"),
        ("There were forty-five of them.", "count", "45"),
        ("There were one hundred and five of them.", "count", "105"),
        ("There were 5, 6 of them men.", "count", "5"),
        ("All 36 passengers came.", "count", "36 passengers"),
        ("A 37-year-old came.", "age", "37"),
        ("It took between 35 and 40 minutes.", "duration", "35–40 minutes"),
        ("It took thirty-five to forty minutes.", "duration", "35–40 minutes"),
    ],
)
def test_what_is_said_in_full_proves_itself(text: str, type: str, value: str) -> None:
    assert carries(text, type, value)


@pytest.mark.parametrize(
    ("text", "names"),
    [("They told us so.", ["US"]), ("Ask who it was.", ["WHO"]), ("A stone fell.", ["Ada Stone", "Stone"])],
)
def test_a_word_is_no_name_that_has_capitals(text: str, names: list[str]) -> None:
    assert not named(text, *names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US did it.", ["US"]),
        ("ADA STONE WENT", ["Ada Stone"]),
        ("The Marten burned.", ["the Marten"]),
        ("The WHO came", ["WHO"]),
    ],
)
def test_a_name_with_its_capitals_is_one(text: str, names: list[str]) -> None:
    assert named(text, *names)


def test_a_word_may_have_been_given_a_capital_because_it_is_an_option() -> None:
    assert carries("She is a surgeon.", "text", "Surgeon")
    assert not carries("She told us so.", "text", "US")


# A law

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
SMALL += "seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    if number >= 1000:
        rest = number % 1000
        joint = " and " if rest < 100 else " "
        return f"{in_words(number // 1000)} thousand" + (f"{joint}{in_words(rest)}" if rest else "")
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return SMALL[number] if number < 20 else TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal | None]:
    """A number in some form, and how much it is; None where no value of the bank is as much."""
    whole = draw(st.integers(0, 999_999) | st.integers(0, 200))
    space = draw(st.sampled_from(" \u00a0\u2009\u202f'’,"))
    grouped = f"{whole:,}".replace(",", space)
    tenths = draw(st.integers(0, 99))
    forms: list[tuple[str, Decimal | None]] = [
        (str(whole), Decimal(whole)),
        (grouped, Decimal(whole)),
        (in_words(whole), Decimal(whole)),
        (f"{whole}.{tenths:02}", Decimal(f"{whole}.{tenths:02}")),
        (f"{whole}·{tenths:02}", Decimal(f"{whole}.{tenths:02}")),
        (f"−{grouped}", None),
        (f"{whole}/{tenths}", None),
        (f"{whole}½", None),
        (f"{grouped} million", Decimal(whole) * 1_000_000 if 0 < whole < 1000 else None),
        (f"{in_words(whole)} million", None),
        (f"{whole}–{whole + tenths + 1}", None),
        (f"{in_words(whole)} to {in_words(whole + tenths + 1)}", None),
        (f"{whole}:{tenths:02} p.m.", None),
        (f"{whole} %", None),
    ]
    return draw(st.sampled_from(forms))


@settings(deadline=None, max_examples=400)
@given(written(), st.data())
def test_a_number_in_any_form_cut_anywhere_proves_itself_alone(
    form: tuple[str, Decimal | None], data: st.DataObject
) -> None:
    number, much = form
    before, after = "There were once ", " of them here."
    text = f"{before}{number}{after}"
    start = data.draw(st.sampled_from([0, *range(len(before) - 1, len(before) + len(number))]))
    end = data.draw(st.sampled_from([*range(len(before) + 1, len(before) + len(number) + 1), len(text)]))
    quote = text[start:end]
    is_whole = number in quote
    others = [
        data.draw(st.integers(0, 1_000_000)),
        *(int(part) for part in "".join(c if c.isascii() and c.isdigit() else " " for c in number).split()),
    ]
    others += [n for n, word in enumerate(SMALL) if word in number]
    for other in others:
        if Decimal(other) != much:
            assert not proves(text, quote, read_value("count", f"{other}"))
    if much is not None:
        assert proves(text, quote, read_value("count", f"{much}")) == is_whole


def test_three_million_are_3_000_000() -> None:
    assert read_value("count", "3 million").overlaps(read_value("count", "3,000,000"))
    assert not read_value("count", "3 million").overlaps(read_value("count", "3"))
    assert not carries("It cost 3 dollars.", "count", "3 million dollars")
