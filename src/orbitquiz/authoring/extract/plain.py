"""Plain text and Markdown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from orbitquiz.authoring.extract.model import Extract, Locator, one_line, tidy


def decode(raw: bytes) -> str:
    """Return the text of `raw`: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which any bytes may be."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_text(raw: bytes) -> Extract:
    """Read plain text. Form feeds, which programs put between pages, become the pages of the text."""
    parts = [tidy(part) for part in decode(raw).split("\f")]
    text, pages = "", []
    for number, part in enumerate(parts, 1):
        if part:
            pages.append(Locator(len(text), str(number)))
            text += part + "\n"
    first = text.partition("\n")[0].strip()
    return Extract(
        text, "plain text", title=first if len(first) <= 80 else "", pages=tuple(pages) if len(parts) > 1 else ()
    )


def read_markdown(raw: bytes) -> Extract:
    """Read Markdown. The text stays as it is written; its headings are noted."""
    from importlib.metadata import version

    text = tidy(decode(raw)) + "\n"
    headings = tuple(_headings(text))
    title = headings[0].name if headings else ""
    return Extract(text, f"markdown-it-py {version('markdown-it-py')}", "markdown", title=title, headings=headings)


def _headings(text: str) -> Iterator[Locator]:
    from markdown_it import MarkdownIt

    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tokens = MarkdownIt("commonmark").parse(text)
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.map and inline.children:
            words = "".join(part.content or " " for part in inline.children if part.type != "image")
            if name := one_line(words):
                yield Locator(starts[token.map[0]], name)
