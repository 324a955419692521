"""`make try-model`: have a real, very small model draft facts of one document, and tell what came of it.

A test against a local server says how answers are handled; this says what a model answers. It is run by hand.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main as orbitquiz

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "seeds" / "004_b25d8b9e867eeac6.txt"


def main(python: str) -> int:
    """Draft with the model that `python`, an interpreter with its packages, can serve."""
    server = subprocess.Popen(
        [python, str(Path(__file__).with_name("model_server.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        address = server.stdout.readline().strip()
        while address and not address.startswith("http"):
            address = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            bank = Path(folder) / "bank"
            orbitquiz(["new", str(bank), str(DOCUMENT)])
            began = time.monotonic()
            code = orbitquiz(["draft", str(bank), "--model", "SmolLM2-135M", "--at", f"{address}/v1"])
            reading = read_bank(bank)
            print(
                f"\n{len(reading.drafts)} drafts in {time.monotonic() - began:.0f} s, {len(reading.problems)} problems:"
            )
            for fact in reading.drafts:
                print(f"  {fact.ask}  →  {fact.claims[0].value.text}")
            return code
    finally:
        server.stdin.close()
        server.wait(10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
