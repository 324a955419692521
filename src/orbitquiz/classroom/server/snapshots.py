"""Snapshots of a room: the messages that tell each player, and the host, how it stands.

Each is complete, so that a returning player needs only the latest. Before the reveal they are made of the stem, the
options and the clock, and of nothing else of the question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from orbitquiz.classroom import protocol as out
from orbitquiz.classroom.rules.room import Player, Presence, Rank, Room, RoomPhase


def welcome(room: Room, player: Player, token: str, version: int = out.PROTOCOL) -> out.Welcome:
    """Return the first message to a player, with whom `version` is spoken; `token` is theirs alone."""
    opening = room.opening
    return out.Welcome(
        protocol=version,
        room=room.code,
        title=opening.quiz.title,
        player=player.id,
        token=token,
        name=player.name,
        team=_team(room, player),
        score=player.points,
        total=room.total,
        timer=opening.timer,
        scoring=opening.scoring,
        is_ranked=opening.is_ranked,
        pace=opening.pace,
        closes=opening.closes,
    )


def host_welcome(room: Room, version: int = out.PROTOCOL, *, has_again: bool = False) -> out.HostWelcome:
    """Return the first message to the host, with whom `version` is spoken; `has_again` if there may be another game."""
    opening = room.opening
    return out.HostWelcome(
        protocol=version,
        room=room.code,
        title=opening.quiz.title,
        total=room.total,
        timer=opening.timer,
        scoring=opening.scoring,
        is_ranked=opening.is_ranked,
        is_anonymous=opening.is_anonymous,
        teams=opening.teams,
        has_again=has_again and not room.is_own_pace,
        pace=opening.pace,
        closes=opening.closes,
    )


def for_player(
    room: Room, player: Player, at: float
) -> out.Lobby | out.Progress | out.QuestionOut | out.RevealOut | out.SkippedMessage | out.EndedMessage:
    """Return the room at time `at` as a player sees it."""
    match room.phase:
        case RoomPhase.LOBBY:
            return lobby(room)
        case RoomPhase.ASKING | RoomPhase.PAUSED:
            return question(room, player, at)
        case RoomPhase.REVEALED:
            return out.RevealOut(question=revealed(room, room.number), yours=yours(room, player, room.number))
        case RoomPhase.SKIPPED:
            return out.SkippedMessage(number=room.number, total=room.total, score=player.points)
        case RoomPhase.OPEN:
            return progress(room, player)
        case RoomPhase.OVER:
            return ended(room, player, played(room))


def progress(room: Room, player: Player) -> out.Progress:
    """Return how far a player at their own pace is."""
    return out.Progress(
        total=room.total,
        to_answer=room.to_answer(player.id),
        answered=_done(room, player),
        score=player.points if room.is_told_at_once else None,
        right=player.right if room.is_told_at_once else None,
        closes=room.opening.closes,
    )


def shown(room: Room, player: Player, number: int) -> out.Progress | out.QuestionOut | out.RevealOut | out.EndedMessage:
    """Return question `number` as a player at their own pace may see it; the end once the room is closed.

    Where there is no such question, it is their progress.
    """
    if room.phase is RoomPhase.OVER:
        return ended(room, player, played(room))
    if not 1 <= number <= room.total:
        return progress(room, player)
    to_answer = room.to_answer(player.id)
    if room.may_reveal(player.id, number):
        told = yours(room, player, number)
        return out.RevealOut(question=revealed(room, number), yours=told, to_answer=to_answer)
    given = room.rounds[number - 1].answers.get(player.id)
    attempts = given.attempts if given else ()
    sheet = room.opening.quiz.questions[number - 1]
    return out.QuestionOut(
        number=number,
        total=room.total,
        category=sheet.category,
        sources_differ=sheet.sources_differ,
        stem=sheet.stem,
        options=_options(room, number, room.order(player.id, number)),
        limit=None,
        left=None,
        is_paused=False,
        plays=True,
        picked=room.option_id(given.option, number) if given else None,
        passages=sheet.open,
        attempts=room.attempts_left(player.id, number),
        # Told to be wrong: right ones are revealed at once.
        wrong=tuple(room.option_id(option, number) for option, _ in attempts) if room.is_told_at_once else (),
        to_answer=to_answer,
    )


def _options(room: Room, number: int, order: Sequence[int]) -> tuple[out.OptionOut, ...]:
    texts = room.opening.quiz.questions[number - 1].options
    return tuple(out.OptionOut(id=room.option_id(index, number), text=texts[index]) for index in order)


def _answered(room: Room) -> Collection[str]:
    """Return the players who have answered the current question; at one's own pace, all that they can."""
    if room.is_own_pace:
        return {player.id for player in room.present if not room.to_answer(player.id)}
    return room.round.answers if room.rounds else ()


