"""HTML of other programs as plain text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from orbitquiz.formats.readers.items import Text

_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th "
    "tr ul".split()
)
_SILENT = frozenset(("script", "style", "template", "title"))
_IMAGES = frozenset(("audio", "canvas", "embed", "iframe", "img", "object", "svg", "video"))
#: `&amp;quot;` is what comes of escaping twice; the writers here write `&#38;` for an ampersand that is meant.
_TWICE = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)")


def from_html(fragment: str) -> Text:
    """Return what a reader sees of an HTML fragment, with its addresses. Entities may have been escaped twice."""
    reader = _Reader()
    reader.feed(once_escaped(fragment))
    reader.close()
    return Text(" ".join("".join(reader.parts).split()), tuple(reader.links), reader.has_image)


def from_escaped(words: str) -> Text:
    """Return text in which entities stand but no elements."""
    return Text(unescape(once_escaped(words)))


def once_escaped(fragment: str) -> str:
    """Return the fragment with entities that were escaped twice escaped once."""
    return _TWICE.sub("&", fragment)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []
        self.has_image = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _IMAGES:
            self.has_image = True
        elif tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
