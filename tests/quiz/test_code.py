"""Quiz codes: a few letters that give a quiz again, and notice when they were mistyped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace

from orbitquiz.bank.model import Bank, Category
from orbitquiz.quiz.code import LETTERS, OtherBank, Request, WrongCode, _check_letters, code_of, request_of, short_seed
from orbitquiz.quiz.compose import compose
from tests.quiz.banks import banks, examples

DIGESTS = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(300)]


def bank_of(categories: int = 3, digest: str = DIGESTS[0]) -> Bank:
    """A bank that has categories and nothing in them."""
    about: dict[str, Any] = {name: name for name in ("title", "language", "rights", "contact")}
    named = tuple(Category(f"c{n}", f"Part {n}") for n in range(categories))
    return Bank(
        id="comet-bank", version="1.2.0", **about, digest=digest, categories=named, facts=(), entities={}, sources={}
    )


BANK = bank_of()
seeds = st.text(max_size=8)
digests = st.sampled_from(DIGESTS)


@st.composite
def requests(draw: DrawFn, bank: Bank = BANK, most: int = 10**9) -> Request:
    """Return requests that a player may make of `bank`."""
    chosen = draw(st.sets(st.sampled_from(bank.categories))) if bank.categories else set()
    names = tuple(category.name for category in bank.categories if category in chosen)
    return Request(draw(seeds), draw(st.integers(1, most)), names, draw(st.booleans()))


@given(st.data(), st.integers(1, 40), digests)
def test_a_code_gives_back_what_was_wanted(data: st.DataObject, categories: int, digest: str) -> None:
    bank = bank_of(categories, digest)
    request = data.draw(requests(bank))
    assert request_of(bank, code_of(bank, request)) == replace(request, seed=short_seed(request.seed))


@given(requests())
def test_the_order_of_categories_and_naming_one_twice_do_not_matter(request: Request) -> None:
    names = request.categories
    assert code_of(BANK, replace(request, categories=(*names[::-1], *names))) == code_of(BANK, request)


def test_another_wish_gives_another_code() -> None:
    wishes = [
        Request(seed, count, categories, differ)
        for seed in ("A", "B")
        for count in (1, 9, 10, 11)
        for categories in ((), ("c0",), ("c1", "c2"), ("c0", "c1", "c2"))
        for differ in (False, True)
    ]
    assert len({code_of(BANK, wish) for wish in wishes}) == len(wishes)


@given(seeds)
def test_a_quiz_of_the_usual_kind_has_a_code_of_eleven_letters_in_groups_of_four(seed: str) -> None:
    code = code_of(BANK, Request(seed))
    assert [len(group) for group in code.split("-")] == [4, 4, 3]
    assert set(code) <= {*LETTERS, "-"}


def test_a_code_is_the_same_on_every_machine_and_for_ever() -> None:
    # Changing these changes every code that was ever written on a board.
    assert code_of(BANK, Request("APOLLO")) == "DY59-76H2-AVT"
    assert code_of(BANK, Request("K7M2QX", 5, ("c0", "c2"), differ=True)) == "K7M2-QXC5-H2AH-G"


def test_a_seed_of_six_letters_is_its_own_short_one() -> None:
    assert short_seed("K7M2QX") == "K7M2QX"


@given(seeds)
def test_any_seed_has_one_of_six_letters(seed: str) -> None:
    short = short_seed(seed)
    assert len(short) == 6
    assert set(short) <= set(LETTERS)
    assert short_seed(short) == short


def test_seeds_that_look_like_one_another_are_told_apart() -> None:
    words = ["APOLLO", "APOLL0", "apollo", "Apollo", "k7m2qx", "K7M2QX", "K7M2Q", "K7M2QXX", "", " ", "\udcff"]
    assert len({short_seed(word) for word in words}) == len(words)


@given(requests(), st.data())
def test_hyphens_spaces_and_case_make_no_difference(request: Request, data: st.DataObject) -> None:
    code = code_of(BANK, request)
    between = st.sampled_from(["", "-", " ", "--", " - ", "\t", "\n", "\u00a0"])
    letters = (data.draw(st.sampled_from([letter, letter.lower()])) for letter in code.replace("-", ""))
    written = "".join(letter + data.draw(between) for letter in letters)
    assert request_of(BANK, data.draw(between) + written) == request_of(BANK, code)


@examples(30)
@given(banks(), st.data())
def test_a_code_gives_the_same_quiz_option_by_option(bank: Bank, data: st.DataObject) -> None:
    request = data.draw(requests(bank, most=6))
    quiz = compose(bank, request)
    assert quiz.code is not None
    again = compose(bank, request_of(bank, quiz.code))
    assert again.questions == quiz.questions
    assert (again.code, again.asked_for) == (quiz.code, quiz.asked_for)


@pytest.mark.parametrize("request_", [Request("APOLLO"), Request("", 25, ("film", "crew")), Request("x", 7, (), True)])
def test_a_code_gives_the_same_quiz_of_the_built_in_bank(builtin: Bank, request_: Request) -> None:
    quiz = compose(builtin, request_)
    assert quiz.code is not None
    assert compose(builtin, request_of(builtin, quiz.code)).questions == quiz.questions


def codes() -> Iterator[str]:
    """Forty codes, without their hyphens."""
    for n in range(40):
        request = Request(f"seed {n}", 1 + n % 12, ("c1",) if n % 3 == 0 else (), n % 4 == 0)
        yield code_of(BANK, request).replace("-", "")


def share_refused(words: Sequence[str]) -> float:
    return sum(is_refused(word) for word in words) / len(words)


def is_refused(word: str) -> bool:
    try:
        request_of(BANK, word)
    except WrongCode:
        return True
    return False


def test_a_wrong_letter_is_noticed_nearly_always() -> None:
    mistyped = [
        code[:at] + letter + code[at + 1 :]
        for code in codes()
        for at in range(len(code))
        for letter in LETTERS
        if letter != code[at]
    ]
    assert len(mistyped) > 10_000
    assert share_refused(mistyped) > 0.998


def test_two_swapped_letters_are_noticed_nearly_always() -> None:
    swapped = [
        code[:one] + code[other] + code[one + 1 : other] + code[one] + code[other + 1 :]
        for code in codes()
        for other in range(len(code))
        for one in range(other)
        if code[one] != code[other]
    ]
    assert len(swapped) > 2_000
    assert share_refused(swapped) > 0.998


def test_a_letter_too_few_or_too_many_is_noticed_nearly_always() -> None:
    shorter = [code[:at] + code[at + 1 :] for code in codes() for at in range(len(code))]
    longer = [code[:at] + letter + code[at:] for code in codes() for at in range(len(code)) for letter in LETTERS]
    assert share_refused(shorter + longer) > 0.998


def test_a_mistyped_code_says_so() -> None:
    code = code_of(BANK, Request("APOLLO"))
    with pytest.raises(WrongCode, match="one of them is mistyped") as raised:
        request_of(BANK, ("B" if code[0] == "A" else "A") + code[1:])
    assert not isinstance(raised.value, OtherBank)


@pytest.mark.parametrize("digest", [*DIGESTS[1:4], "0" * 64], ids=["1", "2", "3", "zeros"])
def test_a_code_of_another_bank_says_so_and_names_this_one(digest: str) -> None:
    code = code_of(bank_of(digest=digest), Request("APOLLO"))
    with pytest.raises(OtherBank, match="to another bank, or to another version of it, than comet-bank"):
        request_of(BANK, code)


@pytest.mark.parametrize("code", ["DY59-76M9-Y9J", "K7M2-QXC5-M9YZ-E", "DY59-76GJ-EYG"])
def test_a_code_of_an_earlier_version_says_that_the_rules_have_changed(code: str) -> None:
    with pytest.raises(OtherBank, match="made by an earlier version of OrbitQuiz"):
        request_of(BANK, code)


def test_nearly_every_other_bank_is_noticed() -> None:
    refused = [is_refused(code_of(bank_of(digest=digest), Request("APOLLO"))) for digest in DIGESTS[1:]]
    assert sum(refused) > 0.99 * len(refused)


HOSTILE = {
    "": "has 0",
    "  --  ": "has 0",
    "K7M2": "has 4",
    "A" * 10: "has 10",
    "A" * 201: "has 201",
    "A" * 10**6: "has 1000000",
    "K7M2-QXAB-9C0": "has '0'",
    "K7M2-QXAB-9C1": "has '1'",
    "K7M2-QXAB-9CI": "has 'I'",
    "K7M2-QXAB-9Co": "has 'O'",
    "K7M2-QXAB-9CД": "has 'Д'",
    "K7M2-QXAB-9C٣": "has '٣'",
    "K7M2\x00QXAB9CD": r"has '\x00'",
    "K7M2\x1b[31mQXAB9CD": r"has '\x1b'",
    "K7M2\u202eQXAB9CD": r"has '\u202e'",
    "K7M2\udcffQXAB9CD": r"has '\udcff'",
}


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_code_is_told_why(word: str) -> None:
    with pytest.raises(WrongCode) as raised:
        request_of(BANK, word)
    assert HOSTILE[word] in str(raised.value)
    assert len(str(raised.value)) < 150
    assert str(raised.value).isprintable()


@given(st.one_of(st.text(), st.text(LETTERS + LETTERS.lower() + " -", max_size=250)))
def test_other_words_are_no_code(word: str) -> None:
    assert is_refused(word)


@given(st.text(LETTERS, min_size=6, max_size=6), st.text(LETTERS, max_size=10))
def test_whatever_letters_fit_together_are_a_request(seed: str, settings: str) -> None:
    bank_letters = code_of(BANK, Request("A")).replace("-", "")[6:9]
    body = seed + settings + bank_letters
    request = request_of(BANK, body + _check_letters(body))
    assert request.seed == seed
    assert set(request.categories) <= {category.name for category in BANK.categories}
