"""The line at the top of a game: category, progress and points."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from orbitquiz.presenter.outcome import outcome_of
from orbitquiz.quiz.game import Game
from orbitquiz.tui.styles import MOST_MARKS, MUTED, NOW, TO_COME, mark_of

_ROOM_FOR_MARKS = 66
_STREAK, _ROOM_FOR_STREAK = 3, 96  # right answers in a row that are worth mentioning, and the cells that takes


class TopLine(Widget):
    """Category on the left; marks of the questions so far, number and points on the right."""

    def __init__(self, game: Game) -> None:
        super().__init__()
        self.game = game

    def show(self, game: Game) -> None:
        """Show the state of `game`."""
        self.game = game
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = self._place()
        if width >= _ROOM_FOR_MARKS and len(self.game.quiz.questions) <= MOST_MARKS:
            right = self._marks() + Content("   ") + right
        room = width - right.cell_length - 2
        # The least important part goes first; the category is cut only if it is alone.
        left = next((part for part in self._lefts() if part.cell_length <= room), Content(""))
        if not left:
            left = Content(self.game.question.category).truncate(max(room, 0), ellipsis=True)
        return left + Content(" " * (width - left.cell_length - right.cell_length)) + right

    def _lefts(self) -> Iterator[Content]:
        """Yield the left side in several forms, the longest first."""
        brand = Content.assemble(("◗ OrbitQuiz", "bold $primary"), "  ")
        category = Content(self.game.question.category)
        if self.game.question.sources_differ:
            for differ in ("≠ sources differ", "≠"):
                sign = Content.assemble("  ", (differ, "$accent"))
                yield brand + category + sign
                yield category + sign
        yield brand + category
        yield category

    def _place(self) -> Content:
        game = self.game
        return Content.assemble(
            (f"{game.number}", "bold"),
            (f" of {len(game.quiz.questions)}", MUTED),
            f"   {game.points} points",
            (f"   {game.streak} in a row", "$text-success") if self._boasts else "",
        )

    @property
    def _boasts(self) -> bool:
        return self.game.streak >= _STREAK and self.size.width >= _ROOM_FOR_STREAK

    def _marks(self) -> Content:
        game = self.game
        parts = [mark_of(outcome_of(verdict)) for verdict in game.verdicts]
        if game.is_open:
            parts.append((NOW, "$accent"))
        parts.append((TO_COME * (len(game.quiz.questions) - len(parts)), MUTED))
        return Content.assemble(*parts)
