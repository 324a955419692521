"""The source reader: the whole document, its marks and its search, at any size."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widgets import Input

from orbitquiz.bank.model import Quotation, Source
from orbitquiz.presenter.citing import Cited
from orbitquiz.tui.reader.document_view import DocumentView
from orbitquiz.tui.reader.screen import ReaderScreen
from orbitquiz.tui.theme import colours_for
from orbitquiz.tui.widgets.keybar import KeyBar
from tests.making import source_of
from tests.tui.alone import Alone
from tests.tui.nasty import NASTY, harmless
from tests.tui.screens import SIZE, bottom_of, lines_of, size_name, strips_of, style_of, text_of
from tests.tui.waiting import press

each_size = pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)], ids=size_name)

PARAGRAPHS = [
    f"This is paragraph {number}, which tells of comet {number * 7} and of its tail." for number in range(1, 61)
]
LONG = "\n\n".join(PARAGRAPHS) + "\n"


class Reading(Alone):
    """A program that is reading a source."""

    def __init__(self, source: Source, here: Sequence[Quotation] = (), marks: Sequence[Quotation] = ()) -> None:
        self.reader = ReaderScreen([Cited(source, here)], lambda _: marks)
        super().__init__(self.reader)

    @property
    def view(self) -> DocumentView:
        return self.reader.query_one(DocumentView)


def quotation(text: str, words: str, source: str = "report") -> Quotation:
    start = text.index(words)
    return Quotation(source, start, start + len(words))


async def search(app: Reading, pilot: Pilot[None], words: str) -> None:
    """Search for `words`, all at once."""
    await press(pilot, "/")
    app.reader.query_one(Input).value = words
    await pilot.pause()


async def resize(pilot: Pilot[None], *size: int) -> None:
    """Change the terminal's size. Textual waits a little, in case it changes again."""
    await pilot.resize_terminal(*size)
    while pilot.app.screen.size != size:
        await pilot.pause()


# What it shows


@each_size
async def test_head_and_lines_stand_at_any_size(size: tuple[int, int]) -> None:
    source = replace(source_of(LONG), title="A comet", author="Flo Reed", publisher="The Vale", issued="2031-05-14")
    app = Reading(source)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = lines_of(app)
        assert [line.strip() for line in lines[:2]] == ["A comet", "Flo Reed, The Vale · 14 May 2031"]
        numbers = [line[: line.index("This")].split() for line in lines if "This is" in line]
        assert numbers[:4] == [["1"], ["3"], ["5"], ["7"]]
        assert any(line.split() == ["2"] for line in lines)


@pytest.mark.parametrize(("issued", "head"), [("2031", ["A comet", "2031"]), (None, ["A comet", ""])])
async def test_the_head_says_only_what_the_document_states(issued: str | None, head: list[str]) -> None:
    app = Reading(replace(source_of(LONG), title="A comet", issued=issued))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert [line.strip(" ─") for line in lines_of(app)[:2]] == head
        assert "1  This is paragraph 1," in lines_of(app)[2 if issued is None else 3]


async def test_on_a_wide_terminal_the_text_is_a_column_in_the_middle() -> None:
    app = Reading(source_of("word " * 200))
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        first = next(line for line in lines_of(app) if "1  word" in line)
        left, right = len(first) - len(first.lstrip()), len(first) - len(first.rstrip())
        assert 80 <= len(first.strip()) <= 106
        assert abs(left - right) <= 10


async def test_nothing_in_a_document_acts() -> None:
    text = "\n".join(f"P{nasty} end" for nasty in NASTY)
    title, author = (" ".join(f"{letter}{nasty}" for nasty in NASTY) for letter in "TA")
    app = Reading(replace(source_of(text), title=title, author=author), [Quotation("report", 0, 3)])
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        for nasty in map(harmless, NASTY):
            for shown in (f"T{nasty}", f"A{nasty}", f"P{nasty} end"):
                assert shown in text_of(app)


async def test_an_empty_document_can_be_opened() -> None:
    app = Reading(source_of(""), [Quotation("report", 0, 5)])
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "N", "end")
        await search(app, pilot, "x")
        await press(pilot, "enter", "n")
        assert "not found" in bottom_of(app)


# Marks


