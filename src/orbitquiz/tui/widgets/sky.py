"""The sky above the Earth, with the orbit that a game follows. It fills the room in which the proof will stand."""

from __future__ import annotations

import math

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.game import Game, Phase
from orbitquiz.tui.words import NOW, mark_of

_TO_COME = "◦"
_STARS = "··.·˙+·.✦"
_STAR_SHARE = 0.03
_ASPECT = 2.0  # a terminal's cell is about twice as high as wide
_AIR = 1.1  # how thick the air is, in rows


class Sky(Widget):
    """Stars, the limb of the Earth, and a capsule that has come as far on its arc as the player in the quiz."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[str] = []
        self._draw = Draw("sky")

    def show(self, game: Game) -> None:
        """Show how far `game` has come."""
        done = [mark_of(verdict) for verdict in game.verdicts]
        now = [NOW] if game.phase is Phase.ASKING else []
        self._marks = [*done, *now, *[_TO_COME] * (len(game.quiz.questions) - len(done) - len(now))]
        self._draw = Draw(game.quiz.seed, "sky")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        colors = self.app.theme_variables
        ground = self.background_colors[1]
        air, sea, star = (Color.parse(colors[f"sky-{name}"]) for name in ("air", "sea", "star"))
        orbit = self._orbit(width, height)
        segments = []
        for x in range(width):
            # Two halves of a cell, so that the limb is twice as smooth as the cells.
            upper, lower = (_shade(self._depth(x, y + half, width, height), ground, air, sea) for half in (0.25, 0.75))
            if (mark := orbit.get((x, y))) and upper == ground:
                style = (
                    colors["accent"] if mark == NOW else colors["foreground"] if mark != _TO_COME else colors["primary"]
                )
                segments.append(Segment(mark, RichStyle(color=style, bgcolor=ground.hex, bold=mark == NOW)))
            elif upper == lower == ground:
                segments.append(Segment(self._star(x, y), RichStyle(color=star.hex, bgcolor=ground.hex)))
            else:
                segments.append(Segment("▀", RichStyle(color=upper.hex, bgcolor=lower.hex)))
        return Strip(segments, width)

    def _depth(self, x: float, y: float, width: int, height: int) -> float:
        """How many rows (x, y) lies below the limb of the Earth; negative above it."""
        top, radius = self._limb(width, height)
        across = (x - width / 2) / _ASPECT
        return radius - math.hypot(across, y - top - radius) if radius else 0.0

    def _limb(self, width: int, height: int) -> tuple[float, float]:
        """The row of the Earth's highest point and its radius in rows, so that the limb leaves by the lower corners."""
        rise = min(height * 0.45, width / 8)
        half = width / 2 / _ASPECT
        return height - rise, (half * half + rise * rise) / (2 * rise) if rise else 0.0

    def _orbit(self, width: int, height: int) -> dict[tuple[int, int], str]:
        """Where the marks of the questions stand: on an arc above the limb."""
        top, radius = self._limb(width, height)
        count = len(self._marks)
        if height < 5 or count * 2 > width * 0.8:
            return {}
        lift = max(top * 0.55, 2.0)
        places = {}
        for index, mark in enumerate(self._marks):
            x = round(width * (0.12 + 0.76 * (index + 0.5) / count))
            across = (x - width / 2) / _ASPECT
            y = top + radius - math.sqrt(max((radius + lift) ** 2 - across * across, 0))
            places[x, round(y)] = mark
        return places

    def _star(self, x: int, y: int) -> str:
        if self._draw.share(f"{x},{y}") > _STAR_SHARE:
            return " "
        return self._draw.one(_STARS, "star", f"{x},{y}")


def _shade(depth: float, ground: Color, air: Color, sea: Color) -> Color:
    if depth < -_AIR:
        return ground
    if depth < 0:
        return ground.blend(air, (1 + depth / _AIR) ** 2 * 0.5)
    return air.blend(sea, min(depth / 2.5, 1.0))
