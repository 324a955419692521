"""Text is folded for comparison, found as whole words, and shown without harm."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.text.fold import alike, fold, plain
from orbitquiz.text.lookup import holds, holds_any, spans_of
from orbitquiz.text.safe import line_of, visible

_SPACES = " \t\n\r\u00a0\u2003\u3000"
_QUOTES = "‘’“”„'\"′″"
MIXED = st.text(alphabet="ab1é." + _SPACES + _QUOTES + "-–—‑", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("on\nOctober\n\n17", "on October 17"),
        ("  1.9\u00a0metres ", "1.9 metres"),
        ("Tom Cruise’s “Challenge”", 'Tom Cruise\'s "Challenge"'),
        ("35–40 or 35‑40 or −5", "35-40 or 35-40 or -5"),
        ("The Call — a title", "The Call — a title"),
    ],
)
def test_white_space_and_variants_of_one_character_are_folded_and_nothing_else(text: str, folded: str) -> None:
    assert plain(text) == folded


@given(MIXED)
def test_folding_differs_from_plain_only_at_the_ends(text: str) -> None:
    assert fold(text).text.strip(" ") == plain(text)


@settings(deadline=None, max_examples=300)
@given(MIXED.filter(bool), st.data())
def test_the_original_of_a_folded_span_folds_back_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.original(start, end)
    assert 0 <= first < last <= len(text)
    assert fold(text[first:last]).text == folded.text[start:end]


@pytest.mark.parametrize(("one", "other"), [("The Call", "the call."), ("Tom’s", "tom's"), ("On  board", "on board")])
def test_options_that_differ_in_case_or_a_full_stop_are_alike(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("he is 1.9 metres tall", "1.9"),
        ("in all, 17.", "17"),
        ("17, not 16", "17"),
        ("the 37-year-old", "37"),
        ("(challenge)", "challenge"),
        ("stone's ship", "stone"),
        ("a bookcase and a book", "book"),
    ],
)
def test_whole_words_are_held(text: str, words: str) -> None:
    assert holds(text, words)


@pytest.mark.parametrize(("text", "words"), [("stonemason", "stone"), ("a milestone", "stone"), ("", "stone")])
def test_part_of_a_word_is_not_held(text: str, words: str) -> None:
    assert not holds(text, words)


def test_an_accent_of_its_own_ends_no_word() -> None:
    cafe = "cafe\u0301"
    assert holds(f"the {cafe} is open", cafe)
    assert not holds(f"the {cafe}s are open", cafe)
    assert not holds(f"the {cafe}", "cafe")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("it is 11.9 metres", "1.9"),
        ("it is 1.95 metres", "1.9"),
        ("17,000 people", "17"),
        ("5,017 people", "017"),
        ("3.17 metres", "17"),
        ("117 people", "17"),
    ],
)
def test_a_number_does_not_stand_inside_a_longer_one(text: str, number: str) -> None:
    assert not holds(text, number)


def test_a_number_is_found_behind_a_longer_one_that_holds_it() -> None:
    assert holds("17,000 people in 17 towns", "17")


@pytest.mark.parametrize(
    ("words", "found"), [(["stone", "oak"], True), (["oak", "stone"], True), (["oak", "sto"], False), ([], False)]
)
def test_one_of_several_words_is_enough(words: list[str], found: bool) -> None:
    assert holds_any("ada stone flew", words) == found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("It was 12, not 13.", ["12"], ["12"]),
        ("12 or 13 or 12", ["13", "12"], ["12", "13", "12"]),
        ("On May\n\n3 it was", ["may 3", "3 may"], ["May\n\n3"]),
        ("Tom Stone’s “Call”", ["stone's", 'stone\'s "call"'], ["Stone’s “Call”"]),
        ("Ada Stone and Stone", ["stone", "ada stone"], ["Ada Stone", "Stone"]),
        ("one two three", ["two three", "one two"], ["one two"]),
        ("17,000 and 1.17 and 117", ["17"], []),
        ("a stonemason", ["stone"], []),
        ("twelve", [], []),
        ("twelve", [""], []),
        ("", ["twelve"], []),
        ("The Straße to İzmir and back", ["back"], ["back"]),
    ],
)
def test_spans_are_where_the_words_stand_the_longest_of_the_leftmost(
    text: str, words: list[str], found: list[str]
) -> None:
    assert [text[start:end] for start, end in spans_of(text, words)] == found


SOUGHT = st.lists(st.sampled_from(["a", "b1", "ab", "a b", "1", "1.1", "é", "a'b", "b-a", "1-1", "a b a"]), max_size=4)
TOLD = st.lists(
    st.sampled_from(["a", "B1", "ab", "1", "1.1", "É", "’", "–", ".", ",", "ß", "İ", *_SPACES]), max_size=20
)


@settings(deadline=None, max_examples=300)
@given(TOLD.map("".join), SOUGHT)
def test_each_span_is_one_of_the_words_and_they_are_apart_and_in_order(text: str, words: list[str]) -> None:
    spans = spans_of(text, words)
    assert {plain(text[start:end]).casefold() for start, end in spans} <= set(words)
    ends = [0, *(end for _, end in spans)]
    assert all(end <= start for end, (start, _) in zip(ends, spans, strict=False))


@settings(deadline=None, max_examples=300)
@given(TOLD.map("".join), SOUGHT)
def test_there_are_spans_where_the_text_holds_some_of_the_words(text: str, words: list[str]) -> None:
    text = text.replace("ß", "s").replace("İ", "i")  # letters whose fold is two of them are left as they are
    assert bool(spans_of(text, words)) == any(holds(plain(text).casefold(), each) for each in words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("one\x00two", "one␀two"),
        ("back\x7f", "back␡"),
        ("right\u202eleft", "right⟨U+202E⟩left"),
        ("isolate\u2066", "isolate⟨U+2066⟩"),
        ("csi\x9b31m", "csi⟨U+009B⟩31m"),
        ("\ufeffmark", "⟨U+FEFF⟩mark"),
        ("no\u200bspace", "no⟨U+200B⟩space"),
        ("over\rwritten", "over␍written"),
    ],
)
def test_a_character_that_could_do_harm_is_shown_as_a_placeholder(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_control_or_bidirectional_override_survives() -> None:
    shown = visible("".join(map(chr, range(sys.maxunicode + 1))))
    assert {c for c in shown if unicodedata.category(c) == "Cc"} == {"\t", "\n"}
    assert not {unicodedata.bidirectional(c) for c in shown} & set("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())


# Letters, marks, numbers, punctuation, symbols and spaces of every script; no control or format characters.
HARMLESS = st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Zs"], include_characters="\t\n"))


@given(HARMLESS)
def test_harmless_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_making_visible_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(line_of(text).splitlines()) <= 1