def _done(room: Room, player: Player) -> int:
    return sum(player.id in each.answers for each in room.rounds)


def lobby(room: Room) -> out.Lobby:
    """Return the room before the first question, when nobody has points yet."""
    return out.Lobby(players=len(room.present), title=room.opening.quiz.title, total=room.total, score=0)


def question(room: Room, player: Player, at: float) -> out.QuestionOut:
    """Return the current question, as a player sees it before the reveal."""
    given = room.round.answers.get(player.id)
    return _question(
        room,
        room.order(player.id),
        at,
        plays=player.first <= room.number,
        picked=None if given is None else room.option_id(given.option),
    )


def clock(room: Room, at: float) -> out.Clock:
    """Return the clock of the current question."""
    return out.Clock(
        number=room.number,
        limit=room.round.limit,
        left=room.left(at),
        is_paused=room.phase is RoomPhase.PAUSED,
        reading=room.reading_left(at) or None,
    )


def revealed(room: Room, number: int) -> out.RevealedQuestion:
    """Return a question with its key and its proof, which may be told once it is revealed."""
    sheet = room.opening.quiz.questions[number - 1]
    ids = [room.option_id(index, number) for index in range(len(sheet.options))]
    return out.RevealedQuestion(
        number=number,
        total=room.total,
        category=sheet.category,
        sources_differ=sheet.sources_differ,
        stem=sheet.stem,
        options=tuple(out.OptionOut(id=id, text=text) for id, text in zip(ids, sheet.options, strict=True)),
        key=ids[sheet.key],
        votes=dict(zip(ids, room.votes(number), strict=True)),
        proof=sheet.proof,
    )


def yours(room: Room, player: Player, number: int) -> out.Yours:
    """Return the outcome of a player's answer to a revealed question."""
    return out.Yours.model_validate(_yours(room, player, number))


def _yours(room: Room, player: Player, number: int) -> dict[str, Any]:
    """Return the fields of the same. Their texts come from a sheet and a nickname: they are harmless already."""
    sheet = room.opening.quiz.questions[number - 1]
    given = room.rounds[number - 1].answers.get(player.id)
    return {
        "name": player.name,
        "order": room.option_ids(room.order(player.id, number), number),
        "plays": player.first <= number,
        "picked": None if given is None else room.option_id(given.option, number),
        "is_right": given is not None and given.is_right,
        "remark": None if given is None or given.is_right else sheet.remarks[given.option],
        "points": given.points if given else 0,
        "score": player.points,
        "right": player.right,
        "rank": _rank(room, player),
        "tied": _tied(room, player),
        "players": len(room.present),
        "team": _team(room, player),
        "team_rank": _team_rank(room, player),
    }


def played(room: Room) -> tuple[int, ...]:
    """Return the numbers of the questions that were revealed."""
    return tuple(each.number for each in room.rounds if each.is_revealed)


def ended(room: Room, player: Player, numbers: Sequence[int]) -> out.EndedMessage:
    """Return the end, with the questions that have these numbers."""
    return out.EndedMessage(
        title=room.opening.quiz.title,
        code=room.opening.quiz.code,
        score=player.points,
        right=player.right,
        of=sum(number >= player.first for number in played(room)),
        rank=_rank(room, player),
        tied=_tied(room, player),
        players=len(room.present),
        team=_team(room, player),
        team_rank=_team_rank(room, player),
        questions=tuple(
            out.RevealOut(question=revealed(room, number), yours=yours(room, player, number)) for number in numbers
        ),
    )


