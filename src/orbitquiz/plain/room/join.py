"""Joining a room line by line: getting in, being there, looking back."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from orbitquiz.classroom import messages
from orbitquiz.classroom.joining import Joining
from orbitquiz.classroom.place import Address, BadAddress
from orbitquiz.classroom.refusal import Reason
from orbitquiz.plain.room.conversation import Conversation
from orbitquiz.plain.room.playing import Left, Playing
from orbitquiz.plain.room.verdict import verdict_lines
from orbitquiz.plain.room.words import head
from orbitquiz.plain.talk import NothingMore

ADDRESS = "The address of the room, as the projector shows it; q to leave:"
CODE = "The code of the room, as the projector shows it; q to leave:"
NAME = "By which name do you want to play?"
AGAIN = "A number for that question and its proof once more, q to leave:"

_NEEDS_NAME = frozenset({Reason.NAME_MISSING, Reason.NAME_UNFIT, Reason.NAME_TAKEN, Reason.KICKED})


async def join_plain(joining: Joining, conversation: Conversation, clock: Callable[[], float] = monotonic) -> bool:
    """Play in the room until the player leaves, the room ends the visit, or what is typed ends.

    Returns whether they were in the room.
    """
    return await _Student(joining, conversation, clock).play()


class _Student:
    """Goes into the room, as often as it takes."""

    def __init__(self, joining: Joining, conversation: Conversation, clock: Callable[[], float]) -> None:
        self._joining = joining
        self._talk = conversation
        self._playing = Playing(conversation, str(joining.address), clock)

    async def play(self) -> bool:
        """Play until the end."""
        playing = self._playing
        try:
            await self._ask_where()
            while (refusal := await self._visit()) is not None:
                await self._mend(refusal)
            if playing.ended is not None:
                await self._look_back(playing.ended)
        except (NothingMore, Left):
            if playing.welcome is not None and playing.ended is None:
                self._talk.say(f"To come back: {self._joining.command}")
        return playing.welcome is not None

    async def _ask_where(self) -> None:
        while self._joining.needs_address:
            try:
                self._joining.address = Address.read(await self._ask(ADDRESS))
            except BadAddress as error:
                self._talk.say(f"{str(error).capitalize()}.")
        if self._joining.needs_code:
            self._joining.code = await self._ask(CODE)

    async def _visit(self) -> messages.Refusal | None:
        """Be in the room until it ends the visit. Returns why it did, None at the end of the game."""
        playing, client = self._playing, self._joining.client()
        playing.begin(client, str(self._joining.address))
        self._talk.visit(client)
        try:
            while playing.refusal is None and playing.ended is None:
                heard = await self._talk.next()
                if isinstance(heard, str):
                    await playing.do(heard)
                elif heard is not None:
                    playing.take(heard)
        finally:
            await self._talk.leave()
        return playing.refusal

    async def _mend(self, refusal: messages.Refusal) -> None:
        """Ask for what the room did not like. Raises `Left` where nothing can be done."""
        # Nobody has typed a name that is missing, or the code of a seat in a room that is no more.
        if refusal.reason is Reason.NO_ROOM and self._playing.welcome is None:
            if self._joining.code is not None:
                self._talk.say(refusal.text)
            self._joining.code = await self._ask(CODE)
            return
        if refusal.reason is not Reason.NAME_MISSING:
            self._talk.say(refusal.text)
        if refusal.reason not in _NEEDS_NAME:
            raise Left
        self._joining.name = await self._ask(NAME, may_leave=False)  # q is a name

    async def _ask(self, prompt: str, *, may_leave: bool = True) -> str:
        """What is typed after `prompt`, which is no empty line."""
        self._talk.say(prompt)
        while True:
            line = await self._talk.next()
            if isinstance(line, str) and (text := line.strip()):
                if may_leave and text.casefold() == "q":
                    raise Left
                return text

    async def _look_back(self, ended: messages.Ended) -> None:
        """Show a question with its proof again, as often as the player likes."""
        played = {str(each.question.number): each for each in ended.questions}
        if not played:
            return
        self._talk.say(AGAIN)
        while True:
            line = await self._talk.next()
            word = line.strip().casefold() if isinstance(line, str) else ""
            if word == "q":
                return
            if word in played:
                self._talk.say()
                self._talk.say(head(played[word].question))
                self._talk.say(played[word].question.stem)
                self._talk.say_all(verdict_lines(played[word]))
            self._talk.say(AGAIN)
