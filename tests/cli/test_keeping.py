"""Where what players did is kept."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from platformdirs import user_data_path

from orbitquiz.cli.environment import data_folder, open_records
from tests.history.playing import RIGHT, file_in, keep
from tests.test_layers import loaded_by

VARIABLE = "ORBITQUIZ_DATA"


def test_the_folder_of_the_command_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "of-variable"))
    assert data_folder(tmp_path / "of-command") == tmp_path / "of-command"


def test_the_folder_of_the_variable_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert data_folder(None) == tmp_path


@pytest.mark.parametrize("value", [None, ""])
def test_else_it_is_the_users_own(value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if value is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, value)
    assert data_folder(None) == user_data_path("orbitquiz", appauthor=False)


def test_what_is_kept_there_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    with closing(open_records(folder)) as records:
        keep(records, ["a", "b"], [RIGHT])
    assert file_in(folder).is_file()
    with closing(open_records(folder)) as records:
        assert records.statistics().answers == 1
        assert records.notice is None


def test_games_are_dated_by_the_systems_clock(tmp_path: Path) -> None:
    with closing(open_records(tmp_path)) as records:
        keep(records, ["a"], [RIGHT])
        (game,) = records.statistics().recent
    assert game.started > "2026"


def test_to_know_the_folder_loads_no_database() -> None:
    assert "sqlite3" not in loaded_by("from orbitquiz.cli.environment import data_folder; data_folder(None)")
