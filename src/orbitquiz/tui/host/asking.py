"""A question on the host's screen, large and without its key, and how many have answered it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from orbitquiz.presenter.bell import Bell
from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.player_state import READ_FIRST
from orbitquiz.tui.host.board import Board
from orbitquiz.tui.host.late_joiners import Interlude
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.big_letters import large_lines
from orbitquiz.tui.widgets.scoreboard import large
from orbitquiz.tui.widgets.votes import Countdown

_TICK = 0.2  # seconds
_PAUSED = ("Paused", "", "enter goes on")


class AskingView(Vertical):
    """The question with its time, which a `bell` ends; while it is paused, neither of them."""

    def __init__(self, *, id: str, clock: Callable[[], float] = time.monotonic, bell: Bell | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._bell = bell or Bell(is_on=False)
        self._number = 0

    def compose(self) -> ComposeResult:
        countdown = Countdown(self._clock)
        yield countdown
        with VerticalScroll(can_focus=False):
            yield Board()
        yield Interlude(*_PAUSED)
        with Horizontal():
            yield AnswerCount()
            yield Seconds(countdown)

    def on_mount(self) -> None:
        if self._bell.is_on:
            self.set_interval(_TICK, self._ring)

    def _ring(self) -> None:
        if self.has_class("-running") and self._bell.rings(self._number, self.query_one(Countdown).left):
            self.app.bell()

    def show(self, seen: HostState) -> None:
        """Show the current question of the room."""
        question = seen.question
        if question is None:
            return
        self._number = question.number
        runs = not question.is_paused and not seen.is_reading
        self.set_class(question.is_paused, "-paused")
        self.set_class(seen.is_open and runs, "-running")
        self.query_one(Countdown).tell(None if seen.is_reading else question.left, question.limit, runs=runs)
        self.query_one(Seconds).tick()
        self.query_one(Board).show(question)
        self.query_one(Interlude).show(seen)
        self.query_one(AnswerCount).show(seen)


class Seconds(Widget):
    """The seconds that a `countdown` has left, in large letters."""

    def __init__(self, countdown: Countdown) -> None:
        super().__init__()
        self.display = False
        self._countdown = countdown
        self._shown: int | None = None

    def on_mount(self) -> None:
        self.set_interval(_TICK, self.tick)

    def tick(self) -> None:
        """Show the time as it is now."""
        left = self._countdown.left
        seconds = None if left is None else math.ceil(left)
        self.display = left is not None
        if seconds != self._shown:
            self._shown = seconds
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        lines = large_lines(f"{self._shown} s", width) if self._shown is not None else None
        return Content("\n").join(Content.styled(f"{line:>{width}}", "bold $primary") for line in lines or ())


class AnswerCount(Widget):
    """The number of answers as a bar and in words, in large letters where they fit."""

    _TALL, _TALLEST = 3, 5  # rows of itself

    def __init__(self) -> None:
        super().__init__()
        self._answered = self._playing = self._away = 0
        self._is_reading = False

    def show(self, seen: HostState) -> None:
        """Show how many have answered the current question; that it is to be read, while it has no options."""
        scene = seen.scene
        if scene is None:
            return
        if seen.is_reading != self._is_reading:
            self._is_reading = seen.is_reading
            self.refresh()
        waits = [seat for seat in seen.players if not seat.is_here and not seat.has_answered]
        shown = (scene.answered, scene.playing, min(len(waits), scene.playing - scene.answered))
        if shown != (self._answered, self._playing, self._away):
            self._answered, self._playing, self._away = shown
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        if self._is_reading:
            return Content.styled(READ_FIRST, MUTED).truncate(width)
        words = f"{'has' if self._answered == 1 else 'have'} answered"
        away = f", {self._away} away" if self._away else ""
        if self.size.height < self._TALL:
            text = Content.assemble((f"{self._answered} of {self._playing}", "bold"), f" {words}", (away, MUTED))
            return (text + Content("  ") + self._bar(width - text.cell_length - 2)).truncate(width)
        if self.size.height >= self._TALLEST and (lines := large_lines(f"{self._answered} of {self._playing}", width)):
            text = Content.styled("\n".join(lines), "bold $accent")
            return Content.assemble(text, f"  {words}", (away, MUTED), "\n") + self._bar(width)
        digits = large(self._answered, stands_out=True)
        rest = [Content(), Content.assemble(f" of {self._playing} {words}", (away, MUTED)), Content()]
        rest[2] = Content(" ") + self._bar(width - digits[0].cell_length - 1)
        return Content("\n").join(digit + each for digit, each in zip(digits, rest, strict=True))

    def _bar(self, width: int) -> Content:
        width = max(width, 0)
        full = math.floor(width * self._answered / self._playing) if self._playing else 0
        return Content.assemble(("━" * full, "$success"), ("─" * (width - full), MUTED))
