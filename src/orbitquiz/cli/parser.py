"""The words of the command line and their manual."""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path
from typing import NoReturn

from orbitquiz import __version__
from orbitquiz.bank.text import line_of
from orbitquiz.quiz.request import DEFAULT_COUNT

_LONGEST_TIMER = 3600  # seconds
_MOST_TEAMS, _LONGEST_NAME = 8, 20


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\nTry `{self.prog} --help`.\n")

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Refuse unknown words here, so that the command whose words they are says so, and not the program."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unknown words: {' '.join(rest)}")
        return found, rest


class _Manual(argparse.HelpFormatter):
    """Help whose prose is wrapped to the terminal, and whose examples stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = text.split("\n\n")
        return "\n\n".join(
            part if part.startswith("examples:") else textwrap.fill(" ".join(part.split()), width) for part in parts
        )


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog="orbitquiz",
        formatter_class=_Manual,
        description="A trivia game that shows its proof: after each answer you read the passage that proves it.",
        epilog="""examples:
  orbitquiz                          the menu: go on with a game, play, read the sources, look back
  orbitquiz play                     ten questions on the first film shot in space
  orbitquiz play --category crew     only about the crew
  orbitquiz play --bank my-bank      from a bank of your own

`orbitquiz COMMAND --help` tells more about a command.""",
    )
    parser.add_argument("--version", action="version", version=f"orbitquiz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_play(commands)
    _add_categories(commands)
    _add_check(commands)
    _add_export(commands)
    _add_stats(commands)
    _add_bank(parser)
    _add_data(parser)
    return parser


def _add_play(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "play",
        "play a quiz in this terminal",
        """Play a quiz. The first thing you see is a question.

Answer with 1–4, with a–d, with the arrows and enter, or with the mouse. Right or wrong, you then read the passage that
proves the answer, with its source and line; enter or space goes on. ? shows all keys, q leaves.""",
        """examples:
  orbitquiz play
  orbitquiz play --category crew --category launch
  orbitquiz play --differ                    about what the sources differ on
  orbitquiz play --count 5 --seed APOLLO     the same five questions on every machine
  orbitquiz play --quiz K7M2-QXAB-9CD        the quiz that somebody else has played
  orbitquiz play --quiz lesson-3.json        a teacher's own choice
  orbitquiz play --bank ~/banks/local-history""",
    )
    _add_selection(parser)
    parser.add_argument("--missed", action="store_true", help="ask what you got wrong and have not got right since")
    parser.add_argument("--timer", metavar="SECONDS", type=_seconds, help="give each question so many seconds")
    parser.add_argument(
        "--scoring",
        metavar="HOW",
        choices=["accuracy", "speed"],
        default="accuracy",
        help="accuracy: 100 points for a right answer (the default); speed: fewer the later it comes, with --timer",
    )
    parser.add_argument(
        "--teams", metavar="NAMES", type=_teams, help='teams that take turns at this terminal, as in "Red,Blue,Green"'
    )
    parser.add_argument("--plain", action="store_true", help="play line by line, without a screen")
    _add_bank(parser)
    _add_data(parser)


def _add_stats(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "stats",
        "tell of the games that you have played",
        """Tell of the games that you have played with a bank: how many, how well, in which category, what you missed
most, and the latest.""",
        """examples:
  orbitquiz stats
  orbitquiz stats --json""",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    _add_bank(parser)
    _add_data(parser)


def _add_categories(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "categories",
        "list the categories of a bank",
        """List the categories of a bank: the name that `play --category` takes, the title, and how many facts
and questions it has.""",
        """examples:
  orbitquiz categories
  orbitquiz categories --bank my-bank --json""",
    )
    _add_bank(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "check",
        "say what does not hold in a bank",
        """Check a bank: its files, its sources, each quotation word for word, each value against its proof, and
whether every fact can be asked. Whatever does not hold is printed with file, line and column, all of it at once.

