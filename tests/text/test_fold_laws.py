"""Nothing is folded but what nobody sees: no fold makes a false quotation true."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.text.fold import Format
from tests.fuzz import bare
from tests.making import source_of

PIECES = ["a", "b", "ab", "B", "1", "2", ".", ",", "!", " ", "\n", "\n\n", "-", "-\n", "\u00ad", "\u200b", "\ufeff"]
PIECES += ["“", '"', "’", "'", "«", "…", "...", "ﬁ", "fi", "e\u0301", "é", "e", "*", "**", "_", "`", "# ", "- "]
PIECES += ["\u202e"]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)


def seen(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf" or c == "\u202e")


@settings(deadline=None, max_examples=400)
@given(TEXTS, TEXTS, st.sampled_from(["text", "markdown"]), st.data())
def test_what_is_found_is_what_a_reader_would_read_aloud(
    text: str, quote: str, format: Format, data: st.DataObject
) -> None:
    source = replace(source_of(text + " " + text), format=format)
    cut = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    for words in (quote, text[slice(*cut)]):
        try:
            found = find_quotation(source, words)
        except NotQuoted:
            continue
        there = source.text[slice(*found.span)]
        if format == "text":
            assert bare(there).replace("\u202e", "") == bare(words).replace("\u202e", "")
            assert ("\u202e" in there) == ("\u202e" in words.strip())
        else:
            letters = [re.sub(r"[^a-zé0-9]", "", seen(each).casefold()) for each in (there, words)]
            assert letters[0] == letters[1]
            numbers = [re.findall(r"[0-9]+", re.sub(r"\s|-", "", seen(each))) for each in (there, words)]
            assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("format", "there", "typed"),
    [
        ("text", "the cap\u00adtain", "the captain"),
        ("text", "the cap\u200btain", "the captain"),
        ("text", "\ufeffthe captain", "the captain"),
        ("text", "the cafe\u0301", "the café"),
        ("text", "the oﬃcer", "the officer"),
        ("text", "and so …", "and so ..."),
        ("text", "«Come»", '"Come"'),
        ("text", "the cap-\ntain was a captain", "the captain was a captain"),
        ("text", "a well-\nknown, well-known man", "a well-known, well-known man"),
        ("markdown", "the **old** _captain_", "the old captain"),
        ("markdown", "the [captain](https://example.org/a_(b)) came.[52] He", "the captain came. He"),
        ("markdown", "- one\n- two", "one two"),
        ("markdown", "## The captain", "The captain"),
        ("markdown", "R&amp;D was 5 \\* 3", "R&D was 5 * 3"),
    ],
)
def test_a_difference_that_nobody_sees_is_none_from_either_side(format: Format, there: str, typed: str) -> None:
    known = " It was discovered by a captain."
    for text, quote in ((there + known, typed), (there + known, there)):
        source = replace(source_of(text), format=format)
        found = find_quotation(source, quote, suffix="It was")
        assert source.clean.slice(*found.span).strip("• ").startswith(typed[:3].replace('"Co', "«Co"))
    if format == "text" and "\n" not in there and "«" not in there:
        assert find_quotation(source_of(typed + known), there, suffix="It was").start == 0


def test_what_players_see_is_clean() -> None:
    text = "- **Ada** [Stone](x)\n- was dis\u00adcov-\nered[3]\n\nShe was discovered."
    shown = replace(source_of(text), format="markdown").clean.text
    assert shown == "• Ada Stone • was discovered She was discovered."


@pytest.mark.parametrize(
    ("text", "quote"), [("5*3 it was", "53"), ("in pre-\nand post-war times", "preand"), ("1\u202e2", "12")]
)
def test_a_fold_makes_no_word_and_no_number(text: str, quote: str) -> None:
    for format in ("text", "markdown"):
        source = replace(source_of(text), format=format)
        with pytest.raises(NotQuoted):
            find_quotation(source, quote)
