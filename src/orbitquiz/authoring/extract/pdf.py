"""PDF: lines as pdfium finds them, put together to paragraphs."""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from orbitquiz.authoring.extract.model import CannotExtract, Extract, Locator, one_line, tidy

_MOST_PAGES = 2_000
_HYPHEN = "\ufffe"  # what pdfium writes for a hyphen at the end of a line
_PAGE = "\ue000"  # stands where a page begins until its offset is known; of private use, so no document's own
_WIDE_GAP = 1.35  # a gap of so many usual ones begins a paragraph
_OTHER_SIZE = 0.15  # and so does a font that is larger or smaller by this share
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|[-–] ?)?\d{1,4}(?: (?:of|/) \d{1,4})?(?: ?[-–])?", re.IGNORECASE)
#: What programs put into a PDF as its title where its author gave none: the name of a file, or of the program.
_NO_TITLE = re.compile(
    r"\.(?:docx?|odt|rtf|tex|dvi|html?|md|txt|indd|pptx?|pages)$|^Microsoft |^untitled", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"[•‣◦▪–*]\s|\(?\d{1,2}[.)]\s")
_PARTED = re.compile(rf"([^\W_]+){_HYPHEN}({_PAGE}?)([^\W_]+)")
#: First parts of words that keep their hyphen wherever the line ends.
_KEEP = frozenset("well self half all ex cross long short high low non mid co".split())


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it begins and how low it ends, in points. One with a parted word goes on in the line below."""

    text: str
    x: float
    y: float
    end_y: float
    size: float


def read_pdf(raw: bytes) -> Extract:
    """Read the text of a PDF and where its pages begin. Raises `CannotExtract`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise CannotExtract("it is locked by a password" if locked else "it is damaged, or no PDF at all") from error
    if len(document) > _MOST_PAGES:
        raise CannotExtract(f"it has {len(document):,} pages; {_MOST_PAGES:,} are the most")
    pages: list[list[_Line]] = []
    for index in range(len(document)):
        try:
            pages.append(list(_lines(document[index])))
        except pypdfium2.PdfiumError:
            pages.append([])
    empty = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        raise CannotExtract(
            "it is a scan: its pages are pictures and hold no text; recognise the text first, for example with ocrmypdf"
        )
    text, places = _put_together(_without_running_heads(pages))
    title = one_line(str(document.get_metadata_dict().get("Title") or ""))
    if not title or _NO_TITLE.search(title):
        title = _largest(pages) or title
    notes = [f"there is no text on page{'s' * (len(empty) > 1)} {', '.join(empty)}"] if empty else []
    return Extract(text, f"pypdfium2 {version('pypdfium2')}", title=title, pages=places, notes=tuple(notes))


def _lines(page: Any) -> Iterator[_Line]:
    """Find the lines of a page, in the order in which its author put them down."""
    from pypdfium2 import raw as pdfium

    words = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    at = 0
    for line in words.get_text_range().replace(_PAGE, " ").split("\r\n"):
        if line.strip():
            begin = at + len(line) - len(line.lstrip())
            size = pdfium.FPDFText_GetFontSize(words, begin) or 1.0
            pdfium.FPDFText_GetCharOrigin(words, at + len(line.rstrip()) - 1, x, y)
            end_y = y.value
            pdfium.FPDFText_GetCharOrigin(words, begin, x, y)
            yield _Line(line.strip(), x.value, y.value, end_y, size)
        at += len(line) + 2


