"""The host's screen: one for the whole of a game, whose middle follows the room."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from orbitquiz.classroom import protocol
from orbitquiz.presenter.bell import Bell
from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.host_steps import (
    MORE_SECONDS,
    HostSteps,
    Send,
    ShowStandings,
    Warn,
    can,
    lock,
    pause,
)
from orbitquiz.tui.host.asking import AskingView
from orbitquiz.tui.host.dialogs import EndGameScreen, TakeBackScreen
from orbitquiz.tui.host.headline import lefts, rights
from orbitquiz.tui.host.late_joiners import Interlude
from orbitquiz.tui.host.lobby import LobbyView
from orbitquiz.tui.host.over import OverView
from orbitquiz.tui.host.people import PeopleScreen
from orbitquiz.tui.host.revealed import RevealedView
from orbitquiz.tui.host.standings import StandingsView
from orbitquiz.tui.shared.room_messages import MoveMade, ReportWanted, ScreenReady
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Headline

_TICK = 1.0  # seconds
_SKIPPED = ("This question was voided.", "It won't count.")


class HostScreen(Screen[None]):
    """Lobby, question, key, standings and end, as the room has them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", "go on: begin, reveal, end a pause, standings, next question", show=False),
        Binding("escape", "back", "from the standings back to the proof", show=False),
        Binding("p", "pause", "pause, or go on; after an answer, do not go on by itself", show=False),
        Binding("plus,equals_sign", "extend", "give 15 seconds more", show=False),
        Binding("x", "skip", "take the question back, after asking: it counts for nobody", show=False),
        Binding("u", "people", "see who is here; send out, ban, rename", show=False),
        Binding("l", "lock", "lock the room, or let people in again", show=False),
        Binding("e", "end", "end the game", show=False),
        Binding("o", "report", "open the report in the browser, once the game is over", show=False),
        Binding("a", "again", "another game with the same players, once this one is over", show=False),
        Binding("up", "scroll(-1)", "scroll", show=False),
        Binding("down", "scroll(1)", "scroll", show=False),
        Binding("pageup", "page(-1)", "scroll by a page", show=False),
        Binding("pagedown", "page(1)", "scroll by a page", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, seen: HostState, clock: Callable[[], float], bell: Bell) -> None:
        super().__init__()
        self.seen = seen
        self._clock = clock
        self._bell = bell
        self._onward_at: float | None = None  # when the room goes on by itself
        self._steps = HostSteps(clock)
        self._ranked_after: int | None = None  # the question after which the standings are shown

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Text(id="warnings")
        with ContentSwitcher(initial="nothing"):
            yield Text(id="nothing")
            yield LobbyView(id="lobby")
            yield AskingView(id="asking", clock=self._clock, bell=self._bell)
            yield RevealedView(id="revealed")
            yield StandingsView(id="standings")
            yield Interlude(*_SKIPPED, id="skipped")
            yield OverView(id="over")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show(self.seen)
        self.set_interval(_TICK, self._tick)
        self.post_message(ScreenReady())  # the room may have been quicker

    @property
    def page(self) -> str:
        """The part of the screen that is shown."""
        match self.seen.phase:
            case "asking" | "paused":
                return "asking"
            case "open":
                return "lobby"
            case "revealed" if self.seen.scene and self._ranked_after == self.seen.scene.number:
                return "standings"
            case "":
                return "nothing"
            case phase:
                return phase

    def show(self, seen: HostState) -> None:
        """Show the room as it is now."""
        self._steps.see(self.seen, seen)
        self.seen = seen
        self._onward_at = None if seen.onward is None else self._clock() + seen.onward
        if seen.phase == "lobby":
            self._ranked_after = None
        warnings = self.query_one("#warnings", Static)
        warnings.display = bool(seen.warnings)
        warnings.update(Content("\n").join(Content(f"! {words}") for words in seen.warnings))
        page, width = self.page, self.app.size.width
        self.query_one(Headline).show(
            lefts(seen, page), rights(seen, page, width, is_time_up=self._steps.is_time_up(seen))
        )
        view = self.query_one(f"#{page}")
        if isinstance(view, LobbyView):
            view.show(seen, warning=self._steps.warned)
        elif isinstance(view, AskingView | RevealedView | StandingsView | Interlude | OverView):
            view.show(seen)
        switcher = self.query_one(ContentSwitcher)
        if switcher.current != page:
            switcher.current = page
            if page == "revealed":
                self.call_after_refresh(self.query_one(ProofView).fit)
            else:
                self.call_after_refresh(self._show_keys)
        self._show_keys()

    def was_refused(self, refusal: protocol.Refusal, seen: HostState) -> bool:
        """True if `refusal` needs no words, because it is of a reveal that the room had just done by itself."""
        return self._steps.is_expected(refusal, seen)

    def action_enter(self) -> None:
        """Go on by one step."""
        match self._steps.enter(self.seen, has_standings=self.page == "standings"):
            case Send(move):
                self._send(move)
            case ShowStandings():
                self._ranked_after = self.seen.number
                self.show(self.seen)
            case Warn(words):
                if self.seen.phase == "lobby":
                    self.show(self.seen)
                else:
                    self.notify(words, severity="warning", markup=False)

    def action_back(self) -> None:
        """Leave the standings for the proof."""
        self._ranked_after = None
        self.show(self.seen)

    def action_pause(self) -> None:
        """Stop the clock and hide the question, or go on."""
        self._send(pause(self.seen))

    def action_extend(self) -> None:
        """Give the question more time."""
        self._send(protocol.Extend(seconds=MORE_SECONDS))

    def action_skip(self) -> None:
        """Void the question, after asking. The last answer does not reveal it behind the dialog."""

        def answered(is_meant: bool | None) -> None:
            if is_meant and can("skip", self.seen):
                self._send(protocol.Skip())
            else:
                self._send(protocol.Hold(held=False))

        self._send(protocol.Hold(held=True))
        self.app.push_screen(TakeBackScreen(self.seen), answered)

    def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        self._send(lock(self.seen))

    def action_people(self) -> None:
        """Show who is in the room."""
        self.app.push_screen(PeopleScreen(self.seen))

    def action_report(self) -> None:
        """Open the report in the browser."""
        self.post_message(ReportWanted())

    def action_again(self) -> None:
        """Begin another game in this room."""
        self._send(protocol.Again())

    def action_end(self) -> None:
        """End the game, after asking."""

        def answered(is_meant: bool | None) -> None:
            if is_meant:
                self._send(protocol.End())

        self.app.push_screen(EndGameScreen(self.seen), answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """True if the action can be done now."""
        match action:
            case "enter":
                return self.page not in ("nothing", "over")
            case "back":
                return self.page == "standings"
            case "scroll" | "page":
                return self.page in ("asking", "revealed")
        return can(action, self.seen)

    def action_scroll(self, by: int) -> None:
        """Scroll what does not fit."""
        self._scrolled.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll it by a page."""
        scrolled = self._scrolled
        scrolled.scroll_relative(y=by * max(scrolled.size.height - 1, 1), animate=False)

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self._show_keys()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)

    @property
    def _scrolled(self) -> Widget:
        if self.page != "revealed":
            return self.query_one("#asking VerticalScroll")
        view = self.query_one(RevealedView)
        return view if view.max_scroll_y else self.query_one(ProofView)

    def _tick(self) -> None:
        if self._onward_at is not None:
            self._show_keys()

    def _send(self, move: protocol.HostMove) -> None:
        self.post_message(MoveMade(move))

    def _show_keys(self) -> None:
        always = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        people = ("u", "people", "screen.people")
        locks = ("l", "unlock" if self.seen.is_locked else "lock", "screen.lock")
        later = [("x", "void", "screen.skip")] if can("skip", self.seen) else []
        later.append(("e", "end", "screen.end"))
        waits: list[Hint] = [("p", "wait", "screen.pause")] if self._onward_at is not None else []
        keys: list[Hint]
        match self.page:
            case "lobby":
                if self.seen.phase == "open":
                    keys = [locks, people, *later]
                else:
                    keys = [("enter", "begin", "screen.enter"), locks, people]
            case "asking":
                more = [("+", f"{MORE_SECONDS:g} s", "screen.extend")] if can("extend", self.seen) else []
                if self.seen.phase == "paused":
                    keys = [("enter", "go on", "screen.enter")]
                else:
                    keys = [("enter", "reveal", "screen.enter"), *self._way_to_see_more, ("p", "pause", "screen.pause")]
                keys += [*more, people, *later]
            case "revealed":
                ranks = self.seen.is_ranked and not self.seen.is_last
                on = "standings" if ranks and self._onward_at is None else self._way_on
                keys = [("enter", on, "screen.enter"), *waits, *self._way_to_see_more, people, *later]
            case "standings":
                keys = [("enter", self._way_on, "screen.enter"), *waits, people, ("esc", "back", "screen.back"), *later]
            case "skipped":
                keys = [("enter", self._way_on, "screen.enter"), *waits, people, *later]
            case "over":
                again: list[Hint] = [("a", "another game", "screen.again")] if can("again", self.seen) else []
                reports: list[Hint] = [("o", "report", "screen.report")] if can("report", self.seen) else []
                keys = [*again, *reports, people]
            case _:
                keys = []
        self.query_one(KeyBar).show([*keys, *always])

    @property
    def _way_to_see_more(self) -> list[Hint]:
        return [("↓", "more", "screen.page(1)")] if self._scrolled.max_scroll_y > 0 else []

    @property
    def _way_on(self) -> str:
        where = "the end" if self.seen.is_last else "next question"
        if self._onward_at is None:
            return where
        return f"{where} in {math.ceil(max(self._onward_at - self._clock(), 0))} s"
