"""Text that is set after its widget was mounted."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Text(Static):
    """A `Static` that is as high as its text, even if that is set right after the first layout.

    A widget requests a layout when it is mounted. If the screen is laid out before that request is handled, and text is
    set then, Textual (8.2) merges both requests and considers them done: the widget keeps the height it had without
    text.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        if layout and self._layout_required:
            self._layout_updates += 1  # count this as a request of its own
        super().update(content, layout=layout)
