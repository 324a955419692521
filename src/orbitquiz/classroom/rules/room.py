"""The rules of a room, beside those of a `Game`: who may do what when, and what it is worth.

A room does not change: a move gives the event that records it, and `after` the room once that has happened. So the room
of a list of events is the same whether they have just happened or are read back from disk. It knows no clock and no
socket; times are seconds on the room's clock, given by its caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache, reduce
from hashlib import blake2b
from itertools import permutations
from typing import assert_never

from orbitquiz.classroom.rules import events
from orbitquiz.classroom.rules.nickname import Nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.quiz.game import Rules
from orbitquiz.quiz.sheet import QuestionSheet, QuizSheet

MOST_PLAYERS = 1000
"""The number of seats in a room."""

LONGEST_EXTENSION = 3600.0  # seconds


class RoomPhase(StrEnum):
    """The phase of a room."""

    LOBBY = "lobby"  # players come in
    ASKING = "asking"  # a question waits for answers
    PAUSED = "paused"  # the same, while the clock stands still; an answer that was on its way still counts
    REVEALED = "revealed"  # its key and proof are shown
    SKIPPED = "skipped"  # it was taken back
    OPEN = "open"  # each player answers at their own pace
    OVER = "over"


_BEFORE_THE_END = frozenset(RoomPhase) - {RoomPhase.OVER}


class Presence(StrEnum):
    """True if a player is in the room."""

    IN = "in"
    KICKED = "kicked"  # and may come back
    BANNED = "banned"  # and may not


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a seat. `first` is the first question they play; `points` and `right` count what is revealed."""

    id: str
    name: str
    skeleton: str
    token: str
    first: int
    team: int | None = None
    place: Presence = Presence.IN
    points: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was accepted: the index of the option in the question's own order, and what it pays.

    `earlier` are the options and sequence numbers of attempts before it.
    """

    option: int
    seconds: float
    seq: int
    is_right: bool
    points: int
    earlier: tuple[tuple[int, int], ...] = ()

    @property
    def attempts(self) -> tuple[tuple[int, int], ...]:
        """The option and the sequence number of each attempt, the last one last."""
        return (*self.earlier, (self.option, self.seq))


@dataclass(frozen=True, slots=True)
class Round:
    """One question as it was played: its answers by player, and how many seconds it had (None for no limit)."""

    number: int
    limit: float | None
    answers: Mapping[str, Given] = field(default_factory=dict)
    is_revealed: bool = False
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class Rank:
    """A player's or a team's place, from 1; equal points share one. `before` is the place one question earlier."""

    id: str
    name: str
    points: float
    rank: int
    before: int | None = None


@dataclass(frozen=True)
class Room:
    """A room at one moment.

    `rounds` are the questions asked so far, the present one last. `shown_at` is when that was shown, shown again after
    a pause, revealed or taken back; `spent` for how many seconds it had been seen before, and `at` when the latest
    event was. `port` is where the room was served last, `host` the SHA-256 of its host's secret. `game` counts the
    games played in the room, from 1; `opening` has the quiz of the present one.
    """

    opening: events.Opened
    players: Mapping[str, Player] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    phase: RoomPhase = RoomPhase.LOBBY
    is_locked: bool = False
    shown_at: float = 0.0
    spent: float = 0.0
    at: float = 0.0
    places_before: Mapping[str, int] = field(default_factory=dict)
    port: int | None = None
    host: str | None = None
    game: int = 1

    @classmethod
    def of(cls, happened: Iterable[events.Event]) -> Room:
        """Return the room that these events make, of which the first opens it."""
        first, *rest = happened
        if not isinstance(first, events.Opened):
            raise ValueError("the first event of a room opens it")
        begun = cls(first, at=first.at)
        if begun.is_own_pace:
            rounds = tuple(Round(number, None) for number in range(1, begun.total + 1))
            begun = replace(begun, rounds=rounds, phase=RoomPhase.OPEN)
        return reduce(cls.after, rest, begun)

    # What anybody may know.

    @property
    def code(self) -> str:
        """By which players join."""
        return self.opening.room

    @property
    def total(self) -> int:
        """The number of questions in the quiz."""
        return len(self.opening.quiz.questions)

    @property
    def number(self) -> int:
        """The number of the current question, from 1; 0 in the lobby."""
        return len(self.rounds)

    @property
    def is_own_pace(self) -> bool:
        """True if each player answers all questions at their own pace. All rounds are there from the beginning then."""
        return self.opening.pace == "own"

    @property
    def is_told_at_once(self) -> bool:
        """True if a player at their own pace is told the key once they can give no more answers to a question."""
        return self.opening.reveals == "after-each"

    def attempts_left(self, player: str, number: int) -> int:
        """Return how many answers a player at their own pace may still give to a question."""
        given = self.rounds[number - 1].answers.get(player)
        if self.phase is not RoomPhase.OPEN or (given and given.is_right and self.is_told_at_once):
            return 0
        return self.opening.attempts - (len(given.attempts) if given else 0)

    def may_answer(self, player: str, number: int, option: int) -> bool:
        """True if a player at their own pace may give this answer, which they have not given before."""
        if player not in self.players or not 1 <= number <= self.total:
            return False
        has_option = option < len(self.opening.quiz.questions[number - 1].options)
        return has_option and self.attempts_left(player, number) > 0 and option not in self._tried(player, number)

    def to_answer(self, player: str) -> tuple[int, ...]:
        """Return the questions that a player at their own pace has not answered, or may try again."""
        return tuple(
            each.number
            for each in self.rounds
            if self.attempts_left(player, each.number) and (player not in each.answers or self.is_told_at_once)
        )

    def may_reveal(self, player: str, number: int) -> bool:
        """True if a player at their own pace may be told the key of a question."""
        if self.phase is RoomPhase.OVER:
            return True
        is_answered = player in self.rounds[number - 1].answers
        return is_answered and self.is_told_at_once and not self.attempts_left(player, number)

    @property
    def question(self) -> QuestionSheet:
        """The current question."""
        return self.opening.quiz.questions[self.number - 1]

    @property
    def round(self) -> Round:
        """The round of the current question."""
        return self.rounds[-1]

    @property
    def is_open(self) -> bool:
        """True if the current question has neither been revealed nor taken back."""
        return self.phase in (RoomPhase.ASKING, RoomPhase.PAUSED)

    @cached_property
    def present(self) -> tuple[Player, ...]:
        """The players who are in the room, in the order in which they came."""
        return tuple(player for player in self.players.values() if player.place is Presence.IN)

    @cached_property
    def playing(self) -> tuple[Player, ...]:
        """Those of them who play the current question."""
        return tuple(player for player in self.present if player.first <= self.number)

    def elapsed(self, at: float) -> float:
        """Return for how many seconds, at time `at`, the options of the current question have been seen."""
        return max(self._seen(at) - self.opening.reading, 0.0)

    def reading_left(self, at: float) -> float:
        """Return in how many seconds from time `at` the options of the current question appear; 0 once they have."""
        return max(self.opening.reading - self._seen(at), 0.0) if self.is_open else 0.0

    def onward_left(self, at: float) -> float | None:
        """Return in how many seconds from time `at` the room goes on by itself; None if it waits for its host."""
        if self.opening.onward is None or self.phase not in (RoomPhase.REVEALED, RoomPhase.SKIPPED):
            return None
        return max(self.shown_at + self.opening.onward - at, 0.0)

    def left(self, at: float) -> float | None:
        """Return the seconds left for the current question at time `at`; None without a limit."""
        return None if self.round.limit is None else max(self.round.limit - self.elapsed(at), 0.0)

    def option_id(self, option: int, number: int | None = None) -> str:
        """Return the id of an option in messages, which differs from room to room."""
        return _option_id(self._salt, number or self.number, option)

    def option_ids(self, order: tuple[int, ...], number: int) -> tuple[str, ...]:
        """Return the ids of a question's options in this order."""
        return _option_ids(self._salt, number, order)

    @property
    def natural_order(self) -> tuple[int, ...]:
        """The current question's own order of its options."""
        return tuple(range(len(self.question.options)))

    def is_answered_by_all(self, without: Container[str] = ()) -> bool:
        """True if everybody playing the current question has answered, or one at least and the rest is in `without`."""
        answers = self.round.answers
        has_any = any(player.id in answers for player in self.playing)
        return has_any and all(player.id in answers or player.id in without for player in self.playing)

    @property
    def is_full(self) -> bool:
        """True if no seat is left."""
        return len(self.present) >= MOST_PLAYERS

    @cached_property
    def silent(self) -> tuple[Player, ...]:
        """The players in the room who have never given an answer."""
        heard = {player for each in self.rounds for player in each.answers}
        return tuple(player for player in self.present if player.id not in heard)

    def order(self, player: str, number: int | None = None) -> tuple[int, ...]:
        """Return the order in which a player sees the options of a question, as indices."""
        number = number or self.number
        question = self.opening.quiz.questions[number - 1]
        if question.is_ordered:
            return _orders(len(question.options))[0]
        return _order(len(question.options), self._salt, player, number)

    def votes(self, number: int | None = None) -> tuple[int, ...]:
        """Return the votes for each option in the question's own order, without those of banned players."""
        number = number or self.number
        answers = self.rounds[number - 1].answers.items()
        picks = [given.option for id, given in answers if self.players[id].place is not Presence.BANNED]
        return tuple(picks.count(index) for index in range(len(self.opening.quiz.questions[number - 1].options)))

    @cached_property
    def ranking(self) -> tuple[Rank, ...]:
        """The players in the room by points, those with most first."""
        rows = [(player.id, player.name, float(player.points)) for player in self.present]
        return _ranked(rows, self.places_before)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each player in the room."""
        return {rank.id: rank.rank for rank in self.ranking}

    @cached_property
    def sharing(self) -> Mapping[int, int]:
        """The number of players at each place."""
        return Counter(self.ranks.values())

    @cached_property
    def team_ranking(self) -> tuple[Rank, ...]:
        """The teams that have players, by the mean points of those, so that a large team has no advantage."""
        rows = []
        for index, name in enumerate(self.opening.teams):
            points = [player.points for player in self.present if player.team == index]
            if points:
                rows.append((str(index), name, sum(points) / len(points)))
        return _ranked(rows, {})

    def player_with(self, token: str) -> Player | None:
        """Return the player whose token has this hash."""
        return self._by_token.get(token)

    # Moves of players. Each gives what happens, or raises `Refused`.

    def join(self, name: Nickname | None, token: str, at: float) -> events.Joined:
        """Give somebody new a seat. `token` is the hash of theirs; without a `name` they get one."""
        self._require_seat()
        id = f"p{len(self.players) + 1}"
        name = self._name_for(id, name)
        return events.Joined(
            at=at,
            player=id,
            name=name.shown,
            skeleton=name.skeleton,
            token=token,
            first=1 if self.is_own_pace else self.number + 1,
            team=self._smallest_team,
        )

    def come_back(self, player: str, name: Nickname | None, at: float) -> events.Renamed | None:
        """Let a player with a token back in; return None where nothing changes by that."""
        who = self.players[player]
        if who.place is Presence.BANNED:
            raise Refused(Reason.BANNED)
        if who.place is Presence.IN:
            return None
        self._require_seat()
        return self._renamed(player, self._name_for(player, name), at)

    def answer(self, player: str, number: int, option: str, seq: int, at: float) -> events.Answered | None:
        """Answer with the option that has this id; return None where this very message was accepted before.

        One that comes while the clock stands still was on its way when that stopped, or waited for the host's program
        to run again: nobody is shown the options then. It took the time that was spent when the clock stopped.
        """
        if self.is_own_pace:
            return self._answer_alone(player, number, option, seq, at)
        if 1 <= number <= self.number:
            before = self.rounds[number - 1].answers.get(player)
            if before is not None:
                if before.seq == seq and self.option_id(before.option, number) == option:
                    return None
                raise Refused(Reason.ANSWERED)
            if number < self.number or not self.is_open:
                raise Refused(Reason.TOO_LATE)
        if number != self.number or not self.is_open:
            raise Refused(Reason.NOT_NOW)
        who = self.players.get(player)
        if who is None or who.place is not Presence.IN:
            raise Refused(Reason.NOT_IN)
        if who.first > number:
            raise Refused(Reason.NEXT_ONE)
        if self.reading_left(at):
            raise Refused(Reason.NOT_NOW)
        seconds = self.elapsed(at)
        if self.round.limit is not None and seconds > self.round.limit:
            raise Refused(Reason.TOO_LATE)
        for index in range(len(self.question.options)):
            if self.option_id(index) == option:
                return events.Answered(at=at, player=player, number=number, option=index, seconds=seconds, seq=seq)
        raise Refused(Reason.NO_OPTION)

    def _answer_alone(self, player: str, number: int, option: str, seq: int, at: float) -> events.Answered | None:
        """Return the answer of a player at their own pace, as `answer` does."""
        if not 1 <= number <= self.total:
            raise Refused(Reason.NOT_NOW)
        options = range(len(self.opening.quiz.questions[number - 1].options))
        index = next((index for index in options if self.option_id(index, number) == option), None)
        given = self.rounds[number - 1].answers.get(player)
        if given and (index, seq) in given.attempts:
            return None
        if self.phase is not RoomPhase.OPEN:
            raise Refused(Reason.TOO_LATE)
        who = self.players.get(player)
        if who is None or who.place is not Presence.IN:
            raise Refused(Reason.NOT_IN)
        if index is None:
            raise Refused(Reason.NO_OPTION)
        if not self.may_answer(player, number, index):
            raise Refused(Reason.ANSWERED)
        return events.Answered(at=at, player=player, number=number, option=index, seconds=0.0, seq=seq)

    # Moves of the host.

    def next(self, at: float) -> events.Asked | events.Ended:
        """Ask the next question, or end the game after the last one."""
        self._require(RoomPhase.LOBBY, RoomPhase.REVEALED, RoomPhase.SKIPPED)
        if self.number == self.total:
            return events.Ended(at=at)
        return events.Asked(at=at, number=self.number + 1)

    def reveal(self, at: float) -> events.Revealed:
        """Show the key and the proof."""
        self._require(RoomPhase.ASKING, RoomPhase.PAUSED)
        return events.Revealed(at=at)

    def skip(self, at: float) -> events.Skipped:
        """Take the current question back, and what it has paid if it is revealed."""
        self._require(RoomPhase.ASKING, RoomPhase.PAUSED, RoomPhase.REVEALED)
        return events.Skipped(at=at)

    def pause(self, at: float) -> events.Paused:
        """Stop the clock."""
        self._require(RoomPhase.ASKING)
        return events.Paused(at=at)

    def go_on(self, at: float) -> events.WentOn:
        """Let the clock run again."""
        self._require(RoomPhase.PAUSED)
        return events.WentOn(at=at)

    def extend(self, seconds: float, at: float) -> events.Extended:
        """Give the current question so many seconds more."""
        self._require(RoomPhase.ASKING, RoomPhase.PAUSED)
        if self.round.limit is None or not 0 < seconds <= LONGEST_EXTENSION:
            raise Refused(Reason.NOT_NOW)
        return events.Extended(at=at, seconds=seconds)

    def lock(self, *, locked: bool, at: float) -> events.Locked:
        """Let nobody new in, or let them in again."""
        self._require(*_BEFORE_THE_END)
        return events.Locked(at=at, is_locked=locked)

    def kick(self, player: str, at: float) -> events.Kicked:
        """Send a player out, who may come back."""
        self._require_in(player)
        return events.Kicked(at=at, player=player)

    def ban(self, player: str, at: float) -> events.Banned:
        """Send a player out for good."""
        if player not in self.players or self.players[player].place is Presence.BANNED:
            raise Refused(Reason.NO_PLAYER)
        return events.Banned(at=at, player=player)

    def unban(self, player: str, at: float) -> events.Unbanned:
        """Lift a ban: the player may come back."""
        if player not in self.players or self.players[player].place is not Presence.BANNED:
            raise Refused(Reason.NO_PLAYER)
        return events.Unbanned(at=at, player=player)

    def rename(self, player: str, name: Nickname, at: float) -> events.Renamed:
        """Give a player another name."""
        self._require_in(player)
        if self.opening.is_anonymous:
            raise Refused(Reason.NOT_NOW, "Nobody chooses names in this room.")
        if self._rival(player, name):
            raise Refused(Reason.NAME_TAKEN)
        return self._renamed(player, name, at)

    def end(self, at: float) -> events.Ended:
        """End the game before its last question. A question that is open is taken back."""
        self._require(*_BEFORE_THE_END)
        return events.Ended(at=at)

    def new_game(self, quiz: QuizSheet, at: float) -> events.NewGame:
        """Begin another game with `quiz` once this one is over."""
        if self.phase is not RoomPhase.OVER or self.is_own_pace:
            raise Refused(Reason.NOT_NOW)
        return events.NewGame(at=at, quiz=quiz)

    # What events make of it.

    def after(self, event: events.Event) -> Room:
        """Return the room once `event` has happened, which one of the moves gave."""
        room = replace(self, at=max(self.at, event.at))
        match event:
            case events.Opened():
                raise ValueError("a room is opened once")
            case events.Located():
                return replace(room, port=event.port, host=event.host)
            case events.Joined():
                player = Player(event.player, event.name, event.skeleton, event.token, event.first, event.team)
                return room._with(player)
            case events.Renamed():
                player = self.players[event.player]
                return room._with(replace(player, name=event.name, skeleton=event.skeleton, place=Presence.IN))
            case events.Kicked():
                return room._with(replace(self.players[event.player], place=Presence.KICKED))
            case events.Banned():
                return room._with(replace(self.players[event.player], place=Presence.BANNED))
            case events.Unbanned():
                return room._with(replace(self.players[event.player], place=Presence.KICKED))
            case events.Locked():
                return replace(room, is_locked=event.is_locked)
            case events.Asked():
                fresh = Round(event.number, self.opening.timer)
                return replace(room, rounds=(*self.rounds, fresh), phase=RoomPhase.ASKING, shown_at=event.at, spent=0.0)
            case events.Answered():
                return room._answered_alone(event) if self.is_own_pace else room._answered(event)
            case events.Paused():
                return replace(room, phase=RoomPhase.PAUSED, spent=self._seen(event.at))
            case events.WentOn():
                return replace(room, phase=RoomPhase.ASKING, shown_at=event.at)
            case events.Extended():
                longer = replace(self.round, limit=(self.round.limit or 0.0) + event.seconds)
                return room._in_round(longer)
            case events.Revealed():
                return room._revealed(event.at)
            case events.Skipped():
                return replace(room._taken_back(), phase=RoomPhase.SKIPPED, shown_at=event.at)
            case events.Ended() if self.is_own_pace:
                return room._closed()
            case events.Ended():
                return replace(room._taken_back() if self.is_open else room, phase=RoomPhase.OVER)
            case events.NewGame():
                return room._begun_again(event.quiz)
            case _:
                assert_never(event)

    @property
    def _salt(self) -> str:
        """The text that ids and orders of options are drawn from: another one in each game."""
        return self.opening.salt if self.game == 1 else f"{self.opening.salt}:{self.game}"

    def _seen(self, at: float) -> float:
        """Return for how many seconds, at time `at`, the stem of the current question has been seen."""
        return self.spent + (max(at - self.shown_at, 0.0) if self.phase is RoomPhase.ASKING else 0.0)

    @cached_property
    def _by_token(self) -> Mapping[str, Player]:
        return {player.token: player for player in self.players.values()}

    @property
    def _smallest_team(self) -> int | None:
        if not self.opening.teams:
            return None
        sizes = [sum(player.team == index for player in self.present) for index in range(len(self.opening.teams))]
        return sizes.index(min(sizes))

    def _name_for(self, player: str, name: Nickname | None) -> Nickname:
        if self.opening.is_anonymous:
            return Nickname(f"Player {player[1:]}", f"player {player[1:]}")
        if name is None:
            raise Refused(Reason.NAME_MISSING)
        if self._rival(player, name):
            raise Refused(Reason.NAME_TAKEN)
        return name

    def _rival(self, player: str, name: Nickname) -> Player | None:
        """Return somebody else with this name or one that looks like it. The banned keep theirs, the kicked do not."""
        others = (other for other in self.players.values() if other.id != player and other.place is not Presence.KICKED)
        return next((other for other in others if other.skeleton == name.skeleton), None)

    def _renamed(self, player: str, name: Nickname, at: float) -> events.Renamed:
        return events.Renamed(at=at, player=player, name=name.shown, skeleton=name.skeleton)

    def _require(self, *phases: RoomPhase) -> None:
        if self.phase not in phases:
            raise Refused(Reason.OVER if self.phase is RoomPhase.OVER else Reason.NOT_NOW)

    def _require_seat(self) -> None:
        if self.phase is RoomPhase.OVER:
            raise Refused(Reason.OVER)
        if self.is_locked:
            raise Refused(Reason.LOCKED)
        if self.is_full:
            raise Refused(Reason.FULL)

    def _require_in(self, player: str) -> None:
        if player not in self.players or self.players[player].place is not Presence.IN:
            raise Refused(Reason.NO_PLAYER)

    def _with(self, player: Player) -> Room:
        return replace(self, players={**self.players, player.id: player})

    def _in_round(self, changed: Round) -> Room:
        return replace(self, rounds=(*self.rounds[:-1], changed))

    def _answered(self, event: events.Answered) -> Room:
        is_right = event.option == self.question.key
        # By the timer, not by the limit: with more time later answers would pay more than earlier ones had.
        rules = Rules(self.opening.timer, self.opening.scoring)
        points = rules.pays(event.seconds, hinted=False) if is_right else 0
        given = Given(event.option, event.seconds, event.seq, is_right, points)
        return self._in_round(replace(self.round, answers={**self.round.answers, event.player: given}))

    def _answered_alone(self, event: events.Answered) -> Room:
        """Each attempt after the first halves what a right answer pays, where the ones before were told to be wrong."""
        number = event.number
        before = self.rounds[number - 1].answers.get(event.player)
        earlier = before.attempts if before else ()
        is_right = event.option == self.opening.quiz.questions[number - 1].key
        full = Rules(None, self.opening.scoring).pays(0.0, hinted=False)
        points = (full // 2 ** len(earlier) if self.is_told_at_once else full) if is_right else 0
        given = Given(event.option, event.seconds, event.seq, is_right, points, earlier)
        changed = replace(self.rounds[number - 1], answers={**self.rounds[number - 1].answers, event.player: given})
        room = replace(self, rounds=(*self.rounds[: number - 1], changed, *self.rounds[number:]))
        if not self.is_told_at_once:
            return room
        player = self.players[event.player]
        return room._with(replace(player, points=player.points + points, right=player.right + is_right))

    def _closed(self) -> Room:
        """Return the room at the end of a game at everybody's own pace. What was not told before is paid now."""
        players = dict(self.players)
        if not self.is_told_at_once:
            for id, player in players.items():
                answers = [each.answers[id] for each in self.rounds if id in each.answers]
                points, right = sum(each.points for each in answers), sum(each.is_right for each in answers)
                players[id] = replace(player, points=points, right=right)
        rounds = tuple(replace(each, is_revealed=True) for each in self.rounds)
        return replace(self, players=players, rounds=rounds, phase=RoomPhase.OVER)

    def _tried(self, player: str, number: int) -> frozenset[int]:
        """Return the options that a player was told to be wrong, or has chosen now."""
        given = self.rounds[number - 1].answers.get(player)
        if given is None:
            return frozenset()
        return frozenset(option for option, _ in (given.attempts if self.is_told_at_once else given.attempts[-1:]))

    def _revealed(self, at: float) -> Room:
        before = self.ranks if any(each.is_revealed for each in self.rounds) else {}
        room = self._in_round(replace(self.round, is_revealed=True))
        return replace(
            room,
            players=self._paid(1),
            phase=RoomPhase.REVEALED,
            spent=self._seen(at),
            shown_at=at,
            places_before=before,
        )

    def _taken_back(self) -> Room:
        """Return the room without the current question. After a reveal each place is again the one before it."""
        room = self._in_round(replace(self.round, is_revealed=False, is_skipped=True))
        return replace(room, players=self._paid(-1)) if self.round.is_revealed else room

    def _begun_again(self, quiz: QuizSheet) -> Room:
        return replace(
            self,
            opening=self.opening.model_copy(update={"quiz": quiz}),
            players={id: replace(each, first=1, points=0, right=0) for id, each in self.players.items()},
            rounds=(),
            phase=RoomPhase.LOBBY,
            places_before={},
            game=self.game + 1,
        )

    def _paid(self, times: int) -> dict[str, Player]:
        """Return the players, with what the current question pays added so many times."""
        players = dict(self.players)
        for id, given in self.round.answers.items():
            points = players[id].points + times * given.points
            players[id] = replace(players[id], points=points, right=players[id].right + times * given.is_right)
        return players


