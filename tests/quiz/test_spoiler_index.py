"""The index finds exactly the pairs of questions that comparing each with each finds."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.forms import forms_of
from orbitquiz.quiz.proof import Feedback
from orbitquiz.quiz.spoiler_index import SpoilerIndex
from orbitquiz.quiz.spoilers import Placed
from orbitquiz.text.fold import unspaced_apart
from orbitquiz.text.lookup import holds

#: Pieces that words, numbers and scripts without spaces are made of.
PIECES = st.sampled_from([*"ab1 ,.-_漢字ไ", "17", ",000", "one", "hundred", "é", "\u0301", "’"])
WORDS = st.lists(PIECES, max_size=8).map("".join)


def every_placed(bank: Bank) -> list[Placed]:
    forms = [form for differ in (False, True) for form in forms_of(bank, differ=differ)]
    made = ((form, make_question(bank, form, "seed")) for form in forms)
    return [Placed.of(bank, form, question) for form, question in made if question]


@cache
def some_placed() -> Placed:
    bank = read_bank(builtin_path()).bank
    assert bank is not None
    return every_placed(bank)[0]


def index_of(placed: list[Placed]) -> SpoilerIndex:
    index = SpoilerIndex()
    for each in placed:
        index.add(each)
    return index


def test_the_same_pairs_are_found_in_the_built_in_bank(builtin: Bank) -> None:
    placed = every_placed(builtin)
    index = index_of(placed)
    pairs = 0
    for one in placed:
        assert index.spoilers_of(one) == {n for n, other in enumerate(placed) if other.spoils(one)}
        spoiled = {n for n, other in enumerate(placed) if one.spoils(other)}
        assert index.spoiled_by(one) == spoiled
        pairs += len(spoiled) - 1
    assert pairs > len(placed)


def test_the_same_feedback_tells(builtin: Bank) -> None:
    placed = every_placed(builtin)
    index = index_of(placed)
    quiz = compose(builtin, Request("seed", 200))
    feedback = [option.feedback for question in quiz.questions for option in question.options if option.feedback]
    feedback += [Feedback(each.question.proof.statement) for each in placed[::7]]
    assert len(feedback) > 40
    for each in feedback:
        assert index.told_by(each) == {n for n, other in enumerate(placed) if other.is_told_by(each)}


@given(shown=WORDS, giveaways=st.lists(WORDS.map(str.strip), max_size=3))
def test_no_script_and_no_number_hides_a_giveaway(shown: str, giveaways: list[str]) -> None:
    one = replace(some_placed(), shown=shown, giveaways=tuple(giveaways), quotations=())
    told = any(holds(shown, each) for each in giveaways)
    feedback = Feedback(shown)
    assert bool(index_of([one]).told_by(feedback)) == one.is_told_by(feedback)
    assert bool(index_of([one]).spoilers_of(one)) == told


def test_words_of_scripts_without_spaces_are_taken_apart() -> None:
    assert unspaced_apart("abc") == ["abc"]
    assert unspaced_apart("éa漢字b2ไ") == ["éa", "漢", "字", "b2", "ไ"]
