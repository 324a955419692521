"""Electronic books (EPUB 2 and 3, W3C)."""

from __future__ import annotations

import io
import posixpath
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from orbitquiz.authoring.extract.html import parsed, text_of
from orbitquiz.authoring.extract.model import CannotExtract, Extract, Locator, one_line
from orbitquiz.authoring.extract.plain import decode
from orbitquiz.authoring.extract.zipped import UnsafeArchive, check_sizes, read_member

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")


def read_epub(raw: bytes) -> Extract:
    """Read the chapters of a book in their order. Raises `CannotExtract`."""
    import sys

    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            check_sizes(archive)
            book = _read(archive)
    except (BadZipFile, UnsafeArchive) as error:
        reason = str(error) if isinstance(error, UnsafeArchive) else "it is damaged, or no EPUB file at all"
        raise CannotExtract(reason) from error
    if not book.text.strip():
        raise CannotExtract("the book holds no text")
    return replace(book, extractor=f"zipfile of Python {sys.version_info[0]}.{sys.version_info[1]}")


def _read(archive: ZipFile) -> Extract:
    container = _xml(read_member(archive, _CONTAINER))
    package_name = next((str(each.get("full-path")) for each in container.iter("{*}rootfile")), "")
    if not package_name:
        raise CannotExtract("its container names no book")
    package = _xml(read_member(archive, package_name))
    items = {str(item.get("id")): item for item in package.iter("{*}item")}
    text, headings = "", []
    read: set[str] = set()
    for reference in package.iter("{*}itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or reference.get("linear") == "no" or item.get("media-type") not in _PAGES:
            continue
        if "nav" in str(item.get("properties") or "").split():
            continue  # the table of contents
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package_name), unquote(str(item.get("href")))))
        if name in read:
            continue  # a book that says its chapters over and over
        read.add(name)
        page = parsed(decode(read_member(archive, name)))
        body = page.find(".//body")
        chapter, found = text_of(page if body is None else body)
        if not chapter.strip():
            continue
        title = one_line(page.findtext(".//title") or "")
        at = len(text) + bool(text)
        if not found and title:
            found = (Locator(0, title),)
        headings += [Locator(at + each.at, each.name) for each in found]
        text += ("\n" if text else "") + chapter
    return Extract(
        text, "", title=_first(package, "title"), author=_first(package, "creator"), headings=tuple(headings)
    )


def _first(package: Any, name: str) -> str:
    return next((one_line(each.text or "") for each in package.iter(f"{{*}}{name}")), "")


def _xml(raw: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotExtract("its table of contents cannot be read") from error
