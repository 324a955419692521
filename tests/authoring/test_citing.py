"""Pages and headings, from the document that `new` reads to the screen on which a player sees its proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orbitquiz.authoring.workspace.session import AuthorSession
from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from tests.authoring.documents import docx, pdf
from tests.tui.playing import app_for, wrong_key
from tests.tui.screens import text_of

_SENTENCE = "The harbour of Ostrand has 14 cranes."


def _pages() -> bytes:
    lines = [f"This is page {number} of the guide to the harbour." for number in range(1, 4)] + [_SENTENCE]
    return pdf([[(72, 700, 12, line)] for line in lines])


def _chapters() -> bytes:
    return docx(
        [("Heading1", "Ida Falk"), ("", "She was born on the quay."), ("Heading1", "Early years"), ("", _SENTENCE)]
    )


@pytest.mark.parametrize(
    ("name", "make", "place"), [("guide.pdf", _pages, "p. 4"), ("life.docx", _chapters, "§ Early years")]
)
async def test_a_player_sees_where_in_the_original_it_stands(
    tmp_path: Path, name: str, make: Callable[[], bytes], place: str
) -> None:
    document, folder = tmp_path / name, tmp_path / "bank"
    document.write_bytes(make())
    assert main(["new", str(folder), str(document)]) == 0
    session = AuthorSession(Workspace(folder))
    at = session.source.text.index("14")
    session.mark_value((at, at + 2))
    session.keep()
    bank = read_bank(folder).bank
    assert bank is not None
    app = app_for(compose(bank, Request("SEED", 1)), bank=bank)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(wrong_key(app))
        await pilot.pause()
        assert f"▌ {place}  " in text_of(app)
        assert _SENTENCE in text_of(app)
