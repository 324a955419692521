"""The programs that read what `export` writes, where they are installed: `make consumers` installs them.

Each is run as a program of its own. Where one is missing its tests are skipped, and say so.
"""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.formats.deck import deck_of_bank
from orbitquiz.formats.table import format_of
from orbitquiz.formats.writers.qti21 import item
from tests.formats.sheets import NASTY, deck, sheet

HERE = Path(__file__).parent / "consumers"
PACKAGES = Path(sys.prefix) / "consumers"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NODE = shutil.which("node")

pytestmark = pytest.mark.slow
needs_anki = pytest.mark.skipif(find_spec("anki") is None, reason="anki is not installed: make consumers")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


def needs_npm(name: str) -> pytest.MarkDecorator:
    missing = NODE is None or not (PACKAGES / "node_modules" / name).is_dir()
    return pytest.mark.skipif(missing, reason=f"{name} is not installed: make consumers")


def ran(*words: str | Path | None) -> str:
    """Return what a program prints."""
    command = [str(word) for word in words]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout.decode()


# Anki


@needs_anki
def test_anki_updates_what_has_changed_and_doubles_nothing(tmp_path: Path) -> None:
    first, second, third = tmp_path / "1.apkg", tmp_path / "2.apkg", tmp_path / "3.apkg"
    anki = format_of("anki")
    first.write_bytes(anki.write(deck(), 1_700_000_000))
    second.write_bytes(anki.write(deck(), 1_700_000_100))
    changed = deck(sheet(1), sheet(2, stem="When was crane 2 built?"), sheet(3), sheet(4))
    third.write_bytes(anki.write(changed, 1_700_000_200))
    runs = json.loads(ran(sys.executable, HERE / "anki_import.py", tmp_path, first, second, third))
    assert [(run["new"], len(run["notes"]), run["cards"]) for run in runs] == [(3, 3, 3), (0, 3, 3), (1, 4, 4)]
    assert runs[1]["notes"] == runs[0]["notes"]
    assert runs[2]["notes"]["crane-2.asked"] == "When was crane 2 built?"


@needs_anki
def test_anki_shows_the_passage_with_its_marks_and_reads_no_text_as_its_own(tmp_path: Path) -> None:
    package = tmp_path / "x.apkg"
    hostile = sheet(stem="[sound:x.mp3] {{Answer}} \\(x^2\\) <b>?")
    package.write_bytes(format_of("anki").write(deck(hostile), 1_700_000_000))
    (run,) = json.loads(ran(sys.executable, HERE / "anki_import.py", tmp_path, package))
    assert "<mark>oldest crane was built in 1897</mark>" in run["back"]
    assert "[anki:play" not in run["front"]
    assert "1897" not in run["front"].partition("</style>")[2].partition("hint")[0]


# GIFT


@needs_npm("gift-pegjs")
def test_gift_pegjs_reads_each_question_as_it_was(tmp_path: Path, builtin: Bank) -> None:
    file = tmp_path / "x.gift"
    everything = deck_of_bank(builtin)
    file.write_bytes(format_of("gift").write(everything, 0))
    read = [each for each in json.loads(ran(NODE, HERE / "gift.cjs", file, PACKAGES)) if each["type"] != "Category"]
    sheets = [sheet for _, listed in everything.by_category for sheet in listed]
    assert {each["type"] for each in read} == {"MC"}
    for each, written in zip(read, sheets, strict=True):
        assert shown(each["stem"]["text"]) == written.stem
        assert tuple(shown(choice["text"]["text"]) for choice in each["choices"]) == written.options
        assert [choice["isCorrect"] for choice in each["choices"]].index(True) == written.key


@needs_npm("gift-pegjs")
def test_gift_pegjs_takes_no_hostile_text_for_a_sign(tmp_path: Path) -> None:
    hostile = [words for words in NASTY if words.isprintable() and words.strip()]
    questions = [
        sheet(number, stem=f"{words} ?", options=(f"{words}1", words + "2", f"3 {words}", "x"))
        for number, words in enumerate(hostile)
    ]
    file = tmp_path / "x.gift"
    file.write_bytes(format_of("gift").write(deck(*questions), 0))
    read = [each for each in json.loads(ran(NODE, HERE / "gift.cjs", file, PACKAGES)) if each["type"] == "MC"]
    assert [shown(each["stem"]["text"]) for each in read] == [question.stem for question in questions]
    assert [tuple(shown(choice["text"]["text"]) for choice in each["choices"]) for each in read] == [
        question.options for question in questions
    ]


