"""What the tests of plain playing start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.bank.reading import read_bank
from orbitquiz.quiz.question import Quiz
from tests.making import write_bank
from tests.plain.playing import Table, quiz_of


@pytest.fixture(scope="session")
def comet(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """A small bank."""
    bank = read_bank(write_bank(tmp_path_factory.mktemp("bank"))).bank
    assert bank is not None
    return bank


@pytest.fixture(scope="session")
def quiz(comet: Bank) -> Quiz:
    """Who commanded the ship, how long the tail was, and when they took off, on which the sources differ."""
    return quiz_of(comet)


@pytest.fixture
def tables(comet: Bank) -> Iterator[Callable[[Path], Table]]:
    """Sets up tables whose records are in a folder, and closes them in the end."""
    made: list[Table] = []

    def table(folder: Path) -> Table:
        made.append(Table(comet, folder))
        return made[-1]

    yield table
    for each in made:
        each.close()


@pytest.fixture
def table(tables: Callable[[Path], Table], tmp_path: Path) -> Table:
    """A table to play at."""
    return tables(tmp_path / "records")
