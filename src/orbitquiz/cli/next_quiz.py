"""The quiz of another game in a room: about facts that the room has not been asked yet, as far as there are enough."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.cli.selection import new_seed
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import QuizSheet


class NextQuiz:
    """Composes one quiz after another for a room whose present one is `quiz`.

    `bank` opens the bank when it is needed first; `request` says how many questions are asked, and of what.
    """

    def __init__(self, quiz: QuizSheet, request: Request, bank: Callable[[], Bank]) -> None:
        self._quiz = quiz
        self._request = request
        self._open = bank
        self._bank: Bank | None = None
        self._asked = {question.fact for question in quiz.questions}

    def __call__(self) -> QuizSheet:
        """Return the quiz of the next game. Raise `Refused` if the bank has none."""
        bank = self._bank = self._bank or self._open()
        if bank.id != self._quiz.bank:
            words = f"Another game needs the bank {self._quiz.bank}: leave, and resume the room with --bank."
            raise Refused(Reason.NOT_NOW, words)
        request = replace(self._request, seed=new_seed())
        fresh = {fact.id for fact in bank.facts} - self._asked
        quiz = compose(bank, request, fresh)
        if len(quiz.questions) < min(request.count, len(self._quiz.questions)):
            self._asked.clear()
            quiz = compose(bank, request)
        if not quiz.questions:
            raise Refused(Reason.NOT_NOW, "The bank has no more questions of this kind.")
        self._asked |= {question.fact for question in quiz.questions}
        return QuizSheet.of(quiz)
