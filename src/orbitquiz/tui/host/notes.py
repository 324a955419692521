"""The host's notes on a terminal of the teacher's own."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Lost, Update
from orbitquiz.presenter.notes import sections
from orbitquiz.tui.shared.room_app import RoomApp
from orbitquiz.tui.shared.room_messages import ScreenReady
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.text import Text

_PRIVATE = "Notes for the teacher. Keep this window off the projector."


class NotesScreen(Screen[None]):
    """Shows the latest notes."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(_PRIVATE, id="private")
        with VerticalScroll():
            yield Text(id="notes")
        yield KeyBar()

    def on_mount(self) -> None:
        self.post_message(ScreenReady())  # the room may have been quicker
        self.query_one(KeyBar).show([("↑ ↓", "scroll", ""), ("?", "keys", "app.keys"), ("q", "leave", "app.quit")])

    def show(self, content: Content) -> None:
        """Show these notes."""
        self.query_one("#notes", Static).update(content)


class NotesApp(RoomApp):
    """Draws the notes that the room tells."""

    CSS = """
    #private { color: $text-warning; text-style: bold; padding: 0 1; }
    NotesScreen VerticalScroll { height: 1fr; padding: 1 2; }
    """

    content = Content()
    """The notes as they were drawn last."""

    def get_default_screen(self) -> Screen[None]:
        return NotesScreen()

    def on_mount(self) -> None:
        self.converse()

    def told(self, update: Update) -> None:
        """Show the latest notes, or why there are none."""
        match update:
            case protocol.Notes():
                self.content = _drawn(update)
            case Lost(why):
                self.content = Content(f"Connection to the room lost ({why}). Reconnecting…")
            case protocol.Refusal():
                self.content = Content(update.text)
        self._draw()

    @on(ScreenReady)
    def _draw(self) -> None:
        screen = self.screen_stack[0]
        if isinstance(screen, NotesScreen) and screen.is_mounted:
            screen.show(self.content)

    async def action_quit(self) -> None:
        """Leave; the room goes on."""
        self.exit()


def _drawn(notes: protocol.Notes) -> Content:
    lines: list[Content] = []
    for section in sections(notes):
        lines += [Content.styled(section.title, f"bold {MUTED}")]
        lines += [
            Content.styled(line, "bold $text-success" if at == section.key else "")
            for at, line in enumerate(section.lines)
        ]
        lines.append(Content())
    return Content("\n").join(lines)
