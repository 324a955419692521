"""A folder that is to hold a bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.folder import BankFolder
from tests.making import COMMANDER, write_bank


@pytest.mark.parametrize("missing", [".", "bank.yaml", "questions", "seeds", "seeds/sources.yaml"])
def test_a_folder_that_lacks_a_part_of_a_bank_cannot_be_played_at_all(tmp_path: Path, missing: str) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER])
    (folder / missing).rename(tmp_path / "away")
    problems = BankFolder(folder).missing()
    assert problems
    assert all(problem.fatal for problem in problems)


def test_a_whole_bank_lacks_nothing(tmp_path: Path) -> None:
    assert BankFolder(write_bank(tmp_path, [COMMANDER])).missing() == []
