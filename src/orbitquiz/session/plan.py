"""Plans of quizzes, as data, so that another game of the same kind can be made whenever it is wanted."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Struct, convert, to_builtins
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import Request, WrongCode, request_of
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.game import UNTIMED, Mode, Rules
from orbitquiz.quiz.question import Quiz

if TYPE_CHECKING:
    from orbitquiz.history.model import GameRecord


class QuizPlan(Struct, frozen=True):
    """Everything a quiz is made from, except the seed.

    A `request` is composed from the whole bank or, with `facts`, from the facts with these ids, as when a player
    repeats what they missed. With `questions`, a quiz file has chosen the questions with these ids by hand, under
    `title`, and the rest of the request means nothing.
    """

    request: Request
    facts: tuple[str, ...] | None = None
    questions: tuple[str, ...] | None = None
    title: str | None = None

    @classmethod
    def missed(cls, facts: Collection[str]) -> QuizPlan:
        """Return the plan that asks about these facts again, each once."""
        distinct = tuple(dict.fromkeys(facts))
        return cls(Request("", len(distinct)), distinct)

    def quiz(self, bank: Bank, seed: str) -> Quiz:
        """Return the quiz that `seed` gives, which may have no questions.

        Raises `UnknownQuestion` where the bank lacks one that was chosen by hand.
        """
        if self.questions is not None:
            return choose(bank, self.questions, seed, self.title)
        return compose(bank, replace(self.request, seed=seed), self.facts)

    def to_json(self) -> str:
        """Return the plan as JSON, as records keep it."""
        return json.dumps(to_builtins(self))

    @classmethod
    def from_json(cls, text: str) -> QuizPlan:
        """Return the plan that `to_json` wrote. Raises `ValueError` for anything else."""
        try:
            return convert(json.loads(text), cls)
        except (MsgspecError, RecursionError) as error:
            raise ValueError(f"not a plan of a quiz: {error}") from error


def plan_of(game: GameRecord, bank: Bank, quiz: Quiz) -> QuizPlan:
    """Return the plan of a game from the records; `quiz` is the one that was resumed from it.

    Games kept before there were plans have none: theirs follows from the code or, without one, from the questions.
    """
    if game.plan is not None:
        try:
            return QuizPlan.from_json(game.plan)
        except ValueError:
            pass  # perhaps from a newer version; the questions are still known
    if game.code is not None:
        try:
            return QuizPlan(request_of(bank, game.code))
        except WrongCode:
            pass
    if game.mode is Mode.MISSED:
        return QuizPlan.missed([question.fact for question in quiz.questions])
    return QuizPlan(Request("", len(quiz.questions)), questions=game.questions, title=game.title)


class Setup(Struct, frozen=True):
    """A quiz with its plan and rules.

    `teams` are the names of those who take turns, if teams play. `typed` are the ids of the questions that are answered
    in words, without options.
    """

    quiz: Quiz
    plan: QuizPlan
    rules: Rules = UNTIMED
    mode: Mode = Mode.SOLO
    teams: tuple[str, ...] = ()
    typed: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        bank: Bank,
        quiz: Quiz,
        plan: QuizPlan,
        rules: Rules = UNTIMED,
        mode: Mode = Mode.SOLO,
        teams: tuple[str, ...] = (),
        *,
        is_typed: bool = False,
    ) -> Setup:
        """Return the setup of `quiz`. With `is_typed`, every question that can be is answered in words."""
        typed: frozenset[str] = frozenset()
        if is_typed:
            from orbitquiz.quiz.typed import typed_in  # only where answers are typed: a game starts without it

            typed = typed_in(bank, quiz)
        return cls(quiz, plan, rules, mode, teams, typed)


def another(bank: Bank, before: Setup, seed: str) -> Setup:
    """Return another game of the kind of `before`, and with its rules. It may have no questions."""
    mode = Mode.SOLO if before.mode is Mode.DAILY else before.mode  # the day has one quiz only
    return setup_of(bank, before.plan, seed, before.rules, mode, before.teams, is_typed=bool(before.typed))


def setup_of(
    bank: Bank,
    plan: QuizPlan,
    seed: str,
    rules: Rules = UNTIMED,
    mode: Mode = Mode.SOLO,
    teams: tuple[str, ...] = (),
    *,
    is_typed: bool = False,
) -> Setup:
    """Return the setup of the quiz that `seed` gives by `plan`, which may have no questions."""
    return Setup.of(bank, plan.quiz(bank, seed), plan, rules, mode, teams, is_typed=is_typed)
