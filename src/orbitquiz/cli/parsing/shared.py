"""Options that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path

from orbitquiz.cli.parsing import values
from orbitquiz.quiz.code import DEFAULT_COUNT


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is asked."""
    parser.add_argument(
        "--category",
        metavar="NAME",
        action="append",
        default=[],
        help="ask only about this category; may be given several times (`orbitquiz categories` lists them)",
    )
    parser.add_argument("--differ", action="store_true", help="ask only about what the sources differ on")
    parser.add_argument(
        "--count", metavar="N", type=values.COUNT, help=f"how many questions (default: {DEFAULT_COUNT})"
    )
    parser.add_argument(
        "--seed", metavar="SEED", help="any word; the same seed gives the same quiz (default: a new one each time)"
    )
    parser.add_argument(
        "--quiz", metavar="CODE|FILE", help="just this quiz: the code of one that was played, or a quiz file"
    )


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the rules of a game."""
    parser.add_argument("--timer", metavar="SECONDS", type=values.seconds, help="give each question so many seconds")
    parser.add_argument(
        "--scoring",
        metavar="HOW",
        choices=["accuracy", "speed"],
        help="accuracy: 100 points for a right answer (the default); speed: fewer the later it comes, with --timer",
    )


# What stands before the command and after it as well. No default after it, or it would undo what stood before.


def add_bank(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Add `--bank`."""
    parser.add_argument(
        "--bank",
        metavar="BANK",
        type=Path,
        default=default,
        help="a bank's folder, or its name in `orbitquiz banks` (default: the built-in bank)",
    )


def add_plain(parser: argparse.ArgumentParser, help: str, default: object = argparse.SUPPRESS) -> None:
    """Add `--plain`."""
    parser.add_argument("--plain", action="store_true", default=default, help=help)


def add_data(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Add `--data`."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=default,
        help="where what you do is kept (default: your own data folder, or $ORBITQUIZ_DATA)",
    )


def add_database(parser: argparse.ArgumentParser, help: str) -> None:
    """Add `--database`."""
    parser.add_argument("--database", metavar="URL", help=help)
