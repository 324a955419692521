"""Find which of many questions tell one another, without comparing each with each.

A written form can stand in a text only if all its words do, and a quotation can be shown only by a passage near it.
So words and stretches of documents are looked up first, and only what is found is compared as `Placed.spoils` does.
The result is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from orbitquiz.bank.model import Quotation
from orbitquiz.quiz.proof import Feedback
from orbitquiz.quiz.spoilers import Placed
from orbitquiz.text.fold import plain, unspaced_apart
from orbitquiz.text.lookup import holds
from orbitquiz.text.pattern import pattern

_WORD = pattern(r"[^\W_]+")
_STRETCH = 256  # characters of a document that are looked up together

_Stretch = tuple[str, int]  # a source, and the number of the stretch in it


class SpoilerIndex:
    """Questions, numbered from 0 as they are added, to be asked which of them tell another one or are told by it."""

    def __init__(self) -> None:
        self._placed: list[Placed] = []
        self._showing: dict[str, set[int]] = defaultdict(set)  # by word
        self._giving_away: dict[str, list[int]] = {}  # the questions by giveaway
        self._giveaways: dict[str, list[str]] = defaultdict(list)  # by one of their words, or ""
        self._shown: dict[_Stretch, list[int]] = defaultdict(list)
        self._proving: dict[_Stretch, list[int]] = defaultdict(list)

    def add(self, placed: Placed) -> None:
        """Add a question."""
        number = len(self._placed)
        self._placed.append(placed)
        for word in set(_words(placed.shown)):
            self._showing[word].add(number)
        for giveaway in placed.giveaways:
            if giveaway not in self._giving_away:
                self._giving_away[giveaway] = []
                self._giveaways[self._telling_word(giveaway)].append(giveaway)
            self._giving_away[giveaway].append(number)
        for stretch in _shown_by(placed):
            self._shown[stretch].append(number)
        for stretch in _stretches(placed.quotations):
            self._proving[stretch].append(number)

    def spoilers_of(self, later: Placed) -> set[int]:
        """Return the questions that give away `later`."""
        near = {number for stretch in _stretches(later.quotations) for number in self._shown.get(stretch, ())}
        found = {number for number in near if any(map(self._placed[number].shows, later.quotations))}
        for giveaway in later.giveaways:
            found |= {number for number in self._with_words(giveaway) if holds(self._placed[number].shown, giveaway)}
        return found

    def spoiled_by(self, earlier: Placed) -> set[int]:
        """Return the questions that `earlier` gives away."""
        near = {number for stretch in _shown_by(earlier) for number in self._proving.get(stretch, ())}
        shown = {number for number in near if any(map(earlier.shows, self._placed[number].quotations))}
        return shown | set(self._given_away_in(earlier.shown))

    def told_by(self, feedback: Feedback) -> set[int]:
        """Return the questions that `feedback` gives away."""
        found = set(self._given_away_in(plain(feedback.statement).casefold()))
        if feedback.citation:
            quoted = feedback.citation.quotation
            near = {number for stretch in _stretches([quoted]) for number in self._proving.get(stretch, ())}
            found |= {number for number in near if any(map(quoted.overlaps, self._placed[number].quotations))}
        return found

    def _with_words(self, giveaway: str) -> Iterable[int]:
        """Return the questions that show all words of `giveaway`, in whatever order."""
        words = _words(giveaway)
        if not words:
            return range(len(self._placed))
        found = [self._showing[word] for word in words if word in self._showing]
        return set.intersection(*sorted(found, key=len)) if len(found) == len(words) else ()

    def _telling_word(self, giveaway: str) -> str:
        """Return the word of `giveaway` that the fewest others are found by, of several the longest; "" if it has none.

        Hundreds of names may begin with the same title and as many dates have the same month.
        """
        words = _words(giveaway)
        if len(words) == 1:
            return words[0]
        return min(words, key=lambda word: (len(self._giveaways.get(word, ())), -len(word)), default="")

    def _given_away_in(self, text: str) -> Iterator[int]:
        """Yield the questions of which a giveaway stands in `text`."""
        for word in {"", *_words(text)}:
            for giveaway in self._giveaways.get(word, ()):
                if giveaway in text and holds(text, giveaway):  # the first alone is told fastest
                    yield from self._giving_away[giveaway]


def _words(text: str) -> list[str]:
    """Return the words of `text` as `text.lookup.holds` bounds them. A character of a script without spaces is one."""
    words: list[str] = _WORD.findall(text)
    if text.isascii():
        return words
    return [part for word in words for part in ((word,) if word.isascii() else unspaced_apart(word))]


def _shown_by(placed: Placed) -> set[_Stretch]:
    """Return the stretches of documents that a player of this question reads."""
    shown = [item.passage for item in placed.question.proof.shown]
    passages = [(passage.source.id, passage.start, passage.end) for passage in shown]
    quoted = _stretches([placed.question.quoted] if placed.question.quoted else [])
    return quoted | {(source, at) for source, start, end in passages for at in _numbers(start, end)}


def _stretches(quotations: Iterable[Quotation]) -> set[_Stretch]:
    return {(each.source, at) for each in quotations for at in _numbers(each.start, each.end)}


def _numbers(start: int, end: int) -> range:
    return range(start // _STRETCH, max(end - 1, start) // _STRETCH + 1)
