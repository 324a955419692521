"""What all screens of a student have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.presenter.player_state import PlayerState
from orbitquiz.text.counts import counted
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.votes import Headline

if TYPE_CHECKING:
    from orbitquiz.tui.student.app import StudentApp

BRAND = Content.styled("◗ OrbitQuiz", "bold $primary")
ALWAYS = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
"""The hints that end every key bar."""


class Page(Screen[None]):
    """A screen that draws how a visit stands, and keeps nothing of it."""

    AUTO_FOCUS = ""

    def top(self) -> ComposeResult:
        """The lines at the top: where one is, and whether the connection is lost."""
        yield Headline()
        yield Static("Connection lost, trying again…", id="lost")

    def show(self, visit: PlayerState) -> None:
        """Show the visit as it stands now."""
        raise NotImplementedError

    def show_top(
        self, visit: PlayerState, place: str = "", category: str = "", *, differ: bool = False, score: int | None = None
    ) -> None:
        """Say at the top what is asked about, who plays, the `place` in the quiz and the points."""
        self.query_one(Headline).show(_lefts(visit, category, differ=differ), _rights(visit, place, score))
        self.query_one("#lost").display = visit.lost is not None

    @property
    def student(self) -> StudentApp:
        """The program that this is a screen of."""
        return cast("StudentApp", self.app)


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
