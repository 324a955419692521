"""Quiz codes: a quiz in a few letters, short enough to write on a board.

A code holds, in this order: the seed (six letters), the settings (none for a default quiz), the bank and the rules by
which questions are made from it (three letters, hashed from the bank's digest and the version of the rules) and a check
(two letters). The letters are the digits of numbers in base 32. Hyphens, spaces and case make no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from orbitquiz.quiz.draw import Draw
from orbitquiz.text.fold import plain

if TYPE_CHECKING:  # the command line asks this module for a number, and should not wait for banks
    from orbitquiz.bank.model import Bank

REVIEW_COUNT = 20
"""The number of questions in one sitting of a review, unless somebody says how many."""

DEFAULT_COUNT = 10
"""The number of questions in a quiz, unless somebody says how many."""


class Request(Struct, frozen=True):
    """A wish for a quiz: up to `count` questions, drawn from `seed`, of `categories` or, if there are none, of all.

    With `differ`, the compare round: only about what the sources differ on, with their passages open.
    """

    seed: str
    count: int = DEFAULT_COUNT
    categories: tuple[str, ...] = ()
    differ: bool = False


LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""The letters of codes and seeds: without I, O, 0 and 1, which look like one another on a board."""

SEED_LENGTH = 6
RULES = "3"
"""The version of the rules by which a quiz is made from a bank. Version 1 mixed nothing into the bank's letters."""

_EARLIER = ("2",)

_BANK, _CHECK = 3, 2
_GROUP = 4
_SHORTEST = SEED_LENGTH + _BANK + _CHECK
_MOST = 10**18  # questions; more than any bank will have
_LONGEST = 200  # a code is written by hand


class WrongCode(ValueError):
    """A text that is no quiz code, or none for this bank. The message says what to do."""


class OtherBank(WrongCode):
    """A code that was made from another bank, or from another state of this one."""


def short_seed(word: str) -> str:
    """Return six letters that stand for the seed `word`: the word itself where it is six letters of codes."""
    if len(word) == SEED_LENGTH and all(letter in LETTERS for letter in word):
        return word
    draw = Draw("seed", word)
    return "".join(draw.one(LETTERS, str(index)) for index in range(SEED_LENGTH))


def code_of(bank: Bank, request: Request) -> str:
    """Return the code of the quiz that `compose` gives for `request`, in groups of four letters."""
    letters = short_seed(request.seed) + _written(_settings(bank, request)) + _bank_letters(bank)
    letters += _check_letters(letters)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def request_of(bank: Bank, code: str) -> Request:
    """Return the request behind `code`. Raises `WrongCode`, and `OtherBank` where bank or rules differ."""
    letters = "".join(plain(code).split()).replace("-", "").upper()
    if strange := next((letter for letter in letters if letter not in LETTERS), None):
        raise WrongCode(f"a quiz code has letters and the digits 2 to 9, without I and O, and this one has {strange!r}")
    if not _SHORTEST <= len(letters) <= _LONGEST:
        raise WrongCode(f"a quiz code has {_SHORTEST} letters or a few more, and this one has {len(letters)}")
    body, check = letters[:-_CHECK], letters[-_CHECK:]
    if check != _check_letters(body):
        raise WrongCode("the letters of this quiz code do not fit together; one of them is mistyped")
    if body[-_BANK:] in (_bank_letters_1(bank), *(_bank_letters(bank, rules) for rules in _EARLIER)):
        raise OtherBank(
            "this quiz code was made by an earlier version of OrbitQuiz, which asked other questions from the same bank"
        )
    if body[-_BANK:] != _bank_letters(bank):
        raise OtherBank(
            f"this quiz code belongs to another bank, or to another version of it, than {bank.id} {bank.version} here"
        )
    number = _read(body[SEED_LENGTH:-_BANK])
    number, differ = divmod(number, 2)
    count, chosen = divmod(number, 1 << len(bank.categories))
    categories = tuple(category.name for n, category in enumerate(bank.categories) if chosen >> n & 1)
    if count > _MOST:
        raise WrongCode("this quiz code asks for a number of questions that no quiz has")
    return Request(body[:SEED_LENGTH], count or DEFAULT_COUNT, categories, bool(differ))


def is_for(bank: Bank, code: str) -> bool:
    """True if `code` was made from `bank` as it is."""
    try:
        request_of(bank, code)
    except WrongCode:
        return False
    return True


def _settings(bank: Bank, request: Request) -> int:
    """Return the settings as one number, 0 for those of a default quiz."""
    chosen = sum(1 << n for n, category in enumerate(bank.categories) if category.name in request.categories)
    # No quiz has 0 questions, so that stands for the default count, and a default quiz has no letters for its settings.
    count = 0 if request.count == DEFAULT_COUNT else request.count
    return (count * (1 << len(bank.categories)) + chosen) * 2 + request.differ


def _bank_letters(bank: Bank, rules: str = RULES) -> str:
    draw = Draw("bank", bank.digest, rules)
    return "".join(draw.one(LETTERS, str(index)) for index in range(_BANK))


def _bank_letters_1(bank: Bank) -> str:
    """Return the bank's letters in codes of version 1 of the rules."""
    return _written(int(bank.digest[:15], 16) >> 60 - 5 * _BANK).rjust(_BANK, LETTERS[0])


def _check_letters(letters: str) -> str:
    draw = Draw("code", letters)
    return "".join(draw.one(LETTERS, str(index)) for index in range(_CHECK))


def _written(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters


def _read(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number
