"""Text is selected with the mouse, and control-C copies it."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from orbitquiz.tui.shared.keys import KeysScreen
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.solo.dialogs import LeaveScreen
from tests.tui.screens import SIZE, lines_of


async def drag(pilot: Pilot[Any], app: OrbitQuizApp, words: str) -> None:
    """Select `words` where the screen shows them, as with the mouse."""
    y, line = next((y, line) for y, line in enumerate(lines_of(app)) if words in line)
    x = line.index(words)
    await pilot.mouse_down(offset=(x, y))
    await pilot.hover(offset=(x + len(words), y))
    await pilot.mouse_up(offset=(x + len(words), y))
    await pilot.pause()


async def test_the_question_and_the_proof_are_copied(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        words = app.game.question.stem[:20]
        await drag(pilot, app, words)
        await pilot.press("ctrl+c")
        assert app.clipboard.startswith(words[:-1])  # the cell under the pointer may count or not
        await pilot.press("1")
        await pilot.pause()
        proof = app.screen.query_one("ProofView")
        inside = slice(proof.region.x, proof.region.right)
        shown = [line[inside].strip(" │▌▐") for line in lines_of(app)[proof.region.y + 1 : proof.region.bottom]]
        words = next(line for line in shown if len(line) > 20)[:12]
        await drag(pilot, app, words)
        await pilot.press("ctrl+c")
        assert words[:-1] in app.clipboard
        assert not isinstance(app.screen, LeaveScreen)


async def test_the_screen_of_the_keys_says_so(app: OrbitQuizApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        box = app.screen.query_one("_Table").region
        shown = [line[box.x : box.right].strip() for line in lines_of(app)]
        await pilot.press("end")
        await pilot.pause()
        shown += [line[box.x : box.right].strip() for line in lines_of(app)]
        assert "Select text with the mouse; ctrl+C copies it." in " ".join(shown)
