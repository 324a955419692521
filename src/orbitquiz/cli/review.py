"""`orbitquiz review`: spaced repetition."""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import can_draw
from orbitquiz.cli.launch import Launcher
from orbitquiz.history.schedule import Agenda
from orbitquiz.presenter.review import review_options_of
from orbitquiz.session.preferences import load_preferences
from orbitquiz.session.returning import agenda_of, next_review
from orbitquiz.text.counts import counted


def run(arguments: argparse.Namespace) -> int:
    """Ask what is due today, and what is new."""
    bank = open_chosen(arguments.bank).bank
    assert bank is not None  # open_chosen raises where there is none
    launcher = Launcher(bank, arguments)
    records, now = launcher.session.records, launcher.services.now().astimezone()
    options = review_options_of(load_preferences(launcher.folder).review)
    given = {"new_a_day": arguments.new, "reviews_a_day": arguments.reviews, "is_typed": arguments.typed or None}
    options = replace(options, **{name: value for name, value in given.items() if value is not None})
    setup = next_review(bank, records, now, launcher.services.new_seed(), options, arguments.count)
    if arguments.list or setup is None:
        print(_told(agenda_of(bank, records, now, options)))
        return 0
    return launcher.play(setup, is_plain=arguments.plain or not can_draw())


def _told(due: Agenda) -> str:
    lines = [f"{len(due.due)} due · {len(due.new)} new" if due.facts else "Nothing is due today."]
    if due.later:
        lines.append(f"Beyond today's limit: {counted(due.later, 'fact')}.")
    if due.gone:
        lines.append(f"Learnt, but no longer in this bank: {counted(due.gone, 'fact')}.")
    return "\n".join(lines)
