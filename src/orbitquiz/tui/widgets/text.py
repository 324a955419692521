"""Words that are put in after the widget was made."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Text(Static):
    """A `Static` that is as high as its words, also where they follow at once upon the first layout.

    A widget asks for a layout when it is mounted. Where the screen is laid out before that was heard, and words are put
    in then, Textual (8.2) takes both wishes for one, which it has fulfilled: it goes on with the height that the widget
    had without words.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        if layout and self._layout_required:
            self._layout_updates += 1  # a wish of its own
        super().update(content, layout=layout)