async def test_it_opens_at_the_first_quotation_with_what_comes_before() -> None:
    here = [quotation(LONG, "comet 280"), quotation(LONG, "comet 7 ")]
    app = Reading(source_of(LONG), here)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "comet 280" in text_of(app)
        assert "comet 273" in text_of(app)
        assert "comet 7 " not in text_of(app)
        assert "mark 1 of 2" in bottom_of(app)


async def test_without_a_quotation_it_opens_at_the_beginning() -> None:
    app = Reading(source_of(LONG), (), [quotation(LONG, "comet 280")])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "paragraph 1," in text_of(app)
        assert "1 marked" in bottom_of(app)


async def test_the_quotation_is_strong_the_others_are_faint_and_not_by_colour_alone() -> None:
    text = "Some words here, some there, and some everywhere."
    app = Reading(source_of(text), [quotation(text, "words"), quotation(text, "here")], [quotation(text, "there")])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        plain, strong, faint = (style_of(app, words) for words in ("some", "here", "there"))
        present = style_of(app, "words")
        assert not plain.bold
        assert not plain.underline
        assert strong.bold
        assert strong.bgcolor is not None
        assert strong.bgcolor.name == colours_for(dark=True)["mark"]
        assert faint.underline
        assert not faint.bold
        assert faint.color != plain.color
        assert present.bold
        assert present.bgcolor != strong.bgcolor
        assert next(line for line in lines_of(app) if "Some words" in line).split()[0] == "1▌"


async def test_marks_may_overlap() -> None:
    text = "abcdefghijklmnopqrstuvwxyz"
    marks = [Quotation("report", 0, 12), Quotation("report", 4, 20), Quotation("report", 15, 18)]
    app = Reading(source_of(text), [Quotation("report", 23, 24), Quotation("report", 8, 16)], marks)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert style_of(app, "abcdefgh").underline
        assert style_of(app, "ijklmnop").bold
        assert style_of(app, "qrst") == style_of(app, "abcdefgh")
        assert not style_of(app, "uvw").underline


async def test_marks_of_other_sources_and_beyond_the_end_do_no_harm() -> None:
    here = [Quotation("other", 0, 3), Quotation("report", 3, 99)]
    app = Reading(source_of("abcdef"), here, [Quotation("report", 50, 60)])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not style_of(app, "abc").bold
        assert style_of(app, "def").bold
        assert "mark 1 of 1" in bottom_of(app)


async def test_an_accent_has_the_style_of_its_letter() -> None:
    text = "cafe\u0301 noir, cafe\u0300 noir"
    letter, accent = (0, 4), (16, 17)  # of the first word without its accent, and the accent of the other
    app = Reading(
        source_of(text), [Quotation("report", 6, 10)], [Quotation("report", *each) for each in (letter, accent)]
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert style_of(app, "e\u0301").underline
        assert style_of(app, "e\u0300").underline
        assert not style_of(app, ", caf").underline


async def test_n_walks_what_is_cited_first_and_then_the_other_marks_in_order_and_round_the_end() -> None:
    here = [quotation(LONG, "comet 140"), quotation(LONG, "comet 350")]
    marks = [quotation(LONG, words) for words in ("comet 413", "comet 7 ", "comet 140", "paragraph 20")]
    app = Reading(source_of(LONG), here, marks)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "mark 1 of 5" in bottom_of(app)
        for key, words, place in (
            ("n", "comet 350", "2 of 5"),
            ("n", "comet 7 ", "3 of 5"),
            ("N", "comet 350", "2 of 5"),
            ("N", "comet 140", "1 of 5"),
            ("N", "comet 413", "5 of 5"),
            ("n", "comet 140", "1 of 5"),
        ):
            await press(pilot, key)
            assert f"mark {place}" in bottom_of(app)
            (present,) = (line for line in lines_of(app) if "▌" in line)
            assert words in present
            assert style_of(app, words.strip()).bgcolor != style_of(app, "This is").bgcolor


@pytest.mark.parametrize(("key", "place"), [("n", "2 of 3"), ("N", "1 of 3")])
async def test_with_nothing_present_n_goes_on_from_what_is_in_view(key: str, place: str) -> None:
    app = Reading(source_of(LONG), (), [quotation(LONG, words) for words in ("comet 14 ", "comet 280", "comet 413")])
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "pagedown", key)
        assert f"mark {place}" in bottom_of(app)


