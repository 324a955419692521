"""Words for times, turns and teams, for screens and for lines that a voice reads out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from orbitquiz.quiz.game import Mode
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

if TYPE_CHECKING:
    from orbitquiz.history.past_games import EarlierResult, PlayedGame
    from orbitquiz.history.schedule import Agenda

_ENDS = (".", "!", "?", "…")
_KINDS = {Mode.DAILY: "daily quiz", Mode.REVIEW: "review", Mode.MISSED: "missed before", Mode.TEAMS: "teams"}
_SHARED = {True: "◆", False: "○"}


def duration(seconds: float) -> str:
    """Return a time as a voice reads it: 8 seconds, 2 minutes 5 seconds, 1 hour 2 minutes."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{counted(hours, 'hour')} {counted(minutes, 'minute')}"
    return f"{counted(minutes, 'minute')} {counted(left, 'second')}" if minutes else counted(left, "second")


def short_duration(seconds: float) -> str:
    """Return a time as a screen shows it: 8 s, 2 min 5 s, 1 h 2 min."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def since(then: datetime, now: datetime) -> str:
    """Return roughly how long ago `then` was: just now, 5 minutes ago, yesterday, 3 days ago, 12 May 2026."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{counted(int(seconds // 60), 'minute')} ago"
    if seconds < 86400:
        return f"{counted(int(seconds // 3600), 'hour')} ago"
    days = int(seconds // 86400)
    if days < 14:
        return "yesterday" if days == 1 else f"{counted(days, 'day')} ago"
    return f"{then.day} {then:%B %Y}"


def local_time(started: str) -> str:
    """Return a kept time, which is in UTC, as the clock on the wall showed it; other text as it is."""
    try:
        return f"{datetime.fromisoformat(started).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # no time, or none that the system's calendar has
        return line_of(started)


def due_and_new(review: Agenda) -> str:
    """Return how many facts are due, and how many are new."""
    return f"{len(review.due)} due · {len(review.new)} new"


def game_words(game: PlayedGame, bank: str) -> Iterator[str]:
    """Yield what is peculiar to a game: that it was left, its kind, and a title that is not that of the `bank`."""
    if not game.finished:
        yield f"unfinished, {counted(game.of - game.answered, 'question')} left" if game.is_open else "unfinished"
    if kind := _KINDS.get(game.mode):
        yield kind
    if game.title != bank:
        yield line_of(game.title)


def earlier_words(earlier: EarlierResult) -> str:
    """Return how a quiz went the last time."""
    return f"Last time: {earlier.right} of {earlier.answered} right, {local_time(earlier.started)}"


def sentence(text: str) -> str:
    """Return `text` on one line with one full stop, so that a voice pauses after it."""
    line = line_of(text)
    return line if line.endswith(_ENDS) else f"{line}."


def turn(teams: Sequence[str], index: int) -> str:
    """Return whose turn it is: that of the team with this index."""
    return f"{line_of(teams[index])}'s turn."


def standing(teams: Sequence[str], points: Sequence[int]) -> str:
    """Return the points of each team."""
    parts = (f"{line_of(team)} {counted(each, 'point')}" for team, each in zip(teams, points, strict=True))
    return f"Standing: {', '.join(parts)}."


def share_line(title: str, day: date, marks: Iterable[bool], code: str | None) -> str:
    """Return the line for a game of the bank called `title` on `day`; `marks` tell for each answer if it was right."""
    signs = "".join(_SHARED[mark] for mark in marks)
    parts = ["OrbitQuiz", line_of(title), f"{day.day} {day:%b}", signs, code]
    return " · ".join(part for part in parts if part)
