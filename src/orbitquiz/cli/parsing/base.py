"""The parser, and how a command is added to it."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import NoReturn, TypeAlias

from orbitquiz.text.safe import one_line


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        """Leave with one line about what is wrong."""
        self.exit(2, f"{self.prog}: {one_line(message)}\nTry `{self.prog} --help`.\n")

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Refuse unknown words here, so that the command whose words they are says so, and not the program."""
        found, rest = super().parse_known_args(args, namespace)
        # argparse gives a word behind an option to no argument that may be missing: `banks add --yes FILE`.
        missing = [each for each in self._actions if each.nargs == "?" and not each.option_strings and not each.choices]
        missing = [each for each in missing if getattr(found, each.dest, None) in (None, each.default)]
        if len(rest) == len(missing) == 1 and not rest[0].startswith("-"):
            (action,) = missing
            setattr(found, action.dest, action.type(rest.pop()) if callable(action.type) else rest.pop())
        if rest:
            self.error(f"unknown words: {' '.join(rest)}")
        return found, rest

    def refuse_foreign(self, found: argparse.Namespace) -> None:
        """Refuse options before a command that does not take them, instead of ignoring them."""
        commands = next(each for each in self._actions if isinstance(each, argparse._SubParsersAction))
        if found.command is None:
            return
        taken = {action.dest for action in commands.choices[found.command]._actions}
        for name in ("plain", "bank", "data"):
            if getattr(found, name) and name not in taken:
                self.error(f"`{found.command}` takes no --{name}")


if sys.version_info >= (3, 14):  # colours would make the manual differ from one Python to the next
    Parser.color = False

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""The commands of a parser, to which others are added."""


class Manual(argparse.HelpFormatter):
    """Help whose prose is wrapped to the terminal, and whose examples stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = text.split("\n\n")
        return "\n\n".join(
            part if part.startswith(("examples:", "formats:")) else textwrap.fill(" ".join(part.split()), width)
            for part in parts
        )


def add_command(commands: Commands, name: str, help: str, description: str, epilog: str) -> Parser:
    """Add a command, and return its parser."""
    return commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=Manual,
        allow_abbrev=False,
    )
