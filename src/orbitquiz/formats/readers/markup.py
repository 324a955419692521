"""HTML of other programs as plain text.

The standard library's parser takes time that grows with the square of what is hostile (`<!--` again and again), so
tags are found here, in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from orbitquiz.formats.readers.items import Text

_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th "
    "tr ul".split()
)
_SILENT = frozenset(("script", "style", "template", "title"))
_IMAGES = frozenset(("audio", "canvas", "embed", "iframe", "img", "object", "svg", "video"))
#: A tag, or a declaration. No `<` stands in one, so that looking for its end never goes far.
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s<>/]*)([^<>]*)|[!?][^<>]*)>")
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
#: `&amp;quot;` is what comes of escaping twice; the writers here write `&#38;` for an ampersand that is meant.
_TWICE = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)")


def from_html(fragment: str) -> Text:
    """Return what a reader sees of an HTML fragment, with its addresses. Entities may have been escaped twice."""
    links: list[str] = []
    has_image = False
    parts: list[str] = []
    for text, name, attributes in _pieces(once_escaped(fragment)):
        parts.append(unescape(text))
        has_image |= name in _IMAGES
        if name.lstrip("/") in _BLOCKS:
            parts.append(" ")
        if name == "a" and (found := _HREF.search(attributes)):
            links.append(unescape(found[1] or found[2] or found[3] or ""))
    return Text(" ".join("".join(parts).split()), tuple(filter(None, links)), has_image)


def from_escaped(words: str) -> Text:
    """Return text in which entities stand but no elements."""
    return Text(unescape(once_escaped(words)))


def once_escaped(fragment: str) -> str:
    """Return the fragment with entities that were escaped twice escaped once."""
    return _TWICE.sub("&", fragment)


def _pieces(fragment: str) -> Iterator[tuple[str, str, str]]:
    """Yield the text before each tag with that tag's name, a slash before the name of one that closes, and attributes.

    Comments, and what stands in a script or a style, are left out.
    """
    lower = fragment.lower() if len(fragment.lower()) == len(fragment) else fragment
    at = start = 0
    while (at := fragment.find("<", at)) >= 0:
        if fragment.startswith("<!--", at):
            yield fragment[start:at], "", ""
            end = fragment.find("-->", at)
            at = start = end + 3 if end >= 0 else len(fragment)
        elif tag := _TAG.match(fragment, at):
            name = f"{tag[1]}{tag[2].lower()}" if tag[2] else ""
            yield fragment[start:at], name, tag[3] or ""
            at = start = tag.end()
            if name in _SILENT:
                end = lower.find(f"</{name}", at)
                at = start = end if end >= 0 else len(fragment)
        else:
            at += 1
    yield fragment[start:], "", ""
