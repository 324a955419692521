"""Questions with their options and proofs, and quizzes of several."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from orbitquiz.bank.model import Category, Quotation
from orbitquiz.quiz.proof import Evidence, Feedback, Proof


class Kind(StrEnum):
    """The way in which a question is made from its fact."""

    ASKED = "asked"  # the stem as its author wrote it
    ACCORDING = "according"  # the same, by one source
    REVERSE = "reverse"  # the value is given and an entity is asked for
    CLOZE = "cloze"  # a quotation is to be completed
    WHICH = "which"  # which source says so
    SAID = "said"  # who said these words
    HOW = "how"  # how sources differ
    LATER = "later"  # which of two answers was printed later
    KNEW = "knew"  # which of two sources could have known of the other


COMPARING = frozenset({Kind.HOW, Kind.LATER, Kind.KNEW})
"""The kinds that only the compare round has, each with options of its own."""


class Option(Struct, frozen=True):
    """One answer to choose. Exactly one option of a question is the key.

    `feedback` is what the bank knows about a wrong one, for a player who has picked it.
    """

    text: str
    is_key: bool
    feedback: Feedback | None = None


class Question(Struct, frozen=True):
    """A multiple-choice question.

    `id` is made of the fact's id, the kind and, where the stem names a source, that source: the same in every quiz.
    `sources_differ` says whether the sources differ on what is asked. `quoted` are the words of a source that the
    stem quotes, if it does. `is_ordered` says that the options stand in an order of their own, as numbers and dates do.
    `open` are passages to read before answering, in an order that says nothing of the key: a question of the compare
    round has one of each side, any other has none.
    """

    id: str
    fact: str
    kind: Kind
    category: Category
    level: int
    stem: str
    options: tuple[Option, ...]
    proof: Proof
    sources_differ: bool = False
    quoted: Quotation | None = None
    is_ordered: bool = False
    open: tuple[Evidence, ...] = ()

    @property
    def key(self) -> int:
        """The index of the right option."""
        return next(index for index, option in enumerate(self.options) if option.is_key)


class Quiz(Struct, frozen=True):
    """An ordered set of questions composed for one game.

    `asked_for` is how many questions were wanted; there may be fewer. `bank` and `digest` say from which bank it
    was composed, and `code`, where it was composed and not chosen by hand, is what gives it again.
    """

    bank: str
    title: str
    digest: str
    seed: str
    questions: tuple[Question, ...]
    asked_for: int
    code: str | None = None
