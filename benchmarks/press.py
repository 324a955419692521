"""From a key to the verdict and its proof on a terminal, beside a Textual app of one label that changes at a key.

Both run at the same time and are pressed in turn. The proof comes up out of the dark within a fifth of a second; what
is measured is when its words stand on the screen, at first dimly.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.start import Child, command, environment
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose

PRESSES = 20
_REST = 0.3  # seconds after which a screen has come to rest
LABEL_APP = """
from textual.app import App
from textual.widgets import Static
class Label(App):
    presses = 0
    def compose(self):
        yield Static("no press so far")
    def on_key(self):
        self.presses += 1
        self.query_one(Static).update(f"that was press {self.presses}.")
Label().run()
"""
_ESCAPE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")


def measure() -> list[tuple[str, float, float]]:
    """Rows of what was pressed, median seconds to what it shows, and the ratio to the label."""
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    questions = compose(bank, Request("BENCH", PRESSES)).questions
    play = [command(), "play", "--seed", "BENCH", "--count", str(PRESSES)]
    label_times, verdict_times = [], []
    with tempfile.TemporaryDirectory() as name:
        own = environment(XDG_CACHE_HOME=str(Path(name) / "cache"), ORBITQUIZ_DATA=str(Path(name) / "data"))
        with Child([sys.executable, "-c", LABEL_APP], own) as label, Child(play, own) as game:
            label.wait(partial(stand_in, ["no press so far"]))
            game.wait(partial(stand_in, [questions[0].stem]))
            for number, question in enumerate(questions, 1):
                label.rest(_REST)
                game.rest(_REST)
                label_times.append(_seconds(label, "1", f"that was press {number}."))
                proof = question.proof
                verdict_times.append(_seconds(game, "1", proof.statement, proof.shown[0].passage.text))
                if number < len(questions):
                    game.rest(_REST)
                    _seconds(game, "\r", questions[number].stem)
    baseline = statistics.median(label_times)
    rows = [("key to a changed label", label_times), ("key to verdict and proof", verdict_times)]
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in rows]


def _seconds(child: Child, key: str, *words: str) -> float:
    pressed = time.perf_counter()
    child.press(key)
    return child.wait(partial(stand_in, words)) - pressed


def stand_in(words: Sequence[str], seen: bytes) -> bool:
    """True if all these words are in the output, wherever lines are broken."""
    text = _squeezed(_ESCAPE.sub(b"", seen).decode(errors="replace").replace("▌", ""))  # the bar beside a passage
    return all(_squeezed(each) in text for each in words)


def _squeezed(text: str) -> str:
    return "".join(text.split())