def shown(fragment: str) -> str:
    from orbitquiz.formats.readers.markup import from_html

    return from_html(fragment).words


# Kahoot


def test_kahoots_template_has_its_cells_and_nothing_but_text(builtin: Bank) -> None:
    kahoot = format_of("kahoot")
    everything = deck_of_bank(builtin, fits=kahoot.fits)
    page = openpyxl.load_workbook(io.BytesIO(kahoot.write(everything, 0))).active
    heads = [page.cell(8, column).value for column in range(2, 9)]
    assert heads[0] == "Question - max 120 characters"
    assert heads[6] == "Correct answer(s) - choose at least one"
    rows = [[page.cell(row, column) for column in range(2, 9)] for row in range(9, 9 + len(everything.questions))]
    for row, written in zip(rows, everything.questions, strict=True):
        assert [cell.data_type for cell in row] == ["s"] * 7
        assert [cell.value for cell in row[:5]] == [written.stem, *written.options]
        assert row[5].value in ("5", "10", "20", "30", "60", "90", "120", "240")
        assert row[6].value == str(written.key + 1)
        assert len(row[0].value) <= 120
        assert max(len(cell.value) for cell in row[1:5]) <= 75
    assert page.cell(109, 2).value is None


# QTI 2.1


@needs_chromium
@needs_npm("@citolab/qti-components")
@needs_npm("@citolab/qti-convert")
def test_qti_components_renders_an_item_and_scores_it(tmp_path: Path) -> None:
    written = sheet(stem="A & B <b>, “which”?", options=("<i>x</i>", "y & z", "]]>", "4"))
    file, page = tmp_path / "item.xml", tmp_path / "page.html"
    file.write_bytes(item("en", "item-1", written))
    modern = ran(NODE, HERE / "qti3.mjs", file, PACKAGES)
    script = PACKAGES / "node_modules" / "@citolab" / "qti-components" / "cdn" / "index.global.js"
    text = (HERE / "qti.html").read_text("utf-8").replace("SCRIPT", script.as_uri())
    page.write_text(text.replace("ITEM", json.dumps(modern).replace("</", "<\\/")), "utf-8")
    shown_page = ran(CHROMIUM, *flags(tmp_path), "--virtual-time-budget=20000", "--dump-dom", page.as_uri())
    found = re.search(r'<pre id="result">([^<]+)</pre>', shown_page)
    assert found, shown_page[-2000:]
    result: dict[str, Any] = json.loads(base64.b64decode(found[1]))
    assert result["prompt"] == written.stem
    assert [option.strip() for option in result["options"]] == list(written.options)
    assert result["scores"] == [0, 1, 0, 0]


# The worksheet


@needs_chromium
@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_worksheet_prints_and_each_part_begins_a_page(
    tmp_path: Path, builtin: Bank, paper: str, size: tuple[int, int]
) -> None:
    from dataclasses import replace

    everything = deck_of_bank(builtin)
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    html = format_of("html").write(replace(everything, questions=everything.questions[:12]), 0).decode()
    page.write_text(html.replace("@page { margin", f"@page {{ size: {paper}; margin"), "utf-8")
    ran(CHROMIUM, *flags(tmp_path), "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    pdf = pypdfium2.PdfDocument(printed)
    assert tuple(map(round, pdf[0].get_size())) == size
    texts = [sheet.get_textpage().get_text_range() for sheet in pdf]
    starts = [at for at, text in enumerate(texts) if re.search(r"Version [AB]|\bKey\b", text.partition("1.")[0])]
    assert len(starts) == 3
    assert "Name:" in texts[starts[0]]
    assert "Name:" in texts[starts[1]]
    assert "line" not in "".join(texts[: starts[2]])  # no source before the key
    pdf.close()


def flags(folder: Path) -> list[str]:
    """Return how Chromium is started: without a screen, a network or another's profile."""
    words = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    words += " --disable-component-update --disable-sync --allow-file-access-from-files"
    return [*words.split(), f"--user-data-dir={folder / 'profile'}"]
