"""XML of strangers: no entity is expanded, nothing is fetched, and lxml's limits on size and depth stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import UnreadableFile

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

Element = Any
"""An element of lxml, which has no types."""


def require_lxml() -> None:
    """Raise `UnreadableFile` with the line to type where lxml is not installed."""
    if find_spec("lxml") is None:
        raise UnreadableFile("this is XML, and reading it needs lxml: pip install 'orbitquiz[formats]'")


def read_xml(raw: bytes) -> Element:
    """Return the root of an XML document. Raises `UnreadableFile`."""
    require_lxml()
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        # Some programs write one encoding and declare another, or mix them.
        text = _DECLARATION.sub("", decode(raw), count=1)
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            reason = str(getattr(error, "msg", error)).rpartition(", line ")[0] or str(error)
            raise UnreadableFile(f"this is not well-formed XML: {reason}", getattr(error, "lineno", 1) or 1) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise UnreadableFile("the file defines entities of its own, which are not expanded")
    return root


def name(element: Element) -> str:
    """Return the element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children that have one of these names, whatever their namespace."""
    return (child for child in element if name(child) in names)


def first(element: Element, *path: str) -> Element | None:
    """Return the first descendant down this path of names; None where there is none."""
    for step in path:
        element = next(children(element, step), None)
        if element is None:
            return None
    return element


def every(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants that have one of these names, in the document's order."""
    return (found for found in element.iter() if name(found) in names)


def text(element: Element | None, *without: str) -> str:
    """Return all text in the element but that in descendants with the names `without`; nothing for None."""
    return "" if element is None else "".join(_pieces(element, without))


def outside(element: Element, *without: str) -> Iterator[Element]:
    """Yield the descendants that do not stand in one with a name of `without`, in the document's order."""
    for child in element:
        if name(child) not in without:
            yield child
            yield from outside(child, *without)


def _pieces(element: Element, without: tuple[str, ...]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name(child) and name(child) not in without:
            yield from _pieces(child, without)
        yield child.tail or ""
