"""`orbitquiz daily`: five questions, the same for everybody on one day."""

from __future__ import annotations

import argparse

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import can_draw
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.launch import Launcher
from orbitquiz.presenter.wording import share_line
from orbitquiz.session.plan import Setup
from orbitquiz.session.returning import Daily, daily_of, mode_of
from orbitquiz.text.counts import counted


def run(arguments: argparse.Namespace) -> int:
    """Play the quiz of the day, resume it, or tell how it went."""
    bank = open_chosen(arguments.bank).bank
    assert bank is not None  # open_chosen raises where there is none
    launcher = Launcher(bank, arguments)
    records = launcher.session.records
    now = launcher.services.now().astimezone()
    if arguments.date and arguments.date > now.date():
        raise UsageError(f"--date {arguments.date}: choose today or an earlier day")
    daily = daily_of(bank, records, now, arguments.date)
    if daily.done and not arguments.date:
        print(_told(daily, bank.title))
        return 0
    is_plain = arguments.plain or not can_draw()
    if daily.begun:
        return launcher.resume(daily.begun, is_plain=is_plain)
    setup = Setup(daily.plan.quiz(bank, daily.seed), daily.plan, mode=mode_of(daily, now))
    return launcher.play(setup, is_plain=is_plain)


def _told(daily: Daily, title: str) -> str:
    assert daily.done is not None
    streak = f"Streak: {counted(daily.streak, 'day')}. " if daily.streak > 1 else ""
    return f"""You have played today's quiz. {streak}The next one comes tomorrow.
{share_line(title, daily.day, daily.done.marks, daily.done.code)}"""
