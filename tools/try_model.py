"""`make try-model`: have a real, very small model draft facts of a short text, and tell what came of it.

A test against a local server says how answers are handled; this says what a model answers. It is run by hand.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main as orbitquiz

LONGEST = 480.0  # seconds for all of it; a machine without a graphics card gives a few words a second
TEXT = """The ferry Marten

The ferry Marten was built in 1919 at the yard of Lund and Sons in Ostrand. She caught fire off Wick Bay on 3 June 1931.
Captain Ida Falk brought all 36 passengers ashore. The repair of the ferry took seven weeks and cost 4,000 crowns.
"""


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
            bank, document = Path(folder) / "bank", Path(folder) / "ferry.txt"
            document.write_text(TEXT, encoding="utf-8")
            orbitquiz(["new", str(bank), str(document)])
            began = time.monotonic()
            late = threading.Timer(LONGEST, server.kill)  # `draft` then says that the server is gone
            late.start()
            code = orbitquiz(["draft", str(bank), "--model", "SmolLM2-135M", "--at", f"{address}/v1"])
            if not late.is_alive():
                print(f"The model was ended after {LONGEST:.0f} seconds.")
            late.cancel()
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
