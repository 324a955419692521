"""The moments of a game as lines of text, in the order in which they are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orbitquiz.plain.proof import proof_lines
from orbitquiz.presenter.verdict import outcome_of
from orbitquiz.presenter.wording import duration, sentence, standing, turn
from orbitquiz.quiz.game import Game, Verdict
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of


def question_lines(game: Game, teams: Sequence[str]) -> Iterator[str]:
    """Where the game stands, and the question without its options."""
    question = game.question
    parts = [
        f"Question {game.number} of {len(game.quiz.questions)}.",
        sentence(question.category.title),
        *(["Sources differ."] if question.sources_differ else []),
        f"{counted(game.points, 'point')}.",
    ]
    yield " ".join(parts)
    if teams:
        yield turn(teams, game.number)
    yield line_of(question.stem)


def verdict_lines(game: Game, teams: Sequence[str]) -> Iterator[str]:
    """What became of the question that was answered last, its proof, and how the teams stand."""
    verdict = game.verdict
    yield _word(verdict)
    yield from proof_lines(verdict.question.proof, verdict.pick.feedback if verdict.pick else None)
    if teams:
        yield standing(teams, game.verdicts)


def end_lines(game: Game, teams: Sequence[str]) -> Iterator[str]:
    """How a game went."""
    yield f"The end. {counted(game.points, 'point')}, {game.right} of {len(game.verdicts)} right."
    yield f"Longest streak: {game.longest_streak}. Time: {duration(game.seconds)}."
    if teams:
        yield standing(teams, game.verdicts)
    for verdict in game.verdicts:
        yield f"{verdict.number}. {outcome_of(verdict).phrase}: {line_of(verdict.question.stem)}"


def _word(verdict: Verdict) -> str:
    said = f" You said {sentence(verdict.pick.text)}" if verdict.pick and not verdict.is_right else ""
    return f"{outcome_of(verdict).sentence}{said}"
