"""docs/bank.md says what the code does: its examples hold, its messages are all there are, its lines are right."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import FactType
from orbitquiz.quiz.quality.answerable import examine
from orbitquiz.text.fold import plain
from orbitquiz.text.lookup import holds

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "bank.md").read_text(encoding="utf-8")

#: An example, under a comment that says which file it begins or goes on with.
EXAMPLE = re.compile(r"<!-- (?P<way>file|add): (?P<file>\S+) -->\n```(?:yaml|text)\n(?P<text>.*?)^```$", re.M | re.S)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINE = re.compile(r"`([a-z-]+)` (\d+)")
QUOTED = re.compile(r"“([^”]+)”")


def section(number: int) -> str:
    """The section of the page with this number."""
    return PAGE.partition(f"\n## {number}. ")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows in `text`, heads among them."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]


def named_rows(text: str) -> dict[str, list[str]]:
    """The rows whose first cell is one word of code, by that word."""
    return {row[0].strip("`"): row for row in rows(text) if re.fullmatch(r"`[^`]+`", row[0])}


def write_examples(text: str, folder: Path) -> Path:
    """Put the examples in `text` into the files that they name."""
    for example in EXAMPLE.finditer(text):
        path = folder / example["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        assert path.exists() == (example["way"] == "add"), example["file"]
        joint = b"\n" if path.exists() else b""
        with path.open("ab") as file:
            file.write(joint + example["text"].encode())
    return folder


def line_of(bank: Bank, source: str, line: int) -> str:
    """The folded text of a line of a source."""
    return plain(bank.sources[source].text.split("\n")[line - 1])


def takes_code(node: ast.AST) -> bool:
    """True if `node` defines a function with a parameter `code`, or a class with a field of that name."""
    if isinstance(node, ast.FunctionDef):
        return any(argument.arg == "code" for argument in node.args.args)
    if isinstance(node, ast.ClassDef):
        fields = (field.target for field in node.body if isinstance(field, ast.AnnAssign))
        return any(isinstance(field, ast.Name) and field.id == "code" for field in fields) or any(
            isinstance(inner, ast.FunctionDef) and inner.name == "__init__" and takes_code(inner) for inner in node.body
        )
    return False


def codes_in_source() -> set[str]:
    """Return the codes passed to anything that takes a `code`, or assigned to a variable `code`."""
    files = [path for part in ("bank", "quiz", "formats") for path in (ROOT / "src" / "orbitquiz" / part).rglob("*.py")]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    takers = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef) and takes_code(node)}
    given: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given += [*node.args, *(word.value for word in node.keywords)] if name in takers else []
        elif isinstance(node, ast.Assign) and "code" in {getattr(n, "id", "") for n in ast.walk(node.targets[0])}:
            given += node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    words = (each.value for each in given if isinstance(each, ast.Constant))
    return {word for word in words if isinstance(word, str) and CODE.fullmatch(word)}


@pytest.mark.parametrize("text", [section(1), PAGE], ids=["the first", "all together"])
def test_the_examples_are_a_bank_in_which_everything_holds(text: str, tmp_path: Path) -> None:
    reading = read_bank(write_examples(text, tmp_path))
    assert reading.problems == ()
    assert reading.bank is not None
    assert examine(reading.bank).problems == ()


def test_every_block_of_yaml_is_an_example_that_is_tried() -> None:
    assert len(re.findall(r"^```(?:yaml|text)$", PAGE, re.M)) == len(EXAMPLE.findall(PAGE))


def test_there_is_an_example_of_every_type(tmp_path: Path) -> None:
    bank = read_bank(write_examples(PAGE, tmp_path)).bank
    assert bank is not None
    assert {fact.type for fact in bank.facts} == set(get_args(FactType))


def test_the_line_for_the_hash_prints_it(tmp_path: Path) -> None:
    write_examples(section(1), tmp_path / "my-bank")
    line = re.search(r'^python -c "(.+)" (my-bank/\S+)$', PAGE, re.M)
    assert line
    ran = subprocess.run([sys.executable, "-c", line[1], line[2]], cwd=tmp_path, capture_output=True, check=True)
    assert f"sha256: {ran.stdout.decode().strip()}\n" in section(1)


def test_the_page_explains_every_code_and_no_other() -> None:
    assert set(named_rows(section(9))) == codes_in_source()


def test_the_codes_of_the_broken_banks_are_all_found_in_the_source() -> None:
    lines = [line for file in ROOT.glob("tests/broken/*/expected") for line in file.read_text("utf-8").splitlines()]
    assert lines
    assert {line.split()[1] for line in lines if line} <= codes_in_source()


def test_the_table_of_contradictions_has_every_fact_that_differs_and_no_other(builtin: Bank) -> None:
    told = {id: row[3] for id, row in named_rows(section(10)).items() if id not in builtin.sources}
    assert told == {fact.id: fact.differs for fact in builtin.facts if fact.differs}


def test_the_table_of_contradictions_says_who_says_what_and_where(builtin: Bank) -> None:
    table = named_rows(section(10))
    for fact in builtin.facts:
        if not fact.differs:
            continue
        told = re.findall(r"\*\*(.+?)\*\*: ([^*]+)\.", table[fact.id][2])
        assert [value for value, _ in told] == [claim.value.text for claim in fact.claims]
        for claim, (_, places) in zip(fact.claims, told, strict=True):
            found = {(source, int(line)) for source, line in LINE.findall(places)}
            assert {source for source, _ in found} >= set(claim.sources)
            proved = {(q.source, builtin.sources[q.source].line(q.start)) for q in claim.proof}
            for source, line in found - proved:
                text = line_of(builtin, source, line).casefold()
                assert any(holds(text, form) for form in claim.value.forms), (fact.id, source, line)


def test_what_the_page_quotes_from_the_documents_stands_in_the_line_it_names(builtin: Bank) -> None:
    quoting = [part for row in rows(section(10)) for part in row[-1].split(";") if QUOTED.search(part)]
    assert quoting
    for part in quoting:
        for bracket in re.finditer(r"(?P<before>[^()]*)\((?P<places>[^()]+)\)", part):
            for source, line in LINE.findall(bracket["places"]):
                text = line_of(builtin, source, int(line))
                assert all(plain(words) in text for words in QUOTED.findall(bracket["before"])), part


def test_the_improved_questions_on_the_page_are_those_of_the_bank(builtin: Bank) -> None:
    improved = named_rows(section(8))
    assert improved
    named = {entity.name for entity in builtin.entities.values()}
    for id, (_, _, after, _) in improved.items():
        fact = builtin.facts_by_id[id]
        told = re.fullmatch(r"(.+\?) \*\*(.+)\*\*, (.+)", after)
        assert told, id
        stem, key, wrong = told.groups()
        offered = {each.value.text for each in fact.distractors} | {claim.value.text for claim in fact.claims[1:]}
        assert (stem, key) == (fact.ask, fact.claims[0].value.text)
        assert set(wrong.split(", ")) <= offered | named, id


def test_the_page_keeps_its_lines_short_where_they_are_prose() -> None:
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.M | re.S)
    assert [line for line in prose.splitlines() if len(line) > 120 and line[:1] != "|"] == []
