"""The traps of each format, one test each."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from orbitquiz.formats.deck import Deck, deck_of_bank
from orbitquiz.formats.table import FORMATS, Format, MissingLibrary, format_of
from orbitquiz.formats.writers.worksheet import versions
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from tests.formats.sheets import deck, sheet

WRITTEN = [format for format in FORMATS if format.module]


def written(name: str, what: Deck | None = None) -> bytes:
    return format_of(name).write(what or deck(), 1_700_000_000)


@pytest.mark.parametrize("format", WRITTEN, ids=lambda each: each.name)
def test_the_same_questions_give_the_same_bytes(format: Format) -> None:
    if format.name == "anki":
        pytest.skip("a database has bytes that mean nothing; test_anki.py compares the notes")
    if format.name == "kahoot":
        pytest.skip("a workbook holds the time at which it was made")
    assert written(format.name) == written(format.name)


@pytest.mark.parametrize("format", WRITTEN, ids=lambda each: each.name)
def test_what_a_format_says_it_keeps_is_in_the_file(format: Format) -> None:
    raw = written(format.name)
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            raw = b"".join(package.read(name) for name in package.namelist())
    text = raw.decode("utf-8", "replace")
    for part, words in (("passages", "and is high"), ("feedback", "The diary says 1899"), ("categories", "Cranes")):
        assert (words in text) is (part not in format.loses), part


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("moodle-xml", None),
        ("csv", "csv has no place for 6 marks in passages"),
        (
            "aiken",
            (
                "aiken has no place for 6 passages, 6 marks in passages, 3 pieces of feedback on wrong options "
                "and 1 category"
            ),
        ),
    ],
)
def test_what_is_lost_is_counted(name: str, lost: str | None) -> None:
    assert format_of(name).lost(deck()) == lost


def test_nothing_is_said_to_be_lost_that_a_deck_does_not_have() -> None:
    plain = sheet(proof=ProofSheet("x", ()), remarks=(None,) * 4)
    assert format_of("csv").lost(deck(plain)) is None


def test_a_missing_library_is_named_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitquiz.formats.table.find_spec", lambda name: None)
    with pytest.raises(MissingLibrary, match=r"--to anki needs genanki: pip install 'orbitquiz\[formats\]'"):
        written("anki")


# Moodle XML


def test_moodle_xml_has_no_entity_outside_of_cdata() -> None:
    hostile = sheet(stem="a & b < c ]]> “d”", options=("&amp; &lt;", "x]]>", "y", "z"))
    text = written("moodle-xml", deck(hostile)).decode()
    outside = "".join(part.rpartition("]]>")[2] if at else part for at, part in enumerate(text.split("<![CDATA[")))
    assert "&" not in outside


def test_moodle_xml_has_ids_categories_and_feedback() -> None:
    root = etree.fromstring(written("moodle-xml"))
    category, *questions = root.findall("question")
    assert category.findtext("category/text") == "$course$/top/The harbour of Ostrand/Cranes"
    assert [question.findtext("idnumber") for question in questions] == [f"crane-{n}.asked" for n in (1, 2, 3)]
    answers = questions[0].findall("answer")
    assert [answer.get("fraction") for answer in answers] == ["0", "100", "0", "0"]
    assert answers[2].findtext("feedback/text") == "The diary says 1899 (line 9)"
    feedback = questions[0].findtext("generalfeedback/text")
    assert "<strong>oldest crane was built in 1897</strong>" in feedback
    assert "line 3 · The guide" in feedback
    assert questions[0].findtext("shuffleanswers") == "false"


def test_a_slash_in_a_category_is_no_path_in_moodle() -> None:
    root = etree.fromstring(written("moodle-xml", deck(sheet(category="Up/down"))))
    assert root.findtext("question/category/text").endswith("/Up//down")


def test_an_id_that_is_too_long_for_moodle_is_hashed() -> None:
    long = sheet(id="x" * 130)
    assert len(etree.fromstring(written("moodle-xml", deck(long))).findtext("question/idnumber")) == 64


# GIFT and Aiken


def test_gift_takes_no_sign_of_a_text_for_its_own() -> None:
    hostile = sheet(stem="%50%~=#{}: &&058; a->b \\n", options=("%5%x", "->", "=y", "~z"))
    lines = written("gift", deck(hostile)).decode().splitlines()
    assert "// [id:crane-1.asked] [tag:harbour]" in lines
    options = [line for line in lines if line.startswith(("\t=", "\t~"))]
    assert [line[2:] for line in options] == [
        "[html]%5%x",
        "[html]-&\\#62;",
        "[html]\\=y \\#[html]".partition(" ")[0] + " #[html]The diary says 1899 (line 9)",
        "[html]\\~z",
    ]
    assert not any(letter in lines[3].partition("[html]")[2] for letter in ("&&058;", "->"))


def test_a_stem_that_looks_like_an_option_is_none_in_aiken() -> None:
    lines = (
        written("aiken", deck(sheet(stem="A. Lincoln was what?"), sheet(2, stem="ANSWER: what?"))).decode().split("\n")
    )
    assert lines[0] == "\u00a0A. Lincoln was what?"
    assert lines[1:6] == ["A. 1895", "B. 1897", "C. 1899", "D. 1901", "ANSWER: B"]
    assert lines[7] == "\u00a0ANSWER: what?"


# Tables


def test_no_cell_of_a_table_is_a_formula() -> None:
    formulas = ("=1+1", "+1", "-1", "@x")
    for name in ("csv", "blooket"):
        rows = [*csv.reader(io.StringIO(written(name, deck(sheet(stem="=cmd", options=formulas))).decode("utf-8-sig")))]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_every_field_of_the_csv_is_quoted() -> None:
    assert all(line.startswith('"') for line in written("csv", deck(sheet())).decode("utf-8-sig").splitlines()[:2])


def test_blooket_has_its_title_row_and_heads() -> None:
    title, heads, first, *_ = csv.reader(io.StringIO(written("blooket").decode()))
    assert title == ["Blooket\nImport Template", *[""] * 7]
    assert heads[0] == "Question #"
    assert first == ["1", "In which year was crane 1 built?", "1895", "1897", "1899", "1901", "20", "2"]


# Packages


@pytest.mark.parametrize("name", ["qti1.2", "qti2.1"])
def test_a_package_lists_just_the_files_that_it_holds(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(name))) as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        listed = {file.get("href") for file in manifest.iterfind(".//{*}file")}
        assert listed == {*package.namelist()} - {"imsmanifest.xml"}
        for file in listed:
            etree.fromstring(package.read(file))


def test_canvas_gets_numbers_for_entities_and_may_get_one_stem_twice() -> None:
    same = [sheet(number, stem="A & B < C?") for number in (1, 2)]
    with zipfile.ZipFile(io.BytesIO(written("qti1.2", deck(*same)))) as package:
        (name,) = {*package.namelist()} - {"imsmanifest.xml"}
        root = etree.fromstring(package.read(name))
    items = root.findall(".//{*}item")
    assert len({item.get("ident") for item in items}) == 2
    assert items[0].findtext("{*}presentation/{*}material/{*}mattext") == "A &#38; B &#60; C?"


# The worksheet


def test_both_versions_ask_the_same_in_another_order() -> None:
    questions = tuple(sheet(number, is_ordered=number % 2 == 0) for number in range(1, 9))
    first, second = versions(deck(*questions))
    assert [task.sheet for task in first.tasks] != [task.sheet for task in second.tasks]
    assert {task.sheet.id for task in first.tasks} == {task.sheet.id for task in second.tasks}
    for task in second.tasks:
        assert sorted(task.options) == sorted(task.sheet.options)
        assert (task.options == task.sheet.options) is task.sheet.is_ordered
        assert task.options["ABCD".index(task.key)] == "1897"


def test_text_in_a_worksheet_is_no_markup() -> None:
    page = written("html", deck(sheet(stem="<script>alert(1)</script>?"))).decode()
    assert "<script>" not in page


# The choice of questions


def test_each_fact_gives_one_question_or_with_every_all(builtin: object) -> None:
    from orbitquiz.bank.model import Bank

    assert isinstance(builtin, Bank)
    one, every = deck_of_bank(builtin), deck_of_bank(builtin, every=True)
    assert len({question.fact for question in one.questions}) == len(one.questions)
    assert {question.fact for question in one.questions} == {question.fact for question in every.questions}
    assert len(every.questions) > len(one.questions)


def test_where_the_first_question_of_a_fact_does_not_fit_another_does(builtin: object) -> None:
    from orbitquiz.bank.model import Bank

    assert isinstance(builtin, Bank)
    every = deck_of_bank(builtin, every=True)
    first = {question.fact: question for question in reversed(every.questions)}
    fits = lambda question: question is not None and question.id != first[question.fact].id  # noqa: E731
    chosen = deck_of_bank(builtin, fits=fits)
    several = {question.fact for question in every.questions if question.id != first[question.fact].id}
    assert {question.fact for question in chosen.questions} == several
    assert chosen.left_out == len(first) - len(several)


def test_rows_of_one_passage_are_one(tmp_path: Path) -> None:
    two_marks = PassageSheet("1897", "line 3", "It was built in 1897, they say in 1897.", ((7, 20), (31, 38)))
    proof = ProofSheet("It was built in 1897.", (two_marks,))
    text = written("moodle-xml", deck(sheet(proof=proof, remarks=(None,) * 4))).decode()
    assert text.count("<blockquote>") == 1
    assert text.count("<strong>") == 2


def test_anki_notes_hold_nothing_that_anki_reads(tmp_path: Path) -> None:
    hostile = sheet(stem="[sound:x.mp3] \\(x\\) \\[y\\] {{c1::z}} [latex]q[/latex]?")
    with zipfile.ZipFile(io.BytesIO(written("anki", deck(hostile)))) as package:
        package.extract("collection.anki2", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as database:
        ((fields,),) = database.execute("select flds from notes").fetchall()
    database.close()
    assert not any(sign in fields for sign in "[]{}\\")
