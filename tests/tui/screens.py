"""Reading the screen of a running program."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.strip import Strip

SIZE = (80, 24)
_HARMFUL = frozenset("\x1b\x07\u202e\x9b\u200b")


def size_name(size: tuple[int, int]) -> str:
    """Return a size as it appears in the name of a test."""
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
    """Return the text on the screen, line by line."""
    return "\n".join(lines_of(app))


def words_of(app: App[Any]) -> str:
    """Return the text on the screen as one line."""
    return " ".join(text_of(app).replace("│", " ").split())


def bottom_of(app: App[Any]) -> str:
    """Return the last line, which names the keys."""
    return lines_of(app)[-1].strip()


def dialog_of(app: App[Any]) -> str:
    """The words of the dialog that lies above another screen."""
    region = app.screen.query("Vertical").first().region
    inner = (strip.crop(region.x + 1, region.right - 1).text for strip in strips_of(app)[region.y : region.bottom])
    return " ".join(" ".join(inner).split())


def style_of(app: App[Any], words: str) -> Style:
    """Return the style of the first `words` on the screen; they must be in one row and have one style."""
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
    """Return the texts that carry a click action of their own."""
    return [
        segment.text
        for strip in strips_of(app)
        for segment in strip
        if segment.style is not None and "@click" in segment.style.meta
    ]
