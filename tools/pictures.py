"""Take the pictures in docs/pictures: SVG screenshots of the game on its own bank. A test holds them to the game."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from orbitquiz.bank.opening import builtin_path, open_bank
from orbitquiz.quiz.choice import choose
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.request import Request
from orbitquiz.tui.app import OrbitQuizApp

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (80, 24)
_SEED = "LAUNCH"
_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

# The questions in the pictures, by id; the first is the one that the README shows.
_SHOWN = ("sick-cosmonaut.asked", "return-date.according.outruns-us")


async def take(quiz: Quiz, keys: Sequence[str], size: tuple[int, int] = SIZE) -> str:
    """The SVG of a game of `quiz` after pressing `keys`."""
    seconds = itertools.count(step=4)
    app = OrbitQuizApp(quiz, lambda: next(seconds), lambda: quiz, lambda _: f"orbitquiz play --quiz {quiz.code}")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return self_contained(app.export_screenshot(title="orbitquiz play"))


def self_contained(svg: str) -> str:
    """The picture with fonts of the reader's own, so that looking at it loads nothing from elsewhere."""
    svg = _WEB_FONT.sub("", svg)
    return svg.replace("Fira Code", "Fira Code, DejaVu Sans Mono, Menlo, Consolas")


def pictures() -> dict[str, str]:
    """Each picture by the name of its file."""
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    composed = compose(bank, Request(_SEED))
    rest = [question.id for question in composed.questions if question.id not in _SHOWN]
    quiz = replace(choose(bank, [*_SHOWN, *rest][:10], _SEED), code=composed.code)
    keys = [str(question.key + 1) for question in quiz.questions]
    wrong = [str((question.key + 1) % 4 + 1) for question in quiz.questions]
    whole = [key for index, right in enumerate(keys) for key in (wrong[index] if index in (1, 4) else right, "enter")]
    taken = {
        "question.svg": [],
        "verdict.svg": [keys[0]],
        "differ.svg": [keys[0], "enter", wrong[1]],
        "end.svg": whole,
    }
    return {name: asyncio.run(take(quiz, pressed)) for name, pressed in taken.items()}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (FOLDER / name).write_text(svg, encoding="utf-8", newline="\n")
        print(FOLDER / name)
