"""The line at the top of a game: where one is, and how it goes."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from orbitquiz.quiz.game import Game, Phase
from orbitquiz.tui.words import MOST_MARKS, NOW, RIGHT, TO_COME, mark_of


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
        game = self.game
        left = Content.assemble(("◗ OrbitQuiz", "bold $primary"), "  ", (game.question.category.title, "$foreground"))
        if game.question.sources_differ:
            left += Content.assemble("  ", ("≠ sources differ", "$accent"))
        total = len(game.quiz.questions)
        place = Content.assemble(
            (f"{game.number}", "bold"), (f" of {total}", "$text-muted"), f"   {game.points} points"
        )
        marks = self._marks()
        room = self.size.width - left.cell_length
        if total <= MOST_MARKS and room >= marks.cell_length + place.cell_length + 6:
            right = marks + Content("   ") + place
        else:
            right = place
        gap = self.size.width - left.cell_length - right.cell_length
        if gap < 2:  # a long category gives way to the player's own figures
            left = left.truncate(max(self.size.width - right.cell_length - 2, 0), ellipsis=True)
            gap = self.size.width - left.cell_length - right.cell_length
        return left + Content(" " * max(gap, 1)) + right

    def _marks(self) -> Content:
        game = self.game
        parts: list[tuple[str, str]] = []
        for verdict in game.verdicts:
            mark = mark_of(verdict)
            parts.append((mark, "$text-success" if mark == RIGHT else "$text-error"))
        if game.phase is Phase.ASKING:
            parts.append((NOW, "$accent"))
        parts.append((TO_COME * (len(game.quiz.questions) - len(parts)), "$text-muted"))
        return Content.assemble(*parts)
