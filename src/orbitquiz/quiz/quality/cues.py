"""Players who know nothing but tricks, and how well they do.

A cue is anything in the form of a question that points at its key. Each player here picks options by one trick that
works in badly made tests. Where it points at several options, the player picks one of them by lot, and the expected
value counts: a half, say. Against a well-made bank none of them does better than chance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.fold import alike

LIMIT = 0.05
"""The share above chance that a trick may reach."""

_LIMITS = {"longest": 0.03}
_RESAMPLES = 1000
_MIDDLE = 0.95  # the part of the resamples that the interval holds

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TIME = re.compile(r"(\d{1,2}):(\d\d)")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\b(an?)\s*(?:_+|\?|$)", re.IGNORECASE)
_SHORTEST_WORD = 4  # letters; shorter ones are shared by chance

_Pick = Callable[[Question, Quiz], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Cue:
    """The result of a player: of `attempted` questions, to which the trick applies, `right` answers on average.

    `chance` is the share that blind guessing would get, `interval` the 95 % interval of the player's share, by
    resampling facts, because questions of one fact are not independent (the cluster bootstrap of Davison and Hinkley,
    Bootstrap Methods and their Application, 1997, section 3.8). `limit` is how far above chance is still fine.
    """

    player: str
    attempted: int
    right: float
    chance: float
    interval: tuple[float, float]
    limit: float

    @property
    def share(self) -> float:
        """The part of the attempted questions that was right."""
        return self.right / self.attempted if self.attempted else self.chance

    @property
    def is_above(self) -> bool:
        """True if the trick pays: the share is above chance by more than the limit, and not by luck."""
        return self.share > self.chance + self.limit and self.interval[0] > self.chance


def find_cues(quizzes: Iterable[Quiz]) -> tuple[Cue, ...]:
    """Return the result of each player in `quizzes`."""
    # Fractions, so that the order of the quizzes leaves no trace.
    scores: dict[str, dict[str, list[Fraction]]] = {name: defaultdict(lambda: [Fraction()] * 3) for name in PLAYERS}
    for quiz in quizzes:
        for question in quiz.questions:
            for name, pick in PLAYERS.items():
                picked = set(pick(question, quiz))
                if 0 < len(picked) < len(question.options):
                    score = scores[name][question.fact]
                    score[0] += 1
                    score[1] += Fraction(question.key in picked, len(picked))
                    score[2] += Fraction(1, len(question.options))
    return tuple(_cue(name, scores[name]) for name in PLAYERS)


def _cue(name: str, by_fact: dict[str, list[Fraction]]) -> Cue:
    rows = [[float(part) for part in by_fact[fact]] for fact in sorted(by_fact)]
    attempted, right, chance = (sum(row[n] for row in rows) for n in range(3))
    limit = _LIMITS.get(name, LIMIT)
    if not rows:
        return Cue(name, 0, 0.0, 0.0, (0.0, 0.0), limit)
    return Cue(name, int(attempted), right, chance / attempted, _interval(rows), limit)


def _interval(rows: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the 95 % percentile interval of the share, over resamples of the facts."""
    draw = Draw("tells")
    shares = []
    for resample in range(_RESAMPLES):
        of = draw.of(str(resample))
        sample = [rows[of.below(len(rows), str(n))] for n in range(len(rows))]
        shares.append(sum(row[1] for row in sample) / sum(row[0] for row in sample))
    shares.sort()
    cut = int(_RESAMPLES * (1 - _MIDDLE) / 2)
    return shares[cut], shares[-1 - cut]


def _texts(question: Question) -> list[str]:
    return [option.text for option in question.options]


def _most(scores: Sequence[float]) -> list[int]:
    """Return the indices of the highest score, where the scores differ."""
    return [n for n, score in enumerate(scores) if score == max(scores)] if len(set(scores)) > 1 else []


def _least(scores: Sequence[float]) -> list[int]:
    return _most([-score for score in scores])


def _inner(scores: Sequence[float]) -> list[int]:
    """Return the indices of those that are neither the highest nor the lowest."""
    ends = {*_most(scores), *_least(scores)}
    return [n for n in range(len(scores)) if n not in ends] if ends else []


