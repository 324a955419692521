"""`orbitquiz play`, and `orbitquiz` alone, which opens the menu."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from orbitquiz.bank.model import Reading
from orbitquiz.bank.problems import BankError
from orbitquiz.cli.bank_option import notices, open_chosen
from orbitquiz.cli.environment import can_draw, data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.launch import Launcher
from orbitquiz.cli.output import warn
from orbitquiz.cli.selection import Selection, rules_of
from orbitquiz.quiz.code import DEFAULT_COUNT
from orbitquiz.quiz.game import Mode
from orbitquiz.session.plan import Setup

_OF_A_NEW_GAME = ("seed", "count", "category", "differ", "quiz", "missed", "new", "typed", "timer", "teams")


def run(arguments: argparse.Namespace) -> int:
    """Play on this terminal until the player leaves."""
    reading, notice = _open(arguments)
    bank = reading.bank
    assert bank is not None  # open_bank raises where there is none
    launcher = Launcher(bank, arguments)
    is_plain = arguments.plain or not can_draw()
    if arguments.command is None:
        lines = [*([notice] if notice else []), *notices(reading, arguments)]
        return launcher.open_menu(_told(lines), is_plain=is_plain)
    if arguments.resume:
        if given := [name for name in _OF_A_NEW_GAME if getattr(arguments, name) not in (None, False, [])]:
            words = ", ".join(f"--{name}" for name in given)
            raise UsageError(f"--resume goes on with a game as it is, so leave out {words}")
        return launcher.resume(notices=_told(notices(reading, arguments)), is_plain=is_plain)
    teams = tuple(arguments.teams or ())
    selection = Selection.of(bank, arguments, _among(launcher, arguments), _usual_count(teams))
    mode = Mode.TEAMS if teams else Mode.MISSED if arguments.missed else Mode.SOLO
    quiz = selection.quiz()
    setup = Setup.of(bank, quiz, selection.plan, rules_of(arguments), mode, teams, is_typed=arguments.typed)
    if arguments.typed and not setup.typed:
        raise UsageError("--typed: none of these questions can be answered in words, so leave it out")
    lines = [*notices(reading, arguments, setup.quiz), *selection.notices()]
    return launcher.play(setup, _told(lines), is_plain=is_plain)


def _open(arguments: argparse.Namespace) -> tuple[Reading, str | None]:
    """Open the bank that is named or, for the menu, was chosen there. Return what there is to say of it, too."""
    if arguments.command is not None or arguments.bank is not None:
        return open_chosen(arguments.bank), None
    from orbitquiz.library.chosen import remembered

    if (folder := remembered(data_folder(arguments.data))) is None:
        return open_chosen(None), None
    try:
        reading = open_chosen(folder)
    except BankError:
        name = folder.name
        return open_chosen(None), f"the bank {name} that you chose cannot be read; `orbitquiz check {name}` says why"
    arguments.bank = folder
    return reading, None


def _among(launcher: Launcher, arguments: argparse.Namespace) -> tuple[str, ...] | None:
    """Return the ids of the facts that may be asked; None for all. Raises `UsageError` where there are none."""
    if arguments.quiz:
        return None  # `Selection` says what does not go with it
    if arguments.missed and arguments.new:
        raise UsageError("--missed and --new exclude each other")
    if arguments.new:
        from orbitquiz.session.returning import unseen

        if facts := unseen(launcher.session.bank, launcher.session.records):
            return facts
        raise UsageError("you have seen every fact of this bank; `orbitquiz review` asks what is due")
    if arguments.missed:
        if facts := launcher.missed():
            return facts
        raise UsageError("there is nothing left to review: you missed nothing, or got it right since")
    return None


def _told(lines: Sequence[str]) -> Sequence[str]:
    for line in lines:
        warn(line)
    return lines


def _usual_count(teams: Sequence[str]) -> int:
    """Return how many questions there are where nobody says: so many that all teams have the same number."""
    return DEFAULT_COUNT - DEFAULT_COUNT % len(teams) if teams else DEFAULT_COUNT
