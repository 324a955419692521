"""Large letters."""

from __future__ import annotations

import string

import pytest

from orbitquiz.classroom.server.hosting import LETTERS
from orbitquiz.tui.widgets.big_letters import HEIGHT, ROWS, drawn, large_lines, picture, scale_for

PUNCTUATION = ".,:;!?'\"-–—()/%&+=·…_[]{}×°*$€£#@<>|~½"


@pytest.mark.parametrize("letter", [*string.ascii_letters, *string.digits, *PUNCTUATION, *"’‘“”‑", *"äéèîöûñçåāž"])
def test_a_letter_is_a_picture_of_one_size(letter: str) -> None:
    pixels = picture(letter)
    assert pixels is not None
    assert len(pixels) == HEIGHT
    assert len({len(row) for row in pixels}) == 1
    assert any(any(row) for row in pixels)


def test_no_two_letters_look_alike() -> None:
    pictures = {letter: str(picture(letter)) for letter in string.ascii_letters + string.digits + PUNCTUATION}
    assert len(set(pictures.values())) == len(pictures)
    assert str(picture("é")) not in {str(picture("e")), str(picture("è"))}


def test_every_code_of_a_room_can_be_drawn() -> None:
    assert picture(LETTERS) is not None


@pytest.mark.parametrize("text", ["Ж", "博", "É", "ấ", "a\\b", "\u0301", "a\u0301\u0323", ""])
def test_what_it_has_not_it_does_not_draw(text: str) -> None:
    assert picture(text) is None
    assert large_lines(text, 100) is None


def test_a_text_is_broken_between_words() -> None:
    text = "Who was on watch on day 1 of the long way home?"
    lines = large_lines(text, 60)
    assert lines is not None
    assert max(map(len, lines)) <= 60
    assert len(lines) % (ROWS + 1) == ROWS
    assert all(line == "" for line in lines[ROWS :: ROWS + 1])
    alone = large_lines("Who was on", 60)
    assert alone == lines[:ROWS]
    assert large_lines(text, 10_000) == large_lines(text, 100_000)
    assert large_lines("Kestrels", 20) is None  # a word has no room


def test_an_accent_stands_above_its_letter() -> None:
    plain, marked = picture("e"), picture("é")
    assert plain is not None
    assert marked is not None
    assert list(plain[2:]) == list(marked[2:])
    assert any(any(row) for row in marked[:2])
    assert picture("e\u0301") == marked  # composed or not


def test_two_rows_of_pixels_are_one_of_text() -> None:
    cross = [[True, False], [False, True], [True, True]]
    assert drawn(cross) == ["▀▄", "▀▀"]
    assert drawn(cross, 2) == ["██  ", "  ██", "████"]


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1, 9, 0), (2, 1, 0), (2, 2, 1), (3, 99, 1), (4, 3, 2), (99, 99, 3)]
)
def test_it_is_as_large_as_there_is_room_for(width: int, height: int, scale: int) -> None:
    assert scale_for([[True, False], [False, True], [True, True]], width, height, most=3) == scale
