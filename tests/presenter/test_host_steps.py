"""The next step of a host: the same decisions for every screen, without a screen."""

from __future__ import annotations

from orbitquiz.classroom import protocol
from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server import snapshots
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.host_steps import (
    GUARD,
    NOBODY_ANSWERED,
    NOBODY_HERE,
    HostSteps,
    Send,
    ShowStandings,
    Step,
    TooEarly,
    Warn,
    can,
)
from tests.classroom.making import KEY, Lesson, opened


class Hosting:
    """A room whose host presses Enter, on a clock that a test puts forward."""

    def __init__(self, *players: str, is_script: bool = False) -> None:
        self.now = 100.0
        self.lesson = Lesson(opened(2), *players)
        self.steps = HostSteps(lambda: self.now, is_script=is_script)
        client = Client("ws://nowhere/", lambda: protocol.HostHello(protocol=2, room="KSTR", secret="s"))
        self.state = HostState(Hosted("KSTR", Address("10.0.0.1", 8765), client))
        self.tell()

    def tell(self) -> None:
        room, before = self.lesson.room, self.state
        for update in (snapshots.host_welcome(room), snapshots.people(room, room.players), snapshots.scene(room, 0.0)):
            self.state = self.state.after(update)
        self.steps.see(before, self.state)

    def ask(self) -> None:
        self.lesson.ask()
        self.tell()

    def enter(self, *, has_standings: bool = True) -> Step | None:
        return self.steps.enter(self.state, has_standings=has_standings)


def test_a_game_without_players_is_asked_for_twice() -> None:
    host = Hosting()
    assert host.enter() == Warn(NOBODY_HERE)
    assert host.enter() == Send(protocol.Next(after=0))
    host = Hosting("Ada")
    assert host.enter() == Send(protocol.Next(after=0))


def test_nothing_is_revealed_in_the_second_after_asking() -> None:
    host = Hosting("Ada", "Ben")
    host.ask()
    host.lesson.pick("p1", KEY)
    host.tell()
    host.now += GUARD - 0.01
    assert host.enter() == TooEarly()
    host.now += 0.02
    assert host.enter() == Send(protocol.Reveal())


def test_nothing_is_revealed_unasked_while_nobody_has_answered() -> None:
    host = Hosting("Ada")
    host.ask()
    host.now += GUARD
    assert host.enter() == Warn(NOBODY_ANSWERED)
    assert host.enter() == TooEarly()
    host.now += GUARD
    assert host.enter() == Send(protocol.Reveal())


def test_a_script_is_not_guarded() -> None:
    host = Hosting("Ada", is_script=True)
    host.ask()
    assert host.enter() == Send(protocol.Reveal())


def test_enter_after_a_question_that_closed_by_itself_does_not_skip_its_proof() -> None:
    host = Hosting("Ada")
    host.ask()
    host.lesson.pick("p1", KEY)
    host.lesson.reveal()
    host.tell()
    assert host.enter(has_standings=False) == TooEarly()
    host.now += GUARD
    assert host.enter(has_standings=False) == ShowStandings()
    assert host.enter() == Send(protocol.Next(after=1))


def test_a_refusal_of_a_reveal_that_came_too_late_is_expected_once() -> None:
    host = Hosting("Ada", "Ben")
    host.ask()
    host.lesson.pick("p1", KEY)
    host.tell()
    host.now += GUARD
    assert host.enter() == Send(protocol.Reveal())
    host.lesson.reveal()
    host.tell()
    refusal = protocol.Refusal(reason=Reason.NOT_NOW, text=WORDS[Reason.NOT_NOW])
    assert host.steps.is_expected(refusal, host.state)
    assert not host.steps.is_expected(refusal, host.state)


def test_what_can_be_done_follows_the_phase() -> None:
    host = Hosting("Ada")
    actions = ("pause", "skip", "extend", "lock", "end")
    assert [action for action in actions if can(action, host.state)] == ["lock", "end"]
    host.ask()
    assert can("pause", host.state)
    assert can("skip", host.state)
    assert not can("extend", host.state)  # there is no timer
