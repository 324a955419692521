"""Counts of how often each option was shown and picked, and the options of answers from before they were kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace

from orbitquiz.bank.model import Bank
from orbitquiz.history.model import KeptGame
from orbitquiz.history.resume import CannotResume, resume
from orbitquiz.history.rows import read_game, sense, stored, text, texts
from orbitquiz.quiz.code import WrongCode, request_of
from orbitquiz.quiz.quality.picks import OptionTally

_WITHOUT = """
    SELECT id FROM games
    WHERE bank = (SELECT number FROM banks WHERE id = ?) AND digest = ? AND code IS NOT NULL AND typed = '[]'
        AND EXISTS (SELECT 1 FROM answers WHERE game = games.id AND options IS NULL)
"""
_PUT = "UPDATE answers SET options = ? WHERE game = ? AND number = ? AND options IS NULL"
_SHOWN = """
    SELECT question, "key", picked, options, count(*) FROM answers
    WHERE bank = (SELECT number FROM banks WHERE id = ?) AND options IS NOT NULL
    GROUP BY question, "key", picked, options
"""

Shown = Mapping[tuple[int, int], tuple[str, ...]]
"""Options by the id of a game and the number of an answer."""


def games_without(connection: sqlite3.Connection, bank: Bank) -> tuple[KeptGame, ...]:
    """Return the games of just this bank that have a code and answers without options."""
    with sense():
        ids = [int(id) for (id,) in connection.execute(_WITHOUT, (stored(bank.id), bank.digest))]
        return tuple(game for id in ids if (game := read_game(connection, id)))


def make_again(bank: Bank, games: Iterable[KeptGame]) -> Shown:
    """Return the options of the answers of `games`, where they can be made again exactly as they were shown.

    That is where the code of a game is of today's rules: then bank and seed give the same options. It takes a while
    for each game, so it is not for a transaction.
    """
    return {
        (game.game.id, number): options for game in games for number, options in enumerate(_options_of(bank, game), 1)
    }


def _options_of(bank: Bank, kept: KeptGame) -> list[tuple[str, ...]]:
    try:
        request_of(bank, kept.game.code or "")
        quiz, _ = resume(bank, replace(kept, game=replace(kept.game, ended=None)), 0.0)
    except (WrongCode, CannotResume):
        return []
    return [tuple(option.text for option in question.options) for question in quiz.questions[: len(kept.answers)]]


def keep_again(connection: sqlite3.Connection, shown: Shown) -> None:
    """Write the options that were made again."""
    rows = [(json.dumps(options), game, number) for (game, number), options in shown.items()]
    connection.executemany(_PUT, rows)


def option_tallies(connection: sqlite3.Connection, bank: str) -> tuple[OptionTally, ...]:
    """Return a tally of each wrong option that was ever shown in games of a bank, by question and text."""
    counts: dict[tuple[str, str], list[int]] = {}
    with sense():
        for question, key, picked, options, times in connection.execute(_SHOWN, (stored(bank),)):
            answer = None if picked is None else text(picked)
            for option in texts(options):
                if option != text(key):
                    count = counts.setdefault((text(question), option), [0, 0, 0])
                    count[0] += int(times)
                    count[1] += int(times) * (answer == option)
                    count[2] += int(times) * (answer == text(key))
    return tuple(OptionTally(*names, *count) for names, count in sorted(counts.items()))
