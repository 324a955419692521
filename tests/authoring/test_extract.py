"""Documents of each format as clean text, with the places that a reader of the original knows."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from orbitquiz.authoring.extract import worker
from orbitquiz.authoring.extract.document import extract
from orbitquiz.authoring.extract.model import CannotExtract, Extract
from tests.authoring.documents import Line, docx, epub, packed, pdf, pdf_of

LEFT, RIGHT = 60, 320


def column(x: int, *lines: str) -> list[Line]:
    """Set lines one below the other; an empty one leaves a gap."""
    return [(x, 740 - 12 * n, 10, words) for n, words in enumerate(lines) if words]


TWO_COLUMNS = [
    (LEFT, 780, 18, "A lighthouse"),
    *column(
        LEFT,
        "The lighthouse of Ostrand was discov-",
        "ered by chance in 1897. Its keeper is",
        "well-known, and the lamp is well-",
        "known too.",
        "",
        "A second paragraph begins here and goes",
        "on to the end of the column, where it",
    ),
    *column(RIGHT, "continues in the next one. It was", "built of granite.", "", "The tower is 31 metres high."),
]


def read(folder: Path, name: str, raw: bytes | str) -> Extract:
    path = folder / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return extract(path)


def named(found: Extract, kind: str) -> list[tuple[str, str]]:
    """Give each page or heading with the words that stand there."""
    return [(place.name, found.text[place.at :].split("\n")[0][:20]) for place in getattr(found, kind)]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The lamp", "The lamp"),
        ("", "A lighthouse"),
        ("lamp.docx", "A lighthouse"),
        ("Microsoft Word - a", "A lighthouse"),
    ],
)
def test_the_title_of_a_pdf_is_what_it_says_unless_that_is_the_name_of_a_file(
    tmp_path: Path, said: str, title: str
) -> None:
    assert read(tmp_path, "lamp.pdf", pdf([[*TWO_COLUMNS]], said)).title == title


def test_a_pdf_of_two_columns_is_read_column_by_column_with_its_words_whole(tmp_path: Path) -> None:
    last = [(LEFT, 780, 10, "The second page has one sentence."), (290, 40, 9, "2")]
    found = read(tmp_path, "lamp.pdf", pdf([[*TWO_COLUMNS, (290, 40, 9, "1")], last]))
    assert found.text == (
        "A lighthouse\n\n"
        "The lighthouse of Ostrand was discovered by chance in 1897. Its keeper is well-known, and the lamp is "
        "well-known too.\n\n"
        "A second paragraph begins here and goes on to the end of the column, where it continues in the next one. "
        "It was built of granite.\n\n"
        "The tower is 31 metres high.\n\n"
        "The second page has one sentence.\n"
    )
    assert named(found, "pages") == [("1", "A lighthouse"), ("2", "The second page has ")]
    assert found.title == "A lighthouse"
    assert found.extractor.startswith("pypdfium2 ")


def test_a_word_parted_at_the_end_of_a_page_belongs_to_the_page_where_it_begins(tmp_path: Path) -> None:
    pages = [column(LEFT, "The ferry crossed the bay in thir-"), column(LEFT, "teen minutes. Nobody was hurt.")]
    found = read(tmp_path, "ferry.pdf", pdf(pages))
    assert found.text == "The ferry crossed the bay in thirteen minutes. Nobody was hurt.\n"
    assert named(found, "pages")[1] == ("2", " minutes. Nobody was")


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept_at_the_end_of_a_line(tmp_path: Path) -> None:
    lines = ["The sea-gull is a bird. Another sea-", "gull came. The moon-", "light was bright."]
    assert "Another sea-gull came. The moonlight" in read(tmp_path, "gull.pdf", pdf([column(LEFT, *lines)])).text


def test_what_most_pages_repeat_is_left_out(tmp_path: Path) -> None:
    pages = [
        [(LEFT, 800, 9, f"Harbour Report {n}"), *column(LEFT, f"Sentence of page {word}.")]
        for n, word in enumerate(["one", "two", "three"], 1)
    ]
    found = read(tmp_path, "report.pdf", pdf(pages))
    assert found.text == "Sentence of page one.\n\nSentence of page two.\n\nSentence of page three.\n"


def test_a_scan_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotExtract, match="it is a scan: its pages are pictures"):
        read(tmp_path, "scan.pdf", pdf_of([b"0 0 100 100 re f"] * 3))


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "half.pdf", pdf_of([b"BT /F1 10 Tf 60 700 Td (Words here.) Tj ET", b"0 0 9 9 re f"]))
    assert found.notes == ("there is no text on page 2",)


ARTICLE = """<html><head><title>The lamp - Museum</title><meta name="author" content="Ida Falk"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/x">About the museum</a></li></ul></nav>
<article><h1>The lamp</h1><p>The lamp of Ostrand was lit in 1897.<sup><a href="#1">[52]</a></sup> It has burned ever
since, they say, and many people come to see it on summer evenings.</p><h2>Early years</h2>
<p>Its first keeper was <b>Jon Aske</b>, who came from the island of Wick and stayed for forty years, alone.</p>
<ul><li>Oil lamp, 1897</li><li>Electric lamp, 1931</li></ul></article>
<footer>Copyright 2020. Contact us. Cookies.</footer></body></html>"""


def test_a_web_page_is_read_without_its_menus_and_footers(tmp_path: Path) -> None:
    found = read(tmp_path, "lamp.html", ARTICLE)
    assert "The lamp of Ostrand was lit in 1897. It has burned ever since" in found.text
    assert "Oil lamp, 1897\nElectric lamp, 1931" in found.text
    assert not any(words in found.text for words in ("Home", "About", "Copyright", "[52]"))
    assert named(found, "headings") == [("The lamp", "The lamp"), ("Early years", "Early years")]
    assert (found.title, found.author) == ("The lamp", "Ida Falk")


def test_a_page_in_another_encoding_is_read_as_it_says(tmp_path: Path) -> None:
    page = ARTICLE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Jon Aske", "Jørn Åske")
    assert "Jørn Åske" in read(tmp_path, "lamp.htm", page.encode("latin-1")).text


def test_a_document_of_a_word_processor_keeps_its_headings(tmp_path: Path) -> None:
    found = read(
        tmp_path, "d.docx", docx([("Heading1", "The ferry"), ("", "It burned in 1931."), ("Heading2", "After")])
    )
    assert found.text == "The ferry\n\nIt burned in 1931.\n\nAfter\n"
    assert named(found, "headings") == [("The ferry", "The ferry"), ("After", "After")]
    assert found.extractor.startswith("mammoth ")


def test_a_book_is_read_chapter_by_chapter_without_its_table_of_contents(tmp_path: Path) -> None:
    chapters = ["<h1>The fire</h1><p>It burned.</p>", "<p>It was built again.</p>"]
    found = read(tmp_path, "book.epub", epub("Forty Winters", "Ida Falk", chapters))
    assert found.text == "The fire\n\nIt burned.\n\nIt was built again.\n"
    assert named(found, "headings") == [("The fire", "The fire"), ("Chapter 2", "It was built again.")]
    assert (found.title, found.author) == ("Forty Winters", "Ida Falk")


def test_markdown_stays_as_it_is_written_and_its_headings_are_noted(tmp_path: Path) -> None:
    found = read(tmp_path, "n.md", "# A *walk*\r\n\r\nThree **islands**.\r\n\r\n## Birds\r\n\r\nGulls.\r\n")
    assert found.text == "# A *walk*\n\nThree **islands**.\n\n## Birds\n\nGulls.\n"
    assert found.format == "markdown"
    assert named(found, "headings") == [("A walk", "# A *walk*"), ("Birds", "## Birds")]


def test_text_becomes_nfc_with_lf_and_without_what_cannot_be_seen(tmp_path: Path) -> None:
    raw = "\ufeffCafe\u0301 on the quay.\r\nIt was dis\u00adcovered\u200b late. \r\n\r\n\r\n\r\nEnd".encode()
    assert read(tmp_path, "t.txt", raw).text == "Café on the quay.\nIt was discovered late.\n\nEnd\n"


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    assert named(read(tmp_path, "t.txt", "One.\fTwo."), "pages") == [("1", "One."), ("2", "Two.")]


@pytest.mark.parametrize("raw", ["naïve".encode("cp1252"), "naïve".encode("utf-16")], ids=["cp1252", "utf-16"])
def test_text_of_other_encodings_is_read_too(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, "t.txt", raw).text == "naïve\n"


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.xls", b"", "expected a file that ends in .txt"),
        ("a.txt", b" \n", "it holds no text"),
        ("a.pdf", b"%PDF-nothing", "it is damaged, or no PDF at all"),
        ("a.docx", b"nothing", "it is damaged, or no .docx file at all"),
        ("a.epub", packed({"x": "y"}), "'META-INF/container.xml' is missing"),
        ("a.html", b"<html><script>draw()</script></html>", "it holds no text|the page holds no text"),
    ],
)
def test_what_gives_no_text_says_why(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(CannotExtract, match=reason):
        read(tmp_path, name, raw)


def test_a_missing_library_is_named_with_the_line_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python finds this module before the installed one.
    (tmp_path / "mammoth.py").write_text("raise ModuleNotFoundError('no mammoth', name='mammoth')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(CannotExtract, match=r"needs the package mammoth; install it with: pip install 'orbitquiz\[doc"):
        read(tmp_path, "a.docx", docx([("", "Words")]))


def _nested_page() -> bytes:
    return b"<html><body>" + b"<div>" * 100_000 + b"x" * 300


def _bomb() -> bytes:
    return packed({"word/document.xml": b" " * 300_000_000})


#: An entity of a billion letters.
LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))


def _changed(*words: bytes) -> bytes:
    """Return a document of a word processor in whose XML words are replaced, each by the next."""
    with ZipFile(BytesIO(docx([("", "Words of it")]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for old, new in zip(words[::2], words[1::2], strict=True):
        files["word/document.xml"] = files["word/document.xml"].replace(old, new, 1)
    return packed(files)


def test_a_document_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><w:document'
    found = read(tmp_path, "a.docx", _changed(b"<w:document", entity.encode(), b"Words", b"Words &x;"))
    assert found.text.split() == ["Words", "of", "it"]
    outside = (
        '<package><manifest><item id="a" href="file:///etc/passwd" media-type="application/xhtml+xml"/></manifest>'
    )
    container = '<container><rootfile full-path="c.opf"/></container>'
    book = {"META-INF/container.xml": container, "c.opf": f'{outside}<spine><itemref idref="a"/></spine></package>'}
    with pytest.raises(CannotExtract, match="'file:/etc/passwd' is missing from it"):
        read(tmp_path, "a.epub", packed(book))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nested.html": _nested_page,
    "wide.html": lambda: b"<p>" + b"<b>x</b>" * 200_000,
    "attributes.html": lambda: b"<p " + b" ".join(b'a%d="x"' % n for n in range(300_000)) + b">x</p>",
    "nested.docx": lambda: _changed(b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 50_000),
    "entities.docx": lambda: _changed(b"<w:document", f"<!DOCTYPE a [{LAUGHS}]><w:document".encode(), b"Words", b"&j;"),
    "bomb.docx": _bomb,
    "bomb.epub": _bomb,
    "bomb.pdf": lambda: pdf_of([b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaa) Tj " * 2_000_000 + b"ET"], deflate=True),
    "loop.pdf": lambda: pdf([column(LEFT, "x")]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
    "entities.epub": lambda: packed(
        {"META-INF/container.xml": f'<!DOCTYPE a [{LAUGHS}]><container><rootfile full-path="&j;"/></container>'}
    ),
    "outside.epub": lambda: packed(
        {"META-INF/container.xml": '<container><rootfile full-path="../../../../etc/passwd"/></container>'}
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_at_once_with_one_message(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "orbitquiz", "new", str(tmp_path / "bank"), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    # Processor time, because how long it takes depends on what else the machine does.
    assert took < 2.0, f"{took:.1f} s of processor time, {time.monotonic() - began:.1f} s in all"
    assert after.ru_maxrss < 500_000  # kilobytes, the largest of all processes so far
    assert worker.MEMORY < 500_000_000
