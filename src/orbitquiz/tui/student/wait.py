"""The screens without a question: before the game, after a voided question, and once sent away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from orbitquiz.classroom.protocol import Lobby, Progress, Refusal, SkippedMessage, Welcome
from orbitquiz.presenter.own_pace import closing, done_line, later_line
from orbitquiz.presenter.player_state import TRY_AGAIN, PlayerState
from orbitquiz.presenter.wording import sentence
from orbitquiz.quiz.game import Scoring
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.student.page import ALWAYS, GoOnAlone, Page
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text

_AGAIN = ("r enter", "try again", "screen.again")


class TryAgain(Message):
    """The student wants to try to join again."""


class ChangeAddress(Message):
    """The student wants to choose another address."""


class WaitScreen(Page):
    """Says in a few words what is being waited for."""

    CSS_PATH = ["page.tcss", "verdict.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "try to join again", show=False),
        Binding("enter,n", "go_on", "go on at your own pace", show=False),
        Binding("escape", "address", "choose another address", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, address: str, link: Callable[[], str]) -> None:
        super().__init__()
        self.address = address
        self.link = link
        self.visit = PlayerState()

    def compose(self) -> ComposeResult:
        yield from self.top()
        with Vertical(id="words"):
            yield Text(id="head")
            yield Text(id="more")
        yield Sky()
        yield KeyBar()

    def show(self, visit: PlayerState) -> None:
        self.visit = visit
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
        again: list[Hint] = [_AGAIN] if self.check_action("again", ()) else []
        address: list[Hint] = [] if visit.welcome else [("esc", "another address", "screen.address")]
        onward: list[Hint] = [("enter", "go on", "screen.go_on")] if self.check_action("go_on", ()) else []
        self.query_one(KeyBar).show([*again, *onward, *address, *ALWAYS])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """True for "again" while there is no connection, and for "address" before one is in a room."""
        visit = self.visit
        if action == "again":
            return visit.welcome is None and visit.lost is not None
        if action == "go_on":
            return isinstance(visit.view, Progress) and bool(visit.view.to_answer)
        return action != "address" or visit.welcome is None

    def action_again(self) -> None:
        """Try at once instead of waiting."""
        self.post_message(TryAgain())

    def action_go_on(self) -> None:
        """Go on with the first question that is not answered."""
        self.post_message(GoOnAlone())

    def action_address(self) -> None:
        """Choose another address."""
        self.post_message(ChangeAddress())

    def _words(self, visit: PlayerState) -> Sequence[str]:
        if visit.welcome is None:
            if visit.lost is None:
                return [f"Joining {self.address}…"]
            why = line_of(visit.lost)
            return [f"No connection to {self.address}.", f"{why[:1].upper()}{why[1:]}.", "Trying again…"]
        if isinstance(visit.view, SkippedMessage):
            is_last = visit.view.number == visit.view.total
            wait = "Waiting for the end." if is_last else "Waiting for the next one."
            return ["The host voided this question.", "It won't count.", wait]
        if isinstance(visit.view, Progress):
            progress = visit.view
            todo = f"Enter for question {visit.next_number}." if progress.to_answer else later_line(progress)
            device = ["To go on from another device, open this link there. It is yours alone:", self.link()]
            return [done_line(progress), *filter(None, [closing(progress.closes)]), todo, "", *device]
        words = [sentence(f"You are in, {visit.welcome.name}"), "Waiting for the host to begin."]
        if isinstance(visit.view, Lobby):
            words += ["", _players(visit.view.players)]
        if visit.welcome.team:
            words.append(f"You play for {visit.welcome.team}.")
        return [*words, _quiz(visit.welcome)]


class AwayScreen(Page):
    """Says why the student is no longer in the room."""

    CSS_PATH = ["page.tcss", "verdict.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "try to join again", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
        Binding("enter", "app.quit", "leave", show=False),
    ]

    def __init__(self, refusal: Refusal, command: str) -> None:
        super().__init__()
        self.refusal = refusal
        self.command = command

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
        can_try_again = self.refusal.reason in TRY_AGAIN
        more = f"{TRY_AGAIN[self.refusal.reason]}\n{self.command}" if can_try_again else ""
        self.query_one("#more", Static).update(Content(more))
        again: list[Hint] = [_AGAIN] if can_try_again else []
        self.query_one(KeyBar).show([*again, *ALWAYS])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """True for "again" if trying again may help; else enter leaves."""
        return action != "again" or self.refusal.reason in TRY_AGAIN

    def action_again(self) -> None:
        """Try once more to get into the room."""
        self.post_message(TryAgain())


def _players(count: int) -> str:
    return "You are the first." if count == 1 else f"{count} players are here."


def _quiz(welcome: Welcome) -> str:
    timer = f", {welcome.timer:g} seconds for each" if welcome.timer else ""
    faster = " Faster answers pay more." if welcome.scoring is Scoring.SPEED else ""
    return f"{counted(welcome.total, 'question')}{timer}.{faster}"
