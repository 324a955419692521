"""Hosting a room line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from time import monotonic

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Lost, Update
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.console import NothingMore
from orbitquiz.plain.host import news
from orbitquiz.plain.host.commands import EXPLAINED, Command, seat_called
from orbitquiz.plain.standings import are
from orbitquiz.presenter.bell import NEARLY, Bell
from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.host_steps import MORE_SECONDS, HostSteps, Send, TooEarly, Warn, can, lock, pause
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

_SETTLED = 3.0  # seconds in which the room does what it was told, or says why not
_NAMES_EVERY = 1.0  # seconds between two lines about who comes and goes
_COUNT_EVERY = 3.0  # seconds between two lines about how many have answered


async def host_plain(
    hosted: Hosted,
    conversation: AsyncConsole,
    clock: Callable[[], float] = monotonic,
    bell: Bell | None = None,
    report: Callable[[], str] | None = None,
) -> None:
    """Host the room until the host leaves, or what is typed ends.

    `report` opens the report and gives what to tell of it; it may take a while.
    """
    await _Host(hosted, conversation, clock, bell or Bell(is_on=False), report).host()


@dataclass(frozen=True)
class _Doubt:
    """Something that is done only if it is meant: which commands say so, and what is said where it is not."""

    yes: tuple[str, ...]
    act: Callable[[], Awaitable[None]]
    otherwise: str


class _Host:
    """Does what the host types, and says what is new in the room."""

    def __init__(
        self,
        hosted: Hosted,
        conversation: AsyncConsole,
        clock: Callable[[], float],
        bell: Bell,
        report: Callable[[], str] | None,
    ) -> None:
        self._bell = bell
        self._report = report
        self._due: float | None = None  # when time is up for the current question
        self._hosted = hosted
        self._talk = conversation
        self._clock = clock
        self.state = HostState(hosted)
        self._steps = HostSteps(clock, is_script=not conversation.is_typed)
        self._told_people: protocol.People | None = None
        self._told_scene: protocol.Scene | None = None
        self._told_count = 0
        self._names_at = self._count_at = -inf
        self._doubt: _Doubt | None = None  # of what it has to be said whether that is meant
        self._is_refused = False  # what was sent last
        self._is_left = False

    async def host(self) -> None:
        """Go on until the host leaves."""
        self._talk.visit(self._hosted.client)
        try:
            await self._until(lambda: self.scene is not None)
            while not self._is_left and self._talk.is_visiting:
                self._say_news()
                self._ring()
                match await self._talk.next(self._patience()):
                    case None:
                        pass
                    case str() as line:
                        await self._do(line)
                    case update:
                        self._take(update)
        except NothingMore:
            pass

    # What the room says.

    def _take(self, update: Update) -> None:
        before, self.state = self.state, self.state.after(update)
        match update:
            case Lost(why):
                if not before.lost:
                    self._talk.say(f"Connection to the room lost ({why}). Reconnecting…")
            case protocol.HostWelcome():
                if before.lost:
                    self._talk.say("Connected again.")
                elif before.welcome is None:
                    self._talk.say_all(news.opening(update, self._hosted))
            case protocol.Refusal():
                self._is_refused = True
                if not self._steps.is_expected(update, self.state):
                    self._talk.say(update.text)
            case protocol.Scene(question=question):
                runs = self.state.phase == "asking" and question is not None and question.reading is None
                self._due = self._clock() + question.left if runs and question and question.left is not None else None
        self._steps.see(before, self.state)

    def _ring(self) -> None:
        """Ring the bell and say so once time is nearly up."""
        if self._due is not None and self._bell.rings(self.state.number, self._due - self._clock()):
            self._talk.ring()
            self._talk.say(f"{NEARLY:g} seconds left.")

    def _say_news(self) -> None:
        """Say what has changed, unless somebody was told of the like a moment ago."""
        if self.people is None or self.scene is None or self.state.welcome is None:
            return
        now = self._clock()
        before, scene = self._told_scene, self.scene
        is_moment = before is None or news.moment(before) != news.moment(scene)
        if scene.phase == "over" and self._told_people is not None:
            self._told_people = self.people  # that they leave is what is to be expected
        if self._told_people is None or (self._are_people_new and (is_moment or now >= self._names_at + _NAMES_EVERY)):
            self._talk.say_all(news.people_lines(self._told_people, self.people))
            self._told_people, self._names_at = self.people, now
        has_again = self.state.welcome.has_again
        self._talk.say_all(news.scene_lines(before, scene, is_ranked=self.state.is_ranked, has_again=has_again))
        self._told_scene = scene
        if is_moment:
            self._told_count = 0
        if scene.question and self._is_count_new and now >= self._count_at + _COUNT_EVERY:
            self._told_count, self._count_at = scene.answered, now
            self._talk.say(news.count_line(scene))

    def _patience(self) -> float | None:
        """In how many seconds there is something to say that waits for its turn; None for nothing."""
        waits = []
        if self._told_people and self._are_people_new:
            waits.append(self._names_at + _NAMES_EVERY)
        if self.scene and self.scene.question and self._is_count_new:
            waits.append(self._count_at + _COUNT_EVERY)
        if self._bell.is_on and self._due is not None and self._due - NEARLY > self._clock():
            waits.append(self._due - NEARLY)
        return max(min(waits) - self._clock(), 0.0) if waits else None

    @property
    def people(self) -> protocol.People | None:
        """The latest list of players."""
        return self.state.people

    @property
    def scene(self) -> protocol.Scene | None:
        """The latest scene."""
        return self.state.scene

    @property
    def _are_people_new(self) -> bool:
        return self.people is not self._told_people and any(news.people_lines(self._told_people, self.people))

    @property
    def _is_count_new(self) -> bool:
        return self.scene is not None and self.scene.answered != self._told_count

    # What the host types.

    async def _do(self, line: str) -> None:
        command = Command.read(line)
        if command.name:
            self._steps.forget_warning()
        if self._doubt is not None and await self._has_decided(self._doubt, command):
            return
        match command.name:
            case "":
                await self._go_on()
            case "p":
                await self._move(pause(self.state))
            case "+":
                await self._give_more_time()
            case "x":
                await self._take_back()
            case "l":
                await self._move(lock(self.state))
            case "who":
                self._talk.say_all(news.seat_lines(self.people))
            case "kick" | "ban" | "unban":
                await self._send_out(command)
            case "away":
                await self._move(protocol.KickAway())
            case "rename":
                await self._rename(command)
            case "o":
                await self._open_report()
            case "again":
                await self._play_again()
            case "e":
                question = "This ends the game for everybody. End it?"
                self._ask(question, lambda: self._move(protocol.End()), "The game goes on.", again="e")
            case "q":
                await self._leave_if_meant()
            case "?":
                self._talk.say_all(EXPLAINED, hang=3)
            case _:
                self._talk.say("Not understood. Enter goes on; ? lists what can be typed.")

    async def _go_on(self) -> None:
        match self._steps.enter(self.state):
            case Send(move):
                await self._move(move)
            case Warn(words):
                self._talk.say(words)
            case TooEarly():
                self._talk.say("That was quick. Press Enter once more if you meant it.")
            case _ if self.state.phase == "over":
                again = "again for another game, " if can("again", self.state) else ""
                self._talk.say(f"The game is over. {again}q to leave.")

    async def _open_report(self) -> None:
        if self._report is None or not can("report", self.state):
            self._talk.say("There is no report before the game is over.")
        else:
            self._talk.say(await asyncio.to_thread(self._report))

    async def _play_again(self) -> None:
        if can("again", self.state):
            await self._move(protocol.Again())
        else:
            self._talk.say("Another game can begin once this one is over.")

    async def _give_more_time(self) -> None:
        if self.state.question and not can("extend", self.state):
            self._talk.say("There is no timer, so everybody has all the time they need.")
        else:
            await self._move(protocol.Extend(seconds=MORE_SECONDS))

    async def _take_back(self) -> None:
        number = self.state.number
        if not can("skip", self.state):
            self._talk.say("There is no question to void.")
            return
        await self._hosted.client.send(protocol.Hold(held=True))  # the last answer must not reveal it meanwhile
        otherwise = f"Question {number} stays."
        self._ask(f"Void question {number}? It won't count.", lambda: self._move(protocol.Skip()), otherwise)

    def _ask(self, question: str, act: Callable[[], Awaitable[None]], otherwise: str, again: str = "y") -> None:
        """Ask whether something is meant, which the command `again` says, too."""
        self._doubt = _Doubt(("y", "yes", again), act, otherwise)
        self._talk.say(f"{question} y or n")

    async def _has_decided(self, doubt: _Doubt, command: Command) -> bool:
        """Do what was in doubt if that was meant. Return True if this is all that the command says."""
        self._doubt = None
        if command.name in doubt.yes:
            await doubt.act()
            return True
        await self._hosted.client.send(protocol.Hold(held=False))
        self._talk.say(doubt.otherwise)
        return command.name in ("", "n", "no")

    async def _send_out(self, command: Command) -> None:
        if (seat := self._seat(command.whole, command.name)) is None:
            return
        match command.name:
            case "ban":
                await self._move(protocol.Ban(player=seat.id))
            case "unban":
                await self._move(protocol.Unban(player=seat.id))
            case _:
                await self._move(protocol.Kick(player=seat.id))

    async def _rename(self, command: Command) -> None:
        words = command.words
        if len(words) != 2:
            self._talk.say('Type rename, the name, and the new one, each in quotes: rename "Ann Lee" "Ann"')
        elif seat := self._seat(words[0], "rename"):
            if len(words[1]) > protocol.LONGEST_NAME:
                self._talk.say("That is too long for a name.")
            else:
                await self._move(protocol.Rename(player=seat.id, name=words[1]))

    def _seat(self, name: str, command: str) -> protocol.PlayerSeat | None:
        if not name:
            self._talk.say(f"Type {command} and a name; who lists them.")
            return None
        seat = seat_called(name, self.people.seats if self.people else ())
        if seat is None:
            self._talk.say(f"Nobody here is called {line_of(name)}; who lists them.")
        return seat

    async def _leave_if_meant(self) -> None:
        here = sum(seat.is_here for seat in self.people.seats) if self.people else 0
        if self.state.phase == "over" or not here:
            await self._leave()
        else:
            closes = "The room stays open" if self._hosted.link else "This closes the room"
            question = f"{closes}, and {counted(here, 'player')} {are(here)} in it. Leave?"
            self._ask(question, self._leave, "The room stays open.", again="q")

    async def _leave(self) -> None:
        self._is_left = True

    async def _move(self, move: protocol.HostMove) -> None:
        """Tell the room what to do, and wait until it has done it, so that the next line finds it done."""
        if self.state.lost:
            self._talk.say("No connection to the room. Try again in a moment.")
            return
        people, scene = self.people, self.scene
        self._is_refused = False
        await self._hosted.client.send(move)

        def is_done() -> bool:
            if self._is_refused or self.state.lost:
                return True
            if isinstance(move, news.ABOUT_PLAYERS):
                return news.are_different(people, self.people, move)
            return scene is None or self.scene is None or news.has_moved(scene, self.scene)

        await self._until(is_done)

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Listen to the room until this holds, but no longer than it takes a room to answer."""
        end = self._clock() + _SETTLED
        while not holds() and self._talk.is_visiting and (left := end - self._clock()) > 0:
            update = await self._talk.next(left, typed=False)
            if update is not None and not isinstance(update, str):
                self._take(update)
