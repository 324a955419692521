"""The actor of a room: the one task that owns it, and the connections of those in it.

Messages come in through a queue. In each turn the actor decides, keeps what happened, and only then tells anybody. No
other task touches the room, so one process can run many rooms. An unexpected error is logged and told to everybody; the
room goes on without the message that caused it, or ends when errors repeat. It is never silent.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Protocol

from pydantic import BaseModel

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.events import (
    Asked,
    Banned,
    Ended,
    Event,
    Extended,
    Kicked,
    NewGame,
    Paused,
    Renamed,
    Revealed,
    Skipped,
    WentOn,
    closes_at,
)
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Room, RoomPhase
from orbitquiz.classroom.server import snapshots
from orbitquiz.classroom.storage.event_log import Deposed, EventLog, EventWriter
from orbitquiz.quiz.sheet import QuizSheet

MOST_AT_ONCE = 512
"""The number of messages that share one write to the disk."""

LONGEST_TURN = 0.005
"""Seconds that a turn may take before other rooms have theirs."""

TELL_INTERVAL = 0.2
"""Seconds between two messages that only count players or answers."""

ABSENCE = 10.0
"""Seconds after which the answer of a disconnected player is no longer waited for."""

MOST_FAILURES = 3
"""The number of turns in a row that may fail with an unexpected error before the room ends."""

UNKEPT = 5.0
"""Seconds without keeping anything, after which answers are refused: a player should not wait for nothing."""

_PEOPLE_INTERVAL, _FEW = 1.0, 60  # seconds between two lists of all players, where they are more than a few
_LOOK = 30.0  # seconds between two looks at the time of day: clocks are set
_RETRY = 1.0  # seconds between two tries to keep what could not be kept
_TOKEN_BYTES = 24
_LOGGER = logging.getLogger("orbitquiz.classroom")
_FAULT = "Something went wrong in the room; the last action may be lost. The game goes on."
_UNSAVED = "Answers cannot be saved at the moment. Answer again in a moment."
_STOPPED = "The room has stopped because of an error. It can be opened again."


class Outlet(Protocol):
    """The sending half of a connection. No method waits for the other side."""

    def send(self, *parts: str) -> None:
        """Send a message, which is `parts` one after another: what many are sent is the same object in each."""

    def admit(self) -> None:
        """Note that the other side has been let into the room."""

    def close(self) -> None:
        """Hang up once everything is sent."""


@dataclass(eq=False)
class Connection:
    """The other side of an `outlet`: nobody yet, a player, the host, or the host's notes.

    `address` is where it connects from.
    """

    outlet: Outlet
    address: str = ""
    player: str | None = None
    is_host: bool = False
    is_notes: bool = False

    @property
    def is_known(self) -> bool:
        """True once the other side has been let in."""
        return self.is_host or self.is_notes or self.player is not None

    def say(self, message: BaseModel) -> None:
        """Send a message."""
        self.outlet.send(message.model_dump_json())


@dataclass(frozen=True)
class Gone:
    """The connection is lost."""


Incoming = protocol.ToRoom | Gone


@dataclass
class _Turn:
    """The result of a turn: events, and replies to send once they are kept. `receipts` wait for the disk."""

    events: list[Event] = field(default_factory=list)
    replies: list[Callable[[], None]] = field(default_factory=list)
    receipts: list[Callable[[], None]] = field(default_factory=list)
    is_moved: bool = False  # everybody gets a new snapshot
    is_clock: bool = False  # everybody gets the time
    end: float = math.inf  # when it has taken long enough
    is_new_game: bool = False


class RoomActor:
    """Owns `room`, which `log` keeps. `clock` gives seconds that never go back, `wall` those since 1970 (UTC).

    `again` gives the quiz of another game, or raises `Refused`; without it there is none.
    """

    def __init__(
        self,
        room: Room,
        log: EventLog,
        clock: Callable[[], float],
        *,
        wall: Callable[[], float] = time.time,
        again: Callable[[], QuizSheet] | None = None,
    ) -> None:
        self.room = room
        self._wall = wall
        self._again = again
        self._writer = EventWriter(log.append)
        self._clock = clock
        self._began = clock() - room.at
        self._inbox: asyncio.Queue[tuple[Connection, Incoming]] = asyncio.Queue(4 * MOST_AT_ONCE)
        self._players: dict[str, Connection] = {}
        self._addresses: dict[str, str] = {}  # the last one of each player
        self._left_at = {player.id: clock() for player in room.present}  # of players who are not connected
        self._hosts: set[Connection] = set()
        self._notes: set[Connection] = set()
        self._holder: Connection | None = None  # the host that holds the room back from going on by itself
        self._is_reading = False  # the options of the current question have not been sent yet
        self._receipts: list[Callable[[], None]] = []  # for what is not kept yet
        self._behind_since: float | None = None  # since when nothing could be kept
        self._is_closed = False
        self._is_stale = False  # numbers have changed that nobody was told yet
        self._told_at = self._people_told_at = -_PEOPLE_INTERVAL
        self._failures = 0
        self._fault: str | None = None

    @property
    def is_empty(self) -> bool:
        """True if nobody is connected and nothing is waiting, to be done or to be kept."""
        return not (self._everybody or self._writer.is_behind) and self._inbox.empty()

    @property
    def connected(self) -> int:
        """The number of players who are connected."""
        return len(self._players)

    async def put(self, connection: Connection, message: Incoming) -> None:
        """Hand in a message. Waits if the actor is behind."""
        if not self._is_closed:
            await self._inbox.put((connection, message))

    async def run(self) -> None:
        """Work until cancelled. Raise `Deposed` if the room has another owner, or an error that keeps coming back."""
        while True:
            turn = _Turn()
            try:
                if (first := await self._next()) is not None:
                    turn.end = self._clock() + LONGEST_TURN
                    self._take(turn, *first)
                    while self._may_take_more(turn):
                        self._take(turn, *self._inbox.get_nowait())
                self._do_what_is_due(turn)
                await self._finish(turn)
            except Deposed:
                raise
            except Exception as error:  # logged and told: a room must not die silently
                self._failures += 1
                self._tell_fault(error)
                if self._failures >= MOST_FAILURES:
                    raise
            else:
                self._failures = 0
            await asyncio.sleep(0)  # a room that is sent nonsense would never wait for anything

    def dismiss(self, words: str | None = None) -> None:
        """Tell everybody that the room is closed, and hang up. Whatever comes in from now on is dropped."""
        self._stop()
        for connection in self._everybody:
            self._send_away(connection, Reason.CLOSED, words)

    def hang_up(self) -> None:
        """Hang up on everybody without a word, so that clients look for the room elsewhere."""
        self._stop()
        for connection in self._everybody:
            connection.outlet.close()

    def stopped_by(self, error: BaseException) -> None:
        """End the room after `error` has ended its task."""
        if isinstance(error, Deposed):
            _LOGGER.warning("room %s has another owner now", self.room.code)
            self.hang_up()
        else:
            _LOGGER.critical("room %s has stopped", self.room.code, exc_info=error)
            self.dismiss(_STOPPED)

    def warn(self, words: str) -> None:
        """Show the host `words` about the room until something goes right again."""
        if words != self._fault:
            self._fault, self._is_stale = words, True

    def _stop(self) -> None:
        self._is_closed = True
        while not self._inbox.empty():
            self._inbox.get_nowait()

    @property
    def _everybody(self) -> list[Connection]:
        return [*self._players.values(), *self._hosts, *self._notes]

    @property
    def _now(self) -> float:
        """The time on the room's clock."""
        return max(self._clock() - self._began, self.room.at)

    @property
    def _trouble(self) -> str | None:
        return self._writer.trouble or self._fault

    @property
    def _closing(self) -> float | None:
        """In how many seconds the room has to close by itself; None if it has not."""
        closes = closes_at(self.room.opening)
        if closes is None or self.room.phase is not RoomPhase.OPEN:
            return None
        return max(closes.timestamp() - self._wall(), 0.0)

    def _close_in_time(self, turn: _Turn) -> None:
        if self._closing == 0:
            self._happen(turn, self.room.end(self._now))

    @property
    def _absent(self) -> set[str]:
        """The players who have been away for too long to be waited for."""
        now = self._clock()
        return {id for id, since in self._left_at.items() if now - since >= ABSENCE}

    def _may_take_more(self, turn: _Turn) -> bool:
        """True if another message may join this turn. Everybody is told of a new game before it goes on."""
        is_full = len(turn.replies) + len(turn.receipts) >= MOST_AT_ONCE
        is_long = self._clock() >= turn.end
        return not (is_full or is_long or turn.is_new_game or self._inbox.empty())

    async def _next(self) -> tuple[Connection, Incoming] | None:
        """Return the next message; None if something else is due first."""
        waits = []
        room = self.room
        if (closing := self._closing) is not None:
            waits.append(min(closing, _LOOK))
        reading = room.reading_left(self._now)
        if self._is_reading and room.phase is RoomPhase.ASKING:
            waits.append(reading)
        if (onward := room.onward_left(self._now)) is not None and self._holder is None and self._players:
            waits.append(onward)
        if room.phase is RoomPhase.ASKING and self._holder is None:
            if (left := room.left(self._now)) is not None:
                waits.append(reading + left)
            missing = (player.id for player in room.playing if player.id not in room.round.answers)
            now = self._clock()
            waits += [due for id in missing if (due := self._left_at.get(id, -ABSENCE) + ABSENCE - now) > 0]
        if self._is_stale:
            waits.append(self._told_at + TELL_INTERVAL - self._clock())
        if self._writer.is_behind:
            waits.append(_RETRY)
        if not waits:
            return await self._inbox.get()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(min(waits), 0.0)):
                return await self._inbox.get()
        return None

    def _do_what_is_due(self, turn: _Turn) -> None:
        """Show the options once the question was read, reveal its key, go on. Not the last two while the host holds.

        The key is revealed once time is up, or nobody is left to wait for. A room at own pace closes when it has to.
        """
        self._close_in_time(turn)
        room, now = self.room, self._now
        if self._is_reading and not room.reading_left(now):
            self._is_reading = False
            turn.is_moved = True
        if self._holder is not None:
            return
        if room.phase is RoomPhase.ASKING and (room.left(now) == 0 or room.is_answered_by_all(self._absent)):
            self._happen(turn, room.reveal(now))
        elif room.onward_left(now) == 0 and self._players:
            self._happen(turn, room.next(now))

    async def _finish(self, turn: _Turn) -> None:
        """Keep what happened, then tell it."""
        if turn.events or self._writer.is_behind:
            was_kept = self._writer.trouble is None
            await self._writer.keep(turn.events)
            self._is_stale |= was_kept != (self._writer.trouble is None)
            self._behind_since = (self._behind_since or self._clock()) if self._writer.is_behind else None
        self._receipts += turn.receipts
        if not self._writer.is_behind:
            receipts, self._receipts = self._receipts, []
            for receipt in receipts:
                receipt()
        for reply in turn.replies:
            reply()
        if turn.is_moved:
            self._fault = None
            self._tell_all()
        elif turn.is_clock:
            self._tell_clock()
        elif self._is_stale and self._clock() - self._told_at >= TELL_INTERVAL:
            self._tell_numbers()

    def _take(self, turn: _Turn, connection: Connection, message: Incoming) -> None:
        """Do what a message asks for, or say why not."""
        room, happened = self.room, len(turn.events)
        try:
            self._do(turn, connection, message)
        except Refused as error:
            seq = message.seq if isinstance(message, protocol.AnswerMessage) else None
            refusal = protocol.Refusal(reason=error.reason, text=str(error), seq=seq)
            turn.replies.append(lambda: self._refuse(connection, refusal))
        except Exception as error:  # one bad message must not take the others along
            self.room = room
            del turn.events[happened:]
            self._tell_fault(error)

    def _do(self, turn: _Turn, connection: Connection, message: Incoming) -> None:
        match message:
            case Gone():
                self._leave(connection)
            case protocol.Hello():
                self._enter(turn, connection, message)
            case protocol.HostHello():
                self._enter_host(turn, connection, message)
            case protocol.AnswerMessage():
                self._close_in_time(turn)
                self._answer(turn, connection, message)
            case protocol.Show(number=number):
                self._show(turn, connection, number)
            case _:
                if not connection.is_host:
                    raise Refused(Reason.NOT_HOST)
                self._obey(turn, connection, message)

    def _enter(self, turn: _Turn, connection: Connection, hello: protocol.Hello) -> None:
        if connection.is_known:
            raise Refused(Reason.BAD_MESSAGE)
        version = protocol.agreed(hello.protocol)
        token = hello.token
        player = self.room.player_with(hashed(token)) if token else None
        name = nickname(hello.name) if hello.name is not None and not self.room.opening.is_anonymous else None
        if player is not None and token:
            if back := self.room.come_back(player.id, name, self._now):
                self._happen(turn, back)
        else:
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            self._free_a_seat(turn, connection.address)
            joined = self.room.join(name, hashed(token), self._now)
            self._happen(turn, joined)
            player = self.room.players[joined.player]
        if elsewhere := self._players.get(player.id):
            self._send_away(elsewhere, Reason.ELSEWHERE)
        connection.player = player.id
        connection.outlet.admit()
        self._players[player.id] = connection
        self._addresses[player.id] = connection.address
        self._left_at.pop(player.id, None)
        self._is_stale = True
        given, id = token, player.id

        def greet() -> None:
            who = self.room.players[id]
            if connection.player == id:  # not gone in the meantime
                connection.say(snapshots.welcome(self.room, who, given, version))
                connection.say(snapshots.for_player(self.room, who, self._now))

        turn.replies.append(greet)

    def _free_a_seat(self, turn: _Turn, address: str) -> None:
        """In a full room, free the seat of a player who never answered, so that nobody can take all seats by script.

        That is the one who has been away longest, or else the last who came from the address that holds most such
        seats, if that is not the newcomer's.
        """
        if not self.room.is_full or self.room.is_locked:
            return
        silent = [player.id for player in self.room.silent]
        away = [id for id in silent if id in self._left_at]
        if away:
            self._recycle(turn, min(away, key=self._left_at.__getitem__))
            return
        counts = Counter(self._addresses.get(id, "") for id in silent)
        for worst, _ in counts.most_common(1):
            if worst != address and counts[worst] > counts[address] + 1:
                self._recycle(turn, [id for id in silent if self._addresses.get(id, "") == worst][-1])

    def _recycle(self, turn: _Turn, player: str) -> None:
        if connection := self._players.get(player):
            self._send_away(connection, Reason.KICKED, "The room was full, and your seat was given to another player.")
        self._happen(turn, self.room.kick(player, self._now))

    def _enter_host(self, turn: _Turn, connection: Connection, hello: protocol.HostHello) -> None:
        if connection.is_known:
            raise Refused(Reason.BAD_MESSAGE)
        version = protocol.agreed(hello.protocol)
        if not secrets.compare_digest(hashed(hello.secret), self.room.host or ""):
            raise Refused(Reason.NOT_HOST)
        connection.outlet.admit()
        if hello.notes:
            connection.is_notes = True
            self._notes.add(connection)
            turn.replies.append(lambda: connection.say(self._host_welcome(version)))
            turn.replies.append(lambda: connection.say(self._noted))
            return
        connection.is_host = True
        self._hosts.add(connection)

        def greet() -> None:
            connection.say(self._host_welcome(version))
            connection.say(snapshots.people(self.room, self._players))
            connection.say(self._scene)

        turn.replies.append(greet)

    def _answer(self, turn: _Turn, connection: Connection, answer: protocol.AnswerMessage) -> None:
        if connection.player is None:
            raise Refused(Reason.NOT_IN)
        if self._behind_since is not None and self._clock() - self._behind_since >= UNKEPT:
            raise Refused(Reason.NOT_NOW, _UNSAVED)
        answered = self.room.answer(connection.player, answer.number, answer.option, answer.seq, self._now)
        if answered:
            self._happen(turn, answered)
        accepted = protocol.Accepted(seq=answer.seq, number=answer.number, option=answer.option)
        turn.receipts.append(lambda: connection.say(accepted))
        if self.room.is_own_pace:
            turn.receipts.append(lambda: self._say_shown(connection, answer.number))

    def _show(self, turn: _Turn, connection: Connection, number: int) -> None:
        """Show a player at their own pace a question. What has not been kept yet is told later, as its receipt is."""
        if connection.player is None:
            raise Refused(Reason.NOT_IN)
        if not self.room.is_own_pace:
            raise Refused(Reason.NOT_NOW)
        turn.receipts.append(lambda: self._say_shown(connection, number))

    def _say_shown(self, connection: Connection, number: int) -> None:
        if connection.player is not None:  # not gone in the meantime
            connection.say(snapshots.shown(self.room, self.room.players[connection.player], number))

    def _obey(self, turn: _Turn, host: Connection, move: protocol.HostMove) -> None:
        room, now = self.room, self._now
        match move:
            case protocol.Next():
                if move.after == room.number:  # a key pressed twice leaves one question
                    self._happen(turn, room.next(now))
            case protocol.Reveal():
                self._happen(turn, room.reveal(now))
            case protocol.Skip():
                self._happen(turn, room.skip(now))
            case protocol.Pause():
                self._happen(turn, room.pause(now))
            case protocol.GoOn():
                self._happen(turn, room.go_on(now))
            case protocol.Extend():
                self._happen(turn, room.extend(move.seconds, now))
            case protocol.Hold():
                self._holder = host if move.held else None
                self._is_stale = True
            case protocol.Lock():
                self._happen(turn, room.lock(locked=move.locked, at=now))
            case protocol.Kick():
                self._happen(turn, room.kick(move.player, now))
            case protocol.KickAway():
                for id in [player.id for player in room.present if player.id not in self._players]:
                    self._happen(turn, self.room.kick(id, now))
            case protocol.Ban():
                self._happen(turn, room.ban(move.player, now))
            case protocol.Unban():
                self._happen(turn, room.unban(move.player, now))
            case protocol.Rename():
                self._happen(turn, room.rename(move.player, nickname(move.name), now))
            case protocol.End():
                self._happen(turn, room.end(now))
            case protocol.Again():
                if self._again is None or room.phase is not RoomPhase.OVER:
                    raise Refused(Reason.NOT_NOW)
                self._happen(turn, room.new_game(self._again(), now))

    def _happen(self, turn: _Turn, event: Event) -> None:
        """Apply `event`. It is kept and told at the end of the turn."""
        event = event.model_copy(update={"wall": round(self._wall(), 3)})
        self.room = self.room.after(event)
        turn.events.append(event)
        self._is_stale = True
        match event:
            case Asked() | Revealed() | Skipped() | Ended() | NewGame():
                self._holder = None
                self._is_reading = self.room.reading_left(self._now) > 0
                turn.is_moved = True
                if isinstance(event, NewGame):
                    turn.is_new_game = True
                    for each in [*self._hosts, *self._notes]:
                        turn.replies.append(partial(each.say, self._host_welcome()))
            case Paused() | WentOn() | Extended():
                turn.is_clock = True
            case Kicked() | Banned():
                self._left_at.pop(event.player, None)
                reason = Reason.KICKED if isinstance(event, Kicked) else Reason.BANNED
                if connection := self._players.pop(event.player, None):
                    connection.player = None
                    turn.replies.append(partial(self._send_away, connection, reason))
            case Renamed():
                if connection := self._players.get(event.player):
                    named = protocol.Named(name=event.name)
                    turn.replies.append(partial(connection.say, named))

    def _leave(self, connection: Connection) -> None:
        self._hosts.discard(connection)
        self._notes.discard(connection)
        if self._holder is connection:
            self._holder = None
        if connection.player is not None and self._players.get(connection.player) is connection:
            del self._players[connection.player]
            self._left_at[connection.player] = self._clock()
        connection.player = None
        self._is_stale = True

    def _refuse(self, connection: Connection, refusal: protocol.Refusal) -> None:
        connection.say(refusal)
        if not connection.is_known:
            connection.outlet.close()

    def _send_away(self, connection: Connection, reason: Reason, words: str | None = None) -> None:
        connection.say(protocol.Refusal(reason=reason, text=words or str(Refused(reason))))
        connection.outlet.close()
        self._leave(connection)

    def _tell_fault(self, error: Exception) -> None:
        """Log an unexpected error and tell everybody, with nothing that could fail in its turn."""
        _LOGGER.error("room %s: unexpected error", self.room.code, exc_info=error)
        self.warn(_FAULT)
        refusal = protocol.Refusal(reason=Reason.NOT_NOW, text=_FAULT)
        for connection in self._everybody:
            connection.say(refusal)

    def _tell_all(self) -> None:
        """Tell everybody how the room stands; the players first, since there are many of them."""
        room = self.room
        broadcast = snapshots.Broadcast(room, self._now)
        for id, connection in self._players.items():
            connection.outlet.send(*broadcast.parts_for(room.players[id]))
        self._tell_hosts()

    def _tell_clock(self) -> None:
        self._tell_hosts()
        if self.room.is_open:
            self._tell_players(snapshots.clock(self.room, self._now))

    def _tell_numbers(self) -> None:
        """Tell how many have come, or answered."""
        self._tell_hosts()
        if self.room.phase is RoomPhase.LOBBY:
            self._tell_players(snapshots.lobby(self.room))

    @property
    def _scene(self) -> protocol.Scene:
        return snapshots.scene(self.room, self._now, self._trouble, is_held=self._holder is not None)

    @property
    def _noted(self) -> protocol.Notes:
        return snapshots.notes(self.room, self._now, is_held=self._holder is not None)

    def _host_welcome(self, version: int = protocol.PROTOCOL) -> protocol.HostWelcome:
        return snapshots.host_welcome(self.room, version, has_again=self._again is not None)

    def _tell_players(self, message: BaseModel) -> None:
        text = message.model_dump_json()
        for connection in self._players.values():
            connection.outlet.send(text)

    def _tell_hosts(self) -> None:
        now = self._clock()
        self._is_stale, self._told_at = False, now
        if self._notes:
            noted = self._noted.model_dump_json()
            for each in tuple(self._notes):
                each.outlet.send(noted)
        if not self._hosts:
            return
        texts = [self._scene.model_dump_json()]
        if now - self._people_told_at >= _PEOPLE_INTERVAL or len(self.room.players) <= _FEW:
            self._people_told_at = now
            texts.insert(0, snapshots.people(self.room, self._players).model_dump_json())
        else:
            self._is_stale = True  # the list of a full room is long, and sent less often
        for connection in tuple(self._hosts):
            for text in texts:
                connection.outlet.send(text)


def hashed(secret: str) -> str:
    """Return the SHA-256 of a token or secret in hexadecimal digits: all that is kept of one."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
