"""The values of options, read from their words. What cannot be read raises `ArgumentTypeError`, which says why."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orbitquiz.text.safe import line_of

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

_LONGEST_TIMER = 3600  # seconds
_MOST_TEAMS, _LONGEST_NAME = 8, 20


def whole(least: int, most: int, expected: str) -> Callable[[str], int]:
    """Return what reads a whole number from `least` to `most`; `expected` names it in an error."""

    def read(word: str) -> int:
        if word.isascii() and word.isdigit() and len(word) <= len(str(most)) and least <= int(word) <= most:
            return int(word)
        raise argparse.ArgumentTypeError(f"expected {expected}, found {word!r}")

    return read


COUNT = whole(1, 99_999_999, "a number of questions, 1 or more")
MANY = whole(1, 9_999_999, "a number, 1 or more")
LIMIT = whole(0, 999_999, "a number such as 10")
ATTEMPTS = whole(1, 9, "a number of attempts, 1 to 9")
PORT_NUMBER = whole(0, 65535, "a port, 0 to 65535")
TEAM_COUNT = whole(2, _MOST_TEAMS, f"a number of teams, 2 to {_MOST_TEAMS}")
_SECONDS = whole(1, _LONGEST_TIMER, f"whole seconds, 1 to {_LONGEST_TIMER}")


def seconds(word: str) -> float:
    """Return a number of seconds."""
    return float(_SECONDS(word))


def local_time(word: str) -> datetime:
    """Return a time, in the time zone of this machine where it names none."""
    try:
        return datetime.fromisoformat(word).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise argparse.ArgumentTypeError(f"expected a time such as 2026-12-04T18:00, found {word!r}") from error


def day(word: str) -> date:
    """Return a day."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as 2026-11-30, found {word!r}") from None


def time_span(word: str) -> timedelta:
    """Return a time span: days or hours."""
    number = word[:-1]
    if word[-1:] in ("d", "h") and number.isascii() and number.isdigit() and len(number) < 6 and int(number) > 0:
        return timedelta(days=int(number)) if word[-1] == "d" else timedelta(hours=int(number))
    raise argparse.ArgumentTypeError(f"expected days or hours such as 30d or 12h, found {word!r}")


def network(word: str) -> IPv4Network | IPv6Network:
    """Return a network, or an address as one."""
    from ipaddress import ip_network

    try:
        return ip_network(word, strict=False)
    except ValueError:
        expected = "expected an address or a network such as 10.0.0.0/8"
        raise argparse.ArgumentTypeError(f"{expected}, found {word!r}") from None


def url_path(word: str) -> str:
    """Return the path of a URL."""
    parts = word.strip("/").split("/")
    if not all(part.isascii() and part.replace("-", "").replace("_", "").isalnum() for part in parts):
        raise argparse.ArgumentTypeError(f"expected a path such as /quiz, found {word!r}")
    return f"/{'/'.join(parts)}"


def team_names(words: str) -> tuple[str, ...]:
    """Return the names of teams."""
    names = tuple(line_of(name)[:_LONGEST_NAME] for name in words.split(",") if name.strip())
    if not 2 <= len(names) <= _MOST_TEAMS or len({name.casefold() for name in names}) < len(names):
        raise argparse.ArgumentTypeError(
            f"expected 2 to {_MOST_TEAMS} different names with commas between, found {words!r}"
        )
    return names


def folder(word: str) -> Path | str:
    """Return a folder. argparse hands the default of a positional argument through its type, too."""
    return word if word == argparse.SUPPRESS else Path(word)
