"""The quiz that the words of a command ask for: by seed and settings, by a code, or from a file."""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from orbitquiz.bank.model import Bank
from orbitquiz.cli.bank_option import bank_in, categories_of
from orbitquiz.cli.environment import data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.progress import progress
from orbitquiz.quiz.code import DEFAULT_COUNT, LETTERS, SEED_LENGTH, Request, WrongCode, request_of
from orbitquiz.quiz.compose import UnknownQuestion, choose, compose
from orbitquiz.quiz.daily import daily_request
from orbitquiz.quiz.game import Rules, Scoring
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import QuizPlan
from orbitquiz.text.safe import line_of

if TYPE_CHECKING:
    from orbitquiz.formats.quiz_file import QuizFile

_CHOICES = ("seed", "count", "category", "differ", "missed", "new")
_NOT_GIVEN: tuple[object, ...] = (None, False, [])
_SHOWN = 60  # characters of a code in a message
_MOST = 1_000_000  # bytes of a quiz file


class Selection(Struct, frozen=True):
    """The questions to ask of `bank`: those of a `request`, or of a quiz `file`."""

    bank: Bank
    request: Request
    file: QuizFile | None = None
    among: tuple[str, ...] | None = None  # the facts that may be asked, where not all may

    @property
    def plan(self) -> QuizPlan:
        """The plan for another quiz of this kind."""
        if self.file:
            return QuizPlan(self.request, questions=tuple(self.file.questions), title=self.file.title)
        return QuizPlan(self.request, self.among)

    @classmethod
    def of(
        cls,
        bank: Bank,
        arguments: argparse.Namespace,
        among: tuple[str, ...] | None = None,
        usual_count: int = DEFAULT_COUNT,
    ) -> Selection:
        """Return the selection of `arguments`, of the facts with the ids `among` or of all. Raise `UsageError`.

        Where they do not say how many questions there are to be, it is the `usual_count`.
        """
        if getattr(arguments, "daily", False):
            if given := [name for name in (*_CHOICES, "quiz") if getattr(arguments, name, None) not in _NOT_GIVEN]:
                raise UsageError(f"--daily names a whole quiz, so leave out {', '.join(f'--{name}' for name in given)}")
            return cls(bank, daily_request(bank, datetime.fromtimestamp(time.time(), UTC).astimezone().date()))
        if arguments.quiz is None:
            seed = new_seed() if arguments.seed is None else arguments.seed
            categories = categories_of(bank, arguments.category)
            request = Request(seed, arguments.count or usual_count, categories, arguments.differ)
            return cls(bank, request, among=among)
        if given := [name for name in _CHOICES if getattr(arguments, name, None) not in _NOT_GIVEN]:
            raise UsageError(f"--quiz names a whole quiz, so leave out {', '.join(f'--{name}' for name in given)}")
        if _is_file(arguments.quiz):
            file = _read(arguments.quiz, bank)
            return cls(bank, Request(file.seed), file)
        try:
            return cls(bank, request_of(bank, arguments.quiz))
        except WrongCode as error:
            from orbitquiz.library.chosen import explained

            shown = line_of(arguments.quiz[:_SHOWN])
            told = explained(error, arguments.quiz, data_folder(arguments.data), bank_in)
            raise UsageError(f"--quiz {shown}: there is no file of this name, and as a code: {told}") from error

    def quiz(self) -> Quiz:
        """Return the quiz. Raises `UsageError` where there is none."""
        with progress("composing the quiz"):
            quiz = self._chosen(self.file) if self.file else compose(self.bank, self.request, self.among)
        if self.file or quiz.questions:
            return quiz
        if self.among is not None:
            where = f" in {', '.join(self.request.categories)}" if self.request.categories else ""
            raise UsageError(f"none of these facts can be asked{where}")
        raise UsageError(nothing_to_ask(self.bank, self.request))

    def notices(self) -> list[str]:
        """Return the notices about a quiz file, a line each."""
        if self.file and self.file.digest and self.file.digest != self.bank.digest:
            return [f"the bank has changed since {self.file.name} was written, so its questions may have changed too"]
        return []

    def _chosen(self, file: QuizFile) -> Quiz:
        try:
            return choose(self.bank, file.questions, self.request.seed, file.title)
        except UnknownQuestion as error:
            from orbitquiz.quiz.forms import forms_of
            from orbitquiz.text.suggest import suggestion

            hint = suggestion(error.id, [way.id for way in forms_of(self.bank)])
            message = f"the bank {self.bank.id} has no question {error.id!r}{hint}"
            raise UsageError(f"{file.place(error.id)}: {message}") from error


def rules_of(arguments: argparse.Namespace) -> Rules:
    """Return the rules that `arguments` ask for. Raises `UsageError` where they do not go together."""
    scoring = Scoring(arguments.scoring or Scoring.ACCURACY)
    if scoring is Scoring.SPEED and arguments.timer is None:
        raise UsageError("--scoring speed pays by the time that is left, so it needs a --timer too")
    return Rules(arguments.timer, scoring)


def nothing_to_ask(bank: Bank, request: Request) -> str:
    """Return in words why there is no quiz for `request`."""
    where = f" in {', '.join(request.categories)}" if request.categories else ""
    if request.differ:
        return f"the sources of the bank {bank.id} differ on nothing that could be asked{where}"
    return f"the bank {bank.id} has no question that could be asked{where}; `orbitquiz check` says why"


def new_seed() -> str:
    """Return a seed that nobody has had."""
    import secrets

    return "".join(secrets.choice(LETTERS) for _ in range(SEED_LENGTH))


def _is_file(word: str) -> bool:
    """True if `word` names a file. A code has neither a full stop nor a slash."""
    if "." in word or "/" in word or os.sep in word:
        return True
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _read(name: str, bank: Bank) -> QuizFile:
    from orbitquiz.formats.quiz_file import BadQuizFile, read_quiz_file

    try:
        with Path(name).open("rb") as stream:
            raw = stream.read(_MOST + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the quiz file {name}: {getattr(error, 'strerror', None) or error}") from error
    if len(raw) > _MOST:
        raise UsageError(f"{name} has more than {_MOST:,} bytes; that is no quiz file")
    try:
        file = read_quiz_file(name, raw)
    except BadQuizFile as error:
        raise UsageError(str(error)) from error
    if file.bank and file.bank != bank.id:
        raise UsageError(f"{name} is for the bank {file.bank!r}, and this is {bank.id!r}; name the other with --bank")
    return file