# Several sources


async def test_s_steps_through_the_sources_that_are_cited_and_round_the_end() -> None:
    first, second = source_of(LONG), source_of("Only one line here.\n", "other")
    cited = [
        Cited(first, [quotation(LONG, "comet 140")]),
        Cited(second, [Quotation("other", 0, 8)]),
        Cited(first, [quotation(LONG, "comet 7 ")]),
    ]
    app = Alone(ReaderScreen(cited, lambda _: ()))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "s next source" in bottom_of(app)
        assert "mark 1 of 2" in bottom_of(app)
        await press(pilot, "s")
        assert "Only one line here." in text_of(app)
        await press(pilot, "s")
        assert "comet 7 " in text_of(app)
        await press(pilot, "escape")
        assert "the place before" in text_of(app)


# Scrolling


async def test_keys_scroll() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        places = []
        for key in ("down", "down", "up", "pagedown", "pageup", "end", "home"):
            await press(pilot, key)
            places.append(app.view.scroll_offset.y)
            if key == "end":
                assert "paragraph 60," in lines_of(app)[-2]
        assert places == [1, 2, 1, app.view.size.height, 1, app.view.max_scroll_y, 0]


async def test_the_wheel_scrolls_once_wherever_the_pointer_is() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        beside, on_it = 2, 100
        for column, wheel, expected in (
            (on_it, MouseScrollDown, 2),
            (beside, MouseScrollDown, 4),
            (beside, MouseScrollUp, 2),
        ):
            await pilot._post_mouse_events([wheel], offset=(column, 20))
            assert app.view.scroll_offset.y == expected


async def test_the_key_to_scroll_is_named_only_where_there_is_more() -> None:
    app = Reading(source_of("\n".join(PARAGRAPHS[:30])))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "↑ ↓ scroll" in bottom_of(app)
        await resize(pilot, 80, 40)
        assert "scroll" not in bottom_of(app)


# Search: what is found is shown in test_spans.py


async def test_it_searches_as_one_types_from_where_one_is() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "pagedown")
        await search(app, pilot, "COMET 2")
        assert "3 of 16" in text_of(app)
        assert "comet 203 " in text_of(app)
        await press(pilot, *"80")
        assert "1 of 1" in text_of(app)
        assert style_of(app, "comet 280").bold


async def test_a_hit_is_shown_where_it_stands_though_folded() -> None:
    app = Reading(source_of("STRAßE İß, the \tcrew’s ship, and Comet"))
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "crew's SHIP")
        assert "1 of 1" in text_of(app)
        assert style_of(app, "crew’s ship").bold
        assert not style_of(app, "the").bold
        assert not style_of(app, ", and").bold


async def test_enter_keeps_the_hits_and_n_walks_them_until_escape() -> None:
    app = Reading(source_of(LONG), [quotation(LONG, "paragraph 30")])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await search(app, pilot, "comet 7")
        await press(pilot, "enter")
        assert not app.reader.query_one("#search").display
        assert "hit 1 of 3" in bottom_of(app)
        for key, words in (("N", "comet 77 "), ("n", "comet 7 ")):
            await press(pilot, key)
            assert words in text_of(app)
        await press(pilot, "escape")
        assert app.screen is app.reader
        assert "mark 1 of 1" in bottom_of(app)
        assert not style_of(app, "comet 77").underline
        await press(pilot, "n")
        assert "paragraph 30" in text_of(app)


async def test_the_other_hits_are_marked_but_not_as_the_present_one() -> None:
    app = Reading(source_of("one comet\n\na comet two"))
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "comet")
        await press(pilot, "enter")
        lines = [strip for strip in strips_of(app) if "comet" in strip.text]
        styles = [next(part.style for part in strip if part.text == "comet") for strip in lines]
        assert all(style is not None and style.underline for style in styles)
        assert styles[0] != styles[1]


async def test_escape_while_typing_ends_the_search_where_it_began() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "down", "down")
        await search(app, pilot, "comet 280")
        assert app.view.scroll_offset.y > 2
        await press(pilot, "escape")
        assert app.screen is app.reader
        assert app.view.scroll_offset.y == 2
        assert "of 1" not in text_of(app)
        await press(pilot, "escape")
        assert app.came_back == 1


