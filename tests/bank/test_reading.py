"""A bank that holds is read whole."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.bank.reading import read_bank


def test_a_small_bank_holds(bank_folder: Path) -> None:
    reading = read_bank(bank_folder)
    assert reading.problems == ()
    assert reading.bank is not None
    assert [fact.id for fact in reading.bank.facts] == ["commander", "tail", "take-off"]