def people(room: Room, here: Collection[str]) -> out.People:
    """Return the list of players for the host; `here` are the ids of those who are connected."""
    answers = _answered(room)
    return out.People(
        seats=tuple(
            out.PlayerSeat(
                id=player.id,
                name=player.name,
                team=_team(room, player),
                place=player.place.value,
                is_here=player.id in here,
                has_answered=player.id in answers,
                done=_done(room, player) if room.is_own_pace else 0,
            )
            for player in room.players.values()
        ),
        is_locked=room.is_locked,
    )


def scene(room: Room, at: float, trouble: str | None = None, *, is_held: bool = False) -> out.Scene:
    """Return the room as the host's screen draws it; `is_held` if the host holds it back from going on by itself."""
    is_asked = room.is_open
    answers = _answered(room)
    plays = {player.id for player in room.playing}
    outcomes = {number: outcome(room, number) for number in played(room)}
    return out.Scene(
        phase=room.phase.value,
        number=room.number,
        total=room.total,
        question=_question(room, room.natural_order, at, plays=False, picked=None) if is_asked else None,
        revealed=revealed(room, room.number) if room.phase is RoomPhase.REVEALED else None,
        outcome=outcomes.get(room.number),
        answered=sum(id in plays for id in answers),
        playing=len(plays),
        standings=_standings(room.ranking),
        team_standings=_standings(room.team_ranking),
        counted=len(outcomes),
        together=out.Outcome(
            right=sum(each.right for each in outcomes.values()),
            of=sum(each.of for each in outcomes.values()),
            silent=sum(each.silent for each in outcomes.values()),
        ),
        trouble=trouble,
        onward=None if is_held else room.onward_left(at),
    )


def notes(room: Room, at: float, *, is_held: bool = False) -> out.Notes:
    """Return what only the teacher may see; `is_held` if the host holds the room back from going on."""
    answers = _answered(room)
    playing = room.playing if room.rounds else ()
    has_current = room.number > 0 and room.phase not in (RoomPhase.OVER, RoomPhase.OPEN)
    has_next = room.number < room.total and room.phase is not RoomPhase.OVER
    return out.Notes(
        phase=room.phase.value,
        total=room.total,
        current=_noted(room, room.number) if has_current else None,
        next=_noted(room, room.number + 1) if has_next else None,
        answered=sum(player.id in answers for player in playing),
        playing=len(playing),
        silent=tuple(player.name for player in playing if player.id not in answers)
        if room.is_open or room.phase is RoomPhase.OPEN
        else (),
        onward=None if is_held else room.onward_left(at),
    )


def _noted(room: Room, number: int) -> out.NotedQuestion:
    sheet = room.opening.quiz.questions[number - 1]
    return out.NotedQuestion(
        number=number, stem=sheet.stem, options=sheet.options, key=sheet.key, statement=sheet.proof.statement
    )


def outcome(room: Room, number: int) -> out.Outcome:
    """Return the outcome of a revealed question for the class.

    A player who was sent out after an answer has played it; one who was banned has not. Everybody in the room has.
    """
    question, answers = room.opening.quiz.questions[number - 1], room.rounds[number - 1].answers
    votes = room.votes(number)
    silent = sum(player.first <= number and player.id not in answers for player in room.present)
    return out.Outcome(right=votes[question.key], of=sum(votes) + silent, silent=silent)


_NO_QUESTIONS = '"questions":[]}'  # how an `EndedMessage` without questions ends


