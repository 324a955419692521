"""The result of reading a document."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

#: Control characters, and characters that only say where a line may break or which way text runs. None of them can be
#: seen, so none of them should decide whether a quotation is found.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
_TRAILING = re.compile(r"[^\S\n]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


class CannotExtract(Exception):
    """A document that gives no text. The message names the document, and says why and what to do."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A page or a heading: its `name`, and the offset `at` in the text from which it holds."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A document as text: in Unicode's form NFC, with LF at the end of each line.

    `pages` and `headings` say where in the text each begins. `title` and `author` are the document's own words, where
    it has any. `extractor` names the program that read it, with its version; `notes` say what was left out, a sentence
    each.
    """

    text: str
    extractor: str
    format: Literal["text", "markdown"] = "text"
    title: str = ""
    author: str = ""
    pages: tuple[Locator, ...] = ()
    headings: tuple[Locator, ...] = ()
    notes: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Return `text` in NFC with LF, without invisible characters, spaces at line ends and runs of blank lines."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = _TRAILING.sub("", unicodedata.normalize("NFC", text))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """Return `text` tidied and on one line."""
    return " ".join(tidy(text).split())
