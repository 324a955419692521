"""The parser of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from orbitquiz import __version__
from orbitquiz.cli.parsing.base import Manual, Parser
from orbitquiz.cli.parsing.shared import add_bank, add_data, add_plain

_COMMANDS = {
    "play": "games",
    "review": "games",
    "daily": "games",
    "host": "rooms",
    "join": "rooms",
    "report": "rooms",
    "forget": "rooms",
    "serve": "rooms",
    "categories": "banks",
    "new": "banks",
    "draft": "banks",
    "author": "banks",
    "banks": "banks",
    "check": "banks",
    "proofread": "banks",
    "export": "banks",
    "import": "banks",
    "stats": "games",
    "backup": "games",
    "restore": "games",
}
"""The module of `cli/parsing/` that adds each command, in the order of the manual."""


def make_parser(words: Sequence[str] = ()) -> Parser:
    """Return the parser of all commands.

    Where the first of `words` is a command, it knows that one alone, which takes a tenth of the time.
    """
    parser = Parser(
        prog="orbitquiz",
        formatter_class=Manual,
        description="A trivia game that shows its proof: after each answer you read the passage that proves it.",
        epilog="""examples:
  orbitquiz                          the menu: go on with a game, play, read the sources, look back
  orbitquiz play                     ten questions on the first film shot in space
  orbitquiz play --category crew     only about the crew
  orbitquiz play --bank my-bank      from a bank of your own
  orbitquiz host --lan               a class plays at once, each at a terminal: `orbitquiz join`

`orbitquiz COMMAND --help` tells more about a command.""",
    )
    parser.add_argument("--version", action="version", version=f"orbitquiz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in [word for word in words[:1] if word in _COMMANDS] or _COMMANDS:
        module = import_module(f"orbitquiz.cli.parsing.{_COMMANDS[name]}")
        getattr(module, f"add_{name}")(commands)
    add_plain(parser, "the menu line by line, without a screen", default=False)
    add_bank(parser, default=None)
    add_data(parser, default=None)
    return parser