@cache
def _orders(count: int) -> tuple[tuple[int, ...], ...]:
    """Return all orders of so many options, the natural one first."""
    return tuple(permutations(range(count)))


@lru_cache(4096)  # each is asked for again at the reveal
def _order(count: int, salt: str, player: str, number: int) -> tuple[int, ...]:
    """Return an order of so many options, which nobody can foresee who doesn't know the salt."""
    orders = _orders(count)
    drawn = blake2b(f"{salt}:{player}:{number}".encode(), digest_size=8).digest()
    return orders[int.from_bytes(drawn, "big") % len(orders)]


@lru_cache(4096)  # each is asked for once for each player
def _option_id(salt: str, number: int, option: int) -> str:
    return blake2b(f"{salt}:{number}:{option}".encode(), digest_size=5).hexdigest()


@lru_cache(4096)
def _option_ids(salt: str, number: int, order: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(_option_id(salt, number, option) for option in order)


def _ranked(rows: list[tuple[str, str, float]], before: Mapping[str, int]) -> tuple[Rank, ...]:
    """Return rows of id, name and points, ranked; equal points share the better rank ("1224" ranking)."""
    ordered = sorted(rows, key=lambda row: -row[2])
    ranks: list[Rank] = []
    for index, (id, name, points) in enumerate(ordered, 1):
        rank = ranks[-1].rank if ranks and ranks[-1].points == points else index
        ranks.append(Rank(id, name, points, rank, before.get(id)))
    return tuple(ranks)
