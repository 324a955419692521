"""The menu line by line: what the menu on a screen has, for screen readers and terminals that cannot draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict, replace

from orbitquiz.bank.model import Source
from orbitquiz.history.game_lock import OpenElsewhere
from orbitquiz.history.model import KeptGame
from orbitquiz.history.resume import CannotResume, resume
from orbitquiz.library.chosen import explained, remember
from orbitquiz.library.shelf import banks
from orbitquiz.plain.console import Console, NothingMore
from orbitquiz.plain.question import numbered_lines, proof_lines
from orbitquiz.plain.solo.lines import outcome_lines
from orbitquiz.plain.solo.play import Left, Player
from orbitquiz.presenter.menu import Entry, Menu, options_of
from orbitquiz.presenter.review import (
    changed,
    due_words,
    gone_words,
    knowledge_words,
    review_entries,
    review_options_of,
)
from orbitquiz.presenter.wording import game_words, local_time
from orbitquiz.quiz.code import WrongCode, request_of
from orbitquiz.quiz.game import Mode, Rules
from orbitquiz.session.plan import QuizPlan, setup_of
from orbitquiz.session.preferences import load_preferences, save_preferences
from orbitquiz.session.returning import (
    Daily,
    ReviewOptions,
    Today,
    due_days,
    knowledge_of,
    next_review,
    today_of,
)
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.text.counts import counted
from orbitquiz.text.fold import fold
from orbitquiz.text.safe import line_of

_PAGE = 20  # lines of a document at a time
_MOST_HITS = 20
_GAMES = 20  # the latest ones; older ones are listed where they can be resumed


class PlainMenu:
    """Offers the menu until the player leaves. Where what is typed ends, so does the program."""

    def __init__(self, session: Session, console: Console, services: Services) -> None:
        self.session = session
        self.console = console
        self.services = services
        self._preferences = load_preferences(services.folder)
        self.options = options_of(self._preferences.options)
        self._player: Player | None = None

    def run(self) -> None:
        """Offer the menu until the player leaves."""
        try:
            while self._step():
                pass
        except Left:
            pass
        except (NothingMore, KeyboardInterrupt):
            if self._player:
                self._player.leave()
        self.console.end_line()
        self.console.flush()

    def _step(self) -> bool:
        """Do one thing. Returns whether there may be another."""
        records, bank = self.session.records, self.session.bank
        self.options = self.options.fitting(bank)
        kept = records.unfinished()
        now = self.services.now()
        today = today_of(bank, records, now.astimezone(), self._review_options)
        menu = Menu(bank, self.options, kept, today=today)
        entries = list(menu.entries(now))
        self.console.say()
        self.console.say(line_of(bank.title))
        for entry in entries:
            if entry.is_open:
                self.console.say(f"{entry.key}: {entry.title}, {entry.detail}", 3)
        if records.notice:
            self.console.say(records.notice)
        word = self._ask("Type a letter, or q to leave:")
        if word == "q":
            return False
        chosen = next((entry for entry in entries if entry.key == word and entry.is_open), None)
        if chosen is not None:
            self._do(chosen, kept, today)
        elif word:
            self.console.say("Not understood.")
        return True

    def _do(self, entry: Entry, kept: KeptGame | None, today: Today) -> None:
        match entry.action:
            case "resume":
                self.resume(kept)
            case "play":
                self._play(self.options.plan, self.options.rules)
            case "missed":
                self._play(QuizPlan.missed(today.missed[: self.options.count]), self.options.rules, Mode.MISSED)
            case "review":
                self._review()
            case "reviews":
                self._choose_review_options()
            case "daily":
                self._play_daily(today.daily)
            case "categories":
                self._choose_categories()
            case "code":
                self._play_code()
            case "bank":
                self._choose_bank()
            case "sources":
                self._read_sources()
            case "history":
                self._look_back()
            case _:
                self.options = self.options.changed(entry.action)
                self._remember(options=asdict(self.options))

    def resume(self, kept: KeptGame | None) -> None:
        """Resume a kept game, or say why that is impossible."""
        if kept is None:
            self.console.say("There is no unfinished game.")
            return
        self.session.close()
        try:
            session = self.services.session_for(kept, self.session)
            session.take_up(kept)
        except OpenElsewhere:
            self.console.say("This game is open in another window.")
        except (CannotResume, OSError, ValueError) as error:
            self.session.records.abandon(kept.game.id)
            self.console.say(f"This game cannot be resumed: {error}. Its answers stay in your history.")
        else:
            self.session = session
            self._run()

    def _play(self, plan: QuizPlan, rules: Rules, mode: Mode = Mode.SOLO, seed: str | None = None) -> None:
        is_typed = self.options.is_typed and mode is not Mode.DAILY
        setup = setup_of(self.session.bank, plan, seed or self.services.new_seed(), rules, mode, is_typed=is_typed)
        if not setup.quiz.questions:
            self.console.say("No questions match these options.")
            return
        self.session.start(setup)
        self._run()

    def _play_daily(self, daily: Daily) -> None:
        """Play the daily quiz, resume it, or tell how it went."""
        if daily.begun:
            self.resume(daily.begun)
        elif daily.done:
            self._open(daily.done.id)
        else:
            self._play(daily.plan, Rules(), Mode.DAILY, daily.seed)

    def _review(self) -> None:
        session, now, seed = self.session, self.services.now().astimezone(), self.services.new_seed()
        if setup := next_review(session.bank, session.records, now, seed, self._review_options):
            session.start(setup)
            self._run()

    @property
    def _review_options(self) -> ReviewOptions:
        return review_options_of(self._preferences.review)

    def _choose_review_options(self) -> None:
        while True:
            entries = list(review_entries(self._review_options))
            for entry in entries:
                self.console.say(f"{entry.key}: {entry.title}, {entry.detail}. {entry.help}", 3)
            word = self._ask("A letter changes a value, an empty line goes back to the menu:")
            if not word:
                return
            for entry in entries:
                if entry.key == word:
                    self._remember(review=asdict(changed(self._review_options, entry.action)))

    def _remember(self, **changes: Any) -> None:
        """Change preferences and keep them."""
        self._preferences = replace(self._preferences, **changes)
        save_preferences(self.services.folder, self._preferences)

    def _run(self) -> None:
        self._player = Player(self.session, self.console, self.services)
        self._player.play()
        self._player = None
        self.session.close()

    def _choose_categories(self) -> None:
        categories = self.session.bank.categories
        for number, category in enumerate(categories, 1):
            self.console.say(f"{number}: {line_of(category.title)}", 3)
        chosen = _numbers(self._ask("Numbers with spaces between, or an empty line for all:"), len(categories))
        names = tuple(categories[number - 1].name for number in chosen)
        self.options = replace(self.options, categories=names if len(names) < len(categories) else ())
        self._remember(options=asdict(self.options))

    def _play_code(self) -> None:
        word = self._ask("The code, or an empty line for the menu:")
        if not word:
            return
        try:
            request = request_of(self.session.bank, word)
        except WrongCode as error:
            told = explained(error, word, self.services.folder, self.services.open_bank)
            self.console.say(f"{told[:1].upper()}{told[1:]}.")
            return
        self._play(QuizPlan(request), self.options.rules, seed=request.seed)

    def _choose_bank(self) -> None:
        found = banks(self.services.folder)
        for number, bank in enumerate(found, 1):
            self.console.say(f"{number}: {line_of(bank.title)}, {bank.name}, {bank.origin}", 3)
        chosen = _numbers(self._ask("A number to choose a bank, or an empty line for the menu:"), len(found))
        if not chosen:
            return
        bank = found[chosen[0] - 1]
        try:
            self.session = self.session.of(self.services.open_bank(bank.place), bank.place)
        except (OSError, ValueError) as error:
            self.console.say(f"The bank {bank.name} cannot be opened: {error}.")
            return
        remember(self.services.folder, bank)

    def _read_sources(self) -> None:
        sources = list(self.session.bank.sources.values())
        for number, source in enumerate(sources, 1):
            self.console.say(f"{number}: {', '.join(map(line_of, source.names))}", 3)
        word = self._ask("A number to read, words to search for, or an empty line for the menu:")
        if found := _numbers(word, len(sources)):
            self._read(sources[found[0] - 1])
        elif word:
            self._search(sources, word)

    def _read(self, source: Source) -> None:
        total = len(source.lines)
        for start in range(1, total + 1, _PAGE):
            self.console.say_all(numbered_lines(source, range(start, start + _PAGE)), hang=3)
            if start + _PAGE <= total and self._ask("Enter for more, q for the menu:") == "q":
                return

    def _search(self, sources: Sequence[Source], words: str) -> None:
        sought = fold(words).text.casefold()
        hits = 0
        for source in sources:
            found = [number for number, line in enumerate(source.lines, 1) if sought in fold(line).text.casefold()]
            if found:
                self.console.say(f"{', '.join(map(line_of, source.names))}:")
                self.console.say_all(
                    (line for number in found[: _MOST_HITS - hits] for line in numbered_lines(source, [number])), hang=3
                )
                hits += len(found)
            if hits >= _MOST_HITS:
                break
        self.console.say(f"Found in {counted(hits, 'line')}." if hits else "Not found.")

    def _look_back(self) -> None:
        statistics = self.session.records.statistics(self.session.bank.id)
        if not statistics.games:
            self.console.say("No games yet.")
            return
        answers = f"{statistics.right:,} of {statistics.answers:,} right"
        streaks = f"longest streak {statistics.longest_streak:,}, current streak {statistics.streak:,}"
        self.console.say(f"{counted(statistics.games, 'game')}, {answers}, {streaks}.")
        self._tell_knowledge()
        games = self.session.records.latest_games(self.session.bank.id, _GAMES)
        for number, game in enumerate(games, 1):
            right = f"{game.right} of {game.answered} right"
            told = ", ".join([local_time(game.started), right, *game_words(game, self.session.bank.title)])
            self.console.say(f"{number}: {told}", 3)
        give_up = "x and a number to give up an unfinished one, " if any(game.is_open for game in games) else ""
        word = self._ask(f"A number to open a game, {give_up}or an empty line for the menu:")
        if found := _numbers(word.removeprefix("x"), len(games)):
            game = games[found[0] - 1]
            if not word.startswith("x"):
                self._open(game.id)
            elif game.is_open:
                self.session.records.abandon(game.id)
                self.console.say("Given up. Its answers stay in your history.")

    def _tell_knowledge(self) -> None:
        """Say what is known of each category, and what becomes due."""
        bank, here = self.session.bank, self.services.now().astimezone()
        cards = self.session.records.cards(bank.id)
        for name, knowledge in knowledge_of(bank, cards).items():
            self.console.say(f"{line_of(bank.category(name).title)}: {knowledge_words(knowledge)}.")
        due = due_days(bank, cards, here, self._review_options.retention)
        self.console.say(f"Due for review: {due_words(due).replace(' · ', ', ')}.")
        if gone := gone_words(bank, cards):
            self.console.say(gone)

    def _open(self, id: int) -> None:
        """Resume the game with this id; if it is over, tell how it went, with its proofs."""
        kept = self.session.records.game(id)
        if kept is None:
            return
        if kept.game.ended is None and not kept.game.abandoned:
            self.resume(kept)
            return
        try:
            session = self.services.session_for(kept, self.session)
            _, game = resume(session.bank, kept, 0.0)
        except (CannotResume, OSError, ValueError) as error:
            self.console.say(f"This game cannot be opened: {error}.")
            return
        self.console.say_all(outcome_lines(game))
        for number in _numbers(self._ask("A number for its proof, or an empty line:"), len(game.verdicts)):
            verdict = game.verdicts[number - 1]
            self.console.say_all(proof_lines(verdict.question.proof, verdict.feedback))

    def _ask(self, prompt: str) -> str:
        return self.console.ask(prompt).strip().casefold()


def _numbers(word: str, most: int) -> list[int]:
    """Return the numbers from 1 to `most` that `word` lists; none where there is anything else in it."""
    parts = word.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return []
    return sorted({int(part) for part in parts if 1 <= int(part) <= most})
