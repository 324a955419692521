"""A table at which a game is played line by line, on a clock that goes on only while somebody types."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TextIO

from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.history.connection import FILE
from orbitquiz.history.resume import resume
from orbitquiz.history.rows import read_game
from orbitquiz.history.store import Records
from orbitquiz.plain.console import Console
from orbitquiz.plain.solo.play import Player
from orbitquiz.quiz.compose import choose
from orbitquiz.quiz.game import UNTIMED, Game, Mode, Phase, Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.typed import typed_in
from orbitquiz.session.plan import Setup
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.session.takeaways import FLAGS
from tests.tui.playing import plan_of

KEPT = "The game is kept; `orbitquiz play --resume` goes on with it."
NOTHING = "Nothing was answered, so nothing is kept."
NOW = datetime(2031, 5, 4, tzinfo=UTC)
SECONDS = 3.0
"""Seconds it takes to type a line by default."""

Line = str | type[BaseException] | tuple[str | type[BaseException], float]
"""A line that is typed, or what happens instead, perhaps with the seconds that it takes."""


def quiz_of(bank: Bank, *ids: str) -> Quiz:
    """A quiz of these questions of the comet bank."""
    return choose(bank, ids or ("commander.asked", "tail.asked", "take-off.according.report"), "TEST")


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


class Typed(io.StringIO):
    """Lines as they are typed."""

    def __init__(self, clock: Clock, lines: Iterable[Line]) -> None:
        super().__init__()
        self._clock = clock
        self._left = list(lines)

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        if not self._left:
            return ""
        line = self._left.pop(0)
        what, seconds = line if isinstance(line, tuple) else (line, SECONDS if isinstance(line, str) else 0.0)
        self._clock.now += seconds
        if not isinstance(what, str):
            raise what
        return f"{what}\n"


class Terminal(io.StringIO):
    """The output on a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Table:
    """Plays games of `bank` with records in `folder`, and remembers what was done with them."""

    bank: Bank
    folder: Path
    clock: Clock = field(default_factory=Clock)
    text: str = ""

    def __post_init__(self) -> None:
        self.records = Records.open(self.folder, lambda: 1_900_000_000.0 + self.clock())
        self.session = Session(self.bank, lambda: self.records, self.clock)

    def close(self) -> None:
        self.records.close()

    def clear(self) -> None:
        """Let nobody go on with what was played here before: to make new records takes longer than to play."""
        while unfinished := self.records.unfinished():
            self.records.abandon(unfinished.game.id)

    def start(self, quiz: Quiz, rules: Rules = UNTIMED, teams: Sequence[str] = (), another: Quiz | None = None) -> None:
        mode = Mode.TEAMS if teams else Mode.SOLO
        self.session.start(Setup(quiz, plan_of(another or quiz), rules, mode, tuple(teams)))

    def start_typed(self, quiz: Quiz) -> None:
        """Start a game whose answers are typed without options."""
        self.session.start(Setup(quiz, plan_of(quiz), typed=typed_in(self.bank, quiz)))

    def take_up(self) -> Game:
        """Go on with the game that the records have."""
        unfinished = self.records.unfinished()
        assert unfinished is not None
        self.session.close()
        return self.session.take_up(unfinished)

    @property
    def services(self) -> Services:
        """Return the world around the game, all of it in the table's folder."""

        def replay(quiz: Quiz, _: str | None) -> str:
            return f"orbitquiz play --quiz {quiz.seed}" if quiz.seed == "TEST" else ""

        return Services(self.folder, lambda: "OTHERS", replay, lambda _: self.bank, lambda: NOW)

    @property
    def flags(self) -> str:
        """Return the flags that were written."""
        file = self.folder / FLAGS
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def play(self, *lines: Line, out: io.StringIO | None = None) -> Game:
        """Play what was started, and keep in mind what was printed."""
        stream = out or io.StringIO()
        game = self.play_on(Typed(self.clock, lines), stream)
        self.text = stream.getvalue()
        return game

    def play_on(self, lines: TextIO, out: TextIO) -> Game:
        """Play what was started on these streams."""
        with contextlib.chdir(self.folder if self.folder.is_dir() else Path.cwd()):
            game = Player(self.session, Console(lines, out), self.services).run()
        assert game is self.session.game
        return game

    @property
    def lines(self) -> list[str]:
        """Return the lines printed last."""
        return self.text.split("\n")

    def kept(self) -> Game:
        """The game that was begun last, as the records have it."""
        with closing(sqlite3.connect(self.folder / FILE)) as connection:
            (id,) = connection.execute("SELECT max(id) FROM games").fetchone()
            found = read_game(connection, id)
        assert found is not None
        return resume(self.bank, found, 0.0)[1]

    def as_kept(self, game: Game) -> Game:
        """Return what the history should hold of `game` in its current state."""
        now = self.clock()
        match game.phase:
            case Phase.ANSWERED:
                game = game.next(now)
            case Phase.ASKING:
                game = game.pause(now).go_on(now)
            case Phase.PAUSED:
                game = game.go_on(now)
            case Phase.OVER:
                pass
        return replace(game, shown_at=0.0)


class _Asked(Protocol):
    """A question, of a quiz or of a game."""

    @property
    def key(self) -> int: ...
    @property
    def options(self) -> Sequence[object]: ...


def right(question: _Asked) -> str:
    """Return the number of the right answer."""
    return str(question.key + 1)


def wrong(question: _Asked) -> str:
    """Return the number of a wrong answer."""
    return str((question.key + 1) % len(question.options) + 1)
