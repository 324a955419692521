"""Drawing by lot: the same everywhere, and each thing on its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.quiz.draw import Draw

words = st.lists(st.text(max_size=5), max_size=3)


def test_numbers_are_the_same_on_every_machine_and_for_ever() -> None:
    # Changing these changes every quiz that a seed ever gave.
    assert Draw().number() == 16476032584258269876
    assert Draw("APOLLO").number() == 1526727125744454559
    assert Draw("APOLLO").number("fact", "return-date") == 17248419464246685819
    assert Draw("APOLLO", "compose").below(1000, "way") == 317
    assert Draw("Союз 🚀").share("place") == 0.48253743108086583


@given(words, words, words)
def test_a_draw_knows_nothing_of_other_draws(seed: list[str], one: list[str], other: list[str]) -> None:
    alone = Draw(*seed).number(*one)
    draw = Draw(*seed)
    draw.number(*other)
    draw.of(*other).below(6)
    assert draw.number(*one) == alone


@given(words, words)
def test_words_may_be_said_at_once_or_one_after_another(first: list[str], rest: list[str]) -> None:
    assert Draw(*first).of(*rest).number() == Draw(*first, *rest).number() == Draw(*first).number(*rest)


@given(words, words)
def test_other_words_draw_another_number(one: list[str], other: list[str]) -> None:
    assert (Draw(*one).number() == Draw(*other).number()) == (one == other)


def test_where_one_word_ends_matters() -> None:
    assert Draw("ab", "c").number() != Draw("a", "bc").number()


def test_a_seed_may_be_what_no_encoding_can_say() -> None:
    assert Draw("\udcff").number() != Draw("\udcfe").number()


@given(words, st.integers(min_value=1, max_value=2**64))
def test_below_stays_below(seed: list[str], limit: int) -> None:
    assert 0 <= Draw(*seed).below(limit) < limit


@given(words)
def test_share_lies_between_nothing_and_all(seed: list[str]) -> None:
    assert 0 <= Draw(*seed).share() <= 1


@given(words, st.lists(st.integers(), min_size=1))
def test_one_is_one_of_them(seed: list[str], items: list[int]) -> None:
    assert Draw(*seed).one(items) in items


def test_each_is_drawn_about_equally_often() -> None:
    drawn = [Draw(str(n)).one("abcd") for n in range(4000)]
    assert all(900 < drawn.count(letter) < 1100 for letter in "abcd")
