"""`make torture`: kill real games at drawn moments, and look whether anything that a player has seen is lost.

Each player has a folder, a cache and draws of their own. A player begins a game with `orbitquiz play`, presses keys,
and notes each verdict that comes on the screen. At a drawn moment the program gets SIGKILL. What stands in the
player's folder then is compared with what was seen, and the menu of the next program has to offer to go on where the
game was left; there the player goes on, until the next kill.

What SIGKILL cannot show is a power cut: what was written and not synced survives it.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, fields
from enum import StrEnum
from itertools import count, zip_longest
from pathlib import Path

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.history.connection import FILE
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.question import Question
from tests.cli.terminal import Terminal, terminal

KILLS = 500
SEED = "KESTREL"
QUESTIONS = 5  # of a game
_KILLS_A_PLAYER = 10
_GAMES_A_FOLDER = 3  # the first moments of a file are worth some kills, too
_AT_ONCE = 2  # players
_ENOUGH = 20  # things that are wrong
_HESITATION = 0.05  # seconds that a player at most looks at a screen before a kill
_SPREAD = 1.3  # a kill comes after up to so many times what the program took for the same the last time
_VERDICT = re.compile(r"(✓ Right\.|✗ Wrong\.|– Skipped\.)(.*)")
_SURE = 24  # characters of a statement that tell it from any other
_KEYS = "1234x"
_SKIP = _KEYS.index("x")


class Moment(StrEnum):
    """When to kill."""

    BEFORE = "before an answer"
    KEY = "between key and verdict"
    VERDICT = "at a verdict"
    NEXT = "between questions"
    END = "at the end screen"


#: What the moments are drawn from: most often those at which an answer would be lost that is kept too late.
_DECK = [*Moment, Moment.KEY, Moment.VERDICT]


@dataclass
class Figures:
    """Results of some kills. `wrong` has a line for each violation."""

    kills: int = 0
    seen: int = 0  # verdicts
    unseen: int = 0  # answers that were kept although the kill came before their verdict was seen
    lost: int = 0
    doubled: int = 0
    damaged: int = 0
    journals: int = 0  # transactions that were cut in two, to be rolled back by the next program
    unfinished: int = 0  # games that were left in the middle, so that the next program had to offer them
    offered: int = 0
    moments: Counter[Moment] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Count what `other` counted."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass(frozen=True)
class _Answer:
    """An answer as it was given, or as it is kept. `picked` is the text of an option."""

    question: str
    picked: str | None
    is_right: bool


@dataclass
class _Played:
    """A game as its player knows it: the answers whose verdict was seen, or that were found to be kept."""

    questions: tuple[Question, ...]
    answers: list[_Answer] = field(default_factory=list)
    under_way: _Answer | None = None  # the key was pressed, and no verdict came before the kill
    is_over: bool = False
    end_was_seen: bool = False

    @property
    def left(self) -> int:
        return len(self.questions) - len(self.answers)

    @property
    def question(self) -> Question:
        """The one that comes next."""
        return self.questions[len(self.answers)]


class Player:
    """Plays and is killed. Draws come from `seed`; what a kill then cuts in two is up to the machine as well."""

    def __init__(self, folder: Path, bank_folder: Path, bank: Bank, seed: str) -> None:
        self.figures = Figures()
        self._folder = folder
        self._bank_folder = bank_folder
        self._bank = bank
        self._seed = seed
        self._draw = random.Random(seed)
        self._data = folder
        self._games: list[_Played] = []  # in the present folder
        self._moments: list[Moment] = []  # still to come
        self._takes = {Moment.KEY: 0.05, Moment.NEXT: 0.05}  # seconds, the last time

    def play(self, kills: int) -> None:
        """Play until there were so many kills."""
        for number in count():
            if number % _GAMES_A_FOLDER == 0:
                self._data, self._games = self._folder / f"data-{number}", []
            if self.figures.kills >= kills or len(self.figures.wrong) > _ENOUGH:
                return
            self._play_a_game(f"{self._seed} {number}", kills)

    def _play_a_game(self, seed: str, kills: int) -> None:
        game = _Played(compose(self._bank, Request(seed, QUESTIONS)).questions)
        self._games.append(game)
        with self._terminal("play", "--seed", seed, "--count", str(QUESTIONS)) as screen:
            if self._must(_shows(screen, game.question.stem), "the first question is not shown"):
                self._play_to_a_kill(screen, game)
        self._look_up(game)
        while self.figures.kills < kills:
            with self._terminal() as screen:
                if not self._goes_on(screen, game):
                    return
                if game.left:
                    self._play_to_a_kill(screen, game)
                else:
                    self._kill(screen, Moment.END, _HESITATION)
                    game.end_was_seen = True
            self._look_up(game)

    def _play_to_a_kill(self, screen: Terminal, game: _Played) -> None:
        """Play on from an open question to a drawn moment."""
        if not self._moments:
            self._moments = self._draw.sample(_DECK, len(_DECK))
        moment = self._moments.pop()
        before = self._draw.randrange(3) if moment is not Moment.END else game.left - 1
        for _ in range(min(before, game.left - 1)):
            if not (self._answer(screen, game) and self._next(screen, game)):
                return
        if moment is Moment.BEFORE:
            self._kill(screen, moment, _HESITATION)
        elif moment is Moment.KEY:
            self._press(screen, game)
            self._kill(screen, moment, _SPREAD * self._takes[moment])
            self._note_verdict(screen, game)
        elif self._answer(screen, game):
            if moment is Moment.VERDICT:
                self._kill(screen, moment, self._draw.choice((0, 0, _HESITATION)))
            elif not game.left and self._draw.random() < 0.5:
                if self._next(screen, game):
                    self._kill(screen, Moment.END, _HESITATION)
            else:
                screen.press("\r")
                self._kill(screen, moment if game.left else Moment.END, _SPREAD * self._takes[Moment.NEXT])
                game.end_was_seen = not game.left and _END in screen.text

    def _press(self, screen: Terminal, game: _Played) -> None:
        question = game.question
        index = question.key if self._draw.random() < 0.4 else self._draw.randrange(len(_KEYS))
        picked = None if index == _SKIP else question.options[index].text
        game.under_way = _Answer(question.id, picked, index == question.key)
        screen.press(_KEYS[index])

    def _answer(self, screen: Terminal, game: _Played) -> bool:
        """Press a key and wait for the verdict; whether it came."""
        question = game.question
        self._press(screen, game)
        pressed = time.monotonic()
        came = screen.until(lambda text: _verdict(text, question) is not None)
        self._takes[Moment.KEY] = time.monotonic() - pressed
        self._note_verdict(screen, game)
        return self._must(came, f"no verdict on {question.id}")

    def _note_verdict(self, screen: Terminal, game: _Played) -> None:
        """Note the verdict on the answer under way, if it is on the screen."""
        answer = game.under_way
        assert answer is not None
        word = _verdict(screen.text, game.question)
        if word is None:
            return
        is_due = word == ("✓ Right." if answer.is_right else "✗ Wrong." if answer.picked else "– Skipped.")
        self._must(is_due, f"the verdict on {answer.question} is {word!r}")
        self.figures.seen += 1
        game.answers.append(answer)
        game.under_way = None

    def _next(self, screen: Terminal, game: _Played) -> bool:
        """Go on after a verdict, and wait for what comes."""
        screen.press("\r")
        pressed = time.monotonic()
        came = _shows(screen, game.question.stem if game.left else _END)
        self._takes[Moment.NEXT] = time.monotonic() - pressed
        game.end_was_seen = came and not game.left
        return self._must(came, "what comes after a verdict is not shown")

    def _kill(self, screen: Terminal, moment: Moment, within: float) -> None:
        screen.watch(self._draw.random() * within)
        screen.kill()
        self.figures.kills += 1
        self.figures.moments[moment] += 1

    def _look_up(self, game: _Played) -> None:
        """Compare what is kept with what was seen, on a copy, so that the next program finds all as it was left."""
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self._data, copy) if self._data.exists() else copy.mkdir()
        self.figures.journals += (copy / f"{FILE}-journal").exists()
        self.figures.damaged += any("damaged" in file.name for file in copy.iterdir())
        try:
            is_sound, kept = _read(copy / FILE)
        except sqlite3.DatabaseError:
            is_sound, kept = False, []
        self.figures.damaged += not is_sound
        if len(kept) < len(self._games):  # it was killed before it was kept, so nobody can have seen a verdict
            game.is_over = True
        while len(kept) < len(self._games):
            self.figures.lost += len(self._games.pop().answers)
        self.figures.doubled += max(len(kept) - len(self._games), 0)
        for known, (is_over, answers) in zip(self._games, kept, strict=False):
            self._compare(known, answers)
            self._must(is_over or not known.end_was_seen, "the end was seen and is not kept")
            known.is_over = is_over

    def _compare(self, game: _Played, kept: list[_Answer]) -> None:
        questions = [answer.question for answer in kept]
        self.figures.doubled += len(questions) - len(set(questions))
        self.figures.lost += sum(answer not in kept for answer in game.answers)
        for seen, found in zip_longest(game.answers, kept):
            if seen is None and found == game.under_way:
                self.figures.unseen += 1
                game.under_way = None
            else:
                self._must(seen == found, f"seen: {seen}; kept: {found}")
        game.under_way = None
        game.answers = kept

    def _goes_on(self, screen: Terminal, game: _Played) -> bool:
        """True if the menu offers to resume `game`, and does."""
        self._must(_shows(screen, "your games and results"), "there is no menu")
        place = min(len(game.answers) + 1, QUESTIONS)
        right = sum(answer.is_right for answer in game.answers)
        offer = f"Resume question {place} of {QUESTIONS}, {right} right"
        if game.is_over:
            self._must("Resume question" not in screen.text, "the menu offers a game that is over, or was never kept")
            return False
        self.figures.unfinished += 1
        if not self._must(offer in screen.text, f"the menu does not say {offer!r}"):
            return False
        self.figures.offered += 1
        screen.press("g")
        return self._must(_shows(screen, game.question.stem if game.left else _END), "g does not go on")

    def _must(self, holds: bool, otherwise: str) -> bool:
        if not holds:
            self.figures.wrong.append(f"{self._seed}, kill {self.figures.kills}: {otherwise}")
        return holds

    def _terminal(self, *words: str) -> AbstractContextManager[Terminal]:
        environment = {"ORBITQUIZ_DATA": str(self._data), "XDG_CACHE_HOME": str(self._folder / "cache")}
        return terminal(*words, "--bank", str(self._bank_folder), "--data", str(self._data), environment=environment)


def torture(folder: Path, kills: int, seed: str = SEED) -> Figures:
    """Kill so many times, in folders inside `folder`, which must be empty."""
    # A copy, since a game cannot be gone on with when somebody edits the bank meanwhile.
    bank_folder = folder / "bank"
    for name in ("questions", "seeds"):
        shutil.copytree(builtin_path() / name, bank_folder / name)
    shutil.copy(builtin_path() / "bank.yaml", bank_folder)
    bank = read_bank(bank_folder).bank
    assert bank is not None
    parts = [min(_KILLS_A_PLAYER, kills - before) for before in range(0, kills, _KILLS_A_PLAYER)]
    figures = Figures()

    def play(number: int) -> Figures:
        own = folder / f"player-{number}"
        own.mkdir()
        player = Player(own, bank_folder, bank, f"{seed} {number}")
        player.play(parts[number])
        shutil.rmtree(own)
        return player.figures

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in pool.map(play, range(len(parts))):
            figures.add(done)
    return figures


_END = "look back"


def _read(file: Path) -> tuple[bool, list[tuple[bool, list[_Answer]]]]:
    """Return if the file is sound, and its games in order: if each is over, and its answers."""
    games = []
    with closing(sqlite3.connect(file)) as connection:
        is_sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        is_begun = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone()
        found = connection.execute("SELECT id, ended FROM games ORDER BY id").fetchall() if is_begun else []
        for id, ended in found:
            answers = connection.execute(
                "SELECT question, picked, is_right FROM answers WHERE game = ? ORDER BY number", (id,)
            )
            games.append(
                (ended is not None, [_Answer(question, picked, bool(right)) for question, picked, right in answers])
            )
    return is_sound, games


def _shows(screen: Terminal, words: str) -> bool:
    """True if `words` appear in time, wherever lines are broken."""
    return screen.until(lambda text: _squeezed(words) in _squeezed(text))


def _verdict(text: str, question: Question) -> str | None:
    """The word of the verdict on `question`, where the text shows it."""
    found = _VERDICT.search(text)
    sure = _squeezed(question.proof.statement)[:_SURE]
    return found[1] if found and _squeezed(found[2]).startswith(sure) else None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def main(words: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description="Kill real games, and look whether anything is lost.")
    parser.add_argument("kills", type=int, nargs="?", default=KILLS)
    parser.add_argument("--seed", default=SEED)
    arguments = parser.parse_args(words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="orbitquiz-torture-") as folder:
        figures = torture(Path(folder), arguments.kills, arguments.seed)
    print(f"kills                    {figures.kills:>6}   in {time.monotonic() - began:.0f} s, seed {arguments.seed}")
    for moment in Moment:
        print(f"  {moment:<22} {figures.moments[moment]:>6}")
    print(f"answers seen             {figures.seen:>6}")
    print(f"  kept before seen       {figures.unseen:>6}")
    print(f"  lost                   {figures.lost:>6}")
    print(f"  doubled                {figures.doubled:>6}")
    print(f"transactions cut in two  {figures.journals:>6}")
    print(f"integrity failures       {figures.damaged:>6}")
    print(f"games left unfinished    {figures.unfinished:>6}")
    print(f"  offered to go on       {figures.offered:>6}")
    print(f"anything else wrong      {len(figures.wrong):>6}")
    for line in figures.wrong:
        print(f"  {line}")
    return int(bool(figures.lost or figures.doubled or figures.damaged or figures.wrong))


if __name__ == "__main__":
    sys.exit(main())
