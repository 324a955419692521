"""`orbitquiz` on the command line, up to the command that was meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from orbitquiz.bank.problems import BankError
from orbitquiz.cli.environment import INTERRUPTED, interruptible, is_terminal
from orbitquiz.cli.errors import UsageError, describe_bank_error
from orbitquiz.cli.output import secure_streams, warn
from orbitquiz.cli.parser import make_parser
from orbitquiz.text.plainer import PLAINER
from orbitquiz.text.safe import one_line

_HUNG_UP = 129
"""The exit code of a program whose terminal was closed, as a shell gives it for SIGHUP."""

_DRAW = ("orbitquiz.cli.author", "orbitquiz.cli.play")
"""Modules of commands that decide by themselves when Ctrl+C can be caught."""


def run(words: Sequence[str] | None = None) -> int:
    """Do what `orbitquiz.cli.main` says."""
    secure_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=PLAINER)  # an ASCII terminal gets ASCII, not a traceback
    words = sys.argv[1:] if words is None else words
    parser = make_parser(words)
    arguments = parser.parse_args(words)
    parser.refuse_foreign(arguments)
    if arguments.command is None and not arguments.plain and not is_terminal():
        parser.print_help()
        return 0
    try:
        if getattr(arguments, "bank", None) is not None:
            from orbitquiz.cli.bank_option import resolved

            arguments.bank = resolved(arguments.bank, getattr(arguments, "data", None))
        # Only the module of this command is imported: `check` needs no screen, and `play` no YAML.
        command = import_module(f"orbitquiz.cli.{arguments.command or 'play'}")
        if command.__name__ in _DRAW:
            code = int(command.run(arguments))
        else:
            with interruptible():
                code = int(command.run(arguments))
        if sys.stdout is not None:  # None where the caller has closed it
            sys.stdout.flush()  # here, where a full disk can still be told
    except UsageError as error:
        return _fail(str(error))
    except BankError as error:
        return _fail(*describe_bank_error(error))
    except BrokenPipeError:
        _give_up(sys.stdout)  # the reader has left, as `head` does
        return 1
    except OSError as error:
        if error.filename is None:
            _give_up(sys.stdout)
        return _fail(_describe(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        try:
            sys.stderr.flush()  # screens are drawn there
        except OSError:
            _give_up(sys.stderr)
    return code


def _give_up(stream: TextIO | None) -> None:
    """Discard what is still in the buffer: Python would complain again when it flushes at the end."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(message: str, *more: str) -> int:
    try:
        warn(message)
        for line in more:
            print(one_line(line), file=sys.stderr)
    except OSError:  # the terminal is gone, and nobody reads it
        return _HUNG_UP
    return 2


def _describe(error: OSError) -> str:
    """Return what went wrong with which file, or with the output, whose errors name no file."""
    reason = error.strerror or str(error)
    return f"cannot use {error.filename}: {reason}" if error.filename else f"cannot write the output: {reason}"
