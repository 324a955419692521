"""A game on the screen, for tests."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import UNTIMED, Game, Mode, Phase, Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.typed import typed_in
from orbitquiz.session.plan import QuizPlan, Setup
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.tui.solo.app import OrbitQuizApp
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank

NOW = datetime(2026, 5, 12, 18, 30, tzinfo=UTC)
_SCRATCH = tempfile.TemporaryDirectory()  # goes when the tests do
_COUNT = itertools.count()
_EMPTY = Bank("none", "No bank", "1", "en", "", "", "0" * 64, (), (), {}, {})


def bank_of(folder: Path, facts: Sequence[Mapping[str, Any]] = (COMMANDER, TAIL, TAKE_OFF), **more: Any) -> Bank:
    """A small bank, written and read."""
    reading = read_bank(write_bank(folder, facts, **more))
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank


def quiz_of(bank: Bank, seed: str = "TEST") -> Quiz:
    """A quiz of all facts of `bank`."""
    return compose(bank, Request(seed, len(bank.facts)))


def plan_of(quiz: Quiz) -> QuizPlan:
    """Return the plan that asks the questions of `quiz` again."""
    ids = tuple(question.id for question in quiz.questions)
    return QuizPlan(Request("", len(ids)), questions=ids, title=quiz.title)


class _Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class _Timed(Session):
    """A session in which each answer, and each look at its proof, takes three seconds."""

    def answer(self, picked: int) -> Game:
        self._tick()
        return super().answer(picked)

    def next(self) -> Game:
        self._tick()
        return super().next()

    def _tick(self) -> None:
        assert isinstance(self.clock, _Clock)
        self.clock.seconds += 3.0


def session_for(bank: Bank, folder: Path, now: datetime = NOW) -> Session:
    """A session that keeps its records in `folder`, on a clock that goes on three seconds with each move."""
    return _Timed(bank, lambda: Records.open(folder, now.timestamp), _Clock())


def app_for(
    quiz: Quiz | None,
    *,
    bank: Bank | None = None,
    folder: Path | None = None,
    another: Quiz | None = None,
    notices: Sequence[str] = (),
    rules: Rules = UNTIMED,
    teams: Sequence[str] = (),
    is_typed: bool = False,
    day: int = 0,
) -> OrbitQuizApp:
    """The program playing `quiz`, or at home where there is none. Without a `folder` it has a new one of its own.

    It runs so many days after the first `day`.
    """
    now = NOW + timedelta(days=day)
    kept = folder or Path(_SCRATCH.name) / f"{next(_COUNT)}"
    bank = bank or _EMPTY
    seeds = (f"SEED{number}" for number in itertools.count())
    services = Services(
        kept, lambda: next(seeds), lambda quiz, _: f"orbitquiz play --quiz {quiz.code}", lambda _: bank, lambda: now
    )
    mode = Mode.TEAMS if teams else Mode.SOLO
    typed = typed_in(bank, quiz) if quiz and is_typed else frozenset[str]()
    setup = Setup(quiz, plan_of(another or quiz), rules, mode, tuple(teams), typed) if quiz else None
    app = OrbitQuizApp(session_for(bank, kept, now), setup, services, notices)
    app.animation_level = "none"  # a key waits until what it set off has come to its end
    return app


def right_key(app: OrbitQuizApp) -> str:
    """The key that answers the present question right."""
    return str(app.game.question.key + 1)


def wrong_key(app: OrbitQuizApp) -> str:
    """A key that answers the present question wrong."""
    return str((app.game.question.key + 1) % 4 + 1)


def wait(app: OrbitQuizApp, seconds: float) -> None:
    """Let the clock of the game run on by so many `seconds`, which takes none."""
    clock = app.session.clock
    assert isinstance(clock, _Clock)
    clock.seconds += seconds


def phase_of(app: OrbitQuizApp) -> Phase:
    """Where the game stands now."""
    return app.game.phase


async def play_on(pilot: Pilot[Game], wrong: int = 0) -> None:
    """Play to the end, the first `wrong` answers wrong."""
    app = pilot.app
    assert isinstance(app, OrbitQuizApp)
    for number in range(len(app.game.quiz.questions) - len(app.game.verdicts)):
        await pilot.press(wrong_key(app) if number < wrong else right_key(app), "enter")
    await pilot.pause()
