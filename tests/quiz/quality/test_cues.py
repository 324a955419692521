"""Players who know nothing but tricks win where a quiz has that cue, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank, Category
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.proof import Proof
from orbitquiz.quiz.quality import cues
from orbitquiz.quiz.quality.cues import PLAYERS, Cue, find_cues
from orbitquiz.quiz.question import Kind, Option, Question, Quiz
from tests.quiz.banks import banks, examples

FACTS = 16
EVERY_CASE = 64  # the place of the odd option, its rank where it has one, and the key: four of each


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a hundred resamples instead of a thousand, in a tenth of the time."""
    monkeypatch.setattr(cues, "_RESAMPLES", 100)


def question(fact: str, options: Sequence[str], key: int, stem: str = "What?") -> Question:
    """A question of which nothing matters but its form."""
    made = tuple(Option(text, n == key) for n, text in enumerate(options))
    return Question(f"{fact}.asked", fact, Kind.ASKED, Category("c", "C"), 1, stem, made, Proof("", ()))


def quiz(*questions: Question) -> Quiz:
    return Quiz("bank", "Bank", "0" * 64, "seed", questions, len(questions))


def cue_of(player: str, *questions: Question) -> Cue:
    return next(cue for cue in find_cues([quiz(*questions)]) if cue.player == player)


def word(n: int, slot: int, length: int = 6) -> str:
    """A word that stands nowhere else, without vowels, digits or an s."""
    letters = "bcdfghjklm"
    return "".join(letters[int(digit)] for digit in f"{n:02}{slot}").ljust(length, "x")


def words(n: int, *lengths: int) -> list[str]:
    return [word(n, slot, length) for slot, length in enumerate(lengths)]


def rounder(n: int) -> list[str]:
    below, above = [9, 8, 7], [11, 12, 13]
    rank = n // 4 % 4
    return [f"{1000 + 100 * n + add}" for add in (10, *below[:rank], *above[rank:])]


def less_round(n: int) -> list[str]:
    below, above = [30, 25, 20], [35, 40, 45]
    rank = n // 4 % 4
    return [f"{1000 + 100 * n + add}" for add in (32, *below[:rank], *above[rank:])]


def numbers(n: int, *adds: int) -> list[str]:
    """Four-digit numbers of which none is round."""
    return [str(1001 + 10 * n + add) for add in adds]


def sharing(n: int) -> list[str]:
    a, b, c, d, e, f = (word(n, slot) for slot in range(6))
    return [f"{a} {b}", f"{a} {c}", f"{b} {d}", f"{e} {f}"]


#: For each trick the four options of the nth question, first the one at which it points, and the stem.
FORMS: dict[str, Callable[[int], tuple[list[str], str]]] = {
    "longest": lambda n: (words(n, 8, 6, 6, 6), "What?"),
    "shortest": lambda n: (words(n, 6, 8, 8, 8), "What?"),
    "middle length": lambda n: (words(n, 7, 6, 8, 8), "What?"),
    "highest number": lambda n: (numbers(n, 3, 0, 1, 2), "How many?"),
    "lowest number": lambda n: (numbers(n, 0, 1, 2, 3), "How many?"),
    "middle number": lambda n: (numbers(n, 1, 0, 2, 3), "How many?"),
    "roundest number": lambda n: (rounder(n), "How many?"),
    "least round number": lambda n: (less_round(n), "How many?"),
    "most frequent": lambda n: (["gggggg", *words(n, 6, 6, 6)], "What?"),
    "least frequent": lambda n: ([word(n, 0), "gggggg", "hhhhhh", "jjjjjj"], "What?"),
    "odd form out": lambda n: ([word(n, 0).capitalize(), *words(n, 0, 6, 6, 6)[1:]], "What?"),
    "words of the stem": lambda n: (
        [f"{word(n, slot)} {word(n, slot + 4)}" for slot in range(4)], f"What of {word(n, 0)}?",
    ),
    "words of the others": lambda n: (sharing(n), "What?"),
    "article agreement": lambda n: (
        [f"a{word(n, 0)}", *(f"b{word(n, slot)}" for slot in (1, 2, 3))], "What is an ____?",
    ),
}  # fmt: skip


