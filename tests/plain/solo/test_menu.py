"""The menu line by line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.plain.console import Console
from orbitquiz.plain.solo.menu import PlainMenu
from orbitquiz.session.preferences import Preferences, save_preferences
from tests.plain.playing import Table, Typed


def menu_at(table: Table, *lines: str) -> list[str]:
    """Type these lines to the menu, and return what it said."""
    out = io.StringIO()
    PlainMenu(table.session, Console(Typed(table.clock, lines), out), table.services).run()
    return out.getvalue().split("\n")


def test_categories_that_were_chosen_for_another_bank_choose_none_of_this_one(table: Table) -> None:
    table.folder.mkdir(exist_ok=True)
    save_preferences(table.folder, Preferences(options={"categories": ["of-another-bank"], "count": 5}))
    said = menu_at(table, "p", "q")
    assert "c: Categories, all" in said
    assert any(line.startswith("Question 1 of ") for line in said)


def test_a_document_whose_lines_end_as_on_old_macintoshes_is_read_to_its_end(
    comet: Bank, tables: Callable[[Path], Table], tmp_path: Path
) -> None:
    table = tables(tmp_path / "records")
    source = next(iter(comet.sources.values()))
    old = replace(source, id="old", text="\r".join(f"line number {number}" for number in range(1, 42)))
    bank = replace(comet, sources={**comet.sources, "old": old})
    table.session = table.session.of(bank, None)
    said = menu_at(table, "s", str(len(bank.sources)), "", "", "q")
    assert "20  line number 20" in said
    assert "41  line number 41" in said
