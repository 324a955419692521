"""`orbitquiz stats`: totals over all games of a bank.

With `--json` it is one object, whose keys stay:

- `bank`: the bank's id.
- `games`, `finished`, `unfinished`: the number of games begun, of those played to their end, and of the others.
- `answers`, `right`, `share`: the number of questions answered, of those answered right, and the share of these from 0
  to 1, which is null without answers.
- `seconds`: the time that the answers took.
- `longest_streak`, `streak`: the most right answers in a row within a game, and those up to the last answer of all.
- `categories`: in the bank's order, each with `name`, `title`, `answered`, `right` and `share`; `title` is null where
  the bank has the category no more.
- `knowledge`: in the bank's order, each category with `name`, `title`, and the numbers of facts that are `known` (they
  will be remembered for weeks), being learnt (`learning`) and never seen (`new`).
- `most_missed`: the most often missed fact first, each with `fact`, which is its id, `stem`, `asked` and `missed`;
  `stem` is null where the bank has the fact no more.
- `questions`, with `--questions`: a list of those with a wrong option that was ever shown, each with `question`, which
  is its id, `stem`, which is null where the bank has the question no more, and `options`: `text`, how often it was
  `shown` and `picked` and how often the key was picked then (`right`), and whether it is `dead` or a `trap`.
- `recent`: the latest game first, each with `id`, `started`, which is a time in UTC, `title`, `code`, which is null
  where a quiz has none, `right`, `answered`, `of`, which is how many questions the quiz has, `points`, `seconds` and
  `finished`.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import data_folder, open_records
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import print_json, say, warn
from orbitquiz.cli.stats_lines import Told, lines
from orbitquiz.history.answers_csv import answers_as_csv
from orbitquiz.quiz.quality.picks import together
from orbitquiz.session.returning import knowledge_of

if TYPE_CHECKING:
    from orbitquiz.quiz.quality.picks import OptionTally

BUILTIN = "first-film-in-space"
"""The id of the built-in bank, which need not be opened where nobody has played it."""


def run(arguments: argparse.Namespace) -> int:
    """Print totals over the games of the bank."""
    if arguments.to == "csv":
        return _write_answers(arguments)
    told = _look_up(arguments)
    if arguments.json:
        print_json(_as_data(told))
        return 0
    is_anything = told.statistics.games or told.options
    for line in lines(told) if is_anything else [f"No games yet. {_how_to_begin(arguments)}"]:
        say(line)
    return 0


def _look_up(arguments: argparse.Namespace) -> Told:
    """Read the records, and warn of what is wrong with them. Raise `UsageError` if nothing of them can be read."""
    bank = open_chosen(arguments.bank).bank if arguments.bank or arguments.questions else None
    id = bank.id if bank else BUILTIN
    options: tuple[OptionTally, ...] | None = None
    with closing(open_records(arguments.data)) as records:
        statistics = records.statistics(id)
        cards = records.cards(id)
        if arguments.questions and bank:
            options = together([*records.option_tallies(bank), *_in_rooms(arguments, bank.id)])
        notice = records.notice
    if notice and not statistics.games:
        raise UsageError(notice)  # "no games yet" could be wrong
    if notice:
        warn(notice)
    if statistics.games and bank is None:
        bank = open_chosen(None).bank
    knowledge = knowledge_of(bank, cards) if bank else {}
    return Told(id, bank, statistics, options, knowledge)


def _write_answers(arguments: argparse.Namespace) -> int:
    """Print every answer of the bank as a row of a table, in order of time."""
    bank = open_chosen(arguments.bank).bank if arguments.bank else None
    with closing(open_records(arguments.data)) as records:
        rows = records.answers(bank.id if bank else BUILTIN)
        if records.notice:
            raise UsageError(records.notice)
    print(answers_as_csv(rows), end="")
    return 0


def _in_rooms(arguments: argparse.Namespace, bank: str) -> Iterator[OptionTally]:
    """Yield the tallies of the rooms that were hosted on this computer. Damaged ones are told beside."""
    from orbitquiz.classroom.report.build import option_tallies
    from orbitquiz.classroom.storage.replay import BadRoomFile
    from orbitquiz.classroom.storage.room_index import FileIndex

    index = FileIndex(data_folder(arguments.data))
    try:
        for kept in index.rooms():
            try:
                played, tallies = option_tallies(index.events(kept.code))
            except BadRoomFile as error:
                warn(str(error))
                continue
            if played == bank:
                yield from tallies
    except OSError as error:
        raise UsageError(f"cannot read {error.filename or index.where}: {error.strerror or error}") from error


def _how_to_begin(arguments: argparse.Namespace) -> str:
    words = ["orbitquiz", "play"]
    for option, path in (("--bank", arguments.bank), ("--data", arguments.data)):
        words += [option, str(path)] if path else []
    return f"Begin one with `{shlex.join(words)}`."


def _as_data(told: Told) -> dict[str, Any]:
    figures = ("games", "finished", "unfinished", "answers", "right")
    of_a_game = ("id", "started", "title", "code", "right", "answered", "of", "points")
    statistics = told.statistics
    questions = {} if told.options is None else {"questions": _questions_as_data(told)}
    return {
        "bank": told.id,
        **{name: getattr(statistics, name) for name in figures},
        "share": _share(statistics.right, statistics.answers),
        "seconds": round(statistics.seconds, 3),
        "longest_streak": statistics.longest_streak,
        "streak": statistics.streak,
        "categories": [
            {
                "name": tally.category,
                "title": told.title(tally.category),
                "answered": tally.answered,
                "right": tally.right,
                "share": _share(tally.right, tally.answered),
            }
            for tally in told.categories
        ],
        "knowledge": [
            {
                "name": name,
                "title": told.title(name),
                "known": each.known,
                "learning": each.learning,
                "new": each.new,
            }
            for name, each in told.knowledge.items()
        ],
        "most_missed": [
            {"fact": tally.fact, "stem": told.stem(tally.fact), "asked": tally.asked, "missed": tally.missed}
            for tally in statistics.most_missed
        ],
        "recent": [
            {
                **{name: getattr(game, name) for name in of_a_game},
                "seconds": round(game.seconds, 3),
                "finished": game.finished,
            }
            for game in statistics.recent
        ],
        **questions,
    }


def _questions_as_data(told: Told) -> list[dict[str, Any]]:
    return [
        {
            "question": id,
            "stem": told.question(id),
            "options": [
                {
                    "text": tally.option,
                    **{name: getattr(tally, name) for name in ("shown", "picked", "right")},
                    "dead": tally.is_dead,
                    "trap": tally.is_trap,
                }
                for tally in tallies
            ],
        }
        for id, tallies in groupby(told.options or (), key=lambda tally: tally.question)
    ]


def _share(right: int, answered: int) -> float | None:
    return round(right / answered, 4) if answered else None