More can be asked for. --coverage lists each sentence of the documents as quoted, furniture or declined, and names those
of which nobody has decided. --lint looks for flaws in the writing of the questions. --tells lets players who know
nothing but tricks (the longest option, the middle number) answer many quizzes, and shows how often they are right.

The exit code is 0 where everything holds, else 1.""",
        """examples:
  orbitquiz check               the built-in bank
  orbitquiz check my-bank
  orbitquiz check my-bank --coverage --lint --tells
  orbitquiz check my-bank --json""",
    )
    parser.add_argument(
        "bank", metavar="DIR", nargs="?", type=Path, help="the bank's folder (default: the built-in bank)"
    )
    parser.add_argument("--coverage", action="store_true", help="say what became of each sentence of the documents")
    parser.add_argument("--lint", action="store_true", help="look for flaws in the writing of the questions")
    parser.add_argument("--tells", action="store_true", help="see how far tricks get without knowledge; takes a while")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object: counts, problems and what was asked"
    )


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "export",
        "write questions for other programs",
        """Write questions: either a quiz, the same one that `play` gives for that seed and count, or with --all every
question of the bank.

--to json writes them with their options and proofs. Each proof says where its quotation stands: `start` and `end` count
characters of the file's text, line ends untouched. `spoiled_by` names the earlier questions that give one away.

--to quiz writes a quiz file: the ids of the questions in order, to be edited by hand and played with `play --quiz`.""",
        """examples:
  orbitquiz export --to json --all -o questions.json
  orbitquiz export --to json --seed APOLLO --count 10
  orbitquiz export --to json --all --category crew
  orbitquiz export --to quiz --category crew --count 5 -o lesson-3.json""",
    )
    parser.add_argument(
        "--to", metavar="FORMAT", required=True, choices=["json", "quiz"], help="the format: json or quiz"
    )
    parser.add_argument("--all", action="store_true", help="every question that the bank can give, instead of a quiz")
    _add_selection(parser)
    _add_bank(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")


def _add(commands: argparse._SubParsersAction[_Parser], name: str, help: str, description: str, epilog: str) -> _Parser:
    return commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=_Manual,
        allow_abbrev=False,
    )


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--category",
        metavar="NAME",
        action="append",
        default=[],
        help="ask only about this category; may be given several times (`orbitquiz categories` lists them)",
    )
    parser.add_argument("--differ", action="store_true", help="ask only about what the sources differ on")
    parser.add_argument("--count", metavar="N", type=_count, help=f"how many questions (default: {DEFAULT_COUNT})")
    parser.add_argument(
        "--seed", metavar="SEED", help="any word; the same seed gives the same quiz (default: a new one each time)"
    )
    parser.add_argument(
        "--quiz", metavar="CODE|FILE", help="just this quiz: the code of one that was played, or a quiz file"
    )


def _add_bank(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bank", metavar="DIR", type=Path, help="the bank's folder (default: the built-in bank)")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="where what you do is kept (default: your own data folder, or $ORBITQUIZ_DATA)",
    )


def _seconds(word: str) -> float:
    if word.isascii() and word.isdigit() and len(word) < 5 and 1 <= int(word) <= _LONGEST_TIMER:
        return float(word)
    raise argparse.ArgumentTypeError(f"expected whole seconds, 1 to {_LONGEST_TIMER}, found {word!r}")


def _teams(words: str) -> tuple[str, ...]:
    names = tuple(line_of(name)[:_LONGEST_NAME] for name in words.split(",") if name.strip())
    if not 2 <= len(names) <= _MOST_TEAMS or len({name.casefold() for name in names}) < len(names):
        raise argparse.ArgumentTypeError(
            f"expected 2 to {_MOST_TEAMS} different names with commas between, found {words!r}"
        )
    return names


def _count(word: str) -> int:
    if word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 9:
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a number of questions, 1 or more, found {word!r}")


if sys.version_info >= (3, 14):  # colours would make the manual differ from one Python to the next
    _Parser.color = False
