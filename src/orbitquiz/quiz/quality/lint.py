"""Flaws in the writing of questions.

The rules are those of Haladyna, Downing and Rodriguez, “A Review of Multiple-Choice Item-Writing Guidelines for
Classroom Assessment”, Applied Measurement in Education 15 (2002), 309–333, as far as a program can see them. A flaw
makes a question easier or harder for a reason other than knowledge. It breaks nothing: the question can be asked, and
should be improved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from orbitquiz.bank.model import Bank, Fact
from orbitquiz.bank.problems import Problem
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.distractors import are_uneven
from orbitquiz.quiz.forms import compare_forms, ordinary_forms
from orbitquiz.quiz.quality.lint_bank import HTML_ENTITY, Flaw, Names, favourites, lint_fact
from orbitquiz.quiz.question import COMPARING, Kind, Question
from orbitquiz.quiz.stems import WHICH
from orbitquiz.text.fold import alike, plain
from orbitquiz.text.lookup import holds
from orbitquiz.text.suggest import similarity

_SEEDS = tuple(f"lint {n}" for n in range(12))  # enough to see most options of a question beside one another
_NEARLY = 0.9  # of the letters that two stems may have in common
_PIECE, _MOST_COMPARED = 5, 8  # letters of a piece by which similar stems are found, and how many are compared

LONGEST_STEM = 120
"""The most characters that a stem may have."""

_SHORTEST_NAME = 5  # letters of an option that a stem excludes by naming it
_FEWEST_WORDS = 4  # that two stems have to have in common to be nearly the same

_ABOVE = re.compile(r"\b(?:all|none|both|neither|any) of (?:the|these|them)\b|\bnone\b$", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|every|only|none|nobody|nothing|everyone|everything|completely|totally)\b"
)
_NEGATIVE = re.compile(r"\b(?:not|never|no|except|cannot|nobody|nothing|none|neither|unlike)\b|n't\b")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|”[^”]*”")
_WORD = re.compile(r"[^\W\d_]{5,}")
#: Words of five letters and more that say nothing about the answer.
_COMMON = frozenset(
    """
    about after again before being could doing during first found given going having other others should since their
    there these thing things those under until using what's where which while whose would years
