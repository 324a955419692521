"""Mutated banks: no traceback, and nothing false is taken for proved. `make fuzz` tries many more."""

from __future__ import annotations

from tests.fuzz import fuzz


def test_no_mutated_bank_ends_in_a_traceback_or_proves_what_is_false() -> None:
    tally = fuzz(seed=17, banks=150)
    assert (tally.tracebacks, tally.false) == ([], [])
    assert tally.opened > 50
    assert tally.accepted > 10
