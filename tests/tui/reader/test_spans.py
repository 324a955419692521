"""Spans of a text: what is found in it, and walking from one to the next."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.bank.model import Quotation
from orbitquiz.text.spans import apart, touching
from orbitquiz.tui.reader.search import Walk, found, quoted
from tests.making import source_of

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda each: (each[0], sum(each)))).map(sorted)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("the crew's ship", ["the \tcrew’s ship"]),
        ("the crew’s ship", ["the \tcrew’s ship"]),
        ("well  -  known comet", ["well – known\ncomet"]),
        ("KNOWN COMET", ["known\ncomet"]),
        ("here", ["here", "here"]),
        ("[red]", ["[red]"]),
        (".*", [".*"]),  # no pattern
        ("comets", []),
        ("", []),
        (" \t", []),
    ],
)
def test_a_search_is_folded_like_quotations_and_without_case(typed: str, words: list[str]) -> None:
    text = "Nothing here.\n\nthe \tcrew’s ship was well – known\ncomet for [red] and .* only here"
    assert [text[start:end] for start, end in found(source_of(text), typed)] == words


def test_letters_whose_fold_is_two_shift_nothing() -> None:
    text = "STRAßE İß and Comet"
    assert found(source_of(text), "comet") == [(text.index("Comet"), len(text))]


def test_only_quotations_of_this_source_and_within_it_are_spans_of_it() -> None:
    spans = ((3, 99), (0, 3), (50, 60), (0, 3))
    others = (Quotation("other", 1, 2), *(Quotation("report", *span) for span in spans))
    assert quoted(source_of("abcdef"), others) == [(0, 3), (3, 6)]


@settings(deadline=None)  # what an example takes depends on what else the machine does
@given(spans=SPANS, start=st.integers(0, 40), length=st.integers(1, 20))
def test_spans_apart_cover_the_same_and_those_that_touch_are_found(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    merged = apart(spans)
    assert {at for span in merged for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(one[1] < other[0] for one, other in itertools.pairwise(merged))
    window = set(range(start, start + length))
    assert list(touching(merged, start, start + length)) == [span for span in merged if window & {*range(*span)}]


def test_a_walk_goes_round_the_end() -> None:
    walk = Walk([(0, 1), (5, 6), (9, 10)], 1)
    seen = [walk.place]
    for by in (1, 1, -1):
        walk.step(by, top=0)
        seen.append(walk.place)
    assert seen == ["2 of 3", "3 of 3", "1 of 3", "3 of 3"]
    assert walk.present == (9, 10)


@pytest.mark.parametrize(
    ("by", "top", "place"),
    [(1, 0, "1 of 3"), (1, 4, "2 of 3"), (-1, 6, "2 of 3"), (1, 11, "1 of 3"), (-1, 0, "3 of 3")],
)
def test_where_none_is_present_a_walk_begins_at_the_nearest(by: int, top: int, place: str) -> None:
    walk = Walk([(0, 1), (5, 6), (9, 10)])
    assert walk.place == "3"
    walk.step(by, top)
    assert walk.place == place


def test_a_walk_through_nothing_stays() -> None:
    walk = Walk([])
    walk.step(1, 0)
    assert walk.present is None
    assert walk.place == "0"
