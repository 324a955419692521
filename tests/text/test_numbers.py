"""Numbers are found whole, and quickly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.text import numbers
from orbitquiz.text.numbers import counted, cut_at

WORDS = """
    12 1,000 .5 1/2 10:55 p.m. PM % 's o'clock clock half a an and of point comma komma between to bis x mid- pre-
    三 ½ Twenty FORTY ſix İ ß says ship metres Seven
""".split()
PARTS = st.sampled_from(
    [*numbers.SMALL, *numbers.TENS.values(), *numbers._MULTIPLIERS, *numbers._PARTS, *WORDS, " ", "-", ", ", "–", "."]
)
TEXTS = st.lists(PARTS, max_size=10)


@settings(max_examples=500)
@given(TEXTS, st.sampled_from(["", " "]))
def test_looking_beside_an_offset_first_finds_what_looking_everywhere_does(words: list[str], joint: str) -> None:
    text = joint.join(words)
    found = list(zip(*numbers._numbers(text), strict=True))
    for offset in range(len(text) + 1):
        around = [span for span in found if span[0] < offset][-1:]
        assert cut_at(text, offset) == next((span for span in around if span[1] > offset), None), (text, offset)


def test_a_number_has_no_capitals() -> None:
    assert cut_at("FORTY-FIVE ships", 6) == cut_at("forty-five ships", 6) == (0, 10)
    assert cut_at("Straße 5 MILLION", 8) == (7, 16)


def test_capitals_of_another_length_move_no_number() -> None:
    assert cut_at("İ ΐ TWENTY-one", 11) == (4, 14)
    assert [str(number) for number, _ in counted("ship i̇ 474 packages")] == ["474"]
