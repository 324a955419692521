"""From the events of a room to its report."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from orbitquiz.classroom.report import item_analysis
from orbitquiz.classroom.report.model import (
    Part,
    Reply,
    Report,
    ReportOption,
    ReportPassage,
    ReportPlayer,
    ReportProof,
    ReportQuestion,
    Team,
)
from orbitquiz.classroom.rules import events, room
from orbitquiz.quiz import sheet
from orbitquiz.quiz.quality.picks import OptionTally, wilson
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of, visible
from orbitquiz.text.spans import trimmed

_There = Mapping[int, frozenset[str]]


def gather(happened: Sequence[events.Event], game: int | None = None) -> Report:
    """Build the report of a game in the room with these events; it need not be over.

    `game` counts from 1; without it, it is the last one of which a question was revealed. Banned players are left
    out, and so are questions that were not revealed. Raise `NoSuchGame`.
    """
    games = _games(happened)
    if game is not None and not 1 <= game <= len(games):
        raise NoSuchGame(f"the room has had {counted(len(games), 'game')}, so there is no game {game}")
    if game is None:
        begun = (number for number, each in enumerate(games, 1) if any(isinstance(it, events.Revealed) for it in each))
        game = max(begun, default=len(games))
    happened = [event for each in games[:game] for event in each]
    played, there = _replay(happened)
    revealed = [each.number for each in played.rounds if each.is_revealed or played.is_own_pace]
    seats = [seat for seat in played.players.values() if seat.place is not room.Presence.BANNED]
    players = tuple(_player(played, seat, revealed, there) for seat in seats)
    # A player who never answers says nothing of the questions: often it is the same person on another machine.
    answering = [player for player in players if player.has_answered]
    table = [[reply.is_right if reply.plays else None for reply in player.replies] for player in answering]
    questions = tuple(
        _question(played.opening.quiz.questions[number - 1], number, column, answering, table)
        for column, number in enumerate(revealed)
    )
    opening = played.opening
    return Report(
        room=line_of(opening.room),
        title=line_of(opening.quiz.title),
        code=line_of(opening.quiz.code) if opening.quiz.code else None,
        game=game,
        games=len(games),
        opened=_begun(opening, games[game - 1]),
        is_over=played.phase is room.RoomPhase.OVER,
        pace=opening.pace,
        closes=events.closes_at(opening),
        closed=_closed(happened),
        scoring=opening.scoring,
        timer=opening.timer,
        is_ranked=opening.is_ranked,
        is_anonymous=opening.is_anonymous,
        total=played.total,
        skipped=sum(isinstance(event, events.Skipped) for event in games[game - 1]),
        players=tuple(sorted(players, key=lambda player: _alphabetical(player.name))),
        banned=len(played.players) - len(seats),
        teams=_teams(played),
        questions=questions,
        mean=item_analysis.mean(table),
        deviation=item_analysis.deviation(table),
        alpha=item_analysis.alpha(table),
    )


def option_tallies(happened: Sequence[events.Event]) -> tuple[str, list[OptionTally]]:
    """Return the id of the bank of a room, and how often each wrong option was shown and picked in its games."""
    tallies: list[OptionTally] = []
    bank = ""
    for number, (first, *_) in enumerate(_games(happened), 1):
        assert isinstance(first, events.Opened | events.NewGame)
        bank = bank or first.quiz.bank
        tallies += [
            OptionTally(sheet.id, option.text, question.responses, option.picked, question.right)
            for question in gather(happened, number).questions
            for sheet in (first.quiz.questions[question.number - 1],)
            for option in question.options
            if not option.is_key
        ]
    return bank, tallies


def every_game(happened: Sequence[events.Event]) -> list[Report]:
    """Return the report of each game in the room with these events."""
    return [gather(happened, number) for number in range(1, len(_games(happened)) + 1)]


def without_names(report: Report) -> Report:
    """Return `report` with numbers instead of names, in the order of points."""
    ordered = sorted(report.players, key=lambda player: -player.points)
    numbered = (replace(player, name=f"Student {number}") for number, player in enumerate(ordered, 1))
    return replace(report, players=tuple(numbered))


class NoSuchGame(ValueError):
    """The room has not had so many games."""


def _games(happened: Sequence[events.Event]) -> list[list[events.Event]]:
    """Return the events of each game of a room. All but the first begin with `NewGame`."""
    games: list[list[events.Event]] = [[]]
    for event in happened:
        if isinstance(event, events.NewGame):
            games.append([])
        games[-1].append(event)
    return games


def _begun(opening: events.Opened, game: Sequence[events.Event]) -> datetime:
    """Return when a game began: the room was opened, or everybody was back in its lobby."""
    first = game[0]
    if isinstance(first, events.NewGame) and first.wall is not None:
        return datetime.fromtimestamp(first.wall, UTC)
    return events.opened_at(opening)


def _closed(happened: Sequence[events.Event]) -> datetime | None:
    """Return when the game ended, if it has and that was kept."""
    walls = [event.wall for event in happened if isinstance(event, events.Ended)]
    return datetime.fromtimestamp(walls[-1], UTC) if walls and walls[-1] is not None else None


def _replay(happened: Sequence[events.Event]) -> tuple[room.Room, _There]:
    """Return the room as it is after these events, and who was there to play each question when it was revealed."""
    first, *rest = happened
    now = room.Room.of([first])
    there: dict[int, frozenset[str]] = {}
    for event in rest:
        now = now.after(event)
        if isinstance(event, events.NewGame):
            there = {}
        if isinstance(event, events.Revealed):
            there[now.number] = frozenset(player.id for player in now.playing)
    if now.is_own_pace:
        everybody = frozenset(player.id for player in now.present)
        there = {each.number: everybody for each in now.rounds}
    return now, there


def _player(played: room.Room, seat: room.Player, revealed: Sequence[int], there: _There) -> ReportPlayer:
    alone = played.is_own_pace
    replies = tuple(
        _reply(played.rounds[number - 1], seat.id, there[number], has_own_pace=alone) for number in revealed
    )
    team = None if seat.team is None else line_of(played.opening.teams[seat.team])
    return ReportPlayer(line_of(seat.name), team, seat.place is room.Presence.KICKED, seat.points, replies)


def _reply(asked: room.Round, player: str, there: frozenset[str], *, has_own_pace: bool) -> Reply:
    given = asked.answers.get(player)
    if given is None:
        return Reply(plays=player in there)
    seconds = None if has_own_pace else given.seconds
    return Reply(True, given.option, given.is_right, given.points, seconds)


def _question(
    sheet: sheet.QuestionSheet,
    number: int,
    column: int,
    players: Sequence[ReportPlayer],
    table: Sequence[Sequence[bool | None]],
) -> ReportQuestion:
    replies = [player.replies[column] for player in players if player.replies[column].plays]
    picks = [reply.option for reply in replies]
    options = tuple(
        ReportOption(line_of(text), index == sheet.key, picks.count(index), line_of(remark) if remark else None)
        for index, (text, remark) in enumerate(zip(sheet.options, sheet.remarks, strict=True))
    )
    right = sum(reply.is_right for reply in replies)
    times = [reply.seconds for reply in replies if reply.seconds is not None]
    return ReportQuestion(
        number=number,
        fact=line_of(sheet.fact),
        category=line_of(sheet.category),
        stem=line_of(sheet.stem),
        sources_differ=sheet.sources_differ,
        options=options,
        responses=len(replies),
        omitted=picks.count(None),
        right=right,
        facility=item_analysis.facility(right, len(replies)),
        interval=wilson(right, len(replies)),
        discrimination=item_analysis.discrimination(table, column),
        seconds=statistics.median(times) if times else None,
        proof=_proof(sheet.proof),
    )


def _proof(sheet: sheet.ProofSheet) -> ReportProof:
    passages = tuple(ReportPassage(line_of(each.value), line_of(each.heading), _parts(each)) for each in sheet.shown)
    also = tuple(map(line_of, sheet.also))
    return ReportProof(line_of(sheet.statement), passages, also, line_of(sheet.note) if sheet.note else None)


def _parts(sheet: sheet.PassageSheet) -> tuple[Part, ...]:
    """Return the text of a passage, cut where a quotation begins or ends."""
    parts, at = [], 0
    for start, end in trimmed(sheet.text, sheet.marks):
        parts += [Part(sheet.text[at:start], False), Part(sheet.text[start:end], True)]
        at = end
    parts.append(Part(sheet.text[at:], False))
    # Made visible last, because that may change how many characters there are.
    return tuple(Part(visible(part.text), part.is_quoted) for part in parts if part.text)


def _teams(played: room.Room) -> tuple[Team, ...]:
    sizes = [sum(player.team == index for player in played.present) for index in range(len(played.opening.teams))]
    is_ranked = played.opening.is_ranked
    teams = [
        Team(line_of(each.name), sizes[int(each.id)], each.points, each.rank if is_ranked else None)
        for each in played.team_ranking
    ]
    return tuple(teams if is_ranked else sorted(teams, key=lambda team: _alphabetical(team.name)))


def _alphabetical(name: str) -> list[tuple[int, str]]:
    """Return a sort key by which Élodie comes before Zoë, and player 10 after player 9."""
    letters = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    words = re.split("([0-9]+)", letters.casefold())
    return [*((int(word), "") if word.isascii() and word.isdigit() else (-1, word) for word in words), (-1, name)]
