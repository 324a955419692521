"""A document falls into sentences as a reader would cut it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["船は港を出た。", "「誰も見なかった。」", "三十人が乗っていた？", "はい！"],
        ["船离开了港口。", "没有人看见！", "为什么？"],
        ["배가 항구를 떠났다.", "아무도 보지 못했다."],
    ],
)
def test_a_sentence_of_another_script_ends_where_its_marks_say(parts: list[str]) -> None:
    text = (" " if "가" in parts[0] else "").join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_a_capital_after_a_full_stop_begins_a_sentence() -> None:
    assert cut("She took off. The ship held! Did it? 12 days passed… Then home.") == [
        "She took off.", "The ship held!", "Did it?", "12 days passed…", "Then home.",
    ]  # fmt: skip


def test_a_small_letter_does_not_begin_a_sentence() -> None:
    assert cut("The site space.com told it first.") == ["The site space.com told it first."]


@pytest.mark.parametrize(
    "sentence",
    [
        "J. R. Stone commanded the ship.",
        "They took off at 10:55 a.m. Moscow time.",
        "They come home on Oct. 17 or on Sept. 5.",
        "The U.S. Army watched.",
        "It was Dr. Stone who saw it.",
        "See e.g. Stone on comets.",
        "The tail was 2.5 kilometres long.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert cut(f"{sentence} The end.") == [sentence, "The end."]


@pytest.mark.parametrize("sentence", ["Dr. Stone saw it.", "J. Stone saw it.", "Oct. 17 is the day."])
def test_an_abbreviation_that_begins_a_paragraph_does_not_end_it(sentence: str) -> None:
    assert cut(f"The headline\n\n{sentence}") == ["The headline", sentence]


def test_a_blank_line_ends_a_sentence() -> None:
    assert cut("The comet crew\n \nAda Stone, 41,\ncommanded.") == ["The comet crew", "Ada Stone, 41,\ncommanded."]


def test_a_blank_line_is_one_whatever_the_line_ends() -> None:
    assert cut("The comet crew\r\n\r\nAda Stone\r\ncommanded.\r\n") == ["The comet crew", "Ada Stone\r\ncommanded."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"We saw it."', "Stone smiled."),
        ("She said “We saw it.”", "“And then?”"),
        ("(They had waited.)", "(For days.)"),
        ("He asked 'Why?'", "Nobody knew."),
    ],
)
def test_quotation_marks_and_brackets_stay_with_their_sentence(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize("text", ["", " \n\n\t "])
def test_nothing_has_no_sentences(text: str) -> None:
    assert cut(text) == []


BITS = [
    "Ada",
    "saw",
    "it",
    "a.m.",
    "U.S.",
    "Oct.",
    "1.9",
    ".",
    "?!",
    "…",
    '."',
    "“No.”",
    "(Dr.",
    " ",
    "\n",
    "\n\n",
    "\r\n",
]
PROSE = st.lists(st.sampled_from(BITS)).map("".join)


@given(PROSE | st.text(max_size=30))
def test_sentences_stand_in_order_trimmed_and_leave_out_only_white_space(text: str) -> None:
    spans = sentences(text)
    for start, end in spans:
        assert start < end
        assert text[start:end] == text[start:end].strip()
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert all(not text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
