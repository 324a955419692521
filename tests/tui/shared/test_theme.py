"""The theme that a player chose, and terminals that are to have no colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.session.preferences import Preferences, load_preferences, save_preferences
from orbitquiz.tui.solo.app import OrbitQuizApp
from tests.tui.playing import app_for, quiz_of, right_key
from tests.tui.screens import SIZE, lines_of, strips_of, text_of

DAY, NIGHT = "orbit-day", "orbit-night"


async def test_the_chosen_theme_is_remembered(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    app = app_for(quiz_of(bank), bank=bank, folder=kept)
    async with app.run_test(size=SIZE) as pilot:
        assert app.theme == NIGHT
        await pilot.pause()
        assert not (kept / "preferences.json").exists()
        app.theme = DAY
        await pilot.pause()
        assert load_preferences(kept) == Preferences(DAY)
    for quiz in (None, quiz_of(bank)):
        again = app_for(quiz, bank=bank, folder=kept)
        assert again.theme == DAY
        async with again.run_test(size=SIZE):
            assert again.theme == DAY
    assert [path.name for path in kept.iterdir() if "preferences" in path.name] == ["preferences.json"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"orbit-day"',
        b'{"theme": 1}',
        b'{"theme": null}',
        b'{"theme": ["orbit-day"]}',
        b'{"theme": "no such theme"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"theme": "\\ud800"}',
        b'{"Theme": "orbit-day"}',
    ],
    ids=range(13),
)
def test_a_broken_file_is_ignored(bank: Bank, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "preferences.json").write_bytes(raw)
    assert app_for(quiz_of(bank), bank=bank, folder=tmp_path).theme == NIGHT


async def test_a_broken_file_is_mended_with_the_next_choice(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_bytes(b"{")
    app = app_for(quiz_of(bank), bank=bank, folder=tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.theme = DAY
        await pilot.pause()
    assert load_preferences(tmp_path).theme == DAY


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    save_preferences(tmp_path / "file", Preferences(DAY))
    assert load_preferences(tmp_path / "file").theme is None
    assert (tmp_path / "file").read_text() == "no folder"


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").mkdir()
    save_preferences(tmp_path, Preferences(DAY))
    assert load_preferences(tmp_path).theme is None
    assert [path.name for path in tmp_path.iterdir()] == ["preferences.json"]


async def _play_a_little(app: OrbitQuizApp) -> list[str]:
    seen = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        seen.append(text_of(app))
        await pilot.press("down")
        await pilot.pause()
        seen.append(text_of(app))
        await pilot.press(right_key(app))
        await pilot.pause()
        seen.append(text_of(app))
    return seen


def _colors(app: OrbitQuizApp) -> set[tuple[int, int, int]]:
    """The colours that are drawn, after Textual's filters."""
    found = set()
    background = app.screen.background_colors[1]
    for strip in strips_of(app):
        for filtered in app._filters:
            strip = strip.apply_filter(filtered, background)
        for segment in strip:
            for color in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if color is not None and color.triplet:
                    found.add(tuple(color.triplet))
    return found  # type: ignore[return-value]


async def test_without_colours_nothing_is_coloured_and_nothing_is_lost(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = await _play_a_little(app_for(quiz_of(bank), bank=bank))
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert any(len(set(color)) > 1 for color in _colors(app))
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(quiz_of(bank), bank=bank)
    assert app.no_color
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert all(len(set(color)) == 1 for color in _colors(app))  # grey
    assert await _play_a_little(app_for(quiz_of(bank), bank=bank)) == coloured


@pytest.mark.parametrize("theme", [DAY, "textual-light", "nord"])
async def test_any_theme_shows_the_same_words(bank: Bank, theme: str) -> None:
    seen = await _play_a_little(app_for(quiz_of(bank), bank=bank))
    app = app_for(quiz_of(bank), bank=bank)
    app.theme = theme
    assert await _play_a_little(app) == seen


async def test_a_theme_can_be_changed_in_the_middle_of_a_game(bank: Bank) -> None:
    app = app_for(quiz_of(bank), bank=bank)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1")
        await pilot.pause()
        before, colors = lines_of(app), _colors(app)
        app.theme = DAY
        await pilot.pause()
        assert lines_of(app) == before
        assert _colors(app) != colors


async def test_a_theme_of_textuals_that_was_remembered_can_be_played_with(bank: Bank, tmp_path: Path) -> None:
    save_preferences(tmp_path, Preferences("textual-light"))
    app = app_for(None, bank=bank, folder=tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Sources" in text_of(app)
