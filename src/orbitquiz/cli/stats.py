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
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import data_folder, open_records
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import print_json, say, warn
from orbitquiz.history.answers_csv import answers_as_csv
from orbitquiz.presenter.review import knowledge_words
from orbitquiz.presenter.wording import local_time
from orbitquiz.quiz.quality.picks import FEWEST_SHOWN, FEWEST_TRAPPED, together
from orbitquiz.session.returning import Knowledge, knowledge_of
from orbitquiz.text.counts import counted, percent, portion
from orbitquiz.text.safe import line_of
from orbitquiz.text.width import table

if TYPE_CHECKING:
    from orbitquiz.bank.model import Bank
    from orbitquiz.history.past_games import PlayedGame
    from orbitquiz.history.statistics import CategoryTally, FactTally, Statistics
    from orbitquiz.quiz.quality.picks import OptionTally

BUILTIN = "first-film-in-space"
"""The id of the built-in bank, which need not be opened where nobody has played it."""

_BAR = 20
_PERCENT = len("100 %")
_BLOCKS, _PLAIN = ("█", "░"), ("#", ".")


@dataclass(frozen=True)
class _Told:
    """Return the statistics of the bank with the id `id`; `bank` is None where it cannot be opened."""

    id: str
    bank: Bank | None
    statistics: Statistics
    options: tuple[OptionTally, ...] | None = None
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)

    def title(self, category: str) -> str | None:
        """Return the title of a category; None if the bank no longer has it."""
        categories = self.bank.categories if self.bank else ()
        return next((each.title for each in categories if each.name == category), None)

    def stem(self, fact: str) -> str | None:
        """Return the question of a fact; None where the bank has it no more."""
        found = self.bank.facts_by_id.get(fact) if self.bank else None
        return found.label if found else None

    def question(self, id: str) -> str | None:
        """Return the stem of the question with this id; None where the bank has it no more."""
        from orbitquiz.quiz.forms import form_of
        from orbitquiz.quiz.stems import stem_of

        form = form_of(self.bank, id) if self.bank else None
        return stem_of(self.bank, form) if self.bank and form else None

    @property
    def categories(self) -> list[CategoryTally]:
        """The categories that were asked about, in the bank's order, then those that it no longer has."""
        order = {each.name: place for place, each in enumerate(self.bank.categories if self.bank else ())}
        return sorted(self.statistics.categories, key=lambda tally: order.get(tally.category, len(order)))


def run(arguments: argparse.Namespace) -> int:
    """Print totals over the games of the bank."""
    if arguments.to == "csv":
        return _write_answers(arguments)
    told = _look_up(arguments)
    if arguments.json:
        print_json(_as_data(told))
        return 0
    is_anything = told.statistics.games or told.options
    for line in _lines(told) if is_anything else [f"No games yet. {_how_to_begin(arguments)}"]:
        say(line)
    return 0


def _look_up(arguments: argparse.Namespace) -> _Told:
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
    return _Told(id, bank, statistics, options, knowledge)


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


def _as_data(told: _Told) -> dict[str, Any]:
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


def _questions_as_data(told: _Told) -> list[dict[str, Any]]:
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


def _lines(told: _Told) -> Iterator[str]:
    assert told.bank is not None
    statistics = told.statistics
    games = counted(statistics.games, "game")
    yield told.bank.title
    yield ""
    yield f"{games}: {statistics.finished:,} finished, {statistics.unfinished:,} unfinished"
    if not statistics.answers:
        yield "no answers yet"
    else:
        share = percent(statistics.right, statistics.answers)
        yield f"{counted(statistics.answers, 'answer')}: {statistics.right:,} right ({share})"
        yield f"{_time(statistics.seconds)} of answering"
        yield f"longest streak {statistics.longest_streak:,}, current streak {statistics.streak:,}"
    if told.options is not None:
        yield from _section(
            "Traps: picked more often than the right answer, or by a third", _option_lines(told, "is_trap")
        )
        yield from _section("Dead options: hardly anybody picks them", _option_lines(told, "is_dead"))
        if not any(tally.is_trap or tally.is_dead for tally in told.options):
            yield ""
            yield f"No trap was shown {FEWEST_TRAPPED} times, and no dead option {FEWEST_SHOWN} times."
    yield from _section("Categories", _category_lines(told))
    yield from _section("What you know", _knowledge_lines(told))
    yield from _section("Most missed", _missed_lines(told, statistics.most_missed))
    yield from _section("Recent games", _game_lines(statistics.recent))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    if first := next(lines, None):
        yield from ("", heading, first)
        yield from lines


def _option_lines(told: _Told, which: str) -> Iterator[str]:
    """Yield the options that are traps, or dead: the surest first, each with its question."""
    found = [tally for tally in told.options or () if getattr(tally, which)]
    found.sort(key=lambda tally: (-tally.picked / tally.shown, -tally.shown))
    for tally in found:
        yield f"{tally.picked:,} of {tally.shown:,}  {line_of(tally.option)}"
        yield f"    {line_of(told.question(tally.question) or tally.question)} ({tally.right:,} right)"


def _category_lines(told: _Told) -> Iterator[str]:
    full, empty = _signs()
    titles = [line_of(told.title(tally.category) or tally.category) for tally in told.categories]
    counts = [f"{tally.right:,} of {tally.answered:,}" for tally in told.categories]
    filled = [portion(tally.right, tally.answered, _BAR) for tally in told.categories]
    bars = [full * part + empty * (_BAR - part) for part in filled]
    shares = [f"{percent(tally.right, tally.answered):>{_PERCENT}}" for tally in told.categories]
    return table(zip(titles, bars, shares, counts, strict=True), right={3})


def _knowledge_lines(told: _Told) -> Iterator[str]:
    for name, each in told.knowledge.items():
        yield f"{line_of(told.title(name) or name)}: {knowledge_words(each)}"


def _signs() -> tuple[str, str]:
    """Return the characters of bars, for the encoding of the output."""
    try:
        "".join(_BLOCKS).encode(getattr(sys.stdout, "encoding", None) or "utf-8")  # there may be no stream
    except UnicodeEncodeError:
        return _PLAIN
    return _BLOCKS


def _missed_lines(told: _Told, tallies: Sequence[FactTally]) -> Iterator[str]:
    return table(
        (f"missed {tally.missed:,} of {tally.asked:,}", line_of(told.stem(tally.fact) or tally.fact))
        for tally in tallies
    )


def _game_lines(games: Sequence[PlayedGame]) -> Iterator[str]:
    if not games:
        return
    heads = ("when", "right", "points", "code", "title")
    yield from table([heads, *map(_game_row, games)], right={2})
    if not all(game.finished for game in games):
        yield "* not played to its end"


def _game_row(game: PlayedGame) -> tuple[str, str, str, str, str]:
    right = f"{game.right} of {game.answered}{'' if game.finished else ' *'}"
    return local_time(game.started), right, f"{game.points:,}", line_of(game.code or ""), line_of(game.title)


def _time(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return f"{int(seconds)} s"
    return f"{minutes // 60:,} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
