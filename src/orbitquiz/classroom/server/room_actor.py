"""The desk of a room: the one task that owns it.

Messages come in through a queue; the desk decides, keeps what happened, and only then tells anybody. Nothing of a room
is shared with another task, so that many rooms can live in one process or in many.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.events import (
    Asked,
    Banned,
    Ended,
    Event,
    Extended,
    Kicked,
    Paused,
    Renamed,
    Revealed,
    Skipped,
    WentOn,
)
from orbitquiz.classroom.rules.names import nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Phase, Room
from orbitquiz.classroom.server import snapshots
from orbitquiz.classroom.server.broadcast import Broadcast
from orbitquiz.classroom.server.visitor import Connection, Gone
from orbitquiz.classroom.storage.keeper import EventWriter

MOST_AT_ONCE = 512
"""How many messages share one write to the disk."""

BREATH = 0.2
"""Seconds between two messages that only say how many have come or answered."""

_LONG_BREATH, _FEW = 1.0, 60  # seconds between two lists of all who are in the room, where those are more than a few
_TOKEN_BYTES = 24


@dataclass
class _Turn:
    """What one round of the desk brings about: what happened, and what is to be said once that is kept."""

    events: list[Event] = field(default_factory=list)
    replies: list[Callable[[], None]] = field(default_factory=list)
    is_moved: bool = False  # whether everybody has to be told
    is_clock: bool = False  # whether everybody has to be told the time


class RoomActor:
    """Owns `room`. `keep` writes events where they outlive the program, or raises `OSError`.

    `secret` is what the host shows to be the host, `clock` seconds that never go back.
    """

    def __init__(
        self, room: Room, keep: Callable[[Sequence[Event]], None], secret: str, clock: Callable[[], float]
    ) -> None:
        self.room = room
        self._keeper = EventWriter(keep)
        self._secret = secret
        self._clock = clock
        self._began = clock() - room.at
        self._inbox: asyncio.Queue[tuple[Connection, protocol.ToRoom | Gone]] = asyncio.Queue(4 * MOST_AT_ONCE)
        self._players: dict[str, Connection] = {}
        self._hosts: set[Connection] = set()
        self._is_closed = False
        self._is_stale = False  # whether numbers have changed that nobody was told yet
        self._told_at = self._people_told_at = -_LONG_BREATH

    async def put(self, visitor: Connection, message: protocol.ToRoom | Gone) -> None:
        """Hand in a message. Waits where the desk is behind."""
        if not self._is_closed:
            await self._inbox.put((visitor, message))

    async def run(self) -> None:
        """Work until cancelled. A question that was open when the program ended begins with its clock stopped."""
        if self.room.phase is Phase.ASKING:
            turn = _Turn()
            self._happen(turn, self.room.pause(self._now))
            await self._finish(turn)
        while True:
            first = await self._next()
            turn = _Turn()
            if first is not None:
                self._take(turn, *first)
                while len(turn.replies) < MOST_AT_ONCE and not self._inbox.empty():
                    self._take(turn, *self._inbox.get_nowait())
            self._close_question(turn)
            await self._finish(turn)

    def dismiss(self) -> None:
        """Tell everybody that the room is closed, and hang up. Whatever is handed in from now on is thrown away."""
        self._is_closed = True
        while not self._inbox.empty():
            self._inbox.get_nowait()
        for visitor in [*self._players.values(), *self._hosts]:
            self._send_away(visitor, Reason.CLOSED)

    @property
    def _now(self) -> float:
        """The time on the room's clock."""
        return max(self._clock() - self._began, self.room.at)

    async def _next(self) -> tuple[Connection, protocol.ToRoom | Gone] | None:
        """The next message; None where something else is due first."""
        waits = []
        if self.room.phase is Phase.ASKING and (left := self.room.left(self._now)) is not None:
            waits.append(left)
        if self._is_stale:
            waits.append(self._told_at + BREATH - self._clock())
        if not waits:
            return await self._inbox.get()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(min(waits), 0.0)):
                return await self._inbox.get()
        return None

    def _close_question(self, turn: _Turn) -> None:
        """Reveal the key once time is up, or nobody is left to answer."""
        room = self.room
        if room.phase is not Phase.ASKING:
            return
        if room.have_all_answered or room.left(self._now) == 0:
            self._happen(turn, room.reveal(self._now))

    async def _finish(self, turn: _Turn) -> None:
        """Keep what happened, then tell it."""
        if turn.events or self._keeper.trouble:
            await self._keep(turn.events)
        for reply in turn.replies:
            reply()
        if turn.is_moved:
            self._tell_all()
        elif turn.is_clock:
            self._tell_clock()
        elif self._is_stale and self._clock() - self._told_at >= BREATH:
            self._tell_numbers()

    async def _keep(self, happened: Sequence[Event]) -> None:
        """Keep what happened. Where that fails the game goes on, and the host is told."""
        was_kept = self._keeper.trouble is None
        await self._keeper.keep(happened)
        is_kept = self._keeper.trouble is None
        self._is_stale |= was_kept != is_kept

    def _take(self, turn: _Turn, visitor: Connection, message: protocol.ToRoom | Gone) -> None:
        """Do what a visitor wants, or say why not."""
        try:
            match message:
                case Gone():
                    self._leave(visitor)
                case protocol.Hello():
                    self._enter(turn, visitor, message)
                case protocol.HostHello():
                    self._enter_host(turn, visitor, message)
                case protocol.Answer():
                    self._answer(turn, visitor, message)
                case _:
                    if not visitor.is_host:
                        raise Refused(Reason.NOT_HOST)
                    self._obey(turn, message)
        except Refused as error:
            seq = message.seq if isinstance(message, protocol.Answer) else None
            refusal = protocol.Refusal(reason=error.reason, text=str(error), seq=seq)
            turn.replies.append(lambda: self._refuse(visitor, refusal))

    def _enter(self, turn: _Turn, visitor: Connection, hello: protocol.Hello) -> None:
        if visitor.is_known:
            raise Refused(Reason.BAD_MESSAGE)
        _check_protocol(hello.protocol)
        token = hello.token
        player = self.room.player_with(_hashed(token)) if token else None
        name = nickname(hello.name) if hello.name is not None and not self.room.opening.is_anonymous else None
        if player is not None and token:
            if back := self.room.come_back(player.id, name, self._now):
                self._happen(turn, back)
        else:
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            joined = self.room.join(name, _hashed(token), self._now)
            self._happen(turn, joined)
            player = self.room.players[joined.player]
        if elsewhere := self._players.get(player.id):
            self._send_away(elsewhere, Reason.ELSEWHERE)
        visitor.player = player.id
        self._players[player.id] = visitor
        self._is_stale = True
        given, id = token, player.id

        def greet() -> None:
            who = self.room.players[id]
            if visitor.player == id:  # not gone in the meantime
                visitor.say(snapshots.welcome(self.room, who, given))
                visitor.say(snapshots.for_player(self.room, who, self._now))

        turn.replies.append(greet)

    def _enter_host(self, turn: _Turn, visitor: Connection, hello: protocol.HostHello) -> None:
        if visitor.is_known:
            raise Refused(Reason.BAD_MESSAGE)
        _check_protocol(hello.protocol)
        if not secrets.compare_digest(hello.secret.encode(), self._secret.encode()):
            raise Refused(Reason.NOT_HOST)
        visitor.is_host = True
        self._hosts.add(visitor)

        def greet() -> None:
            visitor.say(snapshots.host_welcome(self.room))
            visitor.say(snapshots.people(self.room, self._players))
            visitor.say(snapshots.scene(self.room, self._now, self._keeper.trouble))

        turn.replies.append(greet)

    def _answer(self, turn: _Turn, visitor: Connection, answer: protocol.Answer) -> None:
        if visitor.player is None:
            raise Refused(Reason.NOT_IN)
        answered = self.room.answer(visitor.player, answer.number, answer.option, answer.seq, self._now)
        if answered:
            self._happen(turn, answered)
        accepted = protocol.Accepted(seq=answer.seq, number=answer.number, option=answer.option)
        turn.replies.append(lambda: visitor.say(accepted))

    def _obey(self, turn: _Turn, move: protocol.HostMove) -> None:
        room, now = self.room, self._now
        match move:
            case protocol.Next():
                if move.after == room.number:  # a key that was pressed twice leaves one question
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
            case protocol.Lock():
                self._happen(turn, room.lock(locked=move.locked, at=now))
            case protocol.Kick():
                self._happen(turn, room.kick(move.player, now))
            case protocol.Ban():
                self._happen(turn, room.ban(move.player, now))
            case protocol.Rename():
                self._happen(turn, room.rename(move.player, nickname(move.name), now))
            case protocol.End():
                self._happen(turn, room.end(now))

    def _happen(self, turn: _Turn, event: Event) -> None:
        """Let `event` happen; it is kept and told when the turn is over."""
        self.room = self.room.after(event)
        turn.events.append(event)
        self._is_stale = True
        match event:
            case Asked() | Revealed() | Skipped() | Ended():
                turn.is_moved = True
            case Paused() | WentOn() | Extended():
                turn.is_clock = True
            case Kicked() | Banned():
                reason = Reason.KICKED if isinstance(event, Kicked) else Reason.BANNED
                if visitor := self._players.pop(event.player, None):
                    visitor.player = None
                    turn.replies.append(partial(self._send_away, visitor, reason))
            case Renamed():
                if visitor := self._players.get(event.player):
                    named = protocol.Named(name=event.name)
                    turn.replies.append(partial(visitor.say, named))

    def _leave(self, visitor: Connection) -> None:
        self._hosts.discard(visitor)
        if visitor.player is not None and self._players.get(visitor.player) is visitor:
            del self._players[visitor.player]
        visitor.player = None
        self._is_stale = True

    def _refuse(self, visitor: Connection, refusal: protocol.Refusal) -> None:
        visitor.say(refusal)
        if not visitor.is_known:
            visitor.door.close()

    def _send_away(self, visitor: Connection, reason: Reason) -> None:
        visitor.say(protocol.Refusal(reason=reason, text=str(Refused(reason))))
        visitor.door.close()
        self._leave(visitor)

    def _tell_all(self) -> None:
        """Tell everybody how the room stands now, the players first: there are many of them."""
        room = self.room
        broadcast = Broadcast(room, self._now)
        for id, visitor in self._players.items():
            visitor.door.send(broadcast.text_for(room.players[id]))
        self._tell_hosts()

    def _tell_clock(self) -> None:
        self._tell_hosts()
        if self.room.is_open:
            text = snapshots.clock(self.room, self._now).model_dump_json()
            for visitor in self._players.values():
                visitor.door.send(text)

    def _tell_numbers(self) -> None:
        """Tell how many have come, or answered."""
        self._tell_hosts()
        if self.room.phase is Phase.LOBBY:
            text = snapshots.lobby(self.room).model_dump_json()
            for visitor in self._players.values():
                visitor.door.send(text)

    def _tell_hosts(self) -> None:
        now = self._clock()
        self._is_stale, self._told_at = False, now
        if not self._hosts:
            return
        texts = [snapshots.scene(self.room, self._now, self._keeper.trouble).model_dump_json()]
        if now - self._people_told_at >= _LONG_BREATH or len(self.room.players) <= _FEW:
            self._people_told_at = now
            texts.insert(0, snapshots.people(self.room, self._players).model_dump_json())
        else:
            self._is_stale = True  # the list of a full room is long, and comes less often
        for visitor in tuple(self._hosts):
            for text in texts:
                visitor.door.send(text)


def _hashed(token: str) -> str:
    """What is kept of a token, so that whoever reads the file cannot take a seat."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _check_protocol(version: int) -> None:
    if version != protocol.PROTOCOL:
        raise Refused(Reason.BAD_PROTOCOL)
