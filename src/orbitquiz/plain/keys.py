"""What can be typed at each moment: the prompts and the explanations."""

from __future__ import annotations

from math import ceil

from orbitquiz.quiz.game import HINTED, POINTS, Game
from orbitquiz.text.counts import counted

REASON = "What is wrong with it? One line, or an empty one to flag nothing:"
PAUSED = "Paused. p to go on, q to leave:"
EXPECTED_PAUSED = "The clock stands still. Type p to go on, or q to leave."


def asking(game: Game, left: float | None) -> str:
    """The prompt for an open question of which `left` seconds are left."""
    time = "" if left is None else f"{counted(ceil(max(left, 0.0)), 'second')} left. "
    hint = "" if game.hinted else "h for a hint, "
    pause = "" if left is None else "p to pause, "
    return f"{time}Answer {_numbers(game)}, {hint}x to skip, {pause}f to flag, q to leave:"


def answered(game: Game) -> str:
    """The prompt after a verdict."""
    over = game.number == len(game.quiz.questions)
    return f"Enter for {'the score' if over else 'the next question'}, s for the source, f to flag, q to leave:"


def ended(game: Game) -> str:
    """The prompt after the end."""
    missed = "m to play what you missed, " if game.missed else ""
    return f"r for another quiz, {missed}e to write a reading list, q to leave:"


def expected_asking(game: Game) -> str:
    """What an open question expects."""
    pause = ", p" if game.rules.timer is not None else ""
    return f"Not understood. Type {_numbers(game)}, the words of an answer, or h, x{pause}, f, q; ? explains them."


EXPECTED_ANSWERED = "Not understood. The question is over: press Enter to go on, or type s, f or q; ? explains them."


def expected_ended(game: Game) -> str:
    """What is expected after the end."""
    return f"Not understood. The quiz is over: type r,{' m,' if game.missed else ''} e or q."


def explained(game: Game) -> list[str]:
    """What all keys of a game do."""
    pause = ["p: stop the clock; p again lets it run."] if game.rules.timer is not None else []
    return [
        f"{_numbers(game)}, a letter from a, or the words of an answer: answer.",
        f"h: a hint, the passage without the answer. A right answer then pays {HINTED} of {POINTS} points.",
        "x: skip the question.",
        *pause,
        "f: flag the question, to tell its author what is wrong.",
        "s: after an answer, the lines of the source around its proof.",
        "Enter or n: after an answer, go on.",
        "q: leave. The game is kept.",
        "?: these keys.",
    ]


def _numbers(game: Game) -> str:
    return f"1 to {len(game.question.options)}"
