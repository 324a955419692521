"""Text from a bank is shown as it stands and never acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import ENTITIES, REPORT, TAIL
from tests.tui.playing import SIZE, app_for, bank_of, quiz_of, right_key, text_of

NASTY = ["[red]x[/red]", "[@click=app.quit]x[/]", "[/]", "{x}", "\x1b]52;c;eA==\x07", "a\u202eb", "a\u200bb", "\x9bm"]


def harmless(text: str) -> str:
    """How `text` is to look on the screen."""
    for code, shown in {
        "\x1b": "␛",
        "\x07": "␇",
        "\u202e": "⟨U+202E⟩",
        "\u200b": "⟨U+200B⟩",
        "\x9b": "⟨U+009B⟩",
    }.items():
        text = text.replace(code, shown)
    return text


@pytest.mark.parametrize("nasty", NASTY)
async def test_in_stem_option_statement_note_and_names(tmp_path: Path, nasty: str) -> None:
    fact = {
        **TAIL,
        "type": "text",
        "ask": f"S{nasty}?",
        "statement": f"T{nasty} {{value}}.",
        "note": f"N{nasty}",
        "distractors": [f"O{nasty}", "as long as a river", "as long as a street"],
    }
    bank = bank_of(tmp_path / "bank", [fact])
    app = app_for(quiz_of(bank))
    async with app.run_test(size=SIZE) as pilot:
        shown = harmless(nasty)
        screen = text_of(app)
        assert f"S{shown}?" in screen
        assert f"O{shown}" in screen
        await pilot.press(right_key(app))
        await pilot.pause()
        screen = text_of(app)
        assert f"T{shown}" in screen
        assert f"N{shown}" in screen
        assert app.is_running


@pytest.mark.parametrize("nasty", NASTY)
async def test_in_passage_and_title(tmp_path: Path, nasty: str) -> None:
    report = REPORT.replace("The comet crew\n", f"Title {nasty}\n").replace("The tail was", f"P{nasty} The tail was")
    bank = bank_of(tmp_path / "bank", [TAIL], documents={"report": report}, entities=ENTITIES)
    app = app_for(quiz_of(bank))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(right_key(app))
        await pilot.pause()
        screen = text_of(app)
        assert f"Title {harmless(nasty)}" in screen
        assert f"P{harmless(nasty)}" in screen


async def test_in_the_end_screen_and_the_category(tmp_path: Path) -> None:
    fact = {**TAIL, "ask": "S[red]x[/red]?", "statement": "T[/] {value}."}
    app = app_for(quiz_of(bank_of(tmp_path / "bank", [fact])), notices=["[red]notice[/red]"])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert "[red]notice[/red]" in text_of(app)
        await pilot.press(right_key(app), "enter")
        await pilot.pause()
        screen = text_of(app)
        assert "S[red]x[/red]?" in screen
        assert "T[/] 2.5 kilometres" in screen
