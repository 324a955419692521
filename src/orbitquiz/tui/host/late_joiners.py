"""Directions for latecomers, on the host's screens."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.host.board import LARGE_FROM, in_large_letters
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.lines import wrapped

_LATE = "Late? Join at your terminal:"


class JoinLine(Widget):
    """The way to join, on one line; nothing once the room is locked."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: list[Content] = []

    def show(self, seen: HostState) -> None:
        """Show how the room is joined."""
        command = seen.hosted.command
        forms = ((_LATE, command), ("Join:", command), ("Join:", f"{seen.hosted.address}  {seen.hosted.code}"))
        self._forms = [Content.assemble((label, MUTED), "  ", (join, "bold $accent")) for label, join in forms]
        self.display = not seen.is_locked
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        fitting = [form for form in self._forms if form.cell_length <= width]
        return next(iter(fitting or self._forms[-1:]), Content()).truncate(max(width, 1))


class Interlude(Widget):
    """Words while no question is to be seen, and how those who are late can join: large where there is room."""

    def __init__(self, *words: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = words
        self._command = ""

    def show(self, seen: HostState) -> None:
        """Show how the room is joined, unless it is locked."""
        self._command = "" if seen.is_locked else seen.hosted.command
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        has_room = self.app.size.width >= LARGE_FROM and self.screen.has_class("-very-tall")
        lines = (self._large(width) if has_room else None) or self._plain(width)
        return Content("\n").join(line.truncate(max(width, 1)) for line in lines)

    def _plain(self, width: int) -> list[Content]:
        words = [Content.styled(line, "bold") for line in self._words]
        if not self._command:
            return words
        command = wrapped(Content.styled(self._command, "bold $accent"), width)
        return [*words, Content(), Content(), Content.styled(_LATE, MUTED), *command]

    def _large(self, width: int) -> list[Content] | None:
        parts: list[tuple[str, str]] = [(line, "bold") for line in self._words]
        if self._command:
            begin, option, code = self._command.partition(" --code")  # not to be broken elsewhere
            parts += [("", ""), (_LATE, MUTED), (begin, "bold $accent"), (option + code, "bold $accent")]
        drawn = [in_large_letters(text, width, style) if text else [Content()] for text, style in parts]
        found = [lines for lines in drawn if lines is not None]
        if len(found) < len(drawn) or sum(len(lines) + 1 for lines in found) > self.size.height:
            return None
        return [line for lines in found for line in (*lines, Content())]
