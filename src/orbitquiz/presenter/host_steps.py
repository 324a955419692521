"""The host's keys: what Enter does next, what is too early, and what is asked first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.presenter.host_state import HostState

GUARD = 1.0
"""Seconds in which Enter is ignored, because it may have been meant for what was on the screen before."""

MORE_SECONDS = 15.0
"""Seconds added to a question at once."""

NOBODY_HERE = "Nobody is here yet. Press Enter again to start anyway."
NOBODY_ANSWERED = "Nobody has answered yet. Press Enter again to show the answer anyway."


@dataclass(frozen=True)
class Send:
    """Send `move` to the room."""

    move: protocol.HostMove


@dataclass(frozen=True)
class Warn:
    """Say `words`; the next Enter is meant."""

    words: str


@dataclass(frozen=True)
class ShowStandings:
    """Show the standings before the next question."""


@dataclass(frozen=True)
class TooEarly:
    """Do nothing: the key was probably meant for something else."""


Step = Send | Warn | ShowStandings | TooEarly


class HostSteps:
    """Decides what Enter does. `clock` gives seconds; with `is_script` nothing is guarded or asked for twice."""

    def __init__(self, clock: Callable[[], float], *, is_script: bool = False) -> None:
        self._clock = clock
        self._is_script = is_script
        self._guarded_until = self._resuming_until = clock()
        self._warned: str | None = None
        self._revealing: int | None = None  # the question whose key the host asked for
        self._closed_itself: int | None = None

    @property
    def warned(self) -> str | None:
        """The last message, while it waits for a second Enter."""
        return self._warned

    def see(self, before: HostState, now: HostState) -> None:
        """Take note of how the room has changed."""
        if (before.phase, before.number) != (now.phase, now.number) or (now.players and now.phase == "lobby"):
            self._warned = None
        if now.phase == "lobby":
            self._revealing = self._closed_itself = None  # of another game
        if now.phase != "paused":
            self._resuming_until = self._clock()
        if now.phase == "asking" and (before.phase != "asking" or before.number != now.number):
            self._guard()
        if before.is_open and now.phase == "revealed" and self._revealing != now.number:
            self._closed_itself = now.number
            self._guard()

    def enter(self, state: HostState, *, has_standings: bool = True) -> Step | None:
        """Return what Enter does now, None for nothing; `has_standings` if they have been shown already."""
        is_early = not self._is_script and self._clock() < self._guarded_until
        match state.phase:
            case "lobby":
                if not state.players and self._warned is None:
                    return self._warn(NOBODY_HERE)
            case "paused":
                if self._clock() < self._resuming_until:
                    return TooEarly()
                self._resuming_until = self._clock() + GUARD  # or until the room has done it
                return Send(protocol.GoOn())
            case "asking":
                if is_early:
                    return TooEarly()
                if state.scene and not state.scene.answered and self._warned is None and not self._is_script:
                    self._guard()
                    return self._warn(NOBODY_ANSWERED)
                self._revealing = state.number
                return Send(protocol.Reveal())
            case "revealed":
                if is_early:
                    return TooEarly()
                if state.is_ranked and not state.is_last and not has_standings:
                    return ShowStandings()
            case "skipped":
                pass
            case _:
                return None
        return Send(protocol.Next(after=state.number))

    def is_expected(self, refusal: protocol.Refusal, state: HostState) -> bool:
        """True if `refusal` is of a reveal that the room had just done by itself, so that nobody need hear of it."""
        revealing, self._revealing = self._revealing, None
        return refusal.reason is Reason.NOT_NOW and revealing is not None and state.phase == "revealed"

    def is_time_up(self, state: HostState) -> bool:
        """True if the current question was closed by the clock, before everybody had answered."""
        scene = state.scene
        return scene is not None and scene.number == self._closed_itself and scene.answered < scene.playing

    def forget_warning(self) -> None:
        """Take note that the host has done something else."""
        self._warned = None

    def _warn(self, words: str) -> Warn:
        self._warned = words
        return Warn(words)

    def _guard(self) -> None:
        self._guarded_until = self._clock() + GUARD


def pause(state: HostState) -> protocol.HostMove:
    """Return the move that stops the clock, or lets it run again; that keeps the room from going on by itself."""
    if state.onward is not None:
        return protocol.Hold(held=True)
    return protocol.GoOn() if state.phase == "paused" else protocol.Pause()


def lock(state: HostState) -> protocol.HostMove:
    """Return the move that locks the room, or unlocks it."""
    return protocol.Lock(locked=not state.is_locked)


def can(action: str, state: HostState) -> bool:
    """True if the host can do `action` now: pause, skip, extend, lock, end, again or report."""
    match action:
        case "pause":
            return state.is_open or state.onward is not None
        case "skip" if state.phase == "open":
            return False
        case "report":
            return state.phase == "over" and state.number > 0
        case "again":
            return state.phase == "over" and state.welcome is not None and state.welcome.has_again
        case "skip":
            return state.is_open or state.phase == "revealed"
        case "extend":
            return state.question is not None and state.question.limit is not None
        case "lock" | "end":
            return state.phase not in ("", "over")
    return True
