"""Joining a room line by line: getting in, being there, looking back."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import LOOPBACK, PORT, Address, BadAddress
from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.console import NothingMore
from orbitquiz.plain.standings import head
from orbitquiz.plain.student.playing import Left, Playing
from orbitquiz.plain.student.verdict import farewell_lines, verdict_lines
from orbitquiz.presenter.player_state import asked_for, complaint
from orbitquiz.text.safe import line_of

ADDRESS = "The address of the room, as the projector shows it; an empty line for {}, q to leave:"
CODE = "The code of the room, as the projector shows it; q to leave:"
NAME = "By which name do you want to play?"
SEAT = "You have a seat here as {}. Your name; an empty line for {}:"
NO_ADDRESS = "That looks like a code. The address comes first."
LEAVE = "Another game may follow. q to leave:"
AGAIN = "A number for that question and its proof once more, q to leave:"

_CODE = re.compile(
    "[2-9A-HJKMNP-TV-Z]{4}(?:[2-9A-HJKMNP-TV-Z]{2})?", re.IGNORECASE | re.ASCII
)  # a host with such a name can be given a port
_NO_WAY_BACK = frozenset({Reason.BANNED, Reason.OVER})


async def join_plain(joining: Joining, conversation: AsyncConsole, clock: Callable[[], float] = monotonic) -> bool:
    """Play in the room until the player leaves, the room ends the visit, or what is typed ends.

    Return True if they were in the room.
    """
    return await _Student(joining, conversation, clock).play()


class _Student:
    """Goes into the room, as often as it takes."""

    def __init__(self, joining: Joining, conversation: AsyncConsole, clock: Callable[[], float]) -> None:
        self._joining = joining
        self._talk = conversation
        self._playing = Playing(conversation, str(joining.address), clock)
        self._is_asked_for = False  # whether the address was typed here
        self._is_reached = False  # whether anybody has answered there

    async def play(self) -> bool:
        """Play until the end."""
        playing = self._playing
        try:
            while True:
                await self._ask_where()
                await self._visit()
                if playing.state.away is not None:
                    await self._ask_again(playing.state.away)
        except (NothingMore, Left):
            pass
        self._say_farewell()
        return playing.state.welcome is not None

    def _say_farewell(self) -> None:
        """Say what can be done from now on."""
        playing, state = self._playing, self._playing.state
        if playing.ended is not None:
            self._talk.say_all(farewell_lines(playing.ended))
        elif state.welcome is not None and not (state.away and state.away.reason in _NO_WAY_BACK):
            self._talk.say(f"To come back: {self._joining.command}")
            if state.is_alone:
                self._talk.say(f"From another device: {self._joining.link}")

    async def _ask_where(self) -> None:
        while self._joining.needs_address:
            last = self._joining.last_address
            words = await self._ask(ADDRESS.format(last or "this computer"), may_be_empty=True) or last
            if _CODE.fullmatch(words):
                self._talk.say(NO_ADDRESS)
                continue
            if words.casefold() == "a":  # which asks for another address where one cannot be reached
                continue
            try:
                self._joining.address = Address.read(words) if words else Address(LOOPBACK, PORT)
            except BadAddress as error:
                self._talk.say(f"{str(error).capitalize()}.")
            self._is_asked_for, self._is_reached = True, False
        if self._joining.needs_code:
            self._joining.code = await self._ask(CODE)
        if self._joining.needs_name:
            names = [line_of(seat.name) for seat in self._joining.seats]
            prompt = SEAT.format(" or ".join(names[:3]), names[0])
            self._joining.name = await self._ask(prompt, may_leave=False, may_be_empty=True) or names[0]

    async def _visit(self) -> None:
        """Be in the room until it ends the visit, or another address is wanted. Raise `Left` if the player leaves."""
        playing, client = self._playing, self._joining.client()
        playing.begin(client, str(self._joining.address))
        self._talk.visit(client)
        try:
            while playing.state.away is None:
                heard = await self._talk.next()
                if isinstance(heard, Lost) and self._is_mistyped(heard):
                    self._talk.say(f"{self._joining.address} cannot be reached ({heard.why}).")
                    self._joining.address = None
                    return
                if isinstance(heard, str):
                    if playing.is_outside and heard.strip().casefold() == "a":
                        self._joining.address = None
                        return
                    await (playing.do(heard) if playing.ended is None else self._look_back(heard, playing.ended))
                elif heard is not None:
                    self._is_reached |= not isinstance(heard, Lost)
                    playing.take(heard)
                    await playing.catch_up()
                    if isinstance(heard, protocol.EndedMessage):
                        self._talk.say(AGAIN if heard.questions else LEAVE)
        finally:
            await self._talk.leave()

    def _is_mistyped(self, lost: Lost) -> bool:
        """True if it is the address that is wrong, as far as one can know."""
        return not self._is_reached and (self._is_asked_for or lost.is_nowhere)

    async def _ask_again(self, refusal: protocol.Refusal) -> None:
        """Ask for what the room refused. Raise `Left` if nothing helps."""
        field = asked_for(refusal.reason)
        if words := complaint(refusal, guessed_code=self._joining.guessed_code):
            self._talk.say(words)
        if field == "code" and self._playing.state.welcome is None:
            self._joining.forget_guess()
            self._joining.code = await self._ask(CODE)
        elif field == "name":
            self._joining.name = await self._ask(NAME, may_leave=False)  # q is a name
        else:
            raise Left

    async def _ask(self, prompt: str, *, may_leave: bool = True, may_be_empty: bool = False) -> str:
        """Return the answer to `prompt`; an empty line only if it means something."""
        self._talk.say(prompt)
        while True:
            line = await self._talk.next()
            if isinstance(line, str) and ((text := line.strip()) or may_be_empty):
                if may_leave and text.casefold() == "q":
                    raise Left
                return text

    async def _look_back(self, line: str, ended: protocol.EndedMessage) -> None:
        """Show the question with the number in `line` and its proof again. Raise `Left` if the player leaves."""
        played = {str(each.question.number): each for each in ended.questions}
        word = line.strip().casefold()
        if word == "q":
            raise Left
        if word in played:
            self._talk.say()
            self._talk.say(head(played[word].question))
            self._talk.say(played[word].question.stem)
            self._talk.say_all(verdict_lines(played[word], is_timed=self._playing.state.is_timed))
        self._talk.say(AGAIN if played else LEAVE)
