"""Words are shown whole, whenever they are put in."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Size

from orbitquiz.tui.widgets.text import Text


class _Page(App[None]):
    def compose(self) -> ComposeResult:
        yield Text()


async def test_words_that_come_between_a_wish_for_a_layout_and_its_fulfilment_have_their_room() -> None:
    page = _Page()
    async with page.run_test(size=(20, 10)) as pilot:
        text = page.query_one(Text)
        text.refresh(layout=True)
        page.screen._refresh_layout(Size(20, 10))  # as a change of the screen's size does
        text.update("a question of several lines, as they are")
        await pilot.pause()
        assert text.size.height == 3
