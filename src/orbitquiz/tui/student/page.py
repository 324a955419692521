"""The base of all screens of a student."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.presenter.player_state import PlayerState
from orbitquiz.text.counts import counted
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.votes import Headline

BRAND = Content.styled("◗ OrbitQuiz", "bold $primary")
ALWAYS = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
"""The hints that end every key bar."""


class GoOnAlone(Message):
    """The student wants the next question, at their own pace."""


class Page(Screen[None]):
    """A screen that draws the state of a visit and keeps nothing of it."""

    AUTO_FOCUS = ""

    def top(self) -> ComposeResult:
        """Yield the lines at the top: the place in the game, and that the connection is lost."""
        yield Headline()
        yield Static("Connection lost. Reconnecting…", id="lost")

    def show(self, visit: PlayerState) -> None:
        """Show the visit as it is now."""
        raise NotImplementedError

    def show_top(
        self, visit: PlayerState, place: str = "", category: str = "", *, differ: bool = False, score: int | None = None
    ) -> None:
        """Show category, name, `place` in the quiz and points at the top."""
        self.query_one(Headline).show(_lefts(visit, category, differ=differ), _rights(visit, place, score))
        self.query_one("#lost").display = visit.lost is not None


def _lefts(visit: PlayerState, category: str, *, differ: bool) -> list[Content]:
    gap = Content("  ")
    words = Content(category or (visit.welcome.title if visit.welcome else ""))
    forms = [gap.join([BRAND, words]), words]
    if differ:
        signs = [Content.assemble("  ", (sign, "$accent")) for sign in ("≠ sources differ", "≠")]
        forms = [form + sign for sign in signs for form in forms]
    return forms


def _rights(visit: PlayerState, place: str, score: int | None) -> list[Content]:
    name = Content(visit.welcome.name if visit.welcome else "")
    points = [Content(counted(score, "point"))] if score is not None else []
    where = [Content.styled(place, MUTED)] if place else []
    gap = Content("   ")
    forms = [[name, *where, *points], [*where, *points], where]
    return [gap.join(form) for form in forms if form] or [Content()]
