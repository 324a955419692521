"""The table of formats: what `export` can write. The manual, docs/formats.md and the tests are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the manual lists formats, and no command is to load the composer for that
    from orbitquiz.formats.deck import Deck, Fits

Part = Literal["passages", "marks", "feedback", "categories", "options"]
"""A part of a question besides its stem and key, for which a format may have no place."""

_EVERYTHING: tuple[Part, ...] = ("passages", "marks", "feedback", "categories", "options")


class MissingLibrary(Exception):
    """A library that a format needs and that is not installed. The message says what to type."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of questions.

    `name` is what `--to` takes, `title` says whom it is for, `suffix` ends a file's name. `module` is the writer in
    `formats.writers`; the two formats without one need the bank itself. `loses` are the parts it has no place for,
    `library` is what its writer needs besides OrbitQuiz, and `most` the number of questions that one file may have.
    `is_quiz` says that it is for one lesson, so that by default it has as many questions as a game.
    """

    name: str
    title: str
    suffix: str
    module: str | None = None
    loses: tuple[Part, ...] = ()
    library: str | None = None
    most: int | None = None
    is_quiz: bool = False
    is_text: bool = True

    @property
    def fits(self) -> Fits | None:
        """The test of whether a question fits; None where every question does."""
        return getattr(self._writer, "fits", None) if self.module else None

    def write(self, deck: Deck, when: float) -> bytes:
        """Return the file with the questions of `deck`, written at `when` in seconds since 1970.

        Raises `MissingLibrary`.
        """
        if self.library and find_spec(self.library) is None:
            raise MissingLibrary(f"--to {self.name} needs {self.library}: pip install 'orbitquiz[formats]'")
        return bytes(self._writer.write(deck, when))

    def lost(self, deck: Deck) -> str | None:
        """Return what `deck` loses in this format, counted; None if nothing."""
        proofs = [sheet.proof for sheet in deck.questions]
        counts: dict[Part, int] = {
            "passages": sum(len(proof.shown) for proof in proofs),
            "marks": sum(len(passage.marks) for proof in proofs for passage in proof.shown),
            "feedback": sum(remark is not None for sheet in deck.questions for remark in sheet.remarks),
            "categories": len({sheet.category for sheet in deck.questions}),
            "options": sum(len(sheet.options) - 1 for sheet in deck.questions),
        }
        lost = [_counted(counts[part], part) for part in _EVERYTHING if part in self.loses and counts[part]]
        return f"{self.name} has no place for {_listed(lost)}" if lost else None

    @property
    def keeps(self) -> tuple[Part, ...]:
        """The parts that it has a place for."""
        return tuple(part for part in _EVERYTHING if part not in self.loses)

    @property
    def _writer(self) -> Any:
        return import_module(f"orbitquiz.formats.writers.{self.module}")


_WORDS: dict[Part, tuple[str, str]] = {
    "passages": ("passage", "passages"),
    "marks": ("mark in a passage", "marks in passages"),
    "feedback": ("piece of feedback on a wrong option", "pieces of feedback on wrong options"),
    "categories": ("category", "categories"),
    "options": ("wrong option", "wrong options"),
}


def words_for(part: Part) -> str:
    """Return what `part` is called, in the plural."""
    return _WORDS[part][1]


def _counted(count: int, part: Part) -> str:
    return f"{count} {_WORDS[part][count != 1]}"


def _listed(items: list[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


_NO_PROOF: tuple[Part, ...] = ("passages", "marks", "feedback", "categories")

FORMATS: tuple[Format, ...] = (
    Format("json", "programs of your own: everything, with the place of each quotation", ".json", is_quiz=True),
    Format("quiz", "OrbitQuiz: a quiz file, to edit by hand and play with `play --quiz`", ".json", is_quiz=True),
    Format("html", "paper: a worksheet in versions A and B, and its key; a browser prints it", ".html", "worksheet",
           is_quiz=True, loses=("categories",)),
    Format("moodle-xml", "Moodle", ".xml", "moodle_xml"),
    Format("gift", "Moodle, and editors of GIFT", ".gift", "gift"),
    Format("qti1.2", "Canvas", ".zip", "qti12", is_text=False),
    Format("qti2.1", "TAO, OpenOLAT, Blackboard", ".zip", "qti21", is_text=False, loses=("categories",)),
    Format("anki", "Anki", ".apkg", "anki", is_text=False, library="genanki"),
    Format("kahoot", "Kahoot", ".xlsx", "kahoot", is_text=False, library="xlsxwriter", most=100, loses=_NO_PROOF),
    Format("blooket", "Blooket", ".csv", "blooket", loses=_NO_PROOF),
    Format("csv", "spreadsheets", ".csv", "csv", loses=("marks",)),
    Format("aiken", "Moodle and others, as plain text", ".txt", "aiken", loses=_NO_PROOF),
    Format("markdown", "MkDocs with the plugin mkdocs-quiz", ".md", "markdown"),
    Format("hascard", "hascard", ".txt", "hascard", loses=_NO_PROOF),
    Format("hashcards", "hashcards", ".md", "hashcards", loses=("marks", "feedback", "categories", "options")),
)  # fmt: skip
"""All formats, in the order in which the manual lists them."""


def names() -> Iterator[str]:
    """Yield what `--to` takes."""
    return (format.name for format in FORMATS)


def format_of(name: str) -> Format:
    """Return the format called `name`. Raises `KeyError`."""
    return {format.name: format for format in FORMATS}[name]
