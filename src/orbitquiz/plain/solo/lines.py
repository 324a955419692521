"""The moments of a game as lines of text, in the order in which they are to be read, and the prompts after them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from orbitquiz.plain.question import open_lines, proof_lines, spoken
from orbitquiz.presenter.ending import Ending
from orbitquiz.presenter.outcome import outcome_of
from orbitquiz.presenter.solo import Onward, moves_of
from orbitquiz.presenter.wording import duration, sentence, standing, turn
from orbitquiz.quiz.game import HINTED, POINTS, Game
from orbitquiz.session.session import Session
from orbitquiz.text.counts import counted

ASK_REASON = "What is wrong with it? One line, or an empty one to flag nothing:"
ASK_PAUSED = "Paused. p to go on, q to leave:"
EXPECTED_PAUSED = "The clock is stopped. Type p to go on, or q to leave."
EXPECTED_ANSWERED = "Not understood. The question is over: press Enter to go on, or type s, f or q; ? explains them."
TIME_LEFT = "10 seconds left."
GUESSED = "Marked as a guess: reviews ask it again sooner. g again takes it back."
NOT_GUESSED = "No longer marked as a guess."


def question_lines(session: Session) -> Iterator[str]:
    """Yield where the game is, and the question without its options."""
    game = session.game
    question = game.question
    parts = [
        f"Question {game.number} of {len(game.quiz.questions)}.",
        sentence(question.category),
        *(["Sources differ."] if question.sources_differ else []),
        f"{counted(game.points, 'point')}.",
    ]
    yield " ".join(parts)
    if session.setup.teams:
        yield turn(session.setup.teams, session.turn)
    yield spoken(question.stem)
    yield from open_lines(question.open)


def verdict_lines(session: Session) -> Iterator[str]:
    """Yield what became of the last answer, its proof, and the points of the teams."""
    verdict = session.game.verdict
    told = verdict.pick and not verdict.is_right
    said = f" You said {sentence(verdict.pick or '')}" if told else ""
    yield f"{outcome_of(verdict).sentence}{said}"
    yield from proof_lines(verdict.question.proof, verdict.feedback)
    if session.setup.teams:
        yield standing(session.setup.teams, session.standing)


def end_lines(session: Session, ending: Ending) -> Iterator[str]:
    """Yield how the game went, and what follows."""
    game = session.game
    yield f"The end. {counted(game.points, 'point')}, {game.right} of {len(game.verdicts)} right."
    yield f"Longest streak: {game.longest_streak}. Time: {duration(game.seconds)}."
    yield from ending.words[:1]
    if session.setup.teams:
        yield standing(session.setup.teams, session.standing)
    yield from outcome_lines(game)


def outcome_lines(game: Game) -> Iterator[str]:
    """Yield what became of each question that was answered."""
    for verdict in game.verdicts:
        yield f"{verdict.number}. {outcome_of(verdict).phrase}: {spoken(verdict.question.stem)}"


def ask_answer(game: Game, left: float | None, *, has_hint: bool = True) -> str:
    """Return the prompt for an open question of which `left` seconds are left."""
    time = "" if left is None else f"{counted(ceil(max(left, 0.0)), 'second')} left. "
    hint = f"h for a hint (a right answer then pays {HINTED}), " if has_hint and moves_of(game).hint else ""
    pause = "" if left is None else "p to pause, "
    answer = "Type the answer" if game.is_typed else f"Answer {_numbers(game)}"
    return f"{time}{answer}, {hint}x to skip, {pause}f to flag, q to leave:"


def ask_meant(suggestion: str) -> str:
    """Return the prompt where something else was perhaps meant."""
    return f"Did you mean {sentence(suggestion)[:-1]}? Enter or y for yes, n for no, or another answer:"


def ask_onward(game: Game) -> str:
    """Return the prompt after a verdict."""
    moves = moves_of(game)
    onward = "the score" if moves.onward is Onward.SCORE else "the next question"
    guess = "g if it was a guess, " if moves.guess else ""
    return f"Enter for {onward}, s for the source, {guess}f to flag, q to leave:"


def ask_another(game: Game, another: str) -> str:
    """Return the prompt after the end; `another` names what r gives, or is empty where there is nothing more."""
    again = f"r for {another}, " if another else ""
    missed = "m to play what you missed, e to save a reading list, " if game.missed else ""
    return f"{again}{missed}c for a line to share, q to leave:"


def expected_answer(game: Game) -> str:
    """Return what an open question expects."""
    pause = ", p" if game.rules.timer is not None else ""
    return f"Not understood. Type {_numbers(game)}, the words of an answer, or h, x{pause}, f, q; ? explains them."


def expected_another(game: Game) -> str:
    """Return what is expected after the end."""
    return f"Not understood. The quiz is over: type r,{' m, e,' if game.missed else ''} c or q."


def key_lines(game: Game) -> list[str]:
    """Return what all keys of a game do."""
    pause = ["p: stop the clock; p again lets it run."] if game.rules.timer is not None else []
    return [
        "The answer in words: answer. What is nearly a name is asked about."
        if game.is_typed
        else f"{_numbers(game)}, a letter from a, the words of an answer or some that only it has: answer.",
        f"h: a hint, the passage without the answer. A right answer then pays {HINTED} of {POINTS} points.",
        "x: skip the question.",
        *pause,
        "f: flag the question, to tell its author what is wrong.",
        "s: after an answer, the lines of the source around its proof.",
        "g: after a right answer, say that it was a guess, so that reviews ask it again sooner.",
        "Enter or n: after an answer, go on.",
        "q: leave. What you answered is kept.",
        "?: these keys.",
    ]


def _numbers(game: Game) -> str:
    return f"1 to {len(game.question.options)}"
