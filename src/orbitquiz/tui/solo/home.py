"""The menu, where the program begins when no quiz was named."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from orbitquiz.presenter.menu import Entry, Menu, QuizOptions
from orbitquiz.quiz.code import Request, WrongCode
from orbitquiz.quiz.game import Mode, Rules
from orbitquiz.session.plan import QuizPlan
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.text.safe import line_of
from orbitquiz.tui.solo import messages
from orbitquiz.tui.styles import FAINT, MUTED
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.widgets.text import Text

if TYPE_CHECKING:
    from orbitquiz.history.model import KeptGame
    from orbitquiz.history.statistics import Statistics
    from orbitquiz.library.shelf import Shelved
    from orbitquiz.session.returning import ReviewOptions, Today


class HomeScreen(Screen[None]):
    """A menu. Each line has a key and can be clicked; ← and → step through the values of a line."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "do('resume')", "resume the unfinished game", show=False),
        Binding("p", "do('play')", "play", show=False),
        Binding("r", "do('review')", "review what is due", show=False),
        Binding("a", "do('daily')", "play today's quiz, or see how it went", show=False),
        Binding("m", "do('missed')", "play what you missed", show=False),
        Binding("c", "do('categories')", "choose categories", show=False),
        Binding("n", "do('count')", "change the number of questions", show=False),
        Binding("t", "do('timer')", "set a timer, or none", show=False),
        Binding("d", "do('differ')", "ask about everything, or only where sources differ", show=False),
        Binding("b", "do('bank')", "choose a bank", show=False),
        Binding("w", "do('is_typed')", "type the answers, or choose them", show=False),
        Binding("e", "do('reviews')", "choose how reviews are", show=False),
        Binding("k", "do('code')", "play the quiz with a code", show=False),
        Binding("s", "do('sources')", "read the sources", show=False),
        Binding("y", "do('history')", "see your history", show=False),
        Binding("l", "do('colours')", "change the colours", show=False),
        Binding("right", "step(1)", "change the highlighted value", show=False),
        Binding("left", "step(-1)", "change the highlighted value back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q,escape", "app.quit", "leave", show=False),
    ]

    def __init__(
        self,
        session: Session,
        options: QuizOptions,
        review_options: ReviewOptions,
        services: Services,
        colours: str = "",
    ) -> None:
        super().__init__()
        self.session = session
        self.options = options
        self.review_options = review_options
        self._services = services
        self._now = services.now
        self._colours = colours
        self._kept: KeptGame | None = None
        self._today: Today | None = None
        self._entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        yield Text(id="brand")
        yield OptionList(markup=False)
        yield Sky()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """List again: another screen may have played a game."""
        self.refresh_list()

    def refresh_list(self) -> None:
        """Look up what can be done now, and list it."""
        bank, records = self.session.bank, self.session.records
        self._kept = records.unfinished()
        self._today = None
        self.call_after_refresh(self._look_up)
        self.post_message(messages.RecordsAsked())
        self.options = self.options.fitting(bank)
        brand = Content.assemble(("◗ OrbitQuiz", "bold $primary"), f"   {line_of(bank.title)}")
        self.query_one("#brand", Static).update(brand)
        self.query_one(Sky).dream(bank.id)
        self._list()

    def _look_up(self) -> None:
        """Look up what needs all answers, once the menu can be seen."""
        if self._today is not None or not self.is_attached:
            return
        from orbitquiz.session.returning import today_of

        session = self.session
        self._today = today_of(session.bank, session.records, self._now().astimezone(), self.review_options)
        self._list()

    def show_colours(self, colours: str) -> None:
        """Show the name of the colours in use."""
        self._colours = colours
        self._list()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_do(message.option_id or "")

    def on_option_list_option_highlighted(self) -> None:
        self._show_keys()

    def action_do(self, what: str) -> None:
        """Do what the line called `what` says, if it can be done now."""
        entry = next((entry for entry in self._entries if entry.action == what and entry.is_open), None)
        if entry is None:
            return
        if entry.is_value:
            self._change(entry.action, 1)
        else:
            getattr(self, f"_do_{what}")()

    def action_step(self, by: int) -> None:
        """Step through the values of the highlighted line."""
        if (entry := self._highlighted) and entry.is_value:
            self._change(entry.action, by)

    @property
    def _highlighted(self) -> Entry | None:
        option = self.query_one(OptionList).highlighted_option
        return next((entry for entry in self._entries if option and entry.action == option.id), None)

    def _change(self, action: str, by: int) -> None:
        if action == "colours":
            self.post_message(messages.ColoursChanged(by))
        else:
            self._choose(self.options.changed(action, by))

    def _list(self) -> None:
        menu = self.query_one(OptionList)
        chosen = menu.highlighted_option.id if menu.highlighted_option else None
        shown = Menu(
            self.session.bank,
            self.options,
            self._kept,
            self._colours,
            self._today,
        )
        self._entries = list(shown.entries(self._now()))
        width = max(len(entry.title) for entry in self._entries) + 2
        menu.clear_options()
        for entry in self._entries:
            menu.add_option(Option(_line(entry, width), entry.action, disabled=not entry.is_open))
        open_ones = [entry.action for entry in self._entries if entry.is_open]
        menu.highlighted = menu.get_option_index(chosen if chosen in open_ones else open_ones[0])
        self._show_keys()

    def _show_keys(self) -> None:
        entry = self._highlighted
        change = [("← →", "change", "screen.step(1)")] if entry and entry.is_value else []
        always = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        self.query_one(KeyBar).show([("↑ ↓ enter", "choose", ""), *change, *always])

    def _do_play(self) -> None:
        self.post_message(messages.Play(self.options.plan, self.options.rules, is_typed=self.options.is_typed))

    def _do_resume(self) -> None:
        if self._kept:
            self.post_message(messages.Resume(self._kept))

    def _do_missed(self) -> None:
        self._look_up()  # the player may be quicker than the screen
        if self._today is None or not self._today.missed:
            return
        plan = QuizPlan.missed(self._today.missed[: self.options.count])
        self.post_message(messages.Play(plan, self.options.rules, Mode.MISSED, is_typed=self.options.is_typed))

    def _do_review(self) -> None:
        self.post_message(messages.Review())

    def _do_daily(self) -> None:
        from orbitquiz.session.returning import daily_of

        # Not as it was looked up: by now it may be another day.
        daily = daily_of(self.session.bank, self.session.records, self._now().astimezone())
        if daily.begun:
            self.post_message(messages.Resume(daily.begun))
        elif daily.done:
            self.post_message(messages.OpenGame(daily.done.id))
        else:
            self.post_message(messages.Play(daily.plan, Rules(), Mode.DAILY, daily.seed))

    def _do_reviews(self) -> None:
        from orbitquiz.tui.solo.review_options import ReviewOptionsScreen

        def choose(options: ReviewOptions | None) -> None:
            if options is not None and options != self.review_options:
                self.review_options = options
                self.post_message(messages.ReviewOptionsChanged(options))
                self.refresh_list()

        self.app.push_screen(ReviewOptionsScreen(self.review_options), choose)

    def _do_categories(self) -> None:
        from orbitquiz.session.returning import knowledge_of
        from orbitquiz.tui.solo.categories import CategoriesScreen

        bank = self.session.bank
        tallies = {tally.category: tally for tally in self._statistics().categories}
        knowledge = knowledge_of(bank, self.session.records.cards(bank.id))

        def choose(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._choose(replace(self.options, categories=names))

        self.app.push_screen(CategoriesScreen(bank, tallies, knowledge, self.options.categories), choose)

    def _do_bank(self) -> None:
        from orbitquiz.library.shelf import banks
        from orbitquiz.tui.solo.banks import BanksScreen

        def choose(bank: Shelved | None) -> None:
            if bank and bank.place != self.session.folder:
                self.post_message(messages.BankChosen(bank))

        self.app.push_screen(BanksScreen(banks(self._services.folder), self.session.folder), choose)

    def _do_code(self) -> None:
        from orbitquiz.tui.solo.dialogs import CodeScreen

        def play(request: Request | None) -> None:
            if request:
                options = self.options
                wish = messages.Play(QuizPlan(request), options.rules, seed=request.seed, is_typed=options.is_typed)
                self.post_message(wish)

        def explain(error: WrongCode, code: str) -> str:
            from orbitquiz.library.chosen import explained

            return explained(error, code, self._services.folder, self._services.open_bank)

        self.app.push_screen(CodeScreen(self.session.bank, explain), play)

    def _do_sources(self) -> None:
        from orbitquiz.tui.solo.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.session.bank))

    def _do_history(self) -> None:
        from orbitquiz.presenter.review import gone_words
        from orbitquiz.session.returning import due_days, knowledge_of
        from orbitquiz.tui.solo.history import HistoryScreen

        bank, here = self.session.bank, self._now().astimezone()
        cards = self.session.records.cards(bank.id)
        due = due_days(bank, cards, here, self.review_options.retention)
        gone = gone_words(bank, cards)
        self.app.push_screen(HistoryScreen(bank, self._statistics(), knowledge_of(bank, cards), due, gone))

    def _statistics(self) -> Statistics:
        statistics = self.session.records.statistics(self.session.bank.id)
        self.post_message(messages.RecordsAsked())
        return statistics

    def _choose(self, options: QuizOptions) -> None:
        self.options = options
        self._list()
        self.post_message(messages.OptionsChanged(options))


def _line(entry: Entry, width: int) -> Content:
    key, title, detail = ("bold $primary", "", MUTED) if entry.is_open else (FAINT, FAINT, FAINT)
    value = f"‹ {entry.detail} ›" if entry.is_value else entry.detail
    return Content.assemble((entry.key, key), (f"   {entry.title:<{width}}", title), (value, detail))