def _without_running_heads(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Leave out page numbers, and first and last lines that most pages have alike."""
    if len(pages) == 1:
        last = pages[0][-1]
        alone = len(pages[0]) > 1 and _PAGE_NUMBER.fullmatch(last.text)
        return [list(pages[0][:-1] if alone else pages[0])]
    ends = Counter(_shape(line) for lines in pages for line in {*lines[:1], *lines[-1:]})
    often = max(3, len(pages) * 0.6)
    kept = []
    for lines in pages:
        rest = list(lines)
        for index in (-1, 0):
            while rest and (ends[_shape(rest[index])] >= often or _PAGE_NUMBER.fullmatch(rest[index].text)):
                del rest[index]
        kept.append(rest)
    return kept


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text).casefold()


def _put_together(pages: Sequence[Sequence[_Line]]) -> tuple[str, tuple[Locator, ...]]:
    """Put lines together to paragraphs, also over the ends of columns and pages."""
    pairs = [(a, b) for lines in pages for a, b in itertools.pairwise(lines)]
    pairs = [(a, b) for lines in pages for a, b in itertools.pairwise(lines)]
    gaps = [round(a.end_y - b.y) for a, b in pairs if 0 < a.end_y - b.y < 4 * a.size]
    usual = statistics.mode(gaps) if gaps else 12.0
    paragraphs: list[list[str]] = []
    names: list[str] = []  # of the pages, in the order of their marks
    before: _Line | None = None
    for number, lines in enumerate(pages, 1):
        for index, line in enumerate(lines):
            if before is None or _begins(before, line, usual, is_page=index == 0):
                paragraphs.append([])
            paragraphs[-1].append(line.text if index else _PAGE + line.text)
            before = line
        names += [str(number)] if lines else []
    known = _words_of(paragraphs)
    pieces = "\n\n".join(_joined(lines, known) for lines in paragraphs).split(_PAGE)
    text, places = pieces[0], []
    for name, piece in zip(names, pieces[1:], strict=True):
        places.append(Locator(len(text), name))
        text += piece
    return text + "\n", tuple(places)


def _joined(lines: Sequence[str], known: set[str]) -> str:
    """Join the lines of a paragraph, and the words that were parted between them."""
    text = ""
    for line in lines:
        if text.endswith("-") and line.lstrip(_PAGE)[:1].islower():  # at the end of a column pdfium leaves it as it is
            text = text[:-1] + _HYPHEN
        text += line if not text or text.endswith(_HYPHEN) else f" {line}"

    def whole(match: re.Match[str]) -> str:
        first, page, second = match.groups()
        joined, hyphened = first + second, f"{first}-{second}"
        keeps = hyphened.casefold() in known or first.casefold() in _KEEP or not (first + second[0]).isalpha()
        keeps = (keeps or not second[0].islower()) and joined.casefold() not in known
        return (hyphened if keeps else joined) + page

    return tidy(_PARTED.sub(whole, text).replace(_HYPHEN, "-"))


def _begins(before: _Line, line: _Line, usual: float, *, is_page: bool) -> bool:
    """True if `line` begins a paragraph."""
    if abs(line.size - before.size) > _OTHER_SIZE * before.size or _LIST_ITEM.match(line.text):
        return True
    gap = before.end_y - line.y
    ends = before.text.rstrip("”\"')]").endswith((".", "!", "?", ":"))
    if is_page or gap < -usual:  # another page or column
        return ends or not (line.text[:1].islower() or before.text.endswith((_HYPHEN, "-", ",")))
    indented = line.x - before.x > 0.8 * line.size and gap > 0
    return gap > _WIDE_GAP * usual or (indented and ends)


def _words_of(paragraphs: Sequence[Sequence[str]]) -> set[str]:
    """Collect the words that stand whole in the document, with hyphens inside."""
    return {
        word.casefold()
        for lines in paragraphs
        for line in lines
        for word in re.findall(r"(?<![\w\ufffe])[^\W_]+(?:-[^\W_]+)*(?![\w\ufffe])", line)
    }


def _largest(pages: Sequence[Sequence[_Line]]) -> str:
    """Return the line in the largest type of the first page with text, which is its title more often than not."""
    first = next((lines for lines in pages if lines), [])
    if not first:
        return ""
    best = max(first, key=lambda line: line.size)
    return one_line(best.text)[:120] if best.size > statistics.median(line.size for line in first) else ""
