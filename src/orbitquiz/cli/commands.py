"""`orbitquiz` on the command line, up to the command that was meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from orbitquiz.bank.problems import BankError
from orbitquiz.cli.errors import UsageError, describe_bank_error
from orbitquiz.cli.parser import make_parser
from orbitquiz.cli.terminal import can_draw
from orbitquiz.text.safe import visible

_INTERRUPTED = 130  # 128 + SIGINT, as shells count


def run(words: Sequence[str] | None = None) -> int:
    """Do what `orbitquiz.cli.main` says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal gets escapes, not a traceback
    parser = make_parser()
    arguments = parser.parse_args(words)
    if arguments.command is None and not can_draw():
        parser.print_help()
        return 0
    try:
        # Only the module of this command is imported: `check` needs no screen, and `play` no YAML.
        code = int(import_module(f"orbitquiz.cli.{arguments.command or 'home'}").run(arguments))
        if sys.stdout is not None:  # None where whoever started the program has closed it
            sys.stdout.flush()  # here, where a full disk can still be told
    except UsageError as error:
        return _fail(str(error))
    except BankError as error:
        return _fail(describe_bank_error(error))
    except BrokenPipeError:
        _give_up_output()  # whoever read it has left, as `head` does
        return 1
    except OSError as error:
        _give_up_output()
        return _fail(f"cannot write the output: {error.strerror or error}")
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _give_up_output() -> None:
    """Let what is still in the buffer go nowhere: Python would complain once more when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> int:
    print("\n".join(map(visible, f"orbitquiz: {message}".split("\n"))), file=sys.stderr)
    return 2
