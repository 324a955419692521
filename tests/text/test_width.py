"""Text that takes two cells a character."""

from __future__ import annotations

import pytest

from orbitquiz.bank.model import Quotation
from orbitquiz.bank.passage import passages
from orbitquiz.text.width import cells, table, wrapped
from tests.making import source_of


@pytest.mark.parametrize(
    ("text", "width"), [("port", 4), ("港", 2), ("ｶﾞ", 2), ("é", 1), ("e\u0301", 1), ("a\u200bb", 2), ("「港」", 6)]
)
def test_a_wide_character_takes_two_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_the_columns_of_a_table_begin_in_one_cell_whatever_its_script() -> None:
    rows = [("place", "n", "in"), ("港", "7", "Wick"), ("harbour", "12", "")]
    assert list(table(rows, right={1})) == ["place     n  in", "港        7  Wick", "harbour  12"]


def test_a_table_of_no_rows_has_no_lines() -> None:
    assert list(table([])) == []


def test_a_line_without_spaces_is_broken_where_its_script_allows() -> None:
    line = "渡し船マルテン号がウィック湾で「火事」になった。"
    lines = wrapped(line, 20, 2)
    assert "".join(each.strip() for each in lines) == line
    assert all(cells(each) <= 20 for each in lines)
    assert not any(each.strip()[0] in "。」" or each[-1] == "「" for each in lines)


def test_latin_words_in_such_a_line_stay_whole() -> None:
    assert wrapped("港のKestrel号は出た", 8) == ["港の", "Kestrel", "号は出た"]


def test_a_line_of_narrow_characters_is_wrapped_at_its_blanks() -> None:
    assert wrapped("one two-three four", 9, 1) == ["one", " two-three", " four"]


def test_a_passage_of_wide_characters_takes_no_more_room_than_another() -> None:
    text = "港の船は朝に出た。" * 60
    (passage,) = passages({"report": source_of(text)}, [Quotation("report", 0, 9)])
    assert cells(passage.text) <= 410