def _lengths(question: Question, _: Quiz) -> list[float]:
    return [len(text) for text in _texts(question)]


def _numbers(question: Question, _: Quiz) -> list[float]:
    """Return the first number of each option, a time of day in minutes; nothing where an option has none."""
    found = [_number(text) for text in _texts(question)]
    return [number for number in found if number is not None] if None not in found else []


def _number(text: str) -> float | None:
    if time := _TIME.search(text):
        return int(time[1]) * 60 + int(time[2])
    number = _NUMBER.search(text)
    return float(number[0].replace(",", "")) if number else None


def _roundness(question: Question, quiz: Quiz) -> list[float]:
    """Return the roundness of each option's number: 4 for whole thousands … 1 for fives, 0 for the rest."""
    numbers = _numbers(question, quiz)
    shift = 1 if all(number == int(number) for number in numbers) else 10
    steps = (5, 10, 100, 1000)
    return [sum(round(number * shift) % step == 0 for step in steps) for number in numbers]


def _frequencies(question: Question, quiz: Quiz) -> list[float]:
    """Return how often each option is one over the whole quiz."""
    counts = Counter(alike(option.text) for other in quiz.questions for option in other.options)
    return [counts[alike(text)] for text in _texts(question)]


def _oddness(question: Question, _: Quiz) -> list[float]:
    """Return in how many points of form each option differs from the three others, which agree."""
    forms = [_form(text) for text in _texts(question)]
    odd = [0.0] * len(forms)
    for values in zip(*forms, strict=True):
        counts = Counter(values)
        if len(counts) == 2 and 1 in counts.values():
            odd[next(n for n, value in enumerate(values) if counts[value] == 1)] += 1
    return odd


def _form(text: str) -> tuple[object, ...]:
    words = text.split()
    return (
        len(words),
        text[:1].isupper(),
        any(character.isdigit() for character in text),
        "-" in text,
        "," in text,
        " and " in text,
        words[0].casefold() in ("a", "an", "the") if words else False,
        text.endswith("s"),
        text.endswith("ing"),
    )


def _shared_with_stem(question: Question, _: Quiz) -> list[float]:
    stem = _words(question.stem)
    return [len(stem & _words(text)) for text in _texts(question)]


def _shared_with_others(question: Question, _: Quiz) -> list[float]:
    words = [_words(text) for text in _texts(question)]
    return [sum(len(one & other) for m, other in enumerate(words) if m != n) for n, one in enumerate(words)]


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(alike(text)) if len(word) >= _SHORTEST_WORD or word.isdigit()}


def _agreeing(question: Question, _: Quiz) -> list[int]:
    """Return the options that go with the article before the gap, or at the end of the stem."""
    article = _ARTICLE.search(question.stem)
    if article is None:
        return []
    vowel = article[1].casefold() == "an"
    return [n for n, text in enumerate(_texts(question)) if (text[:1].casefold() in tuple("aeiou")) == vowel]


def _at(index: int) -> _Pick:
    return lambda question, _: [min(index, len(question.options) - 1)]


def _by(choose: Callable[[Sequence[float]], list[int]], score: Callable[[Question, Quiz], list[float]]) -> _Pick:
    return lambda question, quiz: choose(score(question, quiz))


PLAYERS: dict[str, _Pick] = {
    "longest": _by(_most, _lengths),
    "shortest": _by(_least, _lengths),
    "middle length": _by(_inner, _lengths),
    "highest number": _by(_most, _numbers),
    "lowest number": _by(_least, _numbers),
    "middle number": _by(_inner, _numbers),
    "roundest number": _by(_most, _roundness),
    "least round number": _by(_least, _roundness),
    "most frequent": _by(_most, _frequencies),
    "least frequent": _by(_least, _frequencies),
    "odd form out": _by(_most, _oddness),
    "words of the stem": _by(_most, _shared_with_stem),
    "words of the others": _by(_most, _shared_with_others),
    "article agreement": _agreeing,
    **{f"position {index + 1}": _at(index) for index in range(4)},
}
"""The tricks, by name: each gives the indices of the options that it points at."""