class Broadcast:
    """The snapshots of `room` for all its players, each distinct one serialised once.

    A class sees one question in at most 24 orders, and one proof in one.
    """

    def __init__(self, room: Room, at: float) -> None:
        self._room = room
        self._at = at
        self._texts: dict[object, str] = {}

    def parts_for(self, player: Player) -> Sequence[str]:
        """Return the snapshot for `player` as JSON, the same as `for_player` gives.

        It comes in parts: what players have in common is the same object for each of them.
        """
        room = self._room
        match room.phase:
            case RoomPhase.ASKING | RoomPhase.PAUSED:
                given = room.round.answers.get(player.id)
                # All that `question` takes from the player: one who joins late must not get what another one gets.
                alike = (room.order(player.id), player.first <= room.number, given and given.option)
                return [self._once(alike, lambda: question(room, player, self._at))]
            case RoomPhase.REVEALED:
                return self._verdict(player, room.number)
            case RoomPhase.LOBBY:
                return [self._once("all", lambda: lobby(room))]
            case RoomPhase.OPEN:
                return [progress(room, player).model_dump_json()]
            case RoomPhase.SKIPPED:
                return [self._once(player.points, lambda: for_player(room, player, self._at))]
            case RoomPhase.OVER:
                alone = ended(room, player, ()).model_dump_json()
                parts = [f"{alone.removesuffix(_NO_QUESTIONS)}{_NO_QUESTIONS[:-2]}"]
                for number in played(room):
                    parts += [*self._verdict(player, number), ","]
                return [*(parts[:-1] if len(parts) > 1 else parts), "]}"]

    def _verdict(self, player: Player, number: int) -> list[str]:
        """Return a `RevealOut`, spliced from the JSON that all have in common and the player's own."""
        common = self._once(number, lambda: revealed(self._room, number))
        own = to_json(_yours(self._room, player, number)).decode()  # a model would take three times as long
        return ['{"type":"reveal","question":', common, f',"yours":{own},"to_answer":[]}}']  # a class waits for all

    def _once(self, key: object, make: Callable[[], BaseModel]) -> str:
        if key not in self._texts:
            self._texts[key] = make().model_dump_json()
        return self._texts[key]


def _question(room: Room, order: Sequence[int], at: float, *, plays: bool, picked: str | None) -> out.QuestionOut:
    sheet = room.question
    reading = room.reading_left(at) or None
    return out.QuestionOut(
        number=room.number,
        total=room.total,
        category=sheet.category,
        sources_differ=sheet.sources_differ,
        stem=sheet.stem,
        options=_options(room, room.number, order) if reading is None else (),
        limit=room.round.limit,
        left=room.left(at),
        is_paused=room.phase is RoomPhase.PAUSED,
        plays=plays,
        picked=picked,
        reading=reading,
        passages=sheet.open,
    )


def _standings(ranks: Sequence[Rank]) -> tuple[out.StandingRow, ...]:
    return tuple(
        out.StandingRow(id=rank.id, name=rank.name, points=rank.points, rank=rank.rank, before=rank.before)
        for rank in ranks
    )


def _team(room: Room, player: Player) -> str | None:
    return None if player.team is None else room.opening.teams[player.team]


def _rank(room: Room, player: Player) -> int | None:
    """Return the player's place; None where places are not told, or nobody is ahead."""
    is_told = room.opening.is_ranked and room.phase is not RoomPhase.OPEN
    if not is_told or player.place is not Presence.IN or _are_level(room.ranking):
        return None
    return room.ranks[player.id]


def _tied(room: Room, player: Player) -> int:
    """With how many others the player shares the place that they are told."""
    rank = _rank(room, player)
    return 0 if rank is None else room.sharing[rank] - 1


def _team_rank(room: Room, player: Player) -> int | None:
    """Return the same for the player's team."""
    is_told = room.opening.is_ranked and room.phase is not RoomPhase.OPEN
    if not is_told or player.team is None or _are_level(room.team_ranking):
        return None
    return next((rank.rank for rank in room.team_ranking if rank.id == str(player.team)), None)


def _are_level(ranks: Sequence[Rank]) -> bool:
    """True if there are several, of whom none is ahead."""
    return len(ranks) > 1 and ranks[-1].rank == 1
