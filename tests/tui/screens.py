"""What stands on the screen of a program, whichever program it is."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.strip import Strip

SIZE = (80, 24)
_HARMFUL = frozenset("\x1b\x07\u202e\x9b\u200b")


def size_name(size: tuple[int, int]) -> str:
    """How a size is called in the name of a test."""
    return f"{size[0]}x{size[1]}"


def strips_of(app: App[Any]) -> list[Strip]:
    """The lines on the screen with their styles."""
    strips = app.screen._compositor.render_strips(app.size)
    assert len(strips) == app.size.height
    return strips


def lines_of(app: App[Any]) -> list[str]:
    """The lines on the screen, each as wide as the screen."""
    return [strip.text.ljust(app.size.width) for strip in strips_of(app)]


def text_of(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(lines_of(app))


def words_of(app: App[Any]) -> str:
    """What stands on the screen, wherever its lines end."""
    return " ".join(text_of(app).replace("│", " ").split())


def bottom_of(app: App[Any]) -> str:
    """What the last line says can be done."""
    return lines_of(app)[-1].strip()


def dialog_of(app: App[Any]) -> str:
    """The words of the dialog that lies above another screen."""
    region = app.screen.query("Vertical").first().region
    inner = (strip.crop(region.x + 1, region.right - 1).text for strip in strips_of(app)[region.y : region.bottom])
    return " ".join(" ".join(inner).split())


def style_of(app: App[Any], words: str) -> Style:
    """How the first `words` on the screen are shown; they stand in one row and have one style."""
    for strip in strips_of(app):
        at = strip.text.find(words)
        if at >= 0:
            styles, passed = set(), 0
            for segment in strip:
                if passed < at + len(words) and passed + len(segment.text) > at:
                    styles.add(segment.style)
                passed += len(segment.text)
            (style,) = styles
            assert style is not None
            return style
    raise AssertionError(f"{words!r} is not on the screen")


def unsound_lines(app: App[Any]) -> list[str]:
    """The lines that are not as wide as the screen, and those that hold something a terminal acts on."""
    texts = [strip.text for strip in strips_of(app)]
    return [text for text in texts if cell_len(text) != app.size.width or set(text) & _HARMFUL]


def clickable_in(app: App[Any]) -> list[str]:
    """What does something when it is clicked because its text says so."""
    return [
        segment.text
        for strip in strips_of(app)
        for segment in strip
        if segment.style is not None and "@click" in segment.style.meta
    ]