def game(player: str, key_of: Callable[[int], int]) -> Quiz:
    """A quiz in which the trick points at each place as often; `key_of` says how far from there the key stands."""
    made = []
    for n in range(EVERY_CASE):
        options, stem = FORMS[player](n)
        place, key = n % 4, (n + key_of(n)) % 4
        made.append(question(f"fact-{n % FACTS}", options[-place:] + options[:-place] if place else options, key, stem))
    return quiz(*made)


def above(*quizzes: Quiz) -> set[str]:
    """The players that are above chance."""
    return {cue.player for cue in find_cues(quizzes) if cue.is_above}


@pytest.mark.parametrize("player", FORMS)
def test_where_a_trick_always_points_at_the_key_its_player_is_above_chance_and_no_other(player: str) -> None:
    assert above(game(player, lambda _: 0)) == {player}


@pytest.mark.parametrize("player", FORMS)
def test_where_keys_are_drawn_evenly_nobody_is_above_chance(player: str) -> None:
    found = find_cues([game(player, lambda n: n // 16)])
    assert not any(cue.is_above for cue in found)
    (cue,) = (cue for cue in found if cue.player == player)
    assert cue.attempted == EVERY_CASE
    assert cue.share == pytest.approx(0.25)


@pytest.mark.parametrize("player", FORMS)
def test_a_trick_that_never_points_at_the_key_wins_nothing(player: str) -> None:
    cue = next(cue for cue in find_cues([game(player, lambda n: 1 + n // 4 % 3)]) if cue.player == player)
    assert cue.share < 0.2
    assert not cue.is_above


@pytest.mark.parametrize("place", range(4))
def test_where_the_key_always_stands_in_one_place_its_player_is_above_chance_and_no_other(place: int) -> None:
    made = [question(f"fact-{n % FACTS}", words(n, 6, 6, 6, 6), place) for n in range(EVERY_CASE)]
    assert above(quiz(*made)) == {f"position {place + 1}"}


@pytest.mark.parametrize(
    ("player", "options", "picked"),
    [
        ("longest", ["bb", "bbb", "bbb", "b"], [1, 2]),
        ("middle length", ["b", "bb", "bbb", "bbbb"], [1, 2]),
        ("highest number", ["999", "1,000", "20", "3"], [1]),
        ("highest number", ["2.5 km", "2.4 km", "2.45 km", "2.05 km"], [0]),
        ("middle number", ["1", "2", "3", "4"], [1, 2]),
        ("roundest number", ["2.5 km", "2.4 km", "2.3 km", "2.1 km"], [0]),
        ("roundest number", ["1,500", "2,000", "1,570", "1,234"], [1]),
        ("odd form out", ["a dog", "a cat", "the cow", "hen-house"], [3]),
        ("odd form out", ["red and blue", "black as coal", "green or grey", "white with dot"], [0]),
        ("words of the others", ["north gate", "south gate", "north wall", "east moat"], [0]),
    ],
)
def test_where_a_trick_points(player: str, options: list[str], picked: list[int]) -> None:
    for key in range(4):
        cue = cue_of(player, question("fact", options, key))
        assert cue.attempted == 1
        assert cue.right == (1 / len(picked) if key in picked else 0)


@pytest.mark.parametrize(
    ("player", "options"),
    [
        ("longest", ["bb", "cc", "dd", "ff"]),
        ("middle length", ["b", "b", "bb", "bb"]),
        ("highest number", ["1", "2", "three", "4"]),
        ("highest number", ["7", "7.0", "7 a.m.", "7 p.m."]),
        ("most frequent", ["b", "c", "d", "f"]),
        ("odd form out", ["a dog", "a cat", "Ann", "Ben"]),
        ("words of the stem", ["is", "it", "at", "on"]),
        ("words of the others", ["at sea", "at law", "at all", "at it"]),
        ("article agreement", ["apple", "pear", "plum", "fig"]),
    ],
)
def test_a_trick_that_points_at_nothing_is_not_tried(player: str, options: list[str]) -> None:
    cue = cue_of(player, question("fact", options, 0, "What is it at on?"))
    assert (cue.attempted, cue.right, cue.is_above) == (0, 0, False)


@pytest.mark.parametrize(
    ("stem", "picked"),
    [
        ("What was an ____?", [0, 1]),
        ("“It was A ____ they saw”. What fills the gap?", [2, 3]),
        ("What is it, an ?", [0, 1]),
        ("What is it, an?", [0, 1]),
    ],
)
def test_an_article_points_at_what_it_goes_with(stem: str, picked: list[int]) -> None:
    options = ["apple", "Egg", "pear", "fig"]
    assert [cue_of("article agreement", question("fact", options, key, stem)).right for key in range(4)] == [
        0.5 if key in picked else 0 for key in range(4)
    ]


def test_how_often_an_option_comes_is_counted_within_a_quiz() -> None:
    one = quiz(question("one", ["b", "c", "d", "f"], 0), question("two", ["b", "g", "h", "j"], 0))
    frequent = next(cue for cue in find_cues([one]) if cue.player == "most frequent")
    assert (frequent.attempted, frequent.right) == (2, 2)
    apart = [quiz(single) for single in one.questions]
    frequent = next(cue for cue in find_cues(apart) if cue.player == "most frequent")
    assert frequent.attempted == 0


def test_chance_is_one_of_as_many_options_as_there_are() -> None:
    made = [question("one", ["b", "cc"], 0), question("two", ["b", "cc", "dd", "ff"], 0)]
    assert cue_of("shortest", *made).chance == pytest.approx((1 / 2 + 1 / 4) / 2)


def test_questions_of_one_fact_are_not_taken_for_many() -> None:
    def told(facts: int) -> Cue:
        """Return the result of a player whom every other one of so many facts tells its answers."""
        made = [question(f"fact-{n % facts}", words(n, 8, 6, 6, 6), n % 2) for n in range(64)]
        return cue_of("longest", *made)

    assert told(2).share == told(64).share == 0.5
    assert told(2).interval == (0, 1)
    assert not told(2).is_above
    assert told(64).interval[0] > 0.25
    assert told(64).is_above


@pytest.mark.parametrize(
    ("right", "low", "is_above"),
    [(31, 0.26, True), (31, 0.25, False), (30, 0.26, False), (25, 0.2, False), (0, 0.0, False), (100, 1.0, True)],
)
def test_a_player_is_above_chance_by_more_than_the_limit_and_not_by_luck(
    right: float, low: float, is_above: bool
) -> None:
    assert Cue("longest", 100, right, 0.25, (low, 1.0), 0.05).is_above == is_above


def test_the_longest_option_has_the_narrower_limit() -> None:
    limits = {cue.player: cue.limit for cue in find_cues([])}
    assert limits.pop("longest") == 0.03
    assert set(limits.values()) == {0.05}


def test_no_quiz_has_no_cue() -> None:
    found = find_cues([])
    assert [cue.player for cue in found] == list(PLAYERS)
    assert not any(cue.attempted or cue.is_above for cue in found)


@examples(15)
@given(banks(max_facts=6), st.text(max_size=3))
def test_shares_lie_in_their_intervals_and_nothing_is_more_than_all(bank: Bank, seed: str) -> None:
    for cue in find_cues(quizzes_of(bank, seed)):
        assert 0 <= cue.right <= cue.attempted
        assert 0 <= cue.interval[0] <= cue.interval[1] <= 1
        if cue.attempted:
            assert cue.interval[0] - 1e-9 <= cue.share <= cue.interval[1] + 1e-9


@examples(5)
@given(banks(), st.text(max_size=3))
def test_the_same_quizzes_give_the_same_result_in_any_order(bank: Bank, seed: str) -> None:
    made = list(quizzes_of(bank, seed))
    assert find_cues(made) == find_cues(iter(made))
    assert [(cue.attempted, cue.interval) for cue in find_cues(made[::-1])] == [
        (cue.attempted, cue.interval) for cue in find_cues(made)
    ]


def quizzes_of(bank: Bank, seed: str) -> Iterator[Quiz]:
    return (compose(bank, Request(f"{seed} {n}", 6)) for n in range(4))
