"""Choices for reviews."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from orbitquiz.presenter.review import changed, review_entries
from orbitquiz.session.returning import ReviewOptions
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.keybar import KeyBar


class ReviewOptionsScreen(ModalScreen[ReviewOptions]):
    """Shows the choices for reviews with their values, and answers them as they were changed."""

    CSS = """
    ReviewOptionsScreen OptionList {
        height: auto;
        border: none;
        background: transparent;
        padding: 0;
        margin-top: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    ReviewOptionsScreen OptionList > .option-list--option-highlighted {
        background: $ground-chosen;
        color: $foreground;
        text-style: bold;
    }
    ReviewOptionsScreen #help {
        color: $foreground 65%;
        height: 2;
        margin-top: 1;
    }
    """
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "change the highlighted value", show=False, priority=True),
        Binding("left", "step(-1)", "change the highlighted value back", show=False, priority=True),
        Binding("escape,q,e", "done", "back to the menu", show=False),
    ]

    def __init__(self, options: ReviewOptions) -> None:
        super().__init__(classes="dialog dense")
        self.options = options

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("Reviews", "bold"))
            yield OptionList(*self._lines(), markup=False)
            yield Static(id="help")
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0
        self.query_one(KeyBar).show([("← →", "change", "screen.step(1)"), ("esc", "done", "screen.done")])

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Explain the highlighted line."""
        message.stop()
        self.query_one("#help", Static).update(Content(list(review_entries(self.options))[message.option_index].help))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Change the value that was clicked, or on which enter was pressed."""
        message.stop()
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Step through the values of the highlighted line."""
        listed = self.query_one(OptionList)
        if (index := listed.highlighted) is not None:
            self.options = changed(self.options, list(review_entries(self.options))[index].action, by)
            listed.replace_option_prompt_at_index(index, self._lines()[index])

    def action_done(self) -> None:
        """Go back with what was chosen."""
        self.dismiss(self.options)

    def _lines(self) -> list[Content]:
        entries = list(review_entries(self.options))
        width = max(len(entry.title) for entry in entries) + 2
        return [Content.assemble(f"{entry.title:<{width}}", (f"‹ {entry.detail} ›", MUTED)) for entry in entries]
