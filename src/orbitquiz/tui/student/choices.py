"""The options of a question that waits for a student's answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from orbitquiz.classroom.protocol import OptionOut
from orbitquiz.tui.widgets.options import Options, Row, State


class Choices(Options):
    """The options, and which one the student has picked; those that count no more are dimmed."""

    def __init__(self) -> None:
        super().__init__()
        self._options: Sequence[OptionOut] = ()
        self._is_open = False

    def show(
        self, options: Sequence[OptionOut], picked: str | None, *, is_open: bool, tried: Collection[str] = ()
    ) -> None:
        """Show `options`: to choose from where `is_open`, else with the one that was `picked` standing out.

        Those that were `tried` are no choice any more.
        """
        highlighted = self.highlighted if options == self._options and is_open else None
        self._options, self._is_open = options, is_open
        rows = []
        for option in options:
            if is_open and option.id not in tried:
                rows.append(Row(option.text))
            elif option.id == picked:
                rows.append(Row(option.text, State.CHOSEN, "your answer"))
            else:
                rows.append(Row(option.text, State.PAST))
        self.set_rows(rows)
        self.highlight(highlighted)

    def move(self, by: int) -> None:
        """Move the highlight while an answer is wanted."""
        if self._is_open and self._options:
            super().move(by)
