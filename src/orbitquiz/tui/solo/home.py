"""Where the program begins when no quiz was named: what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from orbitquiz.history.model import Mode, Unfinished
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.request import DEFAULT_COUNT, Request
from orbitquiz.session.plan import Setup
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.styles import FAINT, MUTED, since
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text

if TYPE_CHECKING:
    from orbitquiz.history.statistics import Statistics
    from orbitquiz.tui.solo.app import OrbitQuizApp

_COUNTS = (5, DEFAULT_COUNT, 15, 20, 30)
_TIMERS = (None, 10.0, 20.0, 30.0, 60.0)
_T = TypeVar("_T")


@dataclass(frozen=True)
class QuizOptions:
    """What the player has chosen for the next quiz."""

    count: int = DEFAULT_COUNT
    categories: tuple[str, ...] = ()
    differ: bool = False
    timer: float | None = None

    def request(self, seed: str) -> Request:
        """The request for such a quiz from `seed`."""
        return Request(seed, self.count, self.categories, self.differ)


@dataclass(frozen=True)
class _Entry:
    """A line of the menu: its key, what it does, a word more, and whether it can be done now."""

    key: str
    action: str
    title: str
    detail: str = ""
    is_open: bool = field(default=True)


class HomeScreen(Screen[None]):
    """A menu. Each line has a key and can be clicked."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "do('go_on')", "go on with the unfinished game", show=False),
        Binding("p", "do('play')", "play", show=False),
        Binding("m", "do('missed')", "play what you missed", show=False),
        Binding("c", "do('categories')", "pick categories", show=False),
        Binding("n", "do('count')", "change the number of questions", show=False),
        Binding("t", "do('timer')", "set a timer, or none", show=False),
        Binding("d", "do('differ')", "ask about everything, or what the sources differ on", show=False),
        Binding("k", "do('code')", "play the quiz with a code", show=False),
        Binding("s", "do('sources')", "read the sources", show=False),
        Binding("y", "do('history')", "look at your history", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.wishes = QuizOptions()
        self._unfinished: Unfinished | None = None
        self._missed: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield Text(id="brand")
        yield OptionList(markup=False)
        yield Sky()
        yield KeyBar()

    def on_mount(self) -> None:
        keys = [("↑ ↓ enter", "choose", ""), ("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        self.query_one(KeyBar).show(keys)

    def on_screen_resume(self) -> None:
        """Another screen may have played a game."""
        self.refresh_list()

    def refresh_list(self) -> None:
        """Look up what can be done now, and list it."""
        bank, records = self._app.session.bank, self._app.session.records
        self._unfinished = records.unfinished()
        self._missed = tuple(id for id in records.missed(bank.id) if id in bank.facts_by_id)
        self._app.tell_of_records()
        # The bank is another one after a game of another one was gone on with.
        known = {category.name for category in bank.categories}
        self.wishes = replace(self.wishes, categories=tuple(each for each in self.wishes.categories if each in known))
        brand = Content.assemble(("◗ OrbitQuiz", "bold $primary"), f"   {line_of(bank.title)}")
        self.query_one("#brand", Static).update(brand)
        self.query_one(Sky).dream(bank.id)
        self._list()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Do what the line says."""
        message.stop()
        self.action_do(message.option_id or "")

    def action_do(self, what: str) -> None:
        """Do what the line of the menu called `what` says, if it can be done now."""
        if any(entry.action == what and entry.is_open for entry in self._entries()):
            getattr(self, f"_do_{what}")()

    def _list(self) -> None:
        menu = self.query_one(OptionList)
        chosen = menu.highlighted_option.id if menu.highlighted_option else None
        entries = list(self._entries())
        width = max(len(entry.title) for entry in entries) + 2
        menu.clear_options()
        for entry in entries:
            menu.add_option(Option(_line(entry, width), entry.action, disabled=not entry.is_open))
        open_ones = [entry.action for entry in entries if entry.is_open]
        menu.highlighted = menu.get_option_index(chosen if chosen in open_ones else open_ones[0])

    def _entries(self) -> Iterator[_Entry]:
        bank, wishes = self._app.session.bank, self.wishes
        if self._unfinished:
            yield _Entry("g", "go_on", "Go on", _standing(self._unfinished, self._app.now()))
        yield _Entry("p", "play", "Play", counted(wishes.count, "question"))
        missed = counted(len(self._missed), "fact") if self._missed else "nothing so far"
        yield _Entry("m", "missed", "What you missed", missed, bool(self._missed))
        titles = [category.title for category in bank.categories if category.name in wishes.categories]
        yield _Entry("c", "categories", "Categories", ", ".join(titles) or "all")
        yield _Entry("n", "count", "Questions", str(wishes.count))
        yield _Entry("t", "timer", "Timer", f"{wishes.timer:.0f} seconds a question" if wishes.timer else "none")
        yield _Entry("d", "differ", "Asked about", "what the sources differ on" if wishes.differ else "everything")
        yield _Entry("k", "code", "Play a code", "the quiz that a friend has played")
        yield _Entry("s", "sources", "Read the sources", counted(len(bank.sources), "document"))
        yield _Entry("y", "history", "History", "your games, and what they tell")

    def _do_play(self) -> None:
        self._play(lambda: compose(self._app.session.bank, self.wishes.request(self._app.new_seed())), Mode.SOLO)

    def _do_go_on(self) -> None:
        if self._unfinished:
            self._app.take_up(self._unfinished)
            self.refresh_list()  # a game that cannot be gone on with is given up

    def _do_missed(self) -> None:
        facts = self._missed[: self.wishes.count]

        def make() -> Quiz:
            return compose(self._app.session.bank, Request(self._app.new_seed(), len(facts)), facts)

        self._play(make, Mode.MISSED)

    def _do_categories(self) -> None:
        from orbitquiz.tui.solo.categories import CategoriesScreen

        tallies = {tally.category: tally for tally in self._statistics().categories}

        def choose(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._wish(replace(self.wishes, categories=names))

        self.app.push_screen(CategoriesScreen(self._app.session.bank, tallies, self.wishes.categories), choose)

    def _do_count(self) -> None:
        self._wish(replace(self.wishes, count=_after(_COUNTS, self.wishes.count)))

    def _do_timer(self) -> None:
        self._wish(replace(self.wishes, timer=_after(_TIMERS, self.wishes.timer)))

    def _do_differ(self) -> None:
        self._wish(replace(self.wishes, differ=not self.wishes.differ))

    def _do_code(self) -> None:
        from orbitquiz.tui.solo.dialogs import CodeScreen

        bank = self._app.session.bank

        def play(request: Request | None) -> None:
            if request:
                again = replace(request, seed=self._app.new_seed())
                self._app.play(Setup(compose(bank, request), lambda: compose(bank, again), Rules(self.wishes.timer)))

        self.app.push_screen(CodeScreen(bank), play)

    def _do_sources(self) -> None:
        from orbitquiz.tui.solo.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self._app.session.bank))

    def _do_history(self) -> None:
        from orbitquiz.tui.solo.history import HistoryScreen

        self.app.push_screen(HistoryScreen(self._app.session.bank, self._statistics()))

    def _statistics(self) -> Statistics:
        session = self._app.session
        statistics = session.records.statistics(session.bank.id)
        self._app.tell_of_records()
        return statistics

    def _play(self, make: Callable[[], Quiz], mode: Mode) -> None:
        """Play what `make` gives, and another one from it each time that the player wants to play again."""
        quiz = make()
        if quiz.questions:
            self._app.play(Setup(quiz, make, Rules(self.wishes.timer), mode))
        else:
            self.notify("Nothing can be asked with these choices.", severity="warning", markup=False)

    def _wish(self, wishes: QuizOptions) -> None:
        self.wishes = wishes
        self._list()

    @property
    def _app(self) -> OrbitQuizApp:
        return cast("OrbitQuizApp", self.app)


def _standing(unfinished: Unfinished, now: datetime) -> str:
    """How far a game had come, and when it was begun."""
    game, answered = unfinished.game, len(unfinished.answers)
    right = sum(answer.is_right for answer in unfinished.answers)
    place = f"question {min(answered + 1, len(game.questions))} of {len(game.questions)}"
    return f"{place}, {right} right, begun {since(datetime.fromisoformat(game.started), now)}"


def _line(entry: _Entry, width: int) -> Content:
    key, title, detail = ("bold $primary", "", MUTED) if entry.is_open else (FAINT, FAINT, FAINT)
    return Content.assemble((entry.key, key), (f"   {entry.title:<{width}}", title), (entry.detail, detail))


def _after(choices: Sequence[_T], chosen: _T) -> _T:
    """The choice after the one that was made, or the first."""
    at = choices.index(chosen) + 1 if chosen in choices else 0
    return choices[at % len(choices)]
