"""A question's key on the host's screen, how many picked what, and the proof."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from orbitquiz.classroom.protocol import Outcome, RevealedQuestion
from orbitquiz.presenter.host_state import HostState
from orbitquiz.tui.styles import MUTED
from orbitquiz.tui.widgets.big_letters import large_lines
from orbitquiz.tui.widgets.proof import ProofView
from orbitquiz.tui.widgets.text import Text
from orbitquiz.tui.widgets.votes import Votes


class LargeVotes(Votes):
    """Votes that are to be read from the back row, in large letters where there is room."""

    HAS_NUMBERS = False  # each student has another order
    _TEXT_AT = 3  # cells before an option's text
    _WORD = 18  # cells after the bar
    _ELSEWHERE = 10  # rows of a terminal that are for something else

    def lines(self, width: int) -> Iterator[Content]:
        """Yield the lines, none of them wider than `width`."""
        has_room = self.screen.has_class("-very-tall") and self.screen.has_class("-wide")
        return iter(self._large(width)) if has_room else super().lines(width)

    def _large(self, width: int) -> list[Content]:
        """Return all in large letters; smaller where these have no room."""
        most = large_lines(str(self.most), width) or [""]
        text_width = width - self._TEXT_AT - len(most[0]) - 2 * self._GAP
        lines: list[Content] = []
        for tally in self.tallies:
            words = large_lines(tally.text, text_width)
            if words is None:
                return list(super().lines(width))
            count = large_lines(str(tally.count), width) or []
            for row, word in enumerate(words):
                tail = Content.styled(count[row], "bold") if row < len(count) else Content()
                line = Content.styled(f"{word:<{text_width}}", tally.style).pad_left(self._TEXT_AT)
                lines.append(tally.on_ground(line.pad_right(width - line.cell_length - tail.cell_length) + tail, width))
            bar = tally.bar(self.most, text_width - self._WORD).pad_left(self._TEXT_AT)
            verdict = Content.styled(f"  {tally.sign} {tally.word}", f"bold {tally.style}")
            lines += [tally.on_ground(bar + verdict, width), Content()]
        fits = len(lines) <= self.app.size.height - self._ELSEWHERE
        return lines if fits else list(super().lines(width))


class RevealedView(Container):
    """Stem, votes and proof; side by side where there is room."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._shown: RevealedQuestion | None = None
        self._outcome: Outcome | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="asked"):
            yield Text(id="stem")
            yield LargeVotes()
        yield ProofView()

    def show(self, seen: HostState) -> None:
        """Show what was revealed last."""
        revealed, outcome = (seen.scene.revealed, seen.scene.outcome) if seen.scene else (None, None)
        if revealed is None or outcome is None or (revealed, outcome) == (self._shown, self._outcome):
            return
        is_new = self._shown is None or self._shown.number != revealed.number
        self._shown, self._outcome = revealed, outcome
        self.query_one("#stem", Static).update(Content(revealed.stem))
        self.query_one(LargeVotes).show(revealed)
        proof = self.query_one(ProofView)
        proof.show(revealed.proof, _verdict(outcome))
        if is_new:
            proof.appear()

    def on_resize(self) -> None:
        self.query_one(ProofView).fit()


def _verdict(outcome: Outcome) -> Content:
    """Return the share of right answers in words."""
    if outcome.silent == outcome.of:
        return Content.styled("– Nobody has answered. ", f"bold {MUTED}")
    if outcome.right == outcome.of:
        return Content.styled("✓ All were right. ", "bold $text-success")
    silent = f", {outcome.silent} gave no answer" if outcome.silent else ""
    if outcome.right == 0:
        return Content.styled(f"✗ Nobody was right{silent}. ", "bold $text-error")
    words = f"{outcome.right} of {outcome.of} {'was' if outcome.right == 1 else 'were'} right"
    return Content.styled(f"✓ {words}{silent}. ", "bold $text-success")
