"""Web pages: the article without the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from orbitquiz.authoring.extract.model import CannotExtract, Extract, Locator, one_line, tidy
from orbitquiz.authoring.extract.plain import decode

_MOST_TAGS = 100_000
_DEEPEST = 200  # elements in one another
_ENOUGH = 200  # characters; an article of fewer is hardly the article
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FOOTNOTE = re.compile(r"[\[(]?(?:\w{1,3}|\*|†|‡)[\])]?")
_AROUND = ("script", "style", "template", "nav", "header", "footer", "aside", "form", "noscript")


def read_html(raw: bytes) -> Extract:
    """Read the article of a web page, without menus and footers. Raises `CannotExtract`."""
    from readability import Document

    source = _decoded(raw)
    page = parsed(source)
    article = parsed(Document(source).summary(html_partial=True))
    text, headings = text_of(article)
    if len(text) < _ENOUGH:  # not an article, so all that isn't plainly around it
        body = page.find("body")
        body = page if body is None else body
        for around in list(body.iter(*_AROUND)):
            around.drop_tree()
        text, headings = text_of(body)
    if not text.strip():
        raise CannotExtract("the page holds no text; a page that a script fills has to be saved from the browser")
    title = page.findtext(".//h1") or page.findtext(".//title") or ""
    author = next((str(tag.get("content") or "") for tag in page.iter("meta") if tag.get("name") == "author"), "")
    names = f"readability-lxml {version('readability-lxml')}, html-text {version('html-text')}"
    return Extract(text, names, title=one_line(title), author=one_line(author), headings=headings)


def parsed(source: str) -> Any:
    """Return the tree of HTML that is not too deep or too large to be walked through. Raises `CannotExtract`."""
    import lxml.html
    from lxml.etree import LxmlError

    if source.count("<") > 2 * _MOST_TAGS:
        raise CannotExtract(f"the page has more than {_MOST_TAGS:,} elements, which no article has")
    try:
        tree = lxml.html.fromstring(_DECLARATION.sub("", source) or "<p></p>")
    except (LxmlError, ValueError) as error:
        raise CannotExtract("the page is not HTML that can be read") from error
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise CannotExtract(f"the page is nested more than {_DEEPEST} elements deep, which no article is")
        level = [child for element in level for child in element if isinstance(child.tag, str)]
    return tree


def text_of(tree: Any) -> tuple[str, tuple[Locator, ...]]:
    """Return the text of `tree` and where its headings stand in it. Marks of footnotes are left out."""
    import html_text

    for mark in list(tree.iter("sup")):
        is_link = mark.getparent() is not None and mark.find(".//a") is not None
        if is_link and _FOOTNOTE.fullmatch("".join(mark.itertext()).strip()):
            mark.drop_tree()
    names = [name for each in tree.iter("h1", "h2", "h3", "h4") if (name := one_line(html_text.extract_text(each)))]
    text = tidy(html_text.extract_text(tree)) + "\n"
    return text, tuple(_places(text, names))


def _places(text: str, names: list[str]) -> Iterator[Locator]:
    """Find the headings with these names, which stand in `text` in this order, each on a line of its own."""
    at = 0
    for name in names:
        found = re.compile(rf"^{re.escape(name)}$", re.MULTILINE).search(text, at)
        if found:
            yield Locator(found.start(), name)
            at = found.end()


def _decoded(raw: bytes) -> str:
    named = _CHARSET.search(raw[:4096])
    if named and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return raw.decode(named[1].decode("ascii"), "replace")
        except LookupError:
            pass
    return decode(raw)
