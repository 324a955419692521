"""The lobby on the host's screen: how to join, and the players."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import segno
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from orbitquiz.presenter.host_state import HostState
from orbitquiz.presenter.own_pace import closing
from orbitquiz.quiz.game import Scoring
from orbitquiz.text.counts import counted
from orbitquiz.tui.host.names import Names
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.big_letters import ROWS, drawn, large_lines, picture, scale_for
from orbitquiz.tui.widgets.lines import Lines, wrapped
from orbitquiz.tui.widgets.text import Text

_BLACK_ON_WHITE = "#000000 on #ffffff"  # in any theme: cameras want it so
_OTHERS = 3  # further addresses that are shown


class LobbyView(Vertical):
    """The address, the code in large letters, a QR code where it fits, and names as they come."""

    def compose(self) -> ComposeResult:
        yield How()
        yield LargeCommand()
        with Horizontal():
            with Vertical(id="who"):
                yield LargeCode()
                yield Text(id="count")
                yield Names()
            yield QRCode()

    def show(self, seen: HostState, *, warning: str | None = None) -> None:
        """Show who is here, or a `warning` instead of how many."""
        self.query_one(How).show(seen)
        self.query_one(LargeCommand).show(f"orbitquiz join {seen.hosted.address}")
        self.query_one(LargeCode).show(seen.hosted.code)
        self.query_one("#count", Static).update(_count(seen, warning))
        self.query_one(Names).show(seen.players, seen.welcome.teams if seen.welcome else ())
        self.query_one(QRCode).show("" if seen.only_here else seen.url)
        self.fit()

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Give the QR code what room there is beside the letters."""
        above = (self.query_one(How), self.query_one(LargeCommand))
        below = self.size.height - sum(part.outer_size.height for part in above if part.display) - 1
        self.query_one(QRCode).fit(Size(self.size.width, below), self.query_one(LargeCode).needs)


class How(Lines):
    """The ways to join, from a phone and from a terminal. An address stays on one line where it fits."""

    def __init__(self) -> None:
        super().__init__()
        self._command = self._page = ""
        self._only_here: str | None = None
        self._others: Sequence[str] = ()

    def show(self, seen: HostState) -> None:
        """Show how to join."""
        hosted = seen.hosted
        told = (hosted.command, hosted.page, seen.only_here, [str(address) for address in hosted.others[:_OTHERS]])
        if told != (self._command, self._page, self._only_here, self._others):
            self._command, self._page, self._only_here, self._others = told
            self.refresh(layout=True)

    def lines(self, width: int) -> Iterator[Content]:
        label = "In a browser:" if self._only_here else "On a phone, open:"
        yield from self._way(label, self._page, width)
        yield from self._way("At a terminal:", self._command, width)
        if self._others:
            yield from wrapped(Content.styled(f"Or at: {', '.join(self._others)}", MUTED), width)
        if self._only_here:
            yield from wrapped(Content.styled(self._only_here, MUTED), width)

    def _way(self, label: str, words: str, width: int) -> Iterator[Content]:
        """Show one way to join: on one line where it fits."""
        about, what = Content.styled(f"{label:<17}", MUTED), Content.styled(words, "bold $accent")
        line = about + Content("  ") + what
        yield from [line] if line.cell_length <= width else [about, *wrapped(what, width)]


class LargeCommand(Widget):
    """The command without the code in large letters, on large terminals only."""

    _TALL = 44  # rows of a terminal with much room

    def __init__(self) -> None:
        super().__init__()
        self._command = ""

    def show(self, command: str) -> None:
        """Show `command`."""
        if command != self._command:
            self._command = command
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content.styled("\n".join(self._lines(self.content_size.width)), "bold")

    def _lines(self, width: int) -> list[str]:
        lines = large_lines(self._command, width) if self.app.size.height >= self._TALL else None
        return [*lines, ""] if lines and len(lines) <= ROWS else []  # on one line


class LargeCode(Widget):
    """The code of the room, readable from the back row."""

    _MARGIN = 6  # cells beside it
    _SHARE = 4  # the part of the terminal's rows that it may take

    def __init__(self) -> None:
        super().__init__()
        self._code = ""

    def show(self, code: str) -> None:
        """Show `code`."""
        if code != self._code:
            self._code = code
            self.refresh(layout=True)

    @property
    def needs(self) -> int:
        """The cells without which it would not be large."""
        pixels = picture(self._code)
        return (len(pixels[0]) if pixels else len(self._code)) + self._MARGIN

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content.styled("\n".join(self._lines(self.content_size.width)), "bold $accent")

    def _lines(self, width: int) -> list[str]:
        if pixels := picture(self._code):
            pixels = pixels[:-1]  # nothing in it goes below the line
            if scale := scale_for(pixels, width, self.app.size.height // self._SHARE, most=3):
                return drawn(pixels, scale)
        return [self._code]


class QRCode(Widget):
    """An address as a QR code, as large as there is room for."""

    _MOST = 2  # times the smallest size, in which each pixel is half a cell

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._pixels: Sequence[Sequence[bool]] = ()
        self._lines: list[str] = []
        self.display = False

    def show(self, text: str) -> None:
        """Show `text`; nothing where there is none."""
        if text != self._text:
            self._text = text
            code = segno.make_qr(text, error="l") if text else None
            # `matrix_iter` adds the quiet zone that the standard asks for.
            self._pixels = [[bool(module) for module in row] for row in code.matrix_iter()] if code else ()

    def fit(self, room: Size, beside: int) -> None:
        """Take as much of `room` as is of use, and leave `beside` cells for others, more where it is larger."""
        scales = [
            scale_for(self._pixels, room.width - most * beside, room.height, most)
            for most in range(self._MOST if self._pixels else 0, 0, -1)
        ]
        scale = max(scales, default=0)
        self.display = scale > 0
        self._lines = drawn(self._pixels, scale) if scale else []
        self.styles.width = len(self._lines[0]) if scale else 0
        self.styles.height = len(self._lines)
        self.refresh()

    def render(self) -> Content:
        return Content("\n").join(Content.styled(line, _BLACK_ON_WHITE) for line in self._lines)


def _count(seen: HostState, warning: str | None) -> Content:
    players = len(seen.players)
    if warning and not players:
        return Content.styled(warning, "bold $text-warning")
    words = counted(players, "player") if players else "Nobody is here yet."
    if seen.phase == "open" and seen.scene and seen.welcome:
        words = f"{seen.scene.answered} of {counted(players, 'player')} done"
        closes = closing(seen.welcome.closes)
        pace = f"Everybody answers at their own pace. {closes}".rstrip()
        locked = "   locked" if seen.is_locked else ""
        return Content.assemble((words, "bold"), (locked, "bold $text-warning"), ("\n" + pace, "$accent"))
    away = f", {seen.away} away" if seen.away else ""
    locked = "   locked" if seen.is_locked else ""
    speed = "\nFaster answers pay more." if seen.welcome and seen.welcome.scoring is Scoring.SPEED else ""
    return Content.assemble((words, "bold"), (away, MUTED), (locked, "bold $text-warning"), (speed, "$accent"))
