"""Quizzes and rooms for tests: small, and made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import Event, Opened
from orbitquiz.classroom.rules.nickname import Nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Player, Room
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuestionSheet, QuizSheet

OPTIONS = ("Ada Stone", "Ben Oak", "Cy Reed", "Di Marsh")
KEY = 2
"""Which option is right in every question that nobody asks to be otherwise."""

SALT = "sea"


def question_sheet(number: int = 1, **changes: Any) -> QuestionSheet:
    """A question about the comet's crew, whose third option is right."""
    told: dict[str, Any] = {
        "id": f"crew-{number}.asked",
        "fact": f"crew-{number}",
        "category": "The comet",
        "stem": f"Who was on watch on day {number}?",
        "options": OPTIONS,
        "key": KEY,
        "is_ordered": False,
        "sources_differ": False,
        "proof": ProofSheet(
            statement=f"Cy Reed was on watch on day {number}.",
            shown=(
                PassageSheet(
                    value="Cy Reed",
                    heading="The log of the Kestrel, line 7",
                    text=f"On day {number} Cy Reed was on watch.",
                    marks=((0, 5), (6, 12)),
                ),
            ),
            also=("the museum's guide, line 3",),
            note="The log was written the same night.",
        ),
        "remarks": ("Ada Stone commanded the ship (the report, line 3).", None, None, None),
    }
    return QuestionSheet(**told | changes)


def quiz_sheet(count: int = 3, **changes: Any) -> QuizSheet:
    """A quiz of so many questions, each changed in the same way."""
    questions = tuple(question_sheet(number, **changes) for number in range(1, count + 1))
    return QuizSheet(bank="comet-bank", digest="0" * 64, title="The comet", code="COMET-1", questions=questions)


def opened(count: int = 3, **changes: Any) -> Opened:
    """Return the first event of a room for a quiz of so many questions."""
    told: dict[str, Any] = {"at": 0.0, "room": "KSTR", "opened": "2031-05-03T09:00:00+00:00", "salt": SALT}
    return Opened(**told | {"quiz": quiz_sheet(count)} | changes)


def name(text: str) -> Nickname:
    """`text` as a name that looks like every other spelling of it in capitals or small letters."""
    return Nickname(text, text.casefold())


@contextmanager
def refused(reason: Reason) -> Iterator[None]:
    """Something in here is refused for this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.reason is reason


class Lesson:
    """A room and all that has happened in it: what a host's program has of it, without the program.

    The clock is a number that a test puts forward.
    """

    def __init__(self, opening: Opened | None = None, *players: str) -> None:
        self.events: list[Event] = [opening or opened()]
        self.room = Room.of(self.events)
        self.now = 0.0
        for each in players:
            self.join(each)

    def do(self, event: Event | None) -> Event | None:
        """Let the event of a move happen, if it gave one."""
        if event is not None:
            self.events.append(event)
            self.room = self.room.after(event)
        return event

    def wait(self, seconds: float) -> Lesson:
        """Let time go by."""
        self.now += seconds
        return self

    def join(self, who: str | None) -> Player:
        """Somebody new comes in. Their token is as good as their number."""
        number = len(self.room.players) + 1
        self.do(self.room.join(None if who is None else name(who), f"token {number}", self.now))
        return self.room.players[f"p{number}"]

    def ask(self) -> None:
        """Show the next question."""
        self.do(self.room.next(self.now))

    def pick(self, player: str, option: int, seq: int = 0) -> Event | None:
        """A player answers the present question with the option that has this index."""
        return self.do(self.room.answer(player, self.room.number, self.room.option_id(option), seq, self.now))

    def reveal(self) -> None:
        """Show the key."""
        self.do(self.room.reveal(self.now))

    def play(self, picks: Mapping[str, int]) -> None:
        """Ask, let these players pick, reveal."""
        self.ask()
        for player, option in picks.items():
            self.pick(player, option)
        self.reveal()

    @property
    def points(self) -> dict[str, int]:
        """The points of each player, by name."""
        return {player.name: player.points for player in self.room.players.values()}
