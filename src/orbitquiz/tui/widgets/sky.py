"""The sky above the Earth, with the orbit that a game follows. It fills the room in which the proof will stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from orbitquiz.presenter.outcome import outcome_of
from orbitquiz.quiz.draw import Draw
from orbitquiz.quiz.game import Game
from orbitquiz.tui.styles import NOW, fitted

_TO_COME = "◦"
_STARS = "··.·˙+·.✦"
_STAR_SHARE = 0.03
_ASPECT = 2.0  # a terminal's cell is about twice as high as wide
_AIR = 1.1  # how thick the air is, in rows
_SHALLOWS = 2.5  # in how many rows below the limb the colour of the air becomes that of the sea
_CAPTION_ROW, _CAPTION_NEEDS = 1, 8  # in which row the quiz's title stands, and how many rows that takes
_SHADES = 8  # steps of colour in a row


class Sky(Widget):
    """Stars, the limb of the Earth, and a capsule that has come as far on its arc as the player in the quiz.

    At the first question, the sky says what the quiz is about.
    """

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[str] = []
        self._caption = ""
        self._seed: tuple[str, ...] = ("sky",)
        self._styles: dict[tuple[object, ...], RichStyle] = {}

    def show(self, game: Game) -> None:
        """Show how far `game` has come."""
        done = [outcome_of(verdict).mark for verdict in game.verdicts]
        now = [NOW] if game.is_open else []
        self._marks = [*done, *now, *[_TO_COME] * (len(game.quiz.questions) - len(done) - len(now))]
        self._seed = (game.quiz.seed, "sky")
        self._caption = game.quiz.title if now and not done else ""
        self.refresh()

    def dream(self, of: str) -> None:
        """Show the sky where no game is on."""
        if (self._marks, self._seed, self._caption) != ([], (of, "sky"), ""):
            self._marks, self._seed, self._caption = [], (of, "sky"), ""
            self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()  # another theme has other colours

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if y == _CAPTION_ROW and height >= _CAPTION_NEEDS and self._caption:
            return self._captioned(width)
        stars, earth = _stars(self._seed, y, width), _shades(y, width, height)
        orbit = {x: mark for (x, row), mark in self._orbit(width, height).items() if row == y}
        if not earth and not orbit:
            return Strip([Segment(stars, self._style("star"))], width)
        cells = [
            ("▀" if upper != lower else " ", self._style(upper, lower))
            if upper or lower
            else (mark, self._style(mark))
            if (mark := orbit.get(x))
            else (stars[x], self._style("star"))
            for x, (upper, lower) in enumerate(earth or [(0, 0)] * width)
        ]
        runs = groupby(cells, lambda cell: cell[1])
        return Strip([Segment("".join(text for text, _ in run), style) for style, run in runs], width)

    def _captioned(self, width: int) -> Strip:
        caption = fitted(self._caption, width - 4)
        left = (width - cell_len(caption)) // 2
        right = width - left - cell_len(caption)
        sky = self._style("star")
        return Strip([Segment(" " * left, sky), Segment(caption, sky), Segment(" " * right, sky)], width)

    def _style(self, *what: str | int) -> RichStyle:
        """The style of a star, of a mark, or of a cell with two shades."""
        if what not in self._styles:
            colors = self.app.theme_variables
            ground = self.background_colors[1]
            if what == ("star",):
                style = RichStyle(color=colors["sky-star"], bgcolor=ground.hex)
            elif isinstance(what[0], str):
                name = {NOW: "accent", _TO_COME: "primary"}.get(what[0], "foreground")
                style = RichStyle(color=colors[name], bgcolor=ground.hex, bold=what == (NOW,))
            else:
                air, sea = Color.parse(colors["sky-air"]), Color.parse(colors["sky-sea"])
                upper, lower = (_color(int(shade), ground, air, sea).hex for shade in what)
                style = RichStyle(color=upper, bgcolor=lower)
            self._styles[what] = style
        return self._styles[what]

    def _orbit(self, width: int, height: int) -> dict[tuple[int, int], str]:
        """Where the marks of the questions stand: on an arc above the limb."""
        top, radius = _limb(width, height)
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


@lru_cache(maxsize=256)
def _stars(seed: tuple[str, ...], y: int, width: int) -> str:
    """Return a row of the sky without the Earth. Kept, because screens that share a sky draw it again and again."""
    draw = Draw(*seed)
    places = (draw.number(f"{x},{y}") for x in range(width))
    return "".join(_STARS[place % len(_STARS)] if place < _STAR_SHARE * (1 << 64) else " " for place in places)


@lru_cache(maxsize=256)
def _shades(y: int, width: int, height: int) -> Sequence[tuple[int, int]]:
    """Return two shades for each cell of a row, so that the limb is twice as smooth as the cells.

    0 is the sky, up to `_SHADES` the air, and more the Earth below it. A row above the air has none.
    """
    top, radius = _limb(width, height)
    if y + 1 < top - _AIR:
        return ()
    centre = top + radius
    upper, lower = (
        [_shade(radius - math.hypot((x - width / 2) / _ASPECT, at - centre)) for x in range(width)]
        for at in (y + 0.25, y + 0.75)
    )
    return tuple(zip(upper, lower, strict=True))


def _shade(depth: float) -> int:
    """Return the shade at so many rows below the limb."""
    if depth < 0:
        return max(round((1 + depth / _AIR) * _SHADES), 0)
    return _SHADES + 1 + round(min(depth / _SHALLOWS, 1.0) * _SHADES)


def _limb(width: int, height: int) -> tuple[float, float]:
    """Return the row of the Earth's highest point and its radius in rows, so that the limb ends in both corners."""
    rise = max(min(height * 0.45, width / 8), 0.5)
    half = width / 2 / _ASPECT
    return height - rise, (half * half + rise * rise) / (2 * rise)


def _color(shade: int, ground: Color, air: Color, sea: Color) -> Color:
    if shade <= _SHADES:
        return ground.blend(air, (shade / _SHADES) ** 2 * 0.5)
    return air.blend(sea, (shade - _SHADES - 1) / _SHADES)
