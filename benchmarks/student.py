"""The processor time of a student's screens, beside a Textual app of one label that changes at a key.

Many students may share a machine, so what counts is all that a screen costs until it has come to rest, with the
message that brings it and the proof that comes up.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.press import LABEL_APP, stand_in
from benchmarks.room import address_of, start, tell
from benchmarks.start import Child, command, environment
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose

QUESTIONS = 10
_REST = 0.6  # seconds after which a screen has come to rest
_GUARD = 1.2  # seconds in which the host reveals nothing


def measure() -> list[tuple[str, float, float]]:
    """Return rows of what was drawn, median seconds of processor time, and the ratio to the label."""
    with tempfile.TemporaryDirectory() as name:
        host = start([sys.executable, "-m", "orbitquiz", "host", "--plain", "--port", "0", "--data", f"{name}/host",
                      "--seed", "BENCH", "--count", str(QUESTIONS)])  # fmt: skip
        try:
            return _measure(host, Path(name))
        finally:
            host.kill()
            host.wait()


def _measure(host: subprocess.Popen[str], folder: Path) -> list[tuple[str, float, float]]:
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    questions = compose(bank, Request("BENCH", QUESTIONS)).questions
    address, code = address_of(host)
    own = environment(XDG_CACHE_HOME=str(folder / "cache"))
    join = [command(), "join", address, "--code", code, "--name", "Ada", "--data", str(folder / "ada")]
    labels, asked, revealed = [], [], []
    with Child([sys.executable, "-c", LABEL_APP], own) as label, Child(join, own) as student:
        label.wait(partial(stand_in, ["no press so far"]))
        student.wait(partial(stand_in, ["Waiting for the host to begin."]))
        student.rest(2 * _REST)
        for number, question in enumerate(questions, 1):
            label.rest(_REST)
            before = label.processor_time
            label.press("1")
            label.wait(partial(stand_in, [f"that was press {number}."]))
            label.rest(_REST)
            labels.append(label.processor_time - before)
            before = student.processor_time
            tell(host, "")
            student.wait(partial(stand_in, [question.stem]))
            student.rest(_REST)
            asked.append(student.processor_time - before)
            student.rest(_GUARD)
            before = student.processor_time
            student.press("1")
            student.wait(partial(stand_in, [question.proof.statement]))
            student.rest(_REST)
            revealed.append(student.processor_time - before)
    baseline = statistics.median(labels)
    rows = [
        ("a label changes, processor time", labels),
        ("a student's question, the same", asked),
        ("answer, verdict and proof", revealed),
    ]
    return [(what, statistics.median(each), statistics.median(each) / baseline) for what, each in rows]


def main() -> None:
    """Print what was measured."""
    for what, seconds, ratio in measure():
        print(f"{what:<34}  {seconds * 1000:>6.1f} ms of processor time  {ratio:>6.2f}")


if __name__ == "__main__":
    main()
