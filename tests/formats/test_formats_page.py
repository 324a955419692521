"""docs/formats.md says what the code does."""

from __future__ import annotations

import pytest
from tools.formats import FILE, with_tables

from orbitquiz.formats.table import FORMATS, Format

PAGE = FILE.read_text("utf-8")


def test_the_tables_are_those_of_the_code() -> None:
    assert with_tables(PAGE) == PAGE, "run `make schema`"


@pytest.mark.parametrize("format", FORMATS, ids=lambda each: each.name)
def test_each_format_has_a_chapter(format: Format) -> None:
    assert any(line.startswith("### ") and f"`{format.name}`" in line for line in PAGE.splitlines())
