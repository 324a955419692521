"""`orbitquiz import`: questions of other programs as drafts, which nobody is ever asked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from tests.cli.conftest import Run
from tests.making import TAIL, TAKE_OFF, write_bank

QUESTIONS = """Who commanded the ship Kestrel? {=Ada Stone ~Ben Oak ~Cy Reed}

// [id:x] https://example.org/peru
What is the capital of Peru? {=Lima ~Cusco ~Quito}

The Kestrel came home after ____ days {=12 ~13 ~14}

On which day did the crew leave? {=May 4 ~May 5 ~May 7}

The comet is a star. {F}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [TAIL, TAKE_OFF])


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    file = tmp_path / "comet.gift"
    file.write_text(QUESTIONS)
    return file


def test_where_a_document_holds_the_answer_its_sentence_is_proposed(orbitquiz: Run, gift: Path, folder: Path) -> None:
    ran = orbitquiz("import", gift, "--into", folder)
    assert ran.code == 1  # a question of true or false is not taken
    assert ran.err == f"orbitquiz: {gift}:10: not supported yet, 1 question: true/false\n"
    assert ran.text.startswith(
        "4 drafts in questions/comet-2.yaml\nproposed as proof, from the bank's documents: 3 passages\n"
    )
    reading = read_bank(folder)
    assert reading.problems == ()
    drafts = {draft.id: draft for draft in reading.drafts}
    assert {draft.type for draft in drafts.values()} == {"text", "count", "date"}
    commander = drafts["who-commanded-the-ship-kestrel"]
    (quotation,) = commander.claims[0].proof
    source = reading.bank.sources[quotation.source] if reading.bank else None
    assert source is not None
    assert source.text[quotation.start : quotation.end] == "Ada Stone, 41, commanded the ship Kestrel."
    assert [each.value.text for each in commander.distractors] == ["Ben Oak", "Cy Reed"]
    days = drafts["the-kestrel-came-home-after-days"]
    assert days.state(days.claims[0]) == "The Kestrel came home after 12 days"


def test_what_no_document_proves_keeps_its_options_and_its_links(orbitquiz: Run, gift: Path, folder: Path) -> None:
    orbitquiz("import", gift, "--into", folder)
    (unproved,) = read_bank(folder).unproved
    assert (unproved.ask, unproved.key) == ("What is the capital of Peru?", "Lima")
    assert unproved.distractors == ("Cusco", "Quito")
    assert unproved.links == ("https://example.org/peru",)


def test_nothing_imported_is_ever_asked(orbitquiz: Run, gift: Path, folder: Path) -> None:
    before = orbitquiz("export", "--to", "json", "--all", "--bank", folder).out.count(b'"stem"')
    orbitquiz("import", gift, "--into", folder)
    assert orbitquiz("export", "--to", "json", "--all", "--bank", folder).out.count(b'"stem"') == before
    assert "4 drafts: everything holds" in orbitquiz("check", folder).text


def test_importing_again_adds_nothing(orbitquiz: Run, gift: Path, folder: Path) -> None:
    orbitquiz("import", gift, "--into", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    ran = orbitquiz("import", gift, "--into", folder)
    assert ran.text.startswith("in the bank already: 4 questions\n")
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_with_a_new_document_importing_again_proposes_its_passage(orbitquiz: Run, gift: Path, folder: Path) -> None:
    orbitquiz("import", gift, "--into", folder)
    document = folder.parent / "peru.txt"
    document.write_text("A guide to Peru\n\nThe capital of Peru is Lima, by the sea.\n")
    assert orbitquiz("new", folder, document).code == 0
    ran = orbitquiz("import", gift, "--into", folder)
    assert "proposed as proof, from the bank's documents: 1 passage\n" in ran.text
    reading = read_bank(folder)
    assert (len(reading.drafts), len(reading.unproved), reading.problems) == (4, 0, ())


def test_a_bank_is_made_where_there_is_none(orbitquiz: Run, gift: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    ran = orbitquiz("import", gift, "--into", new)
    assert ran.text.startswith(f"made the bank {new}\n4 drafts in questions/comet.yaml\n")
    assert "The bank has no document to prove them" in ran.text
    assert len(read_bank(new).unproved) == 4


def test_several_files_come_in_and_one_that_cannot_be_read_is_told(
    orbitquiz: Run, gift: Path, folder: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<quiz>\n<question>\n</quiz>")
    other = tmp_path / "other.csv"
    other.write_text("question,correct,wrong 1\nWhat is blue?,the sky,grass\n")
    ran = orbitquiz("import", bad, gift, other, "--into", folder)
    assert ran.code == 1
    assert f"orbitquiz: {bad}:3: this is not well-formed XML" in ran.err
    assert "5 drafts in" in ran.text


def test_hostile_words_are_drafts_that_can_be_read(orbitquiz: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    hostile = ("- x: #y", "{value} is {x}", "'\"\\", "\u202e\x1b[31m", "!tag &a *b %c", "Reference:", "no", "a #", "?")
    with file.open("w", newline="") as stream:
        rows = [(words, f"{words}1", f"{words}2") for words in hostile]
        csv.writer(stream).writerows([("question", "correct", "wrong 1"), *rows])
    ran = orbitquiz("import", file, "--into", folder)
    assert (ran.code, ran.err) == (0, "")
    reading = read_bank(folder)
    assert reading.problems == ()
    assert len(reading.unproved) + len(reading.drafts) == 9


@pytest.mark.parametrize("name", ["nothing.gift", "."])
def test_a_file_that_is_not_there_is_one_message(orbitquiz: Run, folder: Path, tmp_path: Path, name: str) -> None:
    ran = orbitquiz("import", tmp_path / name, "--into", folder)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert not list((folder / "questions").glob("*-2.yaml"))


def test_a_folder_that_is_no_bank_is_not_made_one(orbitquiz: Run, gift: Path, tmp_path: Path) -> None:
    ran = orbitquiz("import", gift, "--into", tmp_path)
    assert ran.code == 2
    assert "is there already and is no bank" in ran.err


def test_a_format_may_be_named(orbitquiz: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "cards"
    file.write_text("What is blue?\tthe sky\nWhat is green?\tgrass\n")
    assert orbitquiz("import", file, "--from", "anki", "--into", folder).code == 0
    ran = orbitquiz("import", file, "--from", "aiken", "--into", folder)
    assert ran.code == 2
    assert f"{file}:1: not taken: there is no line ANSWER:" in ran.err
