"""The host's screen: one for the whole of a game, whose middle follows the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.host.asking import AskingView
from orbitquiz.tui.host.headline import lefts, rights
from orbitquiz.tui.host.late_joiners import Interlude
from orbitquiz.tui.host.lobby import LobbyView
from orbitquiz.tui.host.over import OverView
from orbitquiz.tui.host.revealed import RevealedView
from orbitquiz.tui.host.standings import StandingsView
from orbitquiz.tui.host.take_back import TakeBackScreen
from orbitquiz.tui.shared.confirm import ConfirmScreen
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Headline, SheetProof

if TYPE_CHECKING:
    from orbitquiz.tui.host.app import HostApp

GIFT = 15.0
"""How many seconds more one key gives."""

GRACE = 0.7
"""For how many seconds enter is kept waiting where it may have been meant for what stood there before.

That is where a question has closed by itself, and after enter has ended a pause.
"""

_SKIPPED = ("The question was taken back.", "It counts for nobody.")


class HostScreen(Screen[None]):
    """Lobby, question, key, standings and end, as the room has them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", "go on: begin, reveal, end a pause, standings, next question", show=False),
        Binding("escape", "back", "from the standings back to the proof", show=False),
        Binding("p", "pause", "stop the clock and hide the question, or go on", show=False),
        Binding("plus,equals_sign", "extend", "give 15 seconds more", show=False),
        Binding("x", "skip", "take the question back, after asking: it counts for nobody", show=False),
        Binding("u", "people", "see who is here; send out, ban, rename", show=False),
        Binding("l", "lock", "lock the room, or let people in again", show=False),
        Binding("e", "end", "end the game", show=False),
        Binding("up", "scroll(-1)", "scroll", show=False),
        Binding("down", "scroll(1)", "scroll", show=False),
        Binding("pageup", "page(-1)", "scroll by a page", show=False),
        Binding("pagedown", "page(1)", "scroll by a page", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, seen: HostState) -> None:
        super().__init__()
        self.seen = seen
        self._ranked_after: int | None = None  # the question after which the standings are shown
        self._asks_again = False  # whether a game without players was asked for once
        self._revealing: int | None = None  # the question whose key the host has asked for
        self._turned_at: float | None = None  # when a question closed by itself, or enter ended a pause
        self._closed_itself: int | None = None  # the question that closed by itself

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Text(id="warnings")
        with ContentSwitcher(initial="nothing"):
            yield Text(id="nothing")
            yield LobbyView(id="lobby")
            yield AskingView(id="asking", clock=self._app.clock)
            yield RevealedView(id="revealed")
            yield StandingsView(id="standings")
            yield Interlude(*_SKIPPED, id="skipped")
            yield OverView(id="over")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show(self._app.seen)  # the room may have been quicker

    @property
    def page(self) -> str:
        """Which part is to be seen."""
        match self.seen.phase:
            case "asking" | "paused":
                return "asking"
            case "revealed" if self.seen.scene and self._ranked_after == self.seen.scene.number:
                return "standings"
            case "":
                return "nothing"
            case phase:
                return phase

    def show(self, seen: HostState) -> None:
        """Show the room as it stands."""
        if self.seen.is_open and seen.phase == "revealed" and self._revealing != _number(seen):
            self._turned_at = self._app.clock()
            self._closed_itself = _number(seen)
        self.seen = seen
        if seen.players:
            self._asks_again = False
        warnings = self.query_one("#warnings", Static)
        warnings.display = bool(seen.warnings)
        warnings.update(Content("\n").join(Content(f"! {words}") for words in seen.warnings))
        page, width = self.page, self.app.size.width
        self.query_one(Headline).show(lefts(seen, page), rights(seen, page, width, is_time_up=self._is_time_up))
        view = self.query_one(f"#{page}")
        if isinstance(view, LobbyView):
            view.show(seen, asks_again=self._asks_again)
        elif isinstance(view, AskingView | RevealedView | StandingsView | Interlude | OverView):
            view.show(seen)
        switcher = self.query_one(ContentSwitcher)
        if switcher.current != page:
            switcher.current = page
            if page == "revealed":
                self.call_after_refresh(self.query_one(SheetProof).fit)
            else:
                self.call_after_refresh(self._show_keys)
        self._show_keys()

    def was_refused(self, refusal: protocol.Refusal) -> bool:
        """Whether `refusal` is of a reveal that came just after the room had done it by itself."""
        revealing, self._revealing = self._revealing, None
        return refusal.reason is Reason.NOT_NOW and revealing is not None and self._app.seen.phase == "revealed"

    def action_enter(self) -> None:
        """Go on by one step."""
        scene = self.seen.scene
        if scene is None:
            return
        match self.page:
            case "lobby" if not self.seen.players and not self._asks_again:
                self._asks_again = True
                self.show(self.seen)
            case "asking" | "revealed" if self._has_just_turned:
                pass
            case "asking" if self.seen.phase == "paused":
                self._turned_at = self._app.clock()
                self._app.tell(protocol.GoOn())
            case "asking":
                self._revealing = scene.number
                self._app.tell(protocol.Reveal())
            case "revealed" if self.seen.is_ranked and not self.seen.is_last:
                self._ranked_after = scene.number
                self.show(self.seen)
            case "lobby" | "revealed" | "standings" | "skipped":
                self._app.tell(protocol.Next(after=scene.number))

    def action_back(self) -> None:
        """Leave the standings for the proof."""
        self._ranked_after = None
        self.show(self.seen)

    def action_pause(self) -> None:
        """Stop the clock and hide the question, or go on."""
        self._app.tell(protocol.GoOn() if self.seen.phase == "paused" else protocol.Pause())

    def action_extend(self) -> None:
        """Give the question more time."""
        self._app.tell(protocol.Extend(seconds=GIFT))

    def action_skip(self) -> None:
        """Take the question back, after asking."""

        def answered(is_meant: bool | None) -> None:
            if is_meant and self.seen.can_take_back:
                self._app.tell(protocol.Skip())

        self.app.push_screen(TakeBackScreen(self.seen), answered)

    def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        self._app.tell(protocol.Lock(locked=not self.seen.is_locked))

    def action_people(self) -> None:
        """Show who is in the room."""
        from orbitquiz.tui.host.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.seen))

    def action_end(self) -> None:
        """End the game, after asking."""

        def answered(is_meant: bool | None) -> None:
            if is_meant:
                self._app.tell(protocol.End())

        taken = " The question that is open is taken back." if self.seen.is_open else ""
        words = f"Everybody sees the result, and nobody can go on.{taken}"
        self.app.push_screen(ConfirmScreen("End this game?", words, "end it", "cancel"), answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        match action:
            case "enter":
                return self.page not in ("nothing", "over")
            case "back":
                return self.page == "standings"
            case "pause":
                return self.seen.is_open
            case "skip":
                return self.seen.can_take_back
            case "extend":
                return self.seen.question is not None and self.seen.question.limit is not None
            case "lock" | "end":
                return self.seen.phase not in ("", "over")
            case "scroll" | "page":
                return self.page in ("asking", "revealed")
        return True

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
        return view if view.max_scroll_y else self.query_one(SheetProof)

    @property
    def _has_just_turned(self) -> bool:
        return self._turned_at is not None and self._app.clock() - self._turned_at < GRACE

    @property
    def _is_time_up(self) -> bool:
        """Whether the question closed by itself, and not because all had answered."""
        scene = self.seen.scene
        return scene is not None and scene.number == self._closed_itself and scene.answered < scene.playing

    @property
    def _app(self) -> HostApp:
        return cast("HostApp", self.app)

    def _show_keys(self) -> None:
        always = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        people = ("u", "people", "screen.people")
        lock = ("l", "unlock" if self.seen.is_locked else "lock", "screen.lock")
        later = [("x", "take back", "screen.skip")] if self.seen.can_take_back else []
        later.append(("e", "end", "screen.end"))
        keys: list[Hint]
        match self.page:
            case "lobby":
                keys = [("enter", "begin", "screen.enter"), lock, people]
            case "asking":
                more = [("+", f"{GIFT:g} s", "screen.extend")] if self.check_action("extend", ()) else []
                if self.seen.phase == "paused":
                    keys = [("enter", "go on", "screen.enter")]
                else:
                    keys = [("enter", "reveal", "screen.enter"), *self._way_to_see_more, ("p", "pause", "screen.pause")]
                keys += [*more, people, *later]
            case "revealed":
                ranks = self.seen.is_ranked and not self.seen.is_last
                on = "standings" if ranks else self._way_on
                keys = [("enter", on, "screen.enter"), *self._way_to_see_more, people, *later]
            case "standings":
                keys = [("enter", self._way_on, "screen.enter"), people, ("esc", "back", "screen.back"), *later]
            case "skipped":
                keys = [("enter", self._way_on, "screen.enter"), people, *later]
            case "over":
                keys = [people]
            case _:
                keys = []
        self.query_one(KeyBar).show([*keys, *always])

    @property
    def _way_to_see_more(self) -> list[Hint]:
        return [("↓", "more", "screen.page(1)")] if self._scrolled.max_scroll_y > 0 else []

    @property
    def _way_on(self) -> str:
        return "the end" if self.seen.is_last else "next question"


def _number(seen: HostState) -> int:
    return seen.scene.number if seen.scene else 0
