"""The proof of an answer: how its quotations are marked."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.tui.widgets.proof import ProofLines

PASSAGE = PassageSheet("two", "report", "Ada met Ben at noon.", ((0, 3), (8, 11)))


class _Proof(App[None]):
    def compose(self) -> ComposeResult:
        yield ProofLines()


def marked(lines: ProofLines) -> str:
    """The characters of the passage that are marked."""
    (line,) = [line for line in lines.lines(60) if "noon" in line.plain]
    return "".join(line.plain[span.start : span.end] for span in line.spans if "$mark" in str(span.style))


@pytest.mark.parametrize(("drawn", "inked"), [(0.0, ""), (0.5, "Ada"), (2 / 3, "AdaB"), (1.0, "AdaBen")])
async def test_the_pen_marks_one_quotation_after_the_other(drawn: float, inked: str) -> None:
    app = _Proof()
    async with app.run_test():
        lines = app.query_one(ProofLines)
        lines.show(ProofSheet("Ada met Ben.", (PASSAGE,)), "", None)
        lines.drawn = drawn
        assert marked(lines) == inked


async def test_the_pen_moves_in_few_steps_each_of_which_draws_the_whole_proof() -> None:
    app = _Proof()
    async with app.run_test():
        lines = app.query_one(ProofLines)
        seen = set()
        for step in range(101):
            lines.drawn = step / 100
            seen.add(lines.drawn)
        assert len(seen) == 5
