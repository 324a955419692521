"""`orbitquiz categories`: what a player can choose from."""

from __future__ import annotations

import argparse

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.output import print_json, say
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.forms import forms_of
from orbitquiz.text.width import table


def run(arguments: argparse.Namespace) -> int:
    """Print the categories of the bank."""
    bank = open_chosen(arguments.bank).bank
    assert bank is not None  # open_bank raises where there is none
    rows = []
    for category in bank.categories:
        facts = sum(fact.category == category.name for fact in bank.facts)
        questions = sum(can_be_asked(bank, way) for way in forms_of(bank, [category.name]))
        rows.append({"name": category.name, "title": category.title, "facts": facts, "questions": questions})
    if arguments.json:
        print_json(rows)
        return 0
    heads = ("name", "title", "facts", "questions")
    for line in table([heads, *([str(value) for value in row.values()] for row in rows)], right={2, 3}):
        say(line)
    return 0
