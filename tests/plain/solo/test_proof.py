"""A proof, and the lines around it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orbitquiz.bank.model import Quotation, Source
from orbitquiz.bank.passage import Passage, passages
from orbitquiz.plain.question import merged, proof_lines, source_lines, spoken
from orbitquiz.presenter.citing import Cited
from orbitquiz.presenter.wording import duration, sentence
from orbitquiz.quiz.proof import Evidence, Proof
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from tests.making import source_of

LINES = [f"Line {number} of the text." for number in range(1, 41)]
LONG = source_of("\n".join(LINES) + "\n")


def passage_at(line: int, source: Source = LONG) -> Passage:
    start = source.text.index(f"Line {line} of")
    (passage,) = passages({source.id: source}, [Quotation(source.id, start, start + 4)], 100)
    return passage


def cited(*shown: Passage) -> list[Cited]:
    return [Cited(passage.source, passage.quotations) for passage in shown]


def numbers(places: list[Cited]) -> list[str]:
    return [line.split()[0] for line in source_lines(places)]


def test_five_lines_stand_before_a_proof_and_five_after_it() -> None:
    lines = list(source_lines(cited(passage_at(20))))
    assert lines == ["From the report:", *(f"{number}  {LINES[number - 1]}" for number in range(15, 26))]


def test_a_document_has_no_lines_before_its_first_and_after_its_last() -> None:
    assert numbers(cited(passage_at(2))) == ["From", *map(str, range(1, 8))]
    assert numbers(cited(passage_at(39))) == ["From", *map(str, range(34, 41))]


def test_a_proof_of_several_lines_has_them_all() -> None:
    source = LONG
    end = source.text.index("Line 14 of") + 4
    passage = replace(passage_at(10), quotations=(Quotation(source.id, source.text.index("Line 10 of"), end),))
    assert numbers(cited(passage)) == ["From", *map(str, range(5, 20))]


def test_lines_that_two_passages_share_come_once_and_a_gap_is_told() -> None:
    near = cited(passage_at(14), passage_at(10))
    assert numbers(near) == ["From", *map(str, range(5, 20))]
    far = cited(passage_at(10), passage_at(30))
    assert numbers(far) == ["From", *map(str, range(5, 16)), "Some", *map(str, range(25, 36))]


def test_each_document_has_its_own_lines() -> None:
    other = replace(LONG, id="other", title="Other", publisher="The Post", issued="2031-05-03")
    lines = list(source_lines(cited(passage_at(2), passage_at(3, other))))
    assert [line for line in lines if line.startswith("From")] == [
        "From the report:",
        "From the report, 3 May 2031, Other, The Post:",
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_another_system_are_not_shown(end: str) -> None:
    source = source_of(LONG.text.replace("\n", end))
    assert list(source_lines(cited(passage_at(2, source)))) == list(source_lines(cited(passage_at(2))))


@pytest.mark.parametrize(
    ("marks", "spans"),
    [((), []), (((0, 2), (4, 6)), [(0, 2), (4, 6)]), (((2, 3), (0, 2)), [(0, 3)]), (((1, 5), (2, 3)), [(1, 5)])],
)
def test_marks_that_touch_are_one(marks: tuple[tuple[int, int], ...], spans: list[tuple[int, int]]) -> None:
    assert merged(marks) == spans


def test_what_proves_it_is_said_after_its_passage_where_that_says_more() -> None:
    passage = PassageSheet("so", "line 1 · The report", "One two three.", ((0, 3), (4, 7)))
    assert list(proof_lines(ProofSheet("So it is.", (passage,))))[2:] == ["One two three.", "The proof in it: One; two"]
    whole = PassageSheet("so", "line 1 · The report", "One.", ((0, 4),))
    assert list(proof_lines(ProofSheet("So it is.", (whole,))))[2:] == ["One."]


def test_a_gap_is_said_as_a_word() -> None:
    assert spoken("The crew was ____ days away.") == "The crew was blank days away."


def test_a_heading_has_no_signs_that_a_voice_would_read_out() -> None:
    source = replace(LONG, author="A. Pen", issued="2031-05")
    passage = replace(passage_at(10, source), last_line=12)
    sheet = ProofSheet.of(Proof("So it is.", (Evidence("so", passage),)))
    heading = list(proof_lines(sheet))[1]
    assert heading == "Lines 10 to 12, The report, May 2031, A. Pen."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 seconds"),
        (1.0, "1 second"),
        (59.6, "1 minute 0 seconds"),
        (125.0, "2 minutes 5 seconds"),
        (3660.0, "1 hour 1 minute"),
    ],
)
def test_times_are_written_out(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("text", "closed"), [("Ada", "Ada."), ("10 p.m.", "10 p.m."), ("Who?", "Who?"), (" a\nb", "a b.")]
)
def test_a_sentence_ends_once(text: str, closed: str) -> None:
    assert sentence(text) == closed
