"""`orbitquiz review`: spaced repetition."""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.environment import can_draw
from orbitquiz.cli.launch import Launcher
from orbitquiz.presenter.review import agenda_words, review_options_of
from orbitquiz.session.preferences import load_preferences
from orbitquiz.session.returning import agenda_of, next_review


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
        print("\n".join(agenda_words(agenda_of(bank, records.cards(bank.id), now, options))))
        return 0
    launcher.services = replace(launcher.services, review=options)
    return launcher.play(setup, is_plain=arguments.plain or not can_draw())
