"""`orbitquiz` on the command line, up to the command that was meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from orbitquiz.bank.problems import BankError
from orbitquiz.bank.text import visible
from orbitquiz.cli.errors import UsageError, describe_bank_error
from orbitquiz.cli.parser import make_parser

_INTERRUPTED = 130  # 128 + SIGINT, as shells count


def run(words: Sequence[str] | None = None) -> int:
    """Do what `orbitquiz.cli.main` says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal gets escapes, not a traceback
    parser = make_parser()
    arguments = parser.parse_args(words)
    if arguments.command is None:
        parser.print_help()
        return 0
    try:
        # Only the module of this command is imported: `check` needs no screen, and `play` no YAML.
        return int(import_module(f"orbitquiz.cli.{arguments.command}").run(arguments))
    except UsageError as error:
        return _fail(str(error))
    except BankError as error:
        return _fail(describe_bank_error(error))
    except BrokenPipeError:
        # Whoever read the output has left, as `head` does. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED


def _fail(message: str) -> int:
    print("\n".join(map(visible, f"orbitquiz: {message}".split("\n"))), file=sys.stderr)
    return 2
