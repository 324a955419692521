"""`make torture`: press control-C at drawn moments while a program starts; it ends without a word, with exit code 130.

The command is typed in a pseudo-terminal, which sends the signal itself as long as the program has not asked for keys.
A shell gives a program that died of the signal the same exit code.
"""

from __future__ import annotations

import argparse
import os
import pty
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

PRESSES = 352
SEED = "INTERRUPTS"
COMMANDS: tuple[list[str], ...] = (["play"], ["play", "--plain"], [], ["check"], ["stats"], ["host", "--port", "0"])
PYTHONS_OWN = "Python had not come to the program yet"
"""Said of an interrupt in the script that pip writes, or before it, where Python tells of it at length."""

_LATEST = 0.7  # seconds after the start
_LIMIT = 10.0  # seconds until it is gone


def press(words: list[str], after: float, data: Path) -> str | None:
    """Interrupt the command `after` seconds. Return what is wrong with its end; None if nothing is."""
    master, slave = pty.openpty()
    program = [str(Path(sys.executable).with_name("orbitquiz")), *words]
    started = time.monotonic()
    process = subprocess.Popen(
        program,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm-256color", "ORBITQUIZ_DATA": str(data)},
        start_new_session=True,
    )
    os.close(slave)
    written = b""
    is_pressed = False
    try:
        while time.monotonic() < started + after + _LIMIT:
            if not is_pressed and time.monotonic() >= started + after:
                process.send_signal(signal.SIGINT)
                is_pressed = True
            if select.select([master], [], [], 0.005)[0]:
                try:
                    written += os.read(master, 65536)
                except OSError:  # closed by the program's end
                    break
        code = process.wait(_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return f"it was not gone after {_LIMIT:.0f} s"
    finally:
        os.close(master)
    if code == 0 and (words[:1] in (["check"], ["stats"], ["host"]) or b"Question 1" in written):
        return None  # it was done before, or had started: a room and a game line by line end well
    if b"Traceback" in written and b"orbitquiz/cli" not in written:
        return PYTHONS_OWN
    if b"Traceback" in written or b"Error" in written:
        return "it wrote: " + written.decode(errors="replace")[-2000:]
    return None if code in (130, -signal.SIGINT) else f"the exit code was {code}"


def torture(presses: int, seed: str) -> list[str]:
    """Return what was wrong, for each start that did not end as it should."""
    lots, wrong, counts = random.Random(seed), list[str](), Counter[str]()
    folder = Path(tempfile.mkdtemp(prefix="orbitquiz-interrupts-"))
    try:
        for number in range(presses):
            words = COMMANDS[number % len(COMMANDS)]
            after = lots.uniform(0, _LATEST)
            name = " ".join(words) or "the menu"
            counts[name] += 1
            if found := press(words, after, folder):
                wrong.append(f"{name}, after {after:.3f} s: {found}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(", ".join(f"{count} × {name}" for name, count in counts.items()))
    return wrong


def main() -> int:
    """Press, and print what was wrong. Returns 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--presses", type=int, default=PRESSES)
    parser.add_argument("--seed", default=SEED)
    arguments = parser.parse_args()
    wrong = torture(arguments.presses, arguments.seed)
    ours = [each for each in wrong if not each.endswith(PYTHONS_OWN)]
    print(*wrong, sep="\n")
    print(
        f"{arguments.presses} interrupts (seed {arguments.seed}): {len(ours)} did not end silently with 130, "
        f"and {len(wrong) - len(ours)} came before Python had come to the program"
    )
    return 1 if ours else 0


if __name__ == "__main__":
    raise SystemExit(main())
