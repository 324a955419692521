"""Fixtures for many tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from tests.making import write_bank
from tests.serving.postgres_server import LACKS, PostgresServer, postgres_server

if TYPE_CHECKING:
    from tests.classroom.places import Place, SharedDatabase

# Screens are drawn in all colours, whatever terminal the tests run on.
os.environ["COLORTERM"] = "truecolor"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: a test of a screen waits for some of its time."""
    return 1 + (os.cpu_count() or 1)


def pytest_configure() -> None:
    """Let no test fail because the machine is busy, and collect garbage rarely.

    Walking the objects of pytest and Textual takes longer than most tests.
    """
    gc.set_threshold(100_000, 20, 20)
    settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def builtin() -> Bank:
    """The built-in bank."""
    bank = read_bank(builtin_path()).bank
    assert bank is not None
    return bank


@pytest.fixture
def bank_folder(tmp_path: Path) -> Path:
    """The folder of a small bank in which everything holds."""
    return write_bank(tmp_path / "comet-bank")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for all tests of this process."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def shared_database(postgres: PostgresServer) -> Iterator[SharedDatabase]:
    """A database for tests that have it one after another."""
    from tests.classroom.places import SharedDatabase

    shared = SharedDatabase(postgres)
    yield shared
    shared.database.close()


@pytest.fixture(
    params=["files", pytest.param("postgres", marks=pytest.mark.skipif(LACKS is not None, reason=str(LACKS)))]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for rooms: files, and PostgreSQL."""
    from tests.classroom.places import on_files

    if request.param == "files":
        return on_files(tmp_path)
    shared: SharedDatabase = request.getfixturevalue("shared_database")
    return shared.emptied()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the cache and history of the person who runs them."""
    monkeypatch.setenv("ORBITQUIZ_DATA", str(tmp_path_factory.mktemp("data")))
    cache = str(tmp_path_factory.mktemp("cache"))
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, cache)
