"""Where a file is no YAML, its author is told what to do, with the line as it should read."""

from __future__ import annotations

from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.strict_yaml import read_document
from tests.making import COMMANDER, write_bank


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("ask: What is it: a ship?", 'ask: "What is it: a ship?"'),
        ('statement: "{value}" was it.', "statement: '\"{value}\" was it.'"),
        ("ask: @who was it?", 'ask: "@who was it?"'),
        ("- {source: r, quote: said: no, prefix: he}", '- {source: r, quote: "said: no", prefix: he}'),
        ("statement: {value} was it.", 'statement: "{value} was it."'),
    ],
)
def test_a_text_that_needs_quotation_marks_is_shown_with_them(line: str, better: str) -> None:
    (problem,) = read_document("x.yaml", f"a: b\n{line}\nc: d\n".encode()).problems
    assert problem.message.endswith(f"write the line as: {better}")
    assert problem.line == 2


@pytest.mark.parametrize(
    "text",
    ["a: b\n\tc: d\n", "a: [b\nc: d\n", 'a: "b\nc: d\n', "a: b\n c: d\n", "a:\n  - b\n c\n", "- a\nb: c\n", "]\n"],
)
def test_no_word_of_the_parser_is_shown(text: str) -> None:
    (problem,) = read_document("x.yaml", text.encode()).problems
    for words in ("mapping", "did not find", "while", "scalar", "token", "node", "indicator", "block", "flow"):
        assert words not in problem.message


def test_a_comma_inside_braces_is_told_with_the_line_as_it_should_read(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, [COMMANDER])
    file = folder / "questions" / "comet.yaml"
    text = file.read_text()
    start = text.index("- source: report")
    file.write_text(text[:start] + "- {source: report, quote: Ada Stone, 41, commanded the ship}\n")
    messages = {problem.message for problem in read_bank(folder).problems}
    assert len(messages) == 1
    assert messages.pop().endswith('write the line as: - {source: report, quote: "Ada Stone, 41, commanded the ship"}')
