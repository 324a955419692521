"""What the screens look like, held by pictures. `make test ARGS=--snapshot-update` takes them again."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from tools.pictures import FOLDER, pictures, self_contained

from orbitquiz.tui.app import OrbitQuizApp
from tests.tui.playing import right_key, wrong_key


class _SVG(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(_SVG)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("moment", ["asking", "chosen", "right", "wrong", "differ", "leaving", "keys", "end"])
async def test_screen(app: OrbitQuizApp, picture: SnapshotAssertion, moment: str, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        match moment:
            case "chosen":
                await pilot.press("down")
            case "right":
                await pilot.press(right_key(app))
            case "wrong":
                await pilot.press(wrong_key(app))
            case "differ":
                while not app.game.question.sources_differ:
                    await pilot.press(right_key(app), "enter")
                await pilot.press(wrong_key(app))
            case "leaving":
                await pilot.press("q")
            case "keys":
                await pilot.press("question_mark")
            case "end":
                while len(app.game.verdicts) < 3:
                    await pilot.press(wrong_key(app) if app.game.number == 2 else right_key(app), "enter")
        await pilot.pause(0.1)
        svg = self_contained(app.export_screenshot(title=moment))
    assert svg == picture


@pytest.mark.slow
def test_the_pictures_in_the_docs_are_those_of_the_game() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    taken = pictures()
    assert sorted(committed) == sorted(taken)
    stale = [name for name, svg in taken.items() if committed[name] != svg]
    assert stale == [], "run `make pictures`"