async def test_what_is_not_found_is_said_not_to_be_and_the_place_stays() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "down", "down")
        await search(app, pilot, "comet 280x")
        assert "not found" in text_of(app)
        assert app.view.scroll_offset.y == 2
        await press(pilot, "enter", "n", "N")
        assert "not found" in bottom_of(app)


async def test_what_was_sought_last_is_sought_again_and_typing_replaces_it() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "comet 28")
        await press(pilot, "escape")
        await press(pilot, "/")
        assert "1 of 3" in text_of(app)
        assert "comet 28 " in text_of(app)
        await press(pilot, "x")
        assert app.reader.query_one(Input).value == "x"
        assert "not found" in text_of(app)


async def test_a_search_that_is_given_up_leaves_the_reader_at_the_quotation() -> None:
    app = Reading(source_of(LONG), [quotation(LONG, "comet 280")])
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "no such words")
        assert "comet 280" in text_of(app)
        await press(pilot, "escape")
        assert "comet 280" in text_of(app)


async def test_what_is_kept_is_what_was_typed_however_fast() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "comet")
        app.reader.query_one(Input).value = "comet 7"
        app.reader.action_keep()  # before the reader has been told of the change
        await pilot.pause()
        assert "hit 1 of 3" in bottom_of(app)


async def test_letters_of_the_search_are_no_commands() -> None:
    app = Reading(source_of("some squinting questions? n N / s q"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "/")
        await press(pilot, *"sq?nN/")
        assert app.screen is app.reader
        assert app.reader.query_one(Input).value == "sq?nN/"


async def test_an_empty_search_is_none() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "x")
        app.reader.query_one(Input).value = " "
        await press(pilot, "enter")
        await press(pilot, "escape")
        assert app.came_back == 1


# Going, coming and changing size


@pytest.mark.parametrize("key", ["escape", "s", "q"])
async def test_it_closes_and_the_place_before_is_there(key: str) -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, key)
        assert app.came_back == 1
        assert "the place before" in text_of(app)


async def test_question_mark_shows_every_key() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "?")
        for key in ("↑ ↓", "pgup pgdn", "home", "end", "n ", "N ", "/ ", "esc", "s ", "q ", "? "):
            assert f" {key}" in text_of(app)
        await press(pilot, "escape")
        assert app.screen is app.reader


async def test_the_hints_can_be_clicked() -> None:
    app = Reading(source_of(LONG), (), [quotation(LONG, "comet 280")])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for hint, expected in (
            ("marked", "mark 1 of 1"),
            ("search", "enter keep the hits"),
            ("keep", "esc back"),  # there is nothing to keep
            ("back", "the place before"),
        ):
            await pilot.click(KeyBar, offset=(lines_of(app)[-1].index(hint) + 1, 0))
            assert expected in text_of(app)
        assert app.came_back == 1


async def test_the_last_hint_is_whole_where_there_is_least_room() -> None:
    app = Reading(source_of(LONG), [quotation(LONG, "comet 280")])
    async with app.run_test(size=(40, 13)) as pilot:
        await pilot.pause()
        assert bottom_of(app).endswith("? keys   esc back")
        await press(pilot, "/")
        assert bottom_of(app).endswith("esc cancel")
        await press(pilot, "e", "enter")
        assert bottom_of(app).endswith("? keys   esc clear")


async def test_a_change_of_size_keeps_the_place_and_going_back_goes_back_to_it() -> None:
    text = "\n".join(paragraph * 4 for paragraph in PARAGRAPHS)
    app = Reading(source_of(text))
    async with app.run_test(size=(90, 30)) as pilot:
        await press(pilot, *["pagedown"] * 3)
        place, top = app.view.scroll_offset.y, app.view.top
        assert top > 0
        for size in ((60, 20), (200, 50)):
            await resize(pilot, *size)
            row = lines_of(app)[app.view.region.y][app.view.region.x + 5 :].rstrip()  # without the line's number
            start = text.index(row)
            assert start <= top <= start + len(row)
        await resize(pilot, 90, 30)
        assert app.view.scroll_offset.y == place


async def test_at_the_end_a_larger_terminal_and_back_changes_nothing() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "end")
        place = app.view.scroll_offset.y
        for height in (50, 24):
            await resize(pilot, 80, height)
        assert app.view.scroll_offset.y == place


