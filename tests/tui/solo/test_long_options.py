"""Options of several lines can be read and chosen wherever a game is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.tui.widgets.options import Options
from tests.making import TAIL
from tests.tui.playing import app_for, bank_of, quiz_of
from tests.tui.screens import lines_of, size_name

LONG = "a very long option that goes on and on about the comet and its tail and what the crew said of it, number"
FACT = {
    **TAIL,
    "type": "text",
    "ask": "Which of these did the crew write into the log of the ship in the year in which everybody looked up?",
    "claims": [{"value": f"{LONG} one", "proof": [{"source": "report", "quote": f"{LONG} one"}]}],
    "distractors": [f"{LONG} two", f"{LONG} three", f"{LONG} four"],
}


@pytest.mark.parametrize("size", [(60, 20), (40, 13), (80, 24), (120, 40)], ids=size_name)
@pytest.mark.parametrize("key", ["down", "up"])
async def test_the_highlighted_option_is_in_view_as_a_whole(tmp_path: Path, size: tuple[int, int], key: str) -> None:
    app = app_for(quiz_of(bank_of(tmp_path / "bank", [FACT], documents={"report": f"The log says: {LONG} one. So."})))
    async with app.run_test(size=size) as pilot:
        for _ in range(5):
            await pilot.press(key)
            await pilot.pause()
            options = app.screen.query_one(Options)
            assert options.highlighted is not None
            lines = lines_of(app)
            first = next(n for n, line in enumerate(lines) if "›" in line)
            shown = [line[9:].strip(" ▁▂▃▄▅▆▇█") for line in lines[first : first + 5]]
            assert " ".join(shown).startswith(app.game.question.options[options.highlighted])
            assert lines[first + 1].startswith(" " * 9)  # a hanging indent


@pytest.mark.parametrize("size", [(60, 20), (40, 13)], ids=size_name)
async def test_the_hint_can_be_read_to_its_end(bank: Bank, size: tuple[int, int]) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    hints = 0
    async with app.run_test(size=size) as pilot:
        for _ in app.game.quiz.questions:
            await pilot.press("h")
            await pilot.pause()
            if app.game.hinted:
                hints += 1
                read = set(lines_of(app))
                for _ in range(14):
                    await pilot.press("pagedown")
                    await pilot.pause()
                    read |= set(lines_of(app))
                words = " ".join(line.strip(" ▌▁▂▃▄▅▆▇█") for line in read if "▌" in line)
                assert "____" in words
            await pilot.press("1", "enter")
            await pilot.pause()
    assert hints
