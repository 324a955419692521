"""The end of a game: the score, and every question with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from orbitquiz.bank.text import counted, line_of
from orbitquiz.play.session import Session
from orbitquiz.quiz.game import Game, Verdict
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.scoreboard import Result, large
from orbitquiz.tui.widgets.sky import Sky
from orbitquiz.tui.words import HINTED, MOST_MARKS, MUTED, duration, mark_of, style_of, word_of

if TYPE_CHECKING:
    from orbitquiz.tui.app import OrbitQuizApp


class EndScreen(Screen[None]):
    """Looks back on a game."""

    CSS_PATH = "end.tcss"
    AUTO_FOCUS = "OptionList"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-short"), (30, "-tall"), (40, "-very-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "look(-1)", "look back at another question", show=False),
        Binding("down", "look(1)", "look back at another question", show=False),
        Binding("pageup", "scroll(-1)", "scroll a long proof", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "scroll a long proof", show=False, priority=True),
        Binding("m", "missed", "play what you missed", show=False),
        Binding("r", "app.again", "play another quiz", show=False),
        Binding("e", "reading_list", "write down the passages of what you missed", show=False),
        Binding("s", "source", "read the whole source", show=False),
        Binding("f", "flag", "flag the question: tell its author what is wrong", show=False),
        Binding("escape", "app.home", "to the menu", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
        Binding("q", "app.quit", "leave", show=False),
    ]

    def __init__(self, session: Session, replay: str) -> None:
        super().__init__()
        self.game = session.game
        self.teams = session.setup.teams
        self.standing = session.standing
        self.replay = replay

    def compose(self) -> ComposeResult:
        game = self.game
        with Horizontal(id="score"):
            yield Static(_score(game), id="digits")
            words = list(_winners(self.teams, self.standing)) if self.teams else [_praise(game)]
            yield _Summary(game, words, self.replay)
        yield Result(self.teams, self.standing)
        with Vertical(id="table"):
            yield OptionList(*(_row(verdict) for verdict in game.verdicts), markup=False)
            with Vertical(id="detail"):
                yield Static(id="stem")
                yield ProofView()
        sky = Sky()
        sky.show(game)
        yield sky
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_keys()
        # What went wrong is what one wants to read first.
        first = next((index for index, verdict in enumerate(self.game.verdicts) if not verdict.is_right), 0)
        self.query_one(OptionList).highlighted = first

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        verdict = self.game.verdicts[event.option_index]
        self.query_one("#stem", Static).update(Content(verdict.question.stem))
        lead = Content.assemble(word_of(verdict), " ")
        if verdict.pick and not verdict.is_right:
            lead = Content.assemble(("✗ You said ", "$text-error"), (verdict.pick.text, "bold"), ". ")
        self.query_one(ProofView).show(verdict.question.proof, lead, verdict.pick.remark if verdict.pick else None)

    def on_proof_view_settled(self, message: ProofView.Settled) -> None:
        self._show_keys(more=message.overflows)

    def _show_keys(self, *, more: bool = False) -> None:
        missed = [("m", "missed", "screen.missed")] if self.game.missed else []
        reading = [("e", "list", "screen.reading_list")] if self.game.missed else []
        ways_on = [*missed, ("r", "new", "app.again"), ("esc", "menu", "app.home"), *reading]
        scroll = [("pgdn", "more", "screen.scroll(1)")] if more else []
        always = [("?", "keys", "app.keys"), ("q", "leave", "app.quit")]
        here = [("↑ ↓", "look back", ""), ("s", "source", "screen.source"), ("f", "flag", "screen.flag")]
        self.query_one(KeyBar).show([*ways_on, *scroll, *here, *always])

    @property
    def _app(self) -> OrbitQuizApp:
        return cast("OrbitQuizApp", self.app)

    @property
    def _verdict(self) -> Verdict:
        return self.game.verdicts[self.query_one(OptionList).highlighted or 0]

    def action_missed(self) -> None:
        """Play what was missed, if anything was."""
        if self.game.missed:
            self._app.action_missed()
        else:
            self.notify("Nothing missed: there is nothing to play again.", markup=False)

    def action_reading_list(self) -> None:
        """Write down the passages of what was missed, if anything was."""
        if self.game.missed:
            self._app.action_reading_list()
        else:
            self.notify("Nothing missed: there is nothing to read.", markup=False)

    def action_source(self) -> None:
        """Read the whole source at the passage that proves the answer."""
        self._app.read(self._verdict.question.proof.shown[0].passage)

    def action_flag(self) -> None:
        """Tell the author of the bank what is wrong with the question."""
        self._app.flag(self._verdict.question)

    def action_look(self, by: int) -> None:
        """Look at another question."""
        rows = self.query_one(OptionList)
        rows.highlighted = ((rows.highlighted or 0) + by) % len(self.game.verdicts)

    def on_resize(self) -> None:
        for proof in self.query(ProofView):
            proof.fit()

    def action_scroll(self, by: int) -> None:
        """Scroll the proof by a page."""
        proof = self.query_one(ProofView)
        proof.scroll_relative(y=by * max(proof.size.height - 1, 1), animate=False)


def _score(game: Game) -> Content:
    """How many of how many, in large digits."""
    right, of = (large(number, stands_out=True) for number in (game.right, len(game.verdicts)))
    slash = (Content.styled(row, "bold $accent") for row in ("  ╱", " ╱ ", "╱  "))
    return Content("\n").join(Content("").join(row) for row in zip(right, slash, of, strict=True))


class _Summary(Widget):
    """How the game went, in three lines. What says least gives way where a line has no room for it.

    `words` say it in fewer and fewer letters, `replay` is the command that plays the quiz again.
    """

    def __init__(self, game: Game, words: Sequence[str], replay: str) -> None:
        super().__init__(id="summary")
        self.game = game
        self.words = words
        self.replay = replay

    def render(self) -> Content:
        lines = (self._words(), self._figures(), self._ways_to_replay())
        return Content("\n").join(_first_that_fits(list(line), self.size.width) for line in lines)

    def _words(self) -> Iterator[Content]:
        has_digits = self.screen.query_one("#digits").display
        score = "" if has_digits else f"{self.game.right}/{len(self.game.verdicts)}  "
        for words in self.words:
            yield Content.assemble((score, "bold $accent"), (words, "bold"))

    def _figures(self) -> Iterator[Content]:
        verdicts = self.game.verdicts
        marks = Content.assemble(*((mark_of(verdict), style_of(verdict)) for verdict in verdicts))
        figures = [
            *([marks] if len(verdicts) <= MOST_MARKS else []),
            Content(counted(self.game.points, "point")),
            Content(duration(self.game.seconds)),
            Content(f"longest streak {self.game.longest_streak}"),
        ]
        for count in range(len(figures), 0, -1):
            yield Content("   ").join(figures[:count])

    def _ways_to_replay(self) -> Iterator[Content]:
        if self.replay:
            yield Content.assemble(("Same quiz: ", MUTED), (self.replay, "bold"))
            yield Content.styled(self.replay, "bold")
        if code := self.game.quiz.code:
            yield Content.assemble(("Code: ", MUTED), (code, "bold"))
        yield Content()  # part of a command is of no use


def _first_that_fits(lines: Sequence[Content], width: int) -> Content:
    return next((line for line in lines if line.cell_length <= width), lines[-1].truncate(width, ellipsis=True))


def _winners(teams: Sequence[str], points: Sequence[int]) -> Iterator[str]:
    """Who has won, in fewer and fewer letters."""
    best = [line_of(team) for team, each in zip(teams, points, strict=True) if each == max(points)]
    if len(best) == 1:
        yield f"{best[0]} wins with {counted(max(points), 'point')}."
        yield f"{best[0]} wins."
    else:
        yield f"{', '.join(best[:-1])} and {best[-1]} share the first place."
        yield f"{len(best)} teams share the first place."
        yield f"{len(best)} teams come first."


def _praise(game: Game) -> str:
    share = game.right / max(len(game.verdicts), 1)
    if share == 1:
        return "All right. Ready for launch."
    if share >= 0.7:
        return "A fine flight."
    if share >= 0.4:
        return "In orbit, with some corrections to make."
    return "Back to the training centre."


def _row(verdict: Verdict) -> Content:
    sign = "✓" if verdict.is_right else "–" if verdict.picked is None else "✗"
    if verdict.is_right and verdict.answer.hinted:
        sign = HINTED
    return Content.assemble((f"{sign} ", f"bold {style_of(verdict)}"), verdict.question.stem)
