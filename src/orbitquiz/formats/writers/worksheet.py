"""Questions as a worksheet to print: versions A and B in other orders, then the key with the passages.

It is one HTML file that needs nothing else, has no script and prints on A4 and Letter; a browser makes the PDF.
Each version and the key begin on a page of their own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import has_sides, letter, spans
from orbitquiz.quiz.sheet import QuestionSheet


@dataclass(frozen=True, slots=True)
class Task:
    """A question as one version asks it: its number, and its options in that version's order."""

    number: int
    sheet: QuestionSheet
    options: tuple[str, ...]

    @property
    def key(self) -> str:
        """The letter of the right option."""
        return letter(self.options.index(self.sheet.options[self.sheet.key]))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the worksheet and its questions in their order."""

    name: str
    tasks: tuple[Task, ...]

    def task_of(self, sheet: QuestionSheet) -> Task:
        """Return the task that asks the question of `sheet`."""
        return next(task for task in self.tasks if task.sheet is sheet)


def write(deck: Deck, when: float) -> bytes:
    """Return the worksheet as HTML in UTF-8. `when` makes no difference."""
    page = _template().render(deck=deck, versions=versions(deck))
    return page.encode()


def versions(deck: Deck) -> tuple[Version, Version]:
    """Return version A, in the order of the deck, and version B with questions and options in another order.

    Options with an order of their own, such as dates, keep it in both.
    """
    first = tuple(Task(number, sheet, sheet.options) for number, sheet in enumerate(deck.questions, 1))
    mixed = sorted(deck.questions, key=lambda sheet: _draw(deck.bank, sheet.id))
    if len(mixed) > 1 and mixed == list(deck.questions):
        mixed = [*mixed[1:], mixed[0]]
    second = tuple(Task(number, sheet, _mixed(sheet)) for number, sheet in enumerate(mixed, 1))
    return Version("A", first), Version("B", second)


def _mixed(sheet: QuestionSheet) -> tuple[str, ...]:
    if sheet.is_ordered:
        return sheet.options
    mixed = tuple(sorted(sheet.options, key=lambda option: _draw(sheet.id, option)))
    return mixed if mixed != sheet.options else (*mixed[1:], mixed[0])


def _draw(*words: str) -> bytes:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(letter=letter, spans=spans, has_sides=has_sides)
    return environment.from_string(files(__package__).joinpath("worksheet.html.jinja").read_text("utf-8"))
