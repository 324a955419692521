"""Read answers that are typed in words.

What is typed names an option if it is one of its written forms, or a value that lies within it: 5 October in October,
36 minutes in 35–40 minutes, 60 minutes in 1 hour. A value that is less exact than the key names nothing; the player is
told what is missing, which follows from the type of the key alone and so gives nothing away. What is nearly a name is
asked about, and never counts by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Name, Quantity, Text, UnreadableValue, Value, read_value
from orbitquiz.quiz.forms import QuestionForm, form_of, key_of
from orbitquiz.quiz.question import COMPARING, Kind, Question, Quiz
from orbitquiz.quiz.typed_values import Unclear, is_within, read_as
from orbitquiz.text.fold import alike, plain
from orbitquiz.text.suggest import similarity

LONGEST = 200
"""The number of characters of an answer that are read."""

_NEAR = 0.75  # of the letters in common, from which something may be a slip
_SHORTEST_SLIP = 4  # letters; shorter words are too much like others
_OPTION_LETTERS = "abcdefgh"
_ARTICLE = re.compile(r"(?:the|an?) (?=\S)")
_ACCENT = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_WITHIN_NAMES = re.compile(r"(?<=[^\W\d_])[- ](?=\w)|(?<=\d)[- ](?=[^\W\d_])|(?<=[^\W\d_])[.']|[\"']")
_SEVERAL = "Several people have that name. Type the first name, too."


@dataclass(frozen=True)
class Choice:
    """An answer that may be given: its text, the value where it is known, and words that count for it as well."""

    text: str
    value: Value | None = None
    also: tuple[str, ...] = ()

    @cached_property
    def forms(self) -> frozenset[str]:
        """The ways to write it, folded and casefolded."""
        return frozenset(alike(form) for form in (self.text, *(self.value.forms if self.value else ()), *self.also))

    @cached_property
    def loose_forms(self) -> frozenset[str]:
        """The same without accents, articles, and the marks within names."""
        return frozenset(map(_loose, self.forms))

    @property
    def surnames(self) -> frozenset[str]:
        """The last words of a person's names."""
        if not isinstance(self.value, Name) or self.value.entity.type != "person":
            return frozenset()
        return frozenset(_loose(name.split()[-1]) for name in self.value.entity.names if " " in name)


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed answer as it is read.

    `picked` is the index of the option that it names, or None. With `suggestion`, the text of something that was
    perhaps meant, or `trouble`, which says what is missing, the answer does not count yet.
    """

    picked: int | None = None
    suggestion: str | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class Expected:
    """The options of a question as answers that may be typed; the one with the index `key` is right.

    `others` are further names that the bank has: typing one is wrong, and a slip may mean one as well as an option.
    `unit` is the unit that the question names, of which a number alone is one, `language` that of the bank.
    """

    options: tuple[Choice, ...]
    key: int
    others: tuple[Choice, ...] = ()
    unit: str = ""
    language: str = "en"

    def read(self, line: str) -> Reading:
        """Return `line` as it is read."""
        words = line[:LONGEST]
        every = (*self.options, *self.others)
        if (index := named(words, every)) is not None:
            return self._names(index)
        said = _loose(words)
        bearers = [index for index, choice in enumerate(every) if said in choice.surnames]
        if bearers:
            return self._names(bearers[0]) if len(bearers) == 1 else Reading(trouble=_SEVERAL)
        try:
            value = read_as(self.options[self.key].value, words, self.unit, self.language)
        except Unclear as error:
            return Reading(trouble=str(error))
        if value is not None:
            return Reading(_only(index for index, choice in enumerate(self.options) if is_within(value, choice.value)))
        return Reading(suggestion=_nearest(said, every))

    def option(self, text: str) -> int | None:
        """Return the index of the option with this text, as it was suggested; None where it is none of them."""
        return next((index for index, choice in enumerate(self.options) if choice.text == text), None)

    def _names(self, index: int) -> Reading:
        return Reading(index if index < len(self.options) else None)


def named(line: str, choices: Sequence[Choice]) -> int | None:
    """Return the index of the one choice of which `line` is a written form; None where it is of none, or of several."""
    strict, loose = alike(line), _loose(line)
    if not strict or not loose:
        return None
    same = [index for index, choice in enumerate(choices) if strict in choice.forms]
    return _only(same or [index for index, choice in enumerate(choices) if loose in choice.loose_forms])


def picked(line: str, choices: Sequence[Choice]) -> int | None:
    """Return the index of the option that `line` picks where the options are shown; None where it picks none.

    It may be a number, a letter, a written form of the option, a value within it, or words that no other option has. A
    number is always a place, also where the options are numbers themselves.
    """
    word = line.strip().casefold()
    for index in range(len(choices)):
        if word and word in (str(index + 1), _OPTION_LETTERS[index : index + 1]):
            return index
    words = set(alike(line).split())
    if not words:
        return None
    if (found := named(line, choices)) is not None:
        return found
    if same := [index for index, choice in enumerate(choices) if words <= set(alike(choice.text).split())]:
        return _only(same)
    try:
        value = read_as(choices[0].value, line)
    except Unclear:
        return None
    return _only(index for index, choice in enumerate(choices) if is_within(value, choice.value))


def choices_of(texts: Iterable[str]) -> tuple[Choice, ...]:
    """Return the options of a question of which only the words are known, as in a room."""
    return tuple(map(Choice, texts))


def expected_of(bank: Bank, question: Question) -> Expected:
    """Return what may be typed to `question`, which is one of `bank`."""
    texts = [option.text for option in question.options]
    form = _form_of_value(bank, question)
    if form is None:
        return Expected(choices_of(texts), question.key)
    key = key_of(bank, form)
    values = [_value_of(bank, form, key, text) for text in texts]
    also = form.fact.accept if form.asks_value and form.claim is form.fact.claims[0] else ()
    options = tuple(
        Choice(text, value, also if index == question.key else ())
        for index, (text, value) in enumerate(zip(texts, values, strict=True))
    )
    if not isinstance(key, Name):
        return Expected(options, question.key, unit=_unit_in(question.stem, key), language=bank.language)
    shown = {value.entity.id for value in values if isinstance(value, Name)}
    others = tuple(
        Choice(entity.name, Name(entity.name, entity))
        for entity in bank.entities.values()
        if entity.type == key.entity.type and entity.id not in shown
    )
    return Expected(options, question.key, others)


def typed_in(bank: Bank, quiz: Quiz, facts: Iterable[str] | None = None) -> frozenset[str]:
    """Return the ids of the questions of `quiz` that can be answered in words, of all facts or of these."""
    wanted = None if facts is None else frozenset(facts)
    return frozenset(
        question.id
        for question in quiz.questions
        if (wanted is None or question.fact in wanted) and can_be_typed(bank, question)
    )


def can_be_typed(bank: Bank, question: Question) -> bool:
    """True if `question` can be answered without its options.

    What is a matter of wording cannot: which source, how sources differ, and words of one's own, unless the key is a
    single word or the author says what else is right.
    """
    form = _form_of_value(bank, question)
    if form is None:
        return False
    key = key_of(bank, form)
    return not isinstance(key, Text) or bool(form.fact.accept) or " " not in _without_article(key.text)


def _form_of_value(bank: Bank, question: Question) -> QuestionForm | None:
    """Return the form of a question that asks for a value or a name; None for any other."""
    is_other = question.kind in COMPARING or question.kind is Kind.WHICH
    return None if is_other else form_of(bank, question.id)


def _value_of(bank: Bank, form: QuestionForm, key: Value, text: str) -> Value:
    if isinstance(key, Name):
        return next((Name(text, each) for each in bank.entities.values() if each.name == text), Text(text))
    try:
        return Text(text) if isinstance(key, Text) else read_value(form.fact.type, text, bank.language)
    except UnreadableValue:  # no option that a bank makes
        return Text(text)


def _unit_in(stem: str, key: Value) -> str:
    """Return the unit of `key` where the stem names it, as in "How many days …?"."""
    unit = key.unit if isinstance(key, Quantity) else ""
    return unit if unit and re.search(rf"\b{re.escape(unit)}\b", stem, re.IGNORECASE) else ""


def _nearest(said: str, choices: Sequence[Choice]) -> str | None:
    """Return the text of the choice for which `said` may be a slip; None where it is for none, or for several.

    A digit is never a slip: MS-18 is another ship than MS-19.
    """
    if len(said) < _SHORTEST_SLIP:
        return None
    best, score = set[str](), _NEAR
    for choice in choices:
        for form in choice.loose_forms | choice.surnames:
            if 2 * min(len(said), len(form)) < score * (len(said) + len(form)) or _digits(said) != _digits(form):
                continue
            if (alike_by := similarity(said, form)) > score or (alike_by == score and best):
                best = {choice.text} if alike_by > score else {*best, choice.text}
                score = alike_by
    return best.pop() if len(best) == 1 else None


def _only(indexes: Iterable[int]) -> int | None:
    found = list(indexes)
    return found[0] if len(found) == 1 else None


def _without_article(text: str) -> str:
    return _ARTICLE.sub("", plain(text).casefold(), count=1) if _ARTICLE.match(plain(text).casefold()) else text


def _loose(text: str) -> str:
    """Return `text` without case, accents, its article, and what people leave out of names: hyphens, spaces, stops."""
    text = _ACCENT.sub("", unicodedata.normalize("NFKD", plain(text).casefold()))
    return _WITHIN_NAMES.sub("", _without_article(text.strip(" .,;:!?\"'()")))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
