"""Picks the categories of the next quiz."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from orbitquiz.bank.model import Bank, Category
from orbitquiz.history.statistics import CategoryTally
from orbitquiz.session.returning import Knowledge
from orbitquiz.text.counts import counted, portion
from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import MUTED, fitted
from orbitquiz.tui.widgets.keybar import KeyBar

_BAR = 10  # cells
_WIDTH, _BESIDE = 72, 8  # cells of the dialog, and those of them that are beside the rows


class CategoriesScreen(ModalScreen[tuple[str, ...] | None]):
    """The categories with their facts, and how the player has done in each. Answers the names, none for all of them.

    None where the player has thought better of it.
    """

    CSS_PATH = "categories.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "choose a category, or not", show=False, priority=True),
        Binding("enter", "done", "take the chosen ones, or the highlighted one", show=False, priority=True),
        Binding("escape,q", "dismiss(None)", "back, changing nothing", show=False),
    ]

    def __init__(
        self,
        bank: Bank,
        tallies: Mapping[str, CategoryTally],
        knowledge: Mapping[str, Knowledge],
        chosen: Sequence[str],
    ) -> None:
        super().__init__(classes="dialog dense")
        self.knowledge = knowledge
        self.bank = bank
        self.tallies = tallies
        self.chosen = set(chosen)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.assemble(("Categories", "bold"), ("   space chooses, enter takes them", MUTED)))
            yield OptionList(*self._lines(), markup=False)
            yield KeyBar(classes="inside")

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0
        self.query_one(KeyBar).show(
            [
                ("space", "pick", "screen.choose"),
                ("enter", "done", "screen.done"),
                ("esc", "back", "screen.dismiss(None)"),
            ]
        )

    def on_resize(self) -> None:
        self._list()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A click chooses, or gives up."""
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Choose the highlighted category, or no longer."""
        if category := self._highlighted:
            self.chosen ^= {category.name}
        else:
            self.chosen.clear()
        self._list()

    def action_done(self) -> None:
        """Take what is chosen; where nothing is, the highlighted line."""
        if not self.chosen and (category := self._highlighted):
            self.chosen = {category.name}
        names = tuple(category.name for category in self.bank.categories if category.name in self.chosen)
        self.dismiss(names if len(names) < len(self.bank.categories) else ())

    @property
    def _highlighted(self) -> Category | None:
        """The highlighted category; None where it is the line for all of them."""
        highlighted = self.query_one(OptionList).highlighted
        return self.bank.categories[highlighted - 1] if highlighted else None

    def _list(self) -> None:
        rows = self.query_one(OptionList)
        for index, line in enumerate(self._lines()):
            rows.replace_option_prompt_at_index(index, line)

    def _lines(self) -> Iterator[Content]:
        """Yield a line for all categories and one for each, in columns; where these do not fit, in short."""
        yield Content.assemble((_sign(is_chosen=not self.chosen), "bold"), "All categories")
        width = min(self.app.size.width, _WIDTH) - _BESIDE
        titles = [line_of(category.title) for category in self.bank.categories]
        longest = max(map(cell_len, titles), default=0)
        facts = [self._facts(category) for category in self.bank.categories]
        for record in (self._record_with_bar, self._record, self._short_record):
            records = list(map(record, self.bank.categories))
            details = [f"{each}  {told}".rstrip() for each, told in zip(facts, records, strict=True)]
            room = width - len(_sign(is_chosen=True)) - max(map(len, details), default=0)
            if longest <= room:
                break
        for category, title, detail in zip(self.bank.categories, titles, details, strict=True):
            name = fitted(title, room)
            gap = " " * (min(longest, room) - cell_len(name))
            sign = _sign(is_chosen=category.name in self.chosen)
            yield Content.assemble((sign, "bold"), f"{name}{gap}", (detail, MUTED))

    def _facts(self, category: Category) -> str:
        count = sum(fact.category == category.name for fact in self.bank.facts)
        number, noun = counted(count, "fact").split()
        return f"{number:>5} {noun:<5}"

    def _record_with_bar(self, category: Category) -> str:
        record = self._record(category)
        return f"{record}  {_bar(self.knowledge[category.name])}" if record else ""

    def _record(self, category: Category) -> str:
        tally = self.tallies.get(category.name)
        return f" {tally.right} of {tally.answered} right" if tally else ""

    def _short_record(self, category: Category) -> str:
        tally = self.tallies.get(category.name)
        return f"{tally.right}/{tally.answered}" if tally else ""


def _bar(knowledge: Knowledge) -> str:
    """Return a bar of what is known, being learnt and not yet seen."""
    known = portion(knowledge.known, knowledge.facts, _BAR)
    seen = portion(knowledge.known + knowledge.learning, knowledge.facts, _BAR)
    return "━" * known + "╍" * (seen - known) + "─" * (_BAR - seen)


def _sign(*, is_chosen: bool) -> str:
    return f"[{'✓' if is_chosen else ' '}] "
