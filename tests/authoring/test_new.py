"""`orbitquiz new`: what it makes passes `check`, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from orbitquiz.bank.folder import sha256_of
from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main
from tests.authoring.documents import pdf

GUIDE = "A walk around the harbour\n\nThe harbour of Ostrand has 14 cranes. The oldest was built in 1897.\n"
FACT = """facts:
  - id: cranes
    type: count
    ask: How many cranes does the harbour have?
    statement: The harbour has {value} cranes.
    claims:
      - value: 14
        proof:
          - {source: guide, quote: The harbour of Ostrand has 14 cranes}
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide.txt"
    path.write_text(GUIDE)
    return path


def bank_of(folder: Path, *documents: Path) -> int:
    return main(["new", str(folder), *map(str, documents)])


def test_what_is_made_passes_check_and_has_help_for_editors(
    tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "harbour-bank"
    assert bank_of(folder, guide) == 0
    assert main(["check", str(folder)]) == 0
    assert "1 source, 0 facts" in capsys.readouterr().out
    for path in folder.rglob("*.yaml"):
        first, *rest = path.read_text().splitlines()
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), path
        assert any(line.startswith("#") for line in rest), path
    assert "orbitquiz author ." in (folder / "README.md").read_text()
    assert read_bank(folder).bank.title == "Harbour bank"  # type: ignore[union-attr]


def test_without_documents_it_is_an_empty_bank(tmp_path: Path) -> None:
    assert bank_of(tmp_path / "bank") == 0
    assert main(["check", str(tmp_path / "bank")]) == 0


def test_the_original_lies_beside_the_text_with_its_hash_and_what_read_it(tmp_path: Path) -> None:
    document = tmp_path / "Old Report.pdf"
    document.write_bytes(pdf([[(60, 700, 10, "The tower is 31 metres high.")]]))
    folder = tmp_path / "bank"
    assert bank_of(folder, document) == 0
    (source,) = yaml.safe_load((folder / "seeds/sources.yaml").read_text())["sources"]
    assert (source["id"], source["file"]) == ("old-report", "old-report.txt")
    original = source["original"]
    assert (folder / "seeds" / original["file"]).read_bytes() == document.read_bytes()
    assert original["sha256"] == sha256_of(document.read_bytes())
    assert original["extractor"].startswith("pypdfium2 ")
    assert source["pages"] == [{"at": 0, "name": 1}]
    assert main(["check", str(folder)]) == 0


def test_an_original_that_has_changed_is_a_problem(tmp_path: Path) -> None:
    document = tmp_path / "report.pdf"
    document.write_bytes(pdf([[(60, 700, 10, "The tower is 31 metres high.")]]))
    bank_of(tmp_path / "bank", document)
    with (tmp_path / "bank/seeds/originals/report.pdf").open("ab") as file:
        file.write(b"%")
    assert [problem.code for problem in read_bank(tmp_path / "bank").problems] == ["source-changed"]


def test_extracting_again_shows_the_difference_and_what_would_break_and_writes_nothing(
    tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bank"
    bank_of(folder, guide)
    questions = folder / "questions/guide.yaml"
    questions.write_text(questions.read_text().replace("facts: []\n", FACT))
    assert main(["check", str(folder)]) == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    guide.write_text(GUIDE.replace("14", "15"))
    capsys.readouterr()
    assert bank_of(folder, guide) == 1
    told = capsys.readouterr().out
    assert "-The harbour of Ostrand has 14 cranes." in told
    assert "+The harbour of Ostrand has 15 cranes." in told
    assert "the fact cranes would lose its quotation: The harbour of Ostrand has 14 cranes" in told
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_same_document_again_changes_nothing(
    tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank_of(tmp_path / "bank", guide)
    capsys.readouterr()
    assert bank_of(tmp_path / "bank", guide) == 0
    assert "already, word for word" in capsys.readouterr().out


def test_two_documents_of_one_name_both_find_room(tmp_path: Path, guide: Path) -> None:
    other = tmp_path / "guide.md"
    other.write_text("# Another guide\n\nIt tells of the bay.\n")
    assert bank_of(tmp_path / "bank", guide, other) == 0
    bank = read_bank(tmp_path / "bank").bank
    assert bank is not None
    assert {source.id: source.file for source in bank.sources.values()} == {
        "guide": "seeds/guide.txt",
        "guide-2": "seeds/guide-2.md",
    }


def test_a_folder_of_other_things_is_left_alone(
    tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bank_of(tmp_path, guide) == 2
    assert "is there already and is no bank" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["guide.txt"]


def test_one_document_that_cannot_be_read_keeps_none_of_the_others_out(
    tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bank_of(tmp_path / "bank", tmp_path / "missing.pdf", guide) == 1
    assert capsys.readouterr().err == f"orbitquiz: cannot read {tmp_path}/missing.pdf: No such file or directory\n"
    assert (tmp_path / "bank/seeds/guide.txt").read_text() == GUIDE
