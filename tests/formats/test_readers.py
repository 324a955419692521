"""Files as other programs and people really write them: each is read, or refused by line."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.formats.readers import archive
from orbitquiz.formats.readers.items import Found, UnreadableFile
from orbitquiz.formats.readers.markup import from_html
from orbitquiz.formats.readers.table import names, read_file, source_of

FOREIGN = Path(__file__).parent / "foreign"

#: For each file: its format, the answers that come in, and what does not, by line.
READ: dict[str, tuple[str, list[str], dict[int, str]]] = {
    "mixed.gift": ("gift", ["Paris", "am Rhein", "a simple one"], {}),
    "category-colons.gift": (
        "gift",
        ["Volga", "Rhine", "yes = so"],
        {
            13: "matching is not supported yet",
            15: "a numerical question is not supported yet",
            17: "true/false is not supported yet",
            19: "true/false is not supported yet",
            21: "several right answers is not supported yet",
            23: "a brace is not closed",
        },
    ),
    "weights.xml": (
        "moodle-xml",
        ["Titan", "Neil Armstrong"],
        {
            4: "no option gives the whole mark",
            11: "several right answers is not supported yet",
            27: "the kind 'matching' is not supported yet",
            28: "true/false is not supported yet",
        },
    ),
    "images.xml": (
        "moodle-xml",
        ["a tree"],
        {3: "an image is all of the question", 9: "an image is all of an option"},
    ),
    "blanks.qti.xml": ("qti", ["Vienna"], {11: "a question without one list of options is not supported yet"}),
    "item.qti21.xml": ("qti", ["the Marten"], {}),
    "two-options.txt": ("aiken", ["salt", "the Sun"], {12: "there are fewer than two options"}),
    "utf16.txt": ("aiken", ["Zhe"], {}),
    "several-keys.csv": (
        "csv",
        ["4"],
        {2: "several right answers is not supported yet", 4: "the right answer '9' is none of the options"},
    ),
    "semicolons.csv": ("csv", ["Ida Falk"], {3: "the cell that says which answer is right is empty"}),
    "twice-escaped.json": (
        "opentdb",
        ["Mario & no other", "Water"],
        {4: "true/false is not supported yet", 5: "question, correct_answer or incorrect_answers is missing"},
    ),
    "comments.json": ("opentdb", ["The Dead Sea"], {}),
    "opentriviaqa.txt": (
        "opentriviaqa",
        ["The ostrich"],
        {
            8: "true/false is not supported yet",
            13: "the right answer 'Frank Herbert' is none of the options",
            18: "there is no line ^ with the right answer",
        },
    ),
    "anki.txt": ("anki", ["the bow", "knot", "left"], {8: "an image is all of the question"}),
    "linked.md": ("markdown", ["Wick Bay", "the Marten"], {13: "code is a part of the question"}),
}
REFUSED = {
    "broken.xml": (4, "this is not well-formed XML: Opening and ending tag mismatch: questiontext line 3 and quiz"),
    "entities.xml": (1, "the file defines entities of its own, which are not expanded"),
    "empty.gift": (1, "the file is empty"),
    "prose.txt": (1, "no format that is known; say which with --from"),
}


def read(name: str) -> Found:
    return read_file(name, (FOREIGN / name).read_bytes())


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_and_the_rest_is_refused_by_line(name: str) -> None:
    format, answers, refused = READ[name]
    assert source_of(name, (FOREIGN / name).read_bytes()).name == format
    found = read(name)
    assert [item.options[item.key] for item in found.items] == answers
    assert {refusal.line: refusal.reason for refusal in found.refusals} == refused


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_at_all_says_why(name: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(name)
    line, reason = REFUSED[name]
    assert caught.value.line == line
    assert str(caught.value).startswith(reason)


def test_every_file_is_tested() -> None:
    assert {path.name for path in FOREIGN.iterdir()} == {*READ, *REFUSED}


def test_encodings_and_line_ends_may_differ_from_line_to_line() -> None:
    assert [item.stem for item in read("mixed.gift").items] == [
        "Where is the café?",
        "Wo ist Köln?",
        "What is a naïve question?",
    ]


def test_entities_that_were_escaped_twice_are_read_as_they_were_meant() -> None:
    assert [item.stem for item in read("twice-escaped.json").items] == ['Who said "It\'s-a me"?', 'Which is "H2O"?']


def test_the_last_category_of_a_path_is_kept_with_its_colon_and_its_slash() -> None:
    assert {item.category for item in read("category-colons.gift").items} == {"Part 1: Rivers"}
    assert {item.category for item in read("weights.xml").items} == {"Tides"}


def test_links_of_a_question_are_kept() -> None:
    links = [item.links for item in read("linked.md").items]
    assert links == [("https://example.org/wick-bay",), ("https://example.org/marten",)]
    assert read("semicolons.csv").items[0].links == ("https://example.org/falk",)
    assert read("category-colons.gift").items[1].links == ("https://example.org/rhine",)


def test_a_lost_image_is_told() -> None:
    assert [item.has_image for item in read("images.xml").items] == [True]


def test_words_in_the_middle_of_a_stem_that_were_a_question_become_a_gap() -> None:
    assert read("category-colons.gift").items[0].stem == "The longest river of Europe is the ____ by far."


# Files that attack


def packed(**files: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return raw.getvalue()


def test_nothing_of_a_package_is_written_whatever_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    item = (FOREIGN / "item.qti21.xml").read_bytes()
    found = read_file("x.zip", packed(**{"../../out.xml": item, "/tmp/abs.xml": item}))
    assert len(found.items) == 2
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_bomb_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than 1,000,000 bytes"):
        read_file("x.zip", packed(**{f"{name}.xml": b"<x>" + b" " * 900_000 + b"</x>" for name in "ab"}))


def test_a_package_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(UnreadableFile, match="more than 2 files"):
        read_file("x.zip", packed(a=b"", b=b"", c=b""))


def test_a_broken_file_in_a_package_costs_that_file_only() -> None:
    good = (FOREIGN / "item.qti21.xml").read_bytes()
    found = read_file("x.zip", packed(**{"broken.xml": b"<a>\n<b></a>", "good.xml": good}))
    assert [item.stem for item in found.items] == ["The Marten is a ferry. What burned?"]
    (refusal,) = found.refusals
    assert (refusal.line, refusal.reason.partition(":")[0]) == (2, "broken.xml")


@pytest.mark.parametrize("raw", [b"PK\x03\x04 nothing", packed(**{"a.txt": b"x"}), packed(**{"a.xml": b"<x/>"})])
def test_a_package_without_an_item_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_file("x.zip", raw)


def test_no_entity_of_a_file_reaches_another_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    for inner in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;'):
        raw = f'<!DOCTYPE quiz [{inner}]><quiz><question type="multichoice"><questiontext><text>&x;</text>'
        raw += "</questiontext></question></quiz>"
        with pytest.raises(UnreadableFile) as caught:
            read_file("x.xml", raw.encode())
        assert "hidden" not in str(caught.value)


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    for raw in (b"<quiz>" + b"<a>" * 100_000, b"[" * 100_000, b"{" * 100_000 + b'"results": []'):
        with pytest.raises(UnreadableFile):
            read_file("x", raw)


@pytest.mark.parametrize("sign", ["<!", "<!--", "<a ", "<a href='", "&", "</", "<script>", "<p>"])
def test_html_is_read_in_one_pass(sign: str) -> None:
    started = time.process_time()
    from_html(sign * 100_000)
    assert time.process_time() - started < 2  # seconds; the standard library's parser took 58 for some of these


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("H<sub>2</sub>O", "H2O"),
        ("a < b > c &lt;i&gt; <3", "a < b > c <i> <3"),
        ("<script>if (a < b) { x }</script>y<!-- <b>z</b> -->", "y"),
        ("x<br/>y&nbsp;z &amp;eacute;", "x y z é"),
        ('<A HREF="https://x.org/?a=1&amp;b=2" title="t">link</A>', "link"),
        ("<style>x", ""),
        ("a<", "a<"),
    ],
)
def test_html_is_what_a_reader_sees(fragment: str, words: str) -> None:
    assert from_html(fragment).words == words


def test_the_address_of_a_link_is_kept() -> None:
    assert from_html('<A HREF="https://x.org/?a=1&amp;b=2">x</A>').links == ("https://x.org/?a=1&b=2",)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_damage_to_a_file_is_a_traceback(data: st.DataObject) -> None:
    raw = bytearray((FOREIGN / data.draw(st.sampled_from(sorted(READ)))).read_bytes()[:4000])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=4))
    name = data.draw(st.none() | st.sampled_from([*names()]))
    with contextlib.suppress(UnreadableFile):
        read_file("x", bytes(raw), name)


@pytest.mark.parametrize("name", ["gift", "aiken", "csv", "anki", "opentriviaqa", "markdown"])
def test_a_file_of_one_long_line_is_read_in_time(name: str) -> None:
    for raw in (b"=" * 300_000, b"\\" * 300_001, b"{" * 300_000, b"* [x] " * 50_000, b'"' * 300_001, b"**a " * 50_000):
        with contextlib.suppress(UnreadableFile):
            read_file("x", raw, name)
