"""The end of a game: the score, and every question with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from orbitquiz.bank.model import Bank
from orbitquiz.presenter.citing import cited_by
from orbitquiz.presenter.ending import NO_ENDING, Ending
from orbitquiz.presenter.outcome import Outcome, outcome_of
from orbitquiz.presenter.wording import share_line, short_duration
from orbitquiz.quiz.game import Game, Mode, Verdict, team_points
from orbitquiz.quiz.question import Question
from orbitquiz.session.plan import QuizPlan, Setup
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.shared.look_back import LOOK_BACK_KEYS, LookBackScreen
from orbitquiz.tui.solo import messages
from orbitquiz.tui.solo.share import ShareScreen
from orbitquiz.tui.styles import MOST_MARKS, lead_of, mark_of, you_said
from orbitquiz.tui.widgets.keybar import Hint, KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.score import Score
from orbitquiz.tui.widgets.scoreboard import Result
from orbitquiz.tui.widgets.sky import Sky


class EndScreen(LookBackScreen):
    """Looks back on a game."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LOOK_BACK_KEYS,
        Binding("m", "missed", "play what you missed", show=False),
        Binding("r", "again", "play another quiz", show=False),
        Binding("e", "reading_list", "save a reading list of what you missed, as a file in this folder", show=False),
        Binding("c", "share", "copy a line to share, which gives no question away", show=False),
        Binding("s", "source", "read the whole source", show=False),
        Binding("f", "flag", "flag the question: tell its author what is wrong", show=False),
        Binding("escape", "home", "to the menu", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(
        self,
        setup: Setup,
        game: Game,
        given: Sequence[int],
        replay: str,
        bank: Bank,
        day: date,
        ending: Ending = NO_ENDING,
    ) -> None:
        """Look back on `game`, which `setup` began; on `day`; `given` are points by hand, `replay` is a command."""
        super().__init__()
        self.ending = ending
        self.setup = setup
        self.game = game
        self.teams = setup.teams
        self.standing = team_points(game, len(setup.teams), given) if setup.teams else ()
        self.replay = replay
        self.bank = bank
        self._day = day

    def compose(self) -> ComposeResult:
        game = self.game
        yield Score(
            game.right,
            len(game.verdicts),
            words=list(_winners(self.teams, self.standing)) if self.teams else list(_praise(game, self.ending.words)),
            figures=list(_figures(game)),
            replay=self.replay,
            code=game.quiz.code or "",
        )
        yield Result(self.teams, self.standing)
        yield from self.questions(map(_row, game.verdicts), ProofView())
        sky = Sky()
        sky.show(game)
        yield sky
        yield KeyBar()

    def on_mount(self) -> None:
        self.look_at_first(not verdict.is_right for verdict in self.game.verdicts)

    def show_question(self, index: int) -> None:
        verdict = self.game.verdicts[index]
        self.query_one("#stem", Static).update(Content(verdict.question.stem))
        lead = lead_of(outcome_of(verdict))
        if verdict.pick and not verdict.is_right:
            lead = you_said(verdict.pick)
        self.query_one(ProofView).show(verdict.question.proof, lead, verdict.feedback)

    def show_keys(self, *, more: bool) -> None:
        # The first ones are seen on a narrow terminal too: what to do next, and how to see the rest of this screen.
        missed = [("m", "missed", "screen.missed")] if self.game.missed else []
        reading = [("e", "save list", "screen.reading_list")] if self.game.missed else []
        what = "more" if self.setup.mode is Mode.REVIEW else "new"
        again = [("r", what, "screen.again")] if self.ending.has_more else []
        scroll = [("pgdn", "more", "screen.scroll(1)")] if more else []
        hints: list[Hint] = [
            *missed,
            *again,
            ("esc", "menu", "screen.home"),
            *scroll,
            ("c", "share", "screen.share"),
            ("↑ ↓", "look back", ""),
            *reading,
            ("s", "source", "screen.source"),
            ("f", "flag", "screen.flag"),
            ("?", "keys", "app.keys"),
            ("q", "leave", "app.quit"),
        ]
        self.query_one(KeyBar).show(hints)

    @property
    def _verdict(self) -> Verdict:
        return self.game.verdicts[self.query_one(OptionList).highlighted or 0]

    @property
    def _question(self) -> Question:
        return self.setup.quiz.questions[self._verdict.number - 1]

    def action_again(self) -> None:
        """Play another quiz of the same kind."""
        self.post_message(messages.Again(self.setup))

    def action_share(self) -> None:
        """Copy a line that says how the game went, and show it."""
        marks = [verdict.is_right for verdict in self.game.verdicts]
        line = share_line(self.game.quiz.title, self._day, marks, self.game.quiz.code)
        self.app.push_screen(ShareScreen(line))

    def action_home(self) -> None:
        """Go to the menu."""
        self.post_message(messages.GoHome())

    def action_missed(self) -> None:
        """Play what was missed, if anything was."""
        if self.game.missed:
            plan = QuizPlan.missed([question.fact for question in self.game.missed])
            self.post_message(messages.Play(plan, self.setup.rules, Mode.MISSED, is_typed=bool(self.setup.typed)))
        else:
            self.notify("Nothing missed: there is nothing to play again.", markup=False)

    def action_reading_list(self) -> None:
        """Write the passages of what was missed to a file, if anything was."""
        if self.game.missed:
            self.post_message(messages.WriteReadingList(self.setup.quiz, self.game))
        else:
            self.notify("Nothing missed: there is nothing to read.", markup=False)

    def action_source(self) -> None:
        """Read the sources where the passages that prove the answer stand."""
        self._read(0)

    def on_proof_view_cited(self, message: ProofView.Cited) -> None:
        self._read(message.index)

    def _read(self, first: int) -> None:
        cited = cited_by(self.bank, self._question, self._verdict.picked)
        self.post_message(messages.ReadSources([*cited[first:], *cited[:first]]))

    def action_flag(self) -> None:
        """Tell the author of the bank what is wrong with the question."""
        self.post_message(messages.FlagQuestion(self.setup.quiz, self._question))


def _figures(game: Game) -> Iterator[Content]:
    """Yield marks and numbers, fewer and fewer."""
    marks = Content.assemble(*(mark_of(outcome_of(verdict)) for verdict in game.verdicts))
    figures = [
        *([marks] if len(game.verdicts) <= MOST_MARKS else []),
        Content(counted(game.points, "point")),
        Content(short_duration(game.seconds)),
        Content(f"longest streak {game.longest_streak}"),
    ]
    for count in range(len(figures), 0, -1):
        yield Content("   ").join(figures[:count])


def _winners(teams: Sequence[str], points: Sequence[int]) -> Iterator[str]:
    """Yield who has won, in fewer and fewer letters."""
    best = [line_of(team) for team, each in zip(teams, points, strict=True) if each == max(points)]
    if len(best) == 1:
        yield f"{best[0]} wins with {counted(max(points), 'point')}."
        yield f"{best[0]} wins."
    else:
        yield f"{', '.join(best[:-1])} and {best[-1]} share the first place."
        yield f"{len(best)} teams share the first place."
        yield f"{len(best)} teams come first."


def _praise(game: Game, words: Sequence[str]) -> Iterator[str]:
    """Yield a word on the score and what follows, in fewer and fewer letters."""
    if words:
        yield f"{_praise_alone(game)} {words[0]}"
        yield from words
    yield _praise_alone(game)


def _praise_alone(game: Game) -> str:
    share = game.right / max(len(game.verdicts), 1)
    if share == 1:
        return "All right. Ready for launch."
    if share >= 0.7:
        return "A fine flight."
    if share >= 0.4:
        return "In orbit, with some corrections to make."
    return "Back to the training centre."


def _row(verdict: Verdict) -> Content:
    outcome = outcome_of(verdict)
    mark, style = mark_of(outcome)
    sign = mark if outcome in (Outcome.HINTED, Outcome.GUESSED) else outcome.sign
    return Content.assemble((f"{sign} ", f"bold {style}"), verdict.question.stem)
