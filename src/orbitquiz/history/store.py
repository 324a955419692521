"""The records: what the rest of the program tells and asks of them."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from orbitquiz.history.connection import Database
from orbitquiz.history.game_lock import GameLock
from orbitquiz.history.model import AnswerRecord, GameRecord, KeptGame, NewGame
from orbitquiz.history.rows import PUT_ANSWER, PUT_BANK, PUT_GAME, answer_row, game_row, read_game, stored
from orbitquiz.quiz.game import Game

if TYPE_CHECKING:
    from orbitquiz.bank.model import Bank
    from orbitquiz.history.past_games import DailyGame, EarlierResult, PlayedGame
    from orbitquiz.history.schedule import Card
    from orbitquiz.history.statistics import Statistics
    from orbitquiz.quiz.quality.picks import OptionTally

_T = TypeVar("_T")
_MOST = 1 << 62  # no clock gives such an id, and SQLite has few greater
_EXAMINED = 20  # games between two examinations of the whole file

_LATEST = "SELECT max(id) FROM games"
_UNFINISHED = """
    SELECT id FROM games
    WHERE ended IS NULL AND abandoned = 0 AND (:daily IS NULL OR (mode = 'daily' AND seed = :daily))
        AND (:before IS NULL OR id < :before)
    ORDER BY id DESC LIMIT 1
