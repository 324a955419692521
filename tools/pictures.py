"""Take the pictures in docs/pictures: SVG screenshots of the game on its own bank. A test holds them to the game."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from textual.widgets import Input

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.bank.model import Bank
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.game import UNTIMED, Mode, Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import QuizPlan, Setup
from orbitquiz.session.services import Services
from orbitquiz.session.session import Session
from orbitquiz.tui.solo.app import OrbitQuizApp
from orbitquiz.tui.widgets.sky import Sky
from tools.author_pictures import author_pictures
from tools.room_pictures import room_pictures

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (80, 24)
_SEED = "LAUNCH"
_NOW = datetime(2026, 5, 12, tzinfo=UTC)
_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

# The questions in the pictures, by id; the first is the one that the README shows.
_SHOWN = ("sick-cosmonaut.asked", "return-date.according.outruns-us")


@dataclass(frozen=True)
class Scene:
    """The keys pressed in a game to reach a picture, and how the game is played."""

    keys: Sequence[str] = ()
    teams: Sequence[str] = ()
    rules: Rules = UNTIMED
    size: tuple[int, int] = SIZE


async def take(bank: Bank, quiz: Quiz, scene: Scene) -> str:
    """The SVG of a game of `quiz` after pressing the keys of `scene`."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        session = Session(bank, lambda: Records.open(kept, _NOW.timestamp), lambda: 0.0)
        services = Services(
            kept, lambda: _SEED, lambda *_: f"orbitquiz play --quiz {quiz.code}", lambda _: bank, lambda: _NOW
        )
        mode = Mode.TEAMS if scene.teams else Mode.SOLO
        plan = QuizPlan(Request("", len(quiz.questions)))
        app = OrbitQuizApp(session, Setup(quiz, plan, scene.rules, mode, tuple(scene.teams)), services)
        app.animation_level = "none"
        async with app.run_test(size=scene.size) as pilot:
            while not app.screen.query(Sky):
                await pilot.pause()  # the sky comes after the first frame
            for key in scene.keys:
                await pilot.press(key)
                await pilot.pause()
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await pilot.pause()
            return self_contained(app.export_screenshot(title="orbitquiz"))


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
    to_menu = [*whole[:7], "q", "m"]
    scenes = {
        "question": Scene(),
        "hint": Scene(["h"]),
        "verdict": Scene([keys[0]]),
        "differ": Scene([keys[0], "enter", wrong[1]]),
        "reader": Scene([keys[0], "enter", wrong[1], "s"]),
        "flag": Scene([keys[0], "f"]),
        "timer": Scene(rules=Rules(20.0)),
        "teams": Scene(
            [keys[0], "enter", keys[1], "enter", wrong[2], "enter"], ["Red", "Blue", "Green"], size=(80, 30)
        ),
        "end": Scene(whole),
        "home": Scene(to_menu),
        "categories": Scene([*to_menu, "c", "space", "down", "space"]),
        "sources": Scene([*to_menu, "s"]),
        "history": Scene([*to_menu, "y"]),
        "keys": Scene(["question_mark"]),
        "wide": Scene([keys[0], "enter", wrong[1]], size=(200, 50)),
    }
    taken = {name: asyncio.run(take(bank, quiz, scene)) for name, scene in scenes.items()}
    taken |= {name: self_contained(svg) for name, svg in room_pictures(quiz).items()}
    taken |= {name: self_contained(svg) for name, svg in author_pictures().items()}
    return {f"{name}.svg": svg for name, svg in taken.items()}


if __name__ == "__main__":
    os.environ["COLORTERM"] = "truecolor"  # as in the tests, whatever the terminal here can show
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (FOLDER / name).write_text(svg, encoding="utf-8", newline="\n")
        print(FOLDER / name)