async def test_the_present_mark_stays_in_view_when_the_terminal_shrinks_and_so_does_the_place_when_it_grows() -> None:
    text = "\n".join(paragraph * 4 for paragraph in PARAGRAPHS)
    app = Reading(source_of(text), [quotation(text, "comet 280")])
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        place = app.view.scroll_offset.y
        for size in ((60, 20), (40, 10), (200, 50)):
            await resize(pilot, *size)
            assert any("▌" in line for line in lines_of(app)) or not text.strip()
        assert app.view.scroll_offset.y == place


HARD = [
    "x" * 2000,
    "漢字かな交じり文。" * 150,
    "e\u0301\u0302" * 900,
    "مرحبا بالعالم " * 90,
    "👩\u200d🚀☁\ufe0f" * 200,
    "a" + " " * 2000 + "b",
    "\x1b[31m\x00" * 200,
]


@pytest.mark.parametrize("text", ["\n".join(HARD), "".join(HARD), "\n" * 3000], ids=["lines", "line", "blank"])
async def test_it_survives_any_text_at_any_size(text: str) -> None:
    middle = len(text) // 2
    here, mark = Quotation("report", middle, middle + 30), Quotation("report", middle - 5, middle + 9)
    app = Reading(source_of(text), [here], [mark])
    async with app.run_test(size=SIZE) as pilot:
        for size in ((200, 50), (20, 6), (5, 3)):
            await resize(pilot, *size)
            assert all(strip.cell_length <= size[0] for strip in strips_of(app))
            assert any("▌" in line for line in lines_of(app)) or size == (5, 3) or not text.strip()
        await press(pilot, "end", "n", "home", "N")
        await resize(pilot, 70, 22)
        assert any("▌" in line for line in lines_of(app)) or not text.strip()


async def test_a_megabyte_opens_fast() -> None:
    chance = random.Random(1)
    words = ["comet", "ship", "’tis", "tail", "a", "kilometres"]
    text = "\n\n".join(" ".join(chance.choices(words, k=90)) for _ in range(2200))
    assert len(text) > 1_000_000
    app = Reading(source_of(text), [Quotation("report", 900_000, 900_050)])
    began = time.process_time()  # what others do on this machine is no fault of the reader's
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert any("▌" in line for line in lines_of(app))
        assert time.process_time() - began < 2.0


# Markdown, blank lines and keys

MARKDOWN = """\ufeff


# The *comet* crew

Ada **Stone**, [commander](https://example.org), saw it.[3]



---

- a long tail
- great `care` &amp; patience
"""


async def test_markdown_is_shown_as_it_reads_with_the_lines_of_the_file() -> None:
    source = replace(source_of(MARKDOWN), format="markdown")
    marked = [quotation(MARKDOWN, "**Stone**, [commander]"), quotation(MARKDOWN, "great `care`")]
    app = Reading(source, marked[:1], marked[1:])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        shown = [" ".join(line.replace("▌", " ").split()) for line in lines_of(app)]
        for line in ("4 The comet crew", "6 Ada Stone, commander, saw it.", "12 • a long tail"):
            assert line in shown
        assert "13 • great care & patience" in shown
        start = shown.index("6 Ada Stone, commander, saw it.")
        assert shown[start + 1 : start + 3] == ["7", "12 • a long tail"]
        assert style_of(app, "Stone, commander").bold
        assert style_of(app, "great care").underline
        assert style_of(app, "The comet crew").bold
        await search(app, pilot, "long tail")
        assert "1 of 1" in text_of(app)


async def test_plain_text_keeps_every_sign_and_one_blank_line_of_many() -> None:
    app = Reading(source_of("# one * two_\r\n \r\n\t\r\n\r\nthree\r\r\r\r\rfour\n\nfive"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        shown = [" ".join(line.split()) for line in lines_of(app)]
        start = shown.index("1 # one * two_")
        assert shown[start : start + 7] == ["1 # one * two_", "2", "5 three", "6", "10 four", "11", "12 five"]


async def test_the_keys_of_other_readers_scroll() -> None:
    app = Reading(source_of(LONG))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key, moved in (("j", 1), ("j", 2), ("k", 1), ("G", None), ("g", 0), ("space", None), ("g", 0)):
            await press(pilot, key)
            at = round(app.view.scroll_y)
            assert at > 10 if moved is None else at == moved
