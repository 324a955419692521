"""Questions on their way to another program: sheets, and what has to be said about the bank they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.feedback import FeedbackFinder
from orbitquiz.quiz.forms import QuestionForm, forms_of
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuestionSheet

ANY_SEED = ""
"""The seed from which options are drawn for a question that belongs to no quiz."""

Fits = Callable[[QuestionSheet], bool]


@dataclass(frozen=True, slots=True)
class Deck:
    """Questions to be written in some format.

    `bank` is the id of their bank, `title` the name of the quiz or of the bank, `language` a BCP 47 tag, and `rights`
    says whose the questions and the quoted documents are. `left_out` counts the facts or questions that did not fit.
    """

    bank: str
    title: str
    language: str
    rights: str
    questions: tuple[QuestionSheet, ...]
    left_out: int = 0

    @property
    def by_category(self) -> Iterator[tuple[str, list[QuestionSheet]]]:
        """The titles of the categories, each with its questions, in the order in which they first come."""
        order = {title: at for at, title in reversed([*enumerate(sheet.category for sheet in self.questions)])}
        ordered = sorted(self.questions, key=lambda sheet: order[sheet.category])
        return ((title, list(sheets)) for title, sheets in groupby(ordered, key=lambda sheet: sheet.category))


def deck_of_bank(
    bank: Bank, categories: Iterable[str] = (), *, differ: bool = False, every: bool = False, fits: Fits | None = None
) -> Deck:
    """Return one question for each fact of `categories`, or of all, in the bank's order.

    It is the first question of the fact that `fits`; with `every`, all of them. With `differ`, only what the sources
    differ on. The options are
    the same in every export of a bank, so that a program that updates what it has finds the same questions again.
    """
    finder = FeedbackFinder(bank)

    def sheet(form: QuestionForm) -> QuestionSheet | None:
        question = make_question(bank, form, ANY_SEED)
        return QuestionSheet.of(finder.add(form, question)).standing_alone if question else None

    sheets: list[QuestionSheet] = []
    left_out = 0
    for _, forms in groupby(forms_of(bank, categories, differ=differ), key=lambda form: form.fact.id):
        made = (found for form in forms if (found := sheet(form)))
        if every:
            all_of_fact = list(made)
            fitting = [each for each in all_of_fact if fits is None or fits(each)]
            left_out += len(all_of_fact) - len(fitting)
            sheets += fitting
            continue
        first = next(made, None)
        if first is None:
            continue
        if fits is None or fits(first):
            sheets.append(first)
        elif fitting_one := next(filter(fits, made), None):
            sheets.append(fitting_one)
        else:
            left_out += 1
    return Deck(bank.id, bank.title, bank.language, bank.rights, tuple(sheets), left_out)


def deck_of_quiz(bank: Bank, quiz: Quiz, fits: Fits | None = None) -> Deck:
    """Return the questions of `quiz`, which was composed from `bank`, in their order, as far as they fit."""
    sheets = tuple(QuestionSheet.of(question).standing_alone for question in quiz.questions)
    fitting = tuple(sheet for sheet in sheets if fits is None or fits(sheet))
    return Deck(bank.id, quiz.title, bank.language, bank.rights, fitting, len(sheets) - len(fitting))
