"""`orbitquiz review`: spaced repetition."""

from __future__ import annotations

import argparse

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import can_draw
from orbitquiz.cli.launch import Launcher
from orbitquiz.history.cards import Agenda
from orbitquiz.quiz.game import Mode
from orbitquiz.session.plan import Setup
from orbitquiz.session.returning import agenda_of, review_plan
from orbitquiz.text.counts import counted


def run(arguments: argparse.Namespace) -> int:
    """Ask what is due today, and what is new."""
    bank = open_chosen(arguments.bank).bank
    assert bank is not None  # open_chosen raises where there is none
    launcher = Launcher(bank, arguments)
    now = launcher.services.now().astimezone()
    due = agenda_of(bank, launcher.session.records, now, new_a_day=arguments.new, reviews_a_day=arguments.reviews)
    if arguments.list or not due.facts:
        print(_told(due))
        return 0
    plan = review_plan(due, arguments.count)
    setup = Setup(plan.quiz(bank, launcher.services.new_seed()), plan, mode=Mode.REVIEW)
    return launcher.play(setup, is_plain=arguments.plain or not can_draw())


def _told(due: Agenda) -> str:
    lines = [f"{len(due.due)} due · {len(due.new)} new" if due.facts else "Nothing is due today."]
    if due.later:
        lines.append(f"Beyond today's limit: {counted(due.later, 'fact')}.")
    if due.gone:
        lines.append(f"Learnt, but no longer in this bank: {counted(due.gone, 'fact')}.")
    return "\n".join(lines)
