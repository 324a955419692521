"""`orbitquiz categories`: what a player can choose from."""

from __future__ import annotations

import argparse

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.output import print_json, say
from orbitquiz.quiz.build import can_be_asked
from orbitquiz.quiz.forms import forms_of
from orbitquiz.text.width import cells, padded


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
    name_width = max([len(str(row["name"])) for row in rows] + [len("name")])
    title_width = max([cells(str(row["title"])) for row in rows] + [len("title")])
    say(f"{'name':<{name_width}}  {'title':<{title_width}}  facts  questions")
    for row in rows:
        title = padded(str(row["title"]), title_width)
        say(f"{row['name']:<{name_width}}  {title}  {row['facts']:>5}  {row['questions']:>9}")
    return 0
