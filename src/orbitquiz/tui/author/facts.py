"""The list of the facts about a document."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from orbitquiz.authoring.workspace.workspace import Row
from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import MUTED

_DRAFT, _BROKEN, _CLEARED = "○", "!", "●"


class FactList(OptionList):
    """Facts, each with a sign: cleared, a draft, or not valid."""

    def __init__(self) -> None:
        super().__init__(id="facts", markup=False)
        self._shown: tuple[str, ...] = ()

    def show(self, rows: Sequence[Row], open_id: str | None) -> None:
        """List `rows`, with the open one highlighted."""
        self.clear_options()
        self.add_options([Option(_line(row), row.id) for row in rows])
        self._shown = tuple(row.id for row in rows)
        # A list that is filled before its first layout would stay as high as it was without rows.
        self.call_after_refresh(self.refresh, layout=True)
        if open_id in self._shown:
            self.highlighted = self._shown.index(open_id)


def _line(row: Row) -> Content:
    sign = _BROKEN if row.problems else _DRAFT if row.is_draft else _CLEARED
    style = "$text-error" if row.problems else "$accent" if row.is_draft else "$text-success"
    return Content.assemble((sign, style), " ", line_of(row.value), ("  " + line_of(row.label), MUTED))