""".split()
)


def lint(bank: Bank, facts: Sequence[Fact] | None = None) -> tuple[Problem, ...]:
    """Return every flaw in the questions of `bank`, or only of these of its `facts`, where their facts stand."""
    found: set[Problem] = set()
    wanted = bank.facts if facts is None else facts
    names = Names.of(bank)
    for fact in wanted:
        for form in (*ordinary_forms(fact), *compare_forms(bank, fact)):
            flaws: dict[str, Flaw] = {}  # the first of each kind will do to find the others
            for seed in _SEEDS:
                if question := make_question(bank, form, seed):
                    for flaw in _flaws(question):
                        flaws.setdefault(flaw.code, flaw)
                    if question.is_ordered:
                        break  # numbers near one another have the same form
            found |= {Problem(*fact.place, flaw.code, f"{form.id!r}: {flaw.message}") for flaw in flaws.values()}
        found |= set(lint_fact(bank, fact, names))
    found |= {*_near_equal_stems(bank.facts, wanted), *favourites(bank, wanted)}
    return tuple(sorted(found))


def _flaws(question: Question) -> Iterator[Flaw]:
    if question.kind in COMPARING:
        return  # the words are the program's
    texts = [option.text for option in question.options]
    key = texts[question.key]
    # What a document says, a question may repeat; only the author's own words are judged.
    stem = _QUOTED.sub("“”", question.stem).removeprefix(WHICH)
    if len(question.stem) > LONGEST_STEM and question.kind is not Kind.CLOZE:
        yield Flaw("long-stem", f"the stem has {len(question.stem)} characters; {LONGEST_STEM} are enough")
    for option in question.options:
        if not option.is_key and _is_named(option.text, stem):
            yield Flaw("excluded-option", f"the stem itself names {option.text!r}, so that nobody would choose it")
    if negative := _NEGATIVE.search(stem):
        yield Flaw("unmarked-negative", f"the stem has {negative[0]!r}; ask the other way round, or write capitals")
    if holds(plain(question.stem).casefold(), alike(key)):
        yield Flaw("key-in-stem", f"the key {key!r} stands in the stem")
    wrong = {word for option in question.options if not option.is_key for word in _content(option.text)}
    for word in sorted((_content(stem) & _content(key)) - wrong):
        yield Flaw("clang", f"the stem has {word!r} in common with the key {key!r} and with no other option")
    for text in texts:
        if entity := HTML_ENTITY.search(text):
            yield Flaw("html-entity", f"the option {text!r} has {entity[0]!r}; write the character itself")
        if _ABOVE.search(text):
            yield Flaw("of-the-above", f"the option {text!r} speaks of the others; give an answer of its own")
        elif question.kind is not Kind.WHICH and (absolute := _ABSOLUTE.search(text)):
            yield Flaw("absolute", f"the option {text!r} has {absolute[0]!r}; such options are known to be seldom true")
    for one, other in combinations(sorted(texts, key=len), 2):
        if holds(alike(other), alike(one)):
            yield Flaw("overlapping-options", f"the option {one!r} is a part of {other!r}")
    yield from _uneven_form(texts, is_ordered=question.is_ordered)


def _is_named(option: str, stem: str) -> bool:
    """True if the stem has the words of an option, unless that is a number or short: then it may mean another thing."""
    words = alike(option)
    return len(words) >= _SHORTEST_NAME and not words[0].isdigit() and holds(plain(stem).casefold(), words)


def _uneven_form(texts: Sequence[str], *, is_ordered: bool) -> Iterator[Flaw]:
    cases = {text[0].isupper() for text in texts if text[0].lower() != text[0].upper()}
    if len(cases) > 1:
        yield Flaw("mixed-capitals", f"some options begin with a capital and some do not: {_listed(texts)}")
    shortest, longest = min(texts, key=len), max(texts, key=len)
    if are_uneven(longest, shortest):
        yield Flaw("uneven-length", f"the option {longest!r} is far longer than {shortest!r}")
    numbers = [_leading_number(text) for text in texts]
    if not is_ordered and None not in numbers and numbers != sorted(numbers, key=lambda number: number or 0):
        message = f"the options begin with numbers and have no order: {_listed(texts)}; choose another type"
        yield Flaw("unsorted-numbers", message)


def _leading_number(text: str) -> float | None:
    match = re.match(r"\d[\d,]*(?:\.\d+)?", text)
    return float(match[0].replace(",", "")) if match else None


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(repr, sorted(texts)))


def _content(text: str) -> set[str]:
    """Return the words that mean something, without the endings of the plural and the possessive."""
    words = (word.casefold() for word in _WORD.findall(plain(text)))
    return {word.removesuffix("s") for word in words if word not in _COMMON}


def _near_equal_stems(facts: Sequence[Fact], wanted: Sequence[Fact]) -> Iterator[Problem]:
    """Yield a problem for each fact that asks nearly the same as one before it.

    Stems are compared that have the same words of content, in whatever order, or pieces in common which few others
    have, so that a large bank takes no hours.
    """
    ids = {fact.id for fact in wanted}
    asked: list[tuple[str, Fact]] = []
    holding: dict[str, list[int]] = {}  # the first stems in which a piece stands
    by_words: dict[frozenset[str], int] = {}
    for fact in facts:
        stem = alike(fact.label)
        words = frozenset(_content(stem))
        pieces = {stem[at : at + _PIECE] for at in range(max(len(stem) - _PIECE + 1, 1))}
        shared = Counter(index for piece in pieces for index in holding.get(piece, ()))
        same = [by_words[words]] if len(words) >= _FEWEST_WORDS and words in by_words else []
        for index in (*same, *(index for index, _ in shared.most_common(_MOST_COMPARED))):
            other, first = asked[index]
            if (first.id in ids or fact.id in ids) and (index in same or similarity(stem, other) >= _NEARLY):
                message = f"{fact.id!r} asks nearly the same as {first.id!r}: {fact.label}"
                yield Problem(*fact.place, "near-equal-stems", message)
                break
        for piece in pieces:
            places = holding.setdefault(piece, [])
            if len(places) < _MOST_COMPARED:
                places.append(len(asked))
        by_words.setdefault(words, len(asked))
        asked.append((stem, fact))