"""


@dataclass(slots=True)
class _Told:
    """All that has been told of a game, and how much of it the file has that was opened as the `file`th."""

    game: GameRecord
    answers: list[AnswerRecord]
    file: int = 0
    saved: int = 0  # answers
    changed: bool = True

    def is_in(self, file: int) -> bool:
        """True if the file has all of it."""
        return self.file == file and not self.changed

    def put(self, connection: sqlite3.Connection, file: int) -> None:
        """Write what the file may not have. What it has is not written twice."""
        connection.execute(PUT_BANK, (stored(self.game.bank),))
        connection.execute(PUT_GAME, game_row(self.game))
        missing = self.answers[self.saved if self.file == file else 0 :]
        connection.executemany(PUT_ANSWER, [answer_row(self.game, answer) for answer in missing])

    def is_put(self, file: int) -> None:
        """Note that all has been committed to the file."""
        self.file, self.saved, self.changed = file, len(self.answers), False


class Records:
    """Keeps what players did, in one file in a folder.

    What is told is on the disk when the method returns. Where that cannot be, no method raises: the game goes on,
    `notice` says what is wrong, and the next that is told brings all that is missing, should the disk be well again.
    To be used from the thread that opened it.
    """

    def __init__(self, folder: Path, wall_clock: Callable[[], float]) -> None:
        self._keeper = Database(folder)
        self._wall_clock = wall_clock
        self._told: dict[int, _Told] = {}

    @classmethod
    def open(cls, folder: Path, wall_clock: Callable[[], float]) -> Records:
        """Open the records in `folder`, which is created if it is missing. Never raises for a bad disk or file.

        `wall_clock` gives seconds since the beginning of 1970 in UTC, as `time.time` does.
        """
        records = cls(folder, wall_clock)
        records._keeper.attempt("DEFERRED", lambda _: None, None)
        return records

    @property
    def notice(self) -> str | None:
        """Return what is wrong, where and what to do, in a line, or None. It may change with any call."""
        return self._keeper.notice

    def close(self) -> None:
        """Let go of the file. Nothing is lost without it."""
        self._keeper.close()

    def begin(self, game: Game, about: NewGame) -> int:
        """Keep that `game` has been begun. The id stands for it in all that is told of it later."""
        seconds = self._wall_clock()
        quiz = game.quiz
        record = GameRecord(
            # A number that no other file gives to another game, should this one have to be written again elsewhere.
            id=max(int(seconds * 1_000_000), *(id + 1 for id in self._told), 1),
            started=_written(seconds),
            mode=about.mode,
            teams=about.teams,
            bank=quiz.bank,
            version=about.version,
            digest=quiz.digest,
            folder=about.folder,
            title=quiz.title,
            seed=quiz.seed,
            code=quiz.code,
            questions=tuple(question.id for question in quiz.questions),
            asked_for=about.asked_for,
            plan=about.plan,
            rules=game.rules,
            spent=game.spent if game.is_open else 0.0,
            hinted=game.hinted and game.is_open,
            typed=tuple(sorted(game.typed)),
        )
        told = _Told(record, _answers(game, 0, _written(seconds)))
        self._save(told)
        self._told[told.game.id] = told
        return told.game.id

    def answered(self, id: int, game: Game) -> None:
        """Keep all verdicts of `game` that have not been kept. To tell the same again does nothing."""
        if told := self._known(id):
            if new := _answers(game, len(told.answers), _written(self._wall_clock())):
                told.answers += new
                self._change(told, spent=0.0, hinted=False)
            self._save()

    def guessed(self, id: int, game: Game) -> None:
        """Keep whether the last answer of `game`, which has been kept, is marked as a guess."""
        if (told := self._known(id)) and len(told.answers) == len(game.verdicts) > 0:
            last = replace(told.answers[-1], guessed=game.verdict.answer.guessed)
            told.answers[-1] = last
            told.saved = min(told.saved, len(told.answers) - 1)
            told.changed = True
            self._save()

    def shown(self, id: int, spent: float, *, hinted: bool) -> None:
        """Keep for how many seconds the present question has been seen, and whether its hint has.

        To be told every few seconds, so that a game that is resumed after a power cut gives no time away.
        """
        if (told := self._known(id)) and math.isfinite(spent):
            self._change(told, spent=max(float(spent), 0.0), hinted=hinted)
            if not self._keeper.is_troubled:  # a disk in trouble is asked at each answer, not at each second
                self._save()

    def given(self, id: int, points: tuple[int, ...]) -> None:
        """Keep what was given to each team by hand, or taken from it."""
        if told := self._known(id):
            self._change(told, given=points)
            self._save()

    def ended(self, id: int) -> None:
        """Keep that the game was played to its end."""
        if told := self._known(id):
            if told.game.ended is None:
                self._change(told, ended=_written(self._wall_clock()))
            self._save()
            if self._read(_games, 1) % _EXAMINED == 0:  # here nobody waits for the next question
                self._keeper.examine()

    def abandon(self, id: int) -> None:
        """Keep that nobody means to play the game on."""
        if told := self._known(id):
            self._change(told, abandoned=True)
            self._save()

    def lock(self, id: int) -> GameLock | None:
        """Hold a game for this window; None where that is impossible. Raises `OpenElsewhere`."""
        return GameLock.take(self._keeper.folder, id)

    def game(self, id: int) -> KeptGame | None:
        """Return the game with this id and its answers; None where there is none."""
        told = self._known(id)
        return KeptGame(told.game, tuple(told.answers)) if told else None

    def unfinished(self, daily: str | None = None, before: int | None = None) -> KeptGame | None:
        """Return the latest game that has neither ended nor been abandoned, if there is one.

        With `daily`, the latest such game of the quiz of the day with this seed. With `before`, the latest one
        begun before the game with this id. Another window may be playing it.
        """
        found = self._read(lambda connection: _unfinished(connection, daily, before), None)
        if found:
            self._know(found)
        return found

    def missed(self, bank: str) -> tuple[str, ...]:
        """Return the ids of the facts of the bank with the id `bank` that were last answered wrong, late or not at all.

        The most recently missed comes first.
        """
        from orbitquiz.history.statistics import missed  # not before it is asked for: a game begins without it

        return self._read(lambda connection: missed(connection, bank), ())

    def cards(self, bank: str) -> Mapping[str, Card]:
        """Return what spaced repetition knows of the facts of the bank with the id `bank` that were ever answered.

        They are due when the probability of a right answer has fallen to `schedule.RETENTION`.
        """
        from orbitquiz.history.schedule import NO_DECK, read_deck, write_deck

        deck = self._read(lambda connection: read_deck(connection, bank), NO_DECK)
        if deck.is_new:
            self._keeper.attempt("IMMEDIATE", lambda connection: write_deck(connection, bank, deck), None)
        return deck.cards

    def daily_games(self, bank: str) -> Sequence[DailyGame]:
        """Return the finished quizzes of the day of the bank with the id `bank`, the latest first."""
        from orbitquiz.history.past_games import daily_games

        nothing: Sequence[DailyGame] = ()
        return self._read(lambda connection: daily_games(connection, bank), nothing)

    def earlier_result(self, bank: str, code: str, id: int) -> EarlierResult | None:
        """Return how the latest other game with the same quiz code was finished, if there is one."""
        from orbitquiz.history.past_games import earlier_result

        return self._read(lambda connection: earlier_result(connection, bank, code, id), None)

    def latest_games(self, bank: str, count: int) -> Sequence[PlayedGame]:
        """Return the `count` latest games of the bank with the id `bank`, and every older one that can be resumed."""
        from orbitquiz.history.past_games import latest_games

        nothing: Sequence[PlayedGame] = ()
        return self._read(lambda connection: latest_games(connection, bank, count, with_unfinished=True), nothing)

    def answers(self, bank: str) -> Sequence[tuple[object, ...]]:
        """Return all answers of the bank with the id `bank` in order of time, as rows of `answers_csv.COLUMNS`."""
        from orbitquiz.history.answers_csv import answer_rows

        nothing: Sequence[tuple[object, ...]] = ()
        return self._read(lambda connection: answer_rows(connection, bank), nothing)

    def statistics(self, bank: str | None = None) -> Statistics:
        """Return the statistics of the bank with the id `bank`, or of all banks; empty where there is no file."""
        from orbitquiz.history.statistics import Statistics, statistics

        return self._read(lambda connection: statistics(connection, bank), Statistics())

    def option_tallies(self, bank: Bank) -> Sequence[OptionTally]:
        """Return how often each wrong option of `bank` was shown and picked, where it is known what was shown.

        Answers that were kept before options were get theirs, where bank and seed give them exactly.
        """
        from orbitquiz.history.shown_options import games_without, keep_again, make_again, option_tallies

        none: Sequence[KeptGame] = ()
        if shown := make_again(bank, self._read(lambda connection: games_without(connection, bank), none)):
            self._keeper.attempt("IMMEDIATE", lambda connection: keep_again(connection, shown), None)
        nothing: Sequence[OptionTally] = ()
        return self._read(lambda connection: option_tallies(connection, bank.id), nothing)

    def _known(self, id: int) -> _Told | None:
        """Return what is known of a game: told to this object, or to the one that wrote it into the file."""
        if id not in self._told and (found := self._read(lambda connection: read_game(connection, id), None)):
            self._know(found)
        return self._told.get(id)

    def _know(self, found: KeptGame) -> None:
        """Remember what the file says of a game, in case it has to be written again."""
        if found.game.id not in self._told:
            told = self._told[found.game.id] = _Told(found.game, list(found.answers))
            told.is_put(self._keeper.opened)

    def _change(self, told: _Told, **news: object) -> None:
        game = replace(told.game, **news)  # type: ignore[arg-type]
        told.changed |= game != told.game or len(told.answers) != told.saved
        told.game = game

    def _read(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        found = self._keeper.attempt("DEFERRED", action, otherwise)
        if self._unsaved():
            # The file is a new one, or could not be written to before. It has to have this game, too.
            self._save()
            found = self._keeper.attempt("DEFERRED", action, otherwise)
        return found

    def _unsaved(self) -> list[_Told]:
        return [told for told in self._told.values() if not told.is_in(self._keeper.opened)]

    def _save(self, new: _Told | None = None) -> None:
        """Write all that the file has not, and the `new` game under an id that no other has."""

        def put(connection: sqlite3.Connection) -> list[_Told]:
            unsaved = self._unsaved()
            if new:
                new.game = replace(new.game, id=max(new.game.id, _latest(connection) + 1))
                unsaved.append(new)
            for told in unsaved:
                told.put(connection, self._keeper.opened)
            return unsaved

        nothing: list[_Told] = []
        if new or self._unsaved():
            for told in self._keeper.attempt("IMMEDIATE", put, nothing):
                told.is_put(self._keeper.opened)


def _answers(game: Game, kept: int, at: str) -> list[AnswerRecord]:
    """Return the rows for the answers of `game` after the first so many that have been `kept`."""
    records = []
    streak = 0
    for verdict in game.verdicts:
        streak = streak + 1 if verdict.is_right else 0
        question = verdict.question
        if verdict.number > kept:
            record = AnswerRecord(
                number=verdict.number,
                question=question.id,
                fact=question.fact,
                category=question.topic or question.category,
                kind=question.kind,
                level=question.level,
                picked=None if verdict.picked is None else question.options[verdict.picked],
                key=question.options[question.key],
                is_right=verdict.is_right,
                hinted=verdict.answer.hinted,
                late=verdict.answer.late,
                seconds=verdict.seconds,
                points=verdict.points,
                streak=streak,
                at=at,
                typed=verdict.answer.typed,
                guessed=verdict.answer.guessed,
                options=None if question.id in game.typed else question.options,
            )
            records.append(record)
    return records


def _latest(connection: sqlite3.Connection) -> int:
    """Return the greatest id of a game; 0 where there is none."""
    (id,) = connection.execute(_LATEST).fetchone()
    if (id or 0) > _MOST:
        raise sqlite3.DatabaseError(f"no game has the id {id}")
    return id or 0


def _games(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM games").fetchone()
    return int(count)


def _unfinished(connection: sqlite3.Connection, daily: str | None, before: int | None) -> KeptGame | None:
    row = connection.execute(_UNFINISHED, {"daily": stored(daily), "before": before}).fetchone()
    if row is None:
        return None
    found = read_game(connection, row[0])
    if found is None:
        raise sqlite3.DatabaseError("an index tells of a game that is not there")
    return found


def _written(seconds: float) -> str:
    """Return a time as text that sorts as times do."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
