"""Where there is nothing to answer: before the game, after a question that was taken back, and once sent away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from orbitquiz.classroom.protocol import Lobby, Refusal, SkippedMessage, Welcome
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.presenter.player_state import PlayerState
from orbitquiz.quiz.game import Scoring
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.student.page import ALWAYS, Page
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text

TRY_AGAIN = ("r enter", "try again", "screen.again")
"""The hint for it."""

AGAIN = {
    Reason.CLOSED: "Once it is open again, this brings you back to your place:",
    Reason.LOCKED: "Once the host lets people in, this brings you in:",
    Reason.FULL: "Once somebody has left, this brings you in:",
    Reason.ELSEWHERE: "This brings you back here:",
}
"""After which it is of use to try again, and what the command to do so is called."""


class WaitScreen(Page):
    """Says in a few words what is being waited for."""

    CSS_PATH = ["page.tcss", "verdict.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "try to join again", show=False),
        Binding("escape", "address", "choose another address", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield from self.top()
        with Vertical(id="words"):
            yield Text(id="head")
            yield Text(id="more")
        yield Sky()
        yield KeyBar()

    def show(self, visit: PlayerState) -> None:
        place = ""
        if isinstance(visit.view, SkippedMessage):
            place = f"{visit.view.number} of {visit.view.total}"
        self.show_top(visit, place, score=visit.score)
        if visit.welcome is None:
            self.query_one("#lost").display = False  # the words say more
        head, *more = self._words(visit)
        self.query_one("#head", Static).update(Content.styled(head, "bold"))
        self.query_one("#more", Static).update(Content("\n".join(more)))
        self.query_one(Sky).dream(visit.welcome.room if visit.welcome else "join")
        again: list[Hint] = [TRY_AGAIN] if self.check_action("again", ()) else []
        address: list[Hint] = [] if visit.welcome else [("esc", "another address", "screen.address")]
        self.query_one(KeyBar).show([*again, *address, *ALWAYS])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who is in a room leaves it before going to another one."""
        visit = self.student.visit
        if action == "again":
            return visit.welcome is None and visit.lost is not None
        return action != "address" or visit.welcome is None

    def action_again(self) -> None:
        """Try at once, and not only when it is time to."""
        self.student.begin()

    def action_address(self) -> None:
        """Choose another address."""
        self.student.ask_again("address")

    def _words(self, visit: PlayerState) -> Sequence[str]:
        if visit.welcome is None:
            where = self.student.join.address
            if visit.lost is None:
                return [f"Joining {where}…"]
            why = line_of(visit.lost)
            return [f"No connection to {where}.", f"{why[:1].upper()}{why[1:]}.", "Trying again…"]
        if isinstance(visit.view, SkippedMessage):
            is_last = visit.view.number == visit.view.total
            wait = "Waiting for the end." if is_last else "Waiting for the next one."
            return ["The host has taken this question back.", "It counts for nobody.", wait]
        words = [f"You are in, {visit.welcome.name}.", "Waiting for the host to begin."]
        if isinstance(visit.view, Lobby):
            words += ["", _players(visit.view.players)]
        if visit.welcome.team:
            words.append(f"You play for {visit.welcome.team}.")
        return [*words, _quiz(visit.welcome)]


class AwayScreen(Page):
    """Says why the student is in the room no more."""

    CSS_PATH = ["page.tcss", "verdict.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "try to join again", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
        Binding("enter", "leave", "leave", show=False),
    ]

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal

    def compose(self) -> ComposeResult:
        yield from self.top()
        with Vertical(id="words"):
            yield Static(Content.styled(self.refusal.text, "bold"), id="head")
            yield Text(id="more")
        yield Sky()
        yield KeyBar()

    def show(self, visit: PlayerState) -> None:
        self.show_top(visit)
        self.query_one(Sky).dream(visit.welcome.room if visit.welcome else "join")
        can_try_again = self.refusal.reason in AGAIN
        more = f"{AGAIN[self.refusal.reason]}\n{self.student.join.command}" if can_try_again else ""
        self.query_one("#more", Static).update(Content(more))
        again: list[Hint] = [TRY_AGAIN] if can_try_again else []
        self.query_one(KeyBar).show([*again, *ALWAYS])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether it is of use to try again; else all that is left is to leave."""
        can_try_again = self.refusal.reason in AGAIN
        return {"again": can_try_again, "leave": not can_try_again}.get(action, True)

    def action_again(self) -> None:
        """Try once more to get into the room."""
        self.student.begin()

    async def action_leave(self) -> None:
        """Leave, where one cannot come back."""
        await self.student.action_quit()


def _players(count: int) -> str:
    return "You are the first." if count == 1 else f"{count} players are here."


def _quiz(welcome: Welcome) -> str:
    timer = f", {welcome.timer:g} seconds for each" if welcome.timer else ""
    faster = " Faster answers pay more." if welcome.scoring is Scoring.SPEED else ""
    return f"{counted(welcome.total, 'question')}{timer}.{faster}"
