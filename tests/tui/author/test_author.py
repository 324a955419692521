"""The author's program: each key, the mouse, and what is seen at once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from orbitquiz.authoring.workspace.session import AuthorSession
from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.cli import main
from orbitquiz.tui.author.app import AuthorApp
from orbitquiz.tui.author.document import DocumentPane
from orbitquiz.tui.author.facts import FactList
from orbitquiz.tui.author.screen import AuthorScreen
from orbitquiz.tui.shared.keys import KeysScreen
from tests.authoring.test_draft import TEXT
from tests.authoring.test_workspace import FILE, NOTES, facts, files, span_of
from tests.making import write_bank
from tests.tui.picturing import taken
from tests.tui.screens import text_of
from tests.tui.waiting import press, until

Author = Pilot[Any]


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of two documents with drafts about both."""
    folder = tmp_path_factory.mktemp("author") / "bank"
    write_bank(folder, [], entities=[], documents={"report": TEXT, "notes": NOTES}, category="report")
    main(["draft", str(folder)])
    return folder


@pytest.fixture
def folder(drafted: Path, tmp_path: Path) -> Path:
    shutil.copytree(drafted, tmp_path / "bank")
    return tmp_path / "bank"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The same bank before anything was proposed."""
    return write_bank(
        tmp_path / "empty", [], entities=[], documents={"report": TEXT, "notes": NOTES}, category="report"
    )


@asynccontextmanager
async def author(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Author]:
    """The program on the bank in `folder`, as it begins."""
    app = AuthorApp(AuthorSession(Workspace(folder)))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: bool(app.screen.query_one(DocumentPane).text))
        yield pilot


def form_of(pilot: Author) -> Any:
    return pilot.app.session.form  # type: ignore[attr-defined]


def to(pilot: Author, words: str, *, select: bool = False) -> None:
    """Put the cursor to these words of the report."""
    pilot.app.screen.query_one(DocumentPane).go(span_of(words), select=select)


def ids(folder: Path) -> list[str]:
    return [fact["id"] for fact in facts(folder)]


async def test_a_draft_is_open_at_once_with_its_question_and_options(folder: Path) -> None:
    async with author(folder) as pilot:
        shown = text_of(pilot.app)
        for words in ("Draft", "3 June 1931", "It holds", "Fill the gap", "3 drafts", "document 1 of 2"):
            assert words in shown


async def test_after_the_last_draft_about_a_document_one_is_told_of_those_about_others(folder: Path) -> None:
    async with author(folder) as pilot:
        while form_of(pilot) is not None:
            open_one = form_of(pilot).id
            await pilot.press("x")
            await until(pilot, lambda: form_of(pilot) is None or form_of(pilot).id != open_one)  # noqa: B023
        assert "n opens the 1 draft" in text_of(pilot.app)
        await pilot.press("n")
        await until(pilot, lambda: form_of(pilot) is not None)
        assert form_of(pilot).source == "notes"


async def test_v_takes_the_word_at_the_cursor_and_k_keeps_the_fact(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "36 passengers")
        await press(pilot, "v")
        assert (form_of(pilot).type, form_of(pilot).value) == ("count", "36")
        assert "brought all ____ passengers" in text_of(pilot.app)
        await press(pilot, "k")
        assert form_of(pilot) is None
    assert ids(empty) == ["report-36"]
    assert main(["check", str(empty)]) == 0


async def test_words_are_marked_with_shift_and_the_arrows_exactly(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "brought all 36")
        await press(pilot, *["shift+right"] * len("brought all 36"), "m")
        start, end = form_of(pilot).proof[0]
        assert TEXT[start:end] == "brought all 36"
        assert "Now mark the answer" in text_of(pilot.app)


async def test_words_are_marked_with_the_mouse(empty: Path) -> None:
    async with author(empty) as pilot:
        document = pilot.app.screen.query_one(DocumentPane)
        row = next(n for n in range(20) if "Ida Falk, 52" in document.render_line(n).text)
        column = document.render_line(row).text.index("52")
        await pilot.mouse_down(document, offset=(column, row))
        await pilot.hover(document, offset=(column + 2, row))
        await pilot.mouse_up(document, offset=(column + 2, row))
        await press(pilot, "v")
        assert (form_of(pilot).type, form_of(pilot).value) == ("age", "52")


async def test_m_quotes_the_sentence_at_the_cursor_and_then_another(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "caught fire")
        await press(pilot, "m")
        to(pilot, "The repair")
        await press(pilot, "m")
        quoted = [TEXT[slice(*span)] for span in form_of(pilot).proof]
        assert quoted == [
            "The ferry Marten caught fire off Wick Bay on 3 June 1931.",
            "The repair took seven weeks, says the report of the yard.",
        ]


async def test_an_answer_outside_the_quoted_words_is_refused(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "caught fire")
        await press(pilot, "m")
        to(pilot, "36 passengers")
        await press(pilot, "v")
        assert form_of(pilot).value == ""
        await until(pilot, lambda: "must stand in the quoted words" in text_of(pilot.app))


@pytest.mark.parametrize("key", ["s", "e"])
async def test_a_question_is_typed_and_seen_at_once(folder: Path, key: str) -> None:
    async with author(folder) as pilot:
        await press(pilot, key)
        await pilot.press(*"When?")
        await until(pilot, lambda: "When?\n" in text_of(pilot.app).replace(" ", "") or form_of(pilot).ask == "When?")
        await press(pilot, "enter")
        assert isinstance(pilot.app.focused, Input)
        assert pilot.app.focused.id == "statement"
        await press(pilot, "escape", "k")
    fact = facts(folder)[0]
    assert (fact["ask"], "draft" in fact) == ("When?", False)


async def test_letters_that_follow_fast_are_typed_and_are_no_keys(folder: Path) -> None:
    async with author(folder) as pilot:
        for key in "snow?":
            pilot.app.post_message(Key(key, key))
        await until(pilot, lambda: form_of(pilot).ask == "now?")


async def test_keys_that_follow_enter_fast_are_no_letters(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "s")
        for key in ["W", "question_mark", *["enter"] * 4, "k"]:
            pilot.app.post_message(Key(key, {"question_mark": "?", "enter": "\r"}.get(key, key)))
        await until(pilot, lambda: "draft" not in facts(folder)[0])
    assert facts(folder)[0]["ask"] == "W?"


async def test_a_capital_m_quotes_the_marked_words_instead(folder: Path) -> None:
    async with author(folder) as pilot:
        first = form_of(pilot).proof
        pane = pilot.app.screen.query_one(DocumentPane)
        pane.go(span_of("It was built at the yard"), select=True)
        await press(pilot, "M")
        (span,) = form_of(pilot).proof
        assert span not in first
        assert TEXT[slice(*span)].startswith("It was built at the yard")


async def test_a_begins_another_answer_from_another_document_and_d_says_why(empty: Path) -> None:
    async with author(empty) as pilot:
        pilot.app.screen.query_one(DocumentPane).go(span_of("1919"), select=True)
        await press(pilot, "v", "k")
        await press(pilot, "f", "down", "enter")
        await press(pilot, "a")
        assert "answer 2 of 2; they differ: conflict" in " ".join(text_of(pilot.app).split())
        await press(pilot, "]")
        pilot.app.screen.query_one(DocumentPane).go(span_of("1897", NOTES), select=True)
        await press(pilot, "v", "d", "k")
    (fact,) = facts(empty)
    assert [claim["value"] for claim in fact["claims"]] == ["1919", "1897"]
    assert fact["differs"] == "time"


async def test_letters_that_were_just_typed_are_kept_too(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "s")
        await pilot.press(*"When?", "escape", "k")
        await pilot.pause()
    assert facts(folder)[0]["ask"] == "When?"


async def test_problems_and_flaws_are_seen_while_typing(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "s")
        await pilot.press(*"On 3 June 1931?")
        await until(pilot, lambda: "stands in the stem" in " ".join(text_of(pilot.app).split()))


async def test_x_drops_a_draft_and_u_brings_it_back(folder: Path) -> None:
    before = files(folder)
    async with author(folder) as pilot:
        await press(pilot, "x")
        assert "report-3-june-1931" not in ids(folder)
        assert form_of(pilot).id == "report-52"
        await press(pilot, "u")
        assert form_of(pilot).id == "report-3-june-1931"
    assert files(folder) == before


async def test_n_goes_from_draft_to_draft_and_on_to_the_next_document(folder: Path) -> None:
    async with author(folder) as pilot:
        first = form_of(pilot).id
        await press(pilot, "n")
        assert form_of(pilot).id == "report-52"
        await press(pilot, "N")
        assert form_of(pilot).id == first
        await press(pilot, "N")
        assert form_of(pilot).source == "notes"
        assert "The quay of Ostrand" in text_of(pilot.app)


@pytest.mark.parametrize(("key", "type"), [("p", "person"), ("o", "organisation"), ("l", "place"), ("t", "title")])
async def test_a_letter_says_what_a_name_is(empty: Path, key: str, type: str) -> None:
    async with author(empty) as pilot:
        to(pilot, "Wick Bay", select=True)
        await press(pilot, "v", key)
        assert form_of(pilot).type == type
        assert form_of(pilot).entities[0].name == "Wick Bay"


async def test_y_goes_through_the_other_types(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "36 passengers")
        await press(pilot, "v", "y")
        assert form_of(pilot).type == "date"


async def test_g_names_an_entity_with_other_names_and_groups(empty: Path) -> None:
    async with author(empty) as pilot:
        to(pilot, "Wick Bay", select=True)
        await press(pilot, "v", "l", "g", "tab")
        await pilot.press(*"The Wick", "tab", "end", *", Bays of Ostrand", "enter")
        await pilot.pause()
        await press(pilot, "k")
    entities = yaml.safe_load((empty / "questions/entities.yaml").read_text())["entities"]
    assert {"id": "wick-bay", "type": "place", "name": "Wick Bay", "aliases": ["The Wick"],
            "groups": ["places", "bays-of-ostrand"]} in entities  # fmt: skip


async def test_w_shows_the_question_as_players_will_see_it(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "w")
        shown = text_of(pilot.app)
        assert "As players see it" in shown
        assert "line 3" in shown
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, AuthorScreen)


async def test_c_goes_to_the_sentences_that_nothing_quotes(empty: Path) -> None:
    async with author(empty) as pilot:
        await press(pilot, "c")
        document = pilot.app.screen.query_one(DocumentPane)
        first = document.marked
        await press(pilot, "c", "C")
        assert document.marked == first
        await press(pilot, "m")
        assert form_of(pilot).proof[0] == first


@pytest.mark.parametrize("key", ["f", "tab"])
async def test_a_fact_is_opened_from_the_list(folder: Path, key: str) -> None:
    async with author(folder) as pilot:
        await press(pilot, key, "down", "down", "enter")
        assert form_of(pilot).id == "report-jon-aske"
        assert isinstance(pilot.app.focused, FactList)
        await press(pilot, "escape")
        assert isinstance(pilot.app.focused, DocumentPane)


async def test_brackets_turn_to_other_documents(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "]")
        assert "The quay of Ostrand" in text_of(pilot.app)
        await press(pilot, "[")
        assert "The ferry Marten" in text_of(pilot.app)


async def test_r_reads_what_somebody_else_has_changed(folder: Path) -> None:
    async with author(folder) as pilot:
        file = folder / FILE
        file.write_text(file.read_text().replace("value: 3 June 1931", "value: June 1931", 1))
        await press(pilot, "r")
        assert form_of(pilot).value == "June 1931"


async def test_a_change_from_outside_is_told_without_a_key(folder: Path) -> None:
    async with author(folder) as pilot:
        file = folder / FILE
        file.write_text(file.read_text().replace("value: 3 June 1931", "value: June 1931", 1))
        await until(pilot, lambda: "was changed by somebody else" in " ".join(text_of(pilot.app).split()))
        await press(pilot, "k")
    assert facts(folder)[0]["claims"][0]["value"] == "June 1931"


async def test_escape_closes_the_fact_and_u_opens_it_again(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "escape")
        assert form_of(pilot) is None
        await press(pilot, "u")
        assert form_of(pilot).id == "report-3-june-1931"


async def test_the_keys_are_told_and_q_leaves(folder: Path) -> None:
    async with author(folder) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, KeysScreen)
        await press(pilot, "escape", "q")
        await until(pilot, lambda: pilot.app._exit)


async def test_the_same_keys_are_letters_in_a_field(folder: Path) -> None:
    before = files(folder)
    async with author(folder) as pilot:
        await press(pilot, "s")
        await pilot.press(*"kxvmq")
        await until(pilot, lambda: form_of(pilot).ask == "kxvmq")
    assert files(folder) == before


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m [b]bold[/b] 14 cranes \u202eabc", "one\r\ntwo\x0bthree\u2028four 14 cranes\r\n"]
)
async def test_text_from_a_document_is_only_text_and_offsets_hold(tmp_path: Path, text: str) -> None:
    folder = write_bank(tmp_path / "bank", [], entities=[], documents={"report": text}, category="report")
    (folder / "seeds/report.txt").write_bytes(text.encode())
    async with author(folder) as pilot:
        at = text.index("14")
        pilot.app.screen.query_one(DocumentPane).go((at, at + 2), select=True)
        await press(pilot, "v")
        start, end = form_of(pilot).value_at
        assert text[start:end] == "14"
        assert "\x1b" not in text_of(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screen_at_each_size(folder: Path, picture: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with author(folder, size) as pilot:
        grid = await taken(pilot)
    assert grid == picture


def test_every_key_of_the_screen_is_pressed_by_a_test() -> None:
    pressed = Path(__file__).read_text()
    keys = {key for binding in AuthorScreen.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    names = {"?": "question_mark", "right_square_bracket": "]", "left_square_bracket": "[", "shift+left": "shift+right"}
    missing = [key for key in sorted(keys) if f'"{names.get(key, key)}"' not in pressed]
    assert missing == []
