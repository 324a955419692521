"""A question for the back row: its stem and its options, as large as the terminal has room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from orbitquiz.classroom.protocol import QuestionOut
from orbitquiz.tui.widgets.big_letters import large_lines
from orbitquiz.tui.widgets.lines import hanging, wrapped

_MARGIN = 2  # cells beside all of it
_WIDEST = 120  # cells of a line that can still be read
_WIDE = 140  # cells of a terminal in which options stand side by side
LARGE_FROM = 100
"""The cells of a terminal from which on large letters are used, where they fit."""
_CARD = "on $surface"
_TEXT_AT = 3  # cells of a card before its text
_CARD_ROWS = 3  # of text


@dataclass(frozen=True)
class _Grid:
    """Options in columns within `width` cells: `gap` blank rows between two, `padding` blank ones within each."""

    width: int
    columns: int
    gap: int
    padding: int = 0

    _BETWEEN = 4  # cells between two columns

    @property
    def column(self) -> int:
        """The cells of one column."""
        return (self.width - self._BETWEEN * (self.columns - 1)) // self.columns

    def laid_out(self, options: Sequence[list[Content]]) -> list[Content]:
        """Return the lines of all `options`."""
        lines: list[Content] = []
        for at in range(0, len(options), self.columns):
            beside = options[at : at + self.columns]
            tallest = max(map(len, beside))
            blank = _filled(Content(), self.column)
            filled = [[*each, *[blank] * (tallest - len(each))] for each in beside]
            lines += [Content()] * self.gap if lines else []
            lines += [Content(" " * self._BETWEEN).join(parts) for parts in zip(*filled, strict=True)]
        return lines


_Maker = Callable[[str, "_Grid"], list[Content] | None]


class Board(Widget):
    """Stem and options. It has the first of all forms that fits, or else the smallest.

    The options have no numbers here: each student sees them in another order.
    """

    def __init__(self) -> None:
        super().__init__()
        self._stem = ""
        self._texts: Sequence[str] = ()

    def show(self, question: QuestionOut) -> None:
        """Show `question`."""
        texts = [option.text for option in question.options]
        passages = [f"{passage.heading}: “{passage.text}”" for passage in question.passages]
        stem = "\n".join([*passages, question.stem])
        if (stem, texts) != (self._stem, self._texts):
            self._stem, self._texts = stem, texts
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._lines(width, container.height)), container.height)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width, self.size.height))

    def _lines(self, width: int, height: int) -> list[Content]:
        lines: list[Content] = []
        for lines in self._forms(width):
            if len(lines) <= height:
                return [Content()] * min((height - len(lines)) // 3, 4) + lines
        return lines

    def _forms(self, width: int) -> Iterator[list[Content]]:
        """Yield all forms, the largest first."""
        if width >= LARGE_FROM:
            large_stem = in_large_letters(self._stem, width - 4 * _MARGIN)
            is_wide = width >= _WIDE
            for columns, make in ((1, _large_card), (2, _large_card), (2, _card)) if is_wide else _NARROWER:
                grid = _Grid(width - 4 * _MARGIN, columns, gap=1, padding=1)
                yield from self._form(large_stem, grid, make, 2, 2 * _MARGIN)
        room = min(width - 2 * _MARGIN, _WIDEST)
        left = (width - room) // 2
        stem = wrapped(Content.styled(self._stem, "bold"), room)
        for columns, padding, gap in ((2, 2, 2), (2, 1, 1)) if width >= _WIDE else ():
            yield from self._form(stem, _Grid(room, columns, gap, padding), _card, gap + 1, left)
        for padding, after in ((1, 2), (0, 2), (0, 1)):
            yield from self._form(stem, _Grid(room, 1, 1, padding), _card, after, left)
        for after, gap in ((2, 1), (1, 1), (1, 0)):
            yield from self._form(stem, _Grid(room, 1, gap), _row, after, left)

    def _form(
        self, stem: Sequence[Content] | None, grid: _Grid, make: _Maker, after: int, left: int
    ) -> Iterator[list[Content]]:
        """The stem and below it the options as `make` draws them; nothing where one of them cannot be drawn so."""
        drawn = [make(text, grid) for text in self._texts]
        options = [each for each in drawn if each is not None]
        if stem is not None and len(options) == len(drawn):
            lines = [*stem, *[Content()] * after, *grid.laid_out(options)]
            yield [line.pad_left(left) for line in lines]


def in_large_letters(text: str, width: int, style: str = "") -> list[Content] | None:
    """`text` in large letters in `width` cells; None where these have no room."""
    lines = large_lines(text, width)
    return None if lines is None else [Content.styled(line, style) for line in lines]


def _large_card(text: str, grid: _Grid) -> list[Content] | None:
    """Return the text in large letters."""
    words = in_large_letters(text, grid.column - _TEXT_AT - _MARGIN)
    return None if words is None else _on_card([line.pad_left(_TEXT_AT) for line in words], grid)


def _card(text: str, grid: _Grid) -> list[Content]:
    """Return the text in the middle of as many rows as a large letter has."""
    words = wrapped(Content.styled(text, "bold"), grid.column - _TEXT_AT - _MARGIN)
    above, below = divmod(max(_CARD_ROWS - len(words), 0), 2)
    lines = [*[Content()] * above, *words, *[Content()] * (above + below)]
    return _on_card([line.pad_left(_TEXT_AT) for line in lines], grid)


def _row(text: str, grid: _Grid) -> list[Content]:
    head = Content.assemble((" • ", "bold $primary"), " ")
    return list(hanging(head, Content(text), grid.column))


def _on_card(lines: Sequence[Content], grid: _Grid) -> list[Content]:
    blank = [Content()] * grid.padding
    return [_filled(line, grid.column) for line in (*blank, *lines, *blank)]


_NARROWER: tuple[tuple[int, _Maker], ...] = ((1, _large_card), (1, _card), (1, _row))


def _filled(line: Content, width: int) -> Content:
    return line.pad_right(max(width - line.cell_length, 0)).stylize_before(_CARD)
