"""`orbitquiz categories`: what can be chosen from."""

from __future__ import annotations

import json
from pathlib import Path

from orbitquiz.bank.model import Bank
from tests.cli.conftest import Run


def test_categories_are_a_table_of_names_titles_and_counts(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("categories", "--bank", bank_folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.splitlines() == [
        "name   title      facts  questions",
        "comet  The comet      3          3",
    ]


def test_categories_are_data_with_json(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("categories", "--bank", bank_folder, "--json")
    assert json.loads(ran.out) == [{"name": "comet", "title": "The comet", "facts": 3, "questions": 3}]


def test_the_built_in_bank_lists_all_its_facts(orbitquiz: Run, builtin: Bank) -> None:
    rows = json.loads(orbitquiz("categories", "--json").out)
    assert [row["name"] for row in rows] == [category.name for category in builtin.categories]
    assert sum(row["facts"] for row in rows) == len(builtin.facts)


def test_there_are_as_many_questions_as_export_writes(orbitquiz: Run) -> None:
    rows = json.loads(orbitquiz("categories", "--json").out)
    exported = json.loads(orbitquiz("export", "--to", "json", "--all").out)["questions"]
    assert sum(row["questions"] for row in rows) == len(exported)
