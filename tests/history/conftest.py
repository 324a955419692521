"""Fixtures for tests of the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.history.store import Records
from tests.history.playing import Clock
from tests.making import write_bank

Opener = Callable[[Path], Records]


@pytest.fixture(scope="session")
def comet(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """A small bank."""
    bank = read_bank(write_bank(tmp_path_factory.mktemp("bank"))).bank
    assert bank is not None
    return bank


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens records, all by one clock, and closes them in the end, so that one that was dropped is still as it was."""
    clock = Clock()
    all_records = []

    def opened(folder: Path) -> Records:
        all_records.append(Records.open(folder, clock))
        return all_records[-1]

    yield opened
    for records in all_records:
        records.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the records are to be; not there yet."""
    return tmp_path / "data" / "orbitquiz"
