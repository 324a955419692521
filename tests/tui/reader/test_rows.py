"""A text in rows: nothing lost, nothing too wide, nothing parted that belongs together."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from orbitquiz.text.safe import visible
from orbitquiz.tui.reader.glyphs import shown
from orbitquiz.tui.reader.rows import Rows
from tests.making import source_of

CHARACTERS = st.one_of(
    st.sampled_from([*"ab .-\n\t\r漢字。\u3000\xa0\u0301\u200d\ufe0f\x1b\u202e", "\r\n", "      ", "wordwordword"]),
    st.sampled_from(["e\u0301", "👩\u200d🚀", "☁\ufe0f", "שלום", "مر"]),
    st.characters(exclude_categories=["Cs"]),
)
DOCUMENTS = st.lists(CHARACTERS, max_size=120).map("".join)
WIDTHS = st.integers(20, 110)

# A clock says nothing here: what an example takes depends on what else the machine does.
whatever_the_clock_says = settings(deadline=None)


def spans_of(rows: Rows) -> list[tuple[int, int]]:
    return [rows.span(row) for row in range(len(rows))]


@whatever_the_clock_says
@given(text=DOCUMENTS, width=WIDTHS)
def test_every_character_is_shown_once_and_in_order_at_any_width(text: str, width: int) -> None:
    rows = Rows(text, width)
    at = 0
    for start, end in spans_of(rows):
        between = text[at:start]
        assert between.strip(" \t\r\n") == "", "only line ends and the white space at an edge are not shown"
        assert start <= end
        at = end
    assert text[at:].strip(" \t\r\n") == ""
    seen = "".join(shown(text[start:end]) for start, end in spans_of(rows))
    expected = visible(text.replace("\r", "\n"))
    assert "".join(seen.split()) == "".join(expected.split())
    assert all(rows.at(offset) == row for row, span in enumerate(spans_of(rows)) for offset in range(*span))


@whatever_the_clock_says
@given(text=DOCUMENTS, width=WIDTHS)
def test_no_row_is_wider_than_the_column(text: str, width: int) -> None:
    assert all(cell_len(shown(text[start:end])) <= width for start, end in spans_of(Rows(text, width)))


@whatever_the_clock_says
@given(text=DOCUMENTS, width=WIDTHS)
def test_no_row_begins_with_an_accent_that_belongs_to_a_letter(text: str, width: int) -> None:
    for start in Rows(text, width).starts[1:]:
        if text[start - 1] not in "\r\n":
            assert not unicodedata.combining(text[start])
            assert text[start] not in "\u200d\ufe0f"
            # Nothing is joined to what is shown as something else.
            assert text[start - 1] != "\u200d" or text[start] == "\t" or visible(text[start]) != text[start]


@whatever_the_clock_says
@given(words=st.lists(st.text("abcé’", min_size=1, max_size=19), min_size=1, max_size=60), width=WIDTHS)
def test_words_that_fit_are_never_broken_and_rows_are_filled(words: list[str], width: int) -> None:
    text = " ".join(words)
    seen = [text[start:end] for start, end in spans_of(Rows(text, width))]
    assert " ".join(seen) == text
    for row, after in itertools.pairwise(seen):
        assert len(row) + 1 + len(after.split()[0]) > width


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_have_the_numbers_of_citations(end: str) -> None:
    text = f"one{end}two{end}{end}{'long ' * 40}{end}the quoted{end}"
    rows = Rows(text, 30)
    numbers = {rows.number(row): text[start:end] for row, (start, end) in enumerate(spans_of(rows)) if rows.number(row)}
    assert numbers[source_of(text).line(text.index("quoted"))] == "the quoted"
    assert list(numbers) == [1, 2, 3, 4, 5]
    assert numbers[2] == "two"
    assert numbers[3] == ""


def test_a_word_longer_than_a_row_is_broken_at_the_edge() -> None:
    text = "a " + "x" * 50
    seen = [text[start:end] for start, end in spans_of(Rows(text, 20))]
    assert seen == ["a", "x" * 20, "x" * 20, "x" * 10]


@pytest.mark.parametrize(
    ("text", "width", "starts"),
    [
        ("漢字" * 15, 21, [0, 10, 20]),  # no space is needed to break between wide characters,
        ("ab " + "漢字" * 15, 21, [0, 12, 22, 32]),  # which fill a row beside words
        ("    " + "x" * 30, 20, [0, 20]),  # an indentation has no row of its own
        ("x" * 20 + " \u0301" + "y" * 5, 20, [0, 20]),  # an accent on a space
        ("👩\u200d🚀" * 15, 20, [0, 30]),  # two cells and three characters each
        ("☁\ufe0f" * 15, 20, [0, 20]),  # as a picture, a cloud is two cells wide
        ("aa\u200d\x80wordwordword", 20, [0, 4]),  # ⟨U+0080⟩ is joined to nothing
        ("\x1b\ufe0f" * 25, 20, [0, 40]),  # nor is a placeholder made a picture
        (("x" * 20 + "\r\n") * 2, 20, [0, 22]),  # the end of a line from Windows takes no room
        (("x" * 20 + "\r") * 2, 20, [0, 21]),  # nor does that of an old Macintosh
        ("", 20, [0]),
    ],
)
def test_what_belongs_together_stays_together_and_takes_its_room(text: str, width: int, starts: list[int]) -> None:
    assert Rows(text, width).starts == starts
