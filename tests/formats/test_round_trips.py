"""Questions that a format was written with are read back from it as they were, whatever the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import xml_characters
from orbitquiz.formats.readers.table import read_file
from orbitquiz.formats.table import format_of
from tests.formats.sheets import decks

READ_BACK = {
    "moodle-xml": "moodle-xml",
    "gift": "gift",
    "aiken": "aiken",
    "csv": "csv",
    "qti1.2": "qti",
    "qti2.1": "qti",
    "markdown": "markdown",
}
_KEEPS_CATEGORY = ("moodle-xml", "csv", "qti1.2")


@pytest.mark.parametrize("name", READ_BACK)
@settings(deadline=None, max_examples=60)  # the first call imports lxml
@given(deck=decks())
def test_stem_options_and_key_come_back(name: str, deck: Deck) -> None:
    format = format_of(name)
    found = read_file(f"x{format.suffix}", format.write(deck, 0), READ_BACK[name])
    assert found.refusals == []
    # Programs list questions by category, and so do the formats that have categories.
    sheets = deck.questions
    if name in ("moodle-xml", "gift", "markdown"):
        sheets = tuple(sheet for _, listed in deck.by_category for sheet in listed)
    assert [(item.stem, item.options, item.key) for item in found.items] == [
        (xml_characters(sheet.stem), tuple(map(xml_characters, sheet.options)), sheet.key)
        if format.name in ("moodle-xml", "qti1.2", "qti2.1")
        else (sheet.stem, sheet.options, sheet.key)
        for sheet in sheets
    ]
