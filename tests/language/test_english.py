"""Docstrings open with a verb or a noun, and nobody has to look up a word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "tools", "benchmarks")

#: A clause such as “What is asked” is no name for what a function returns.
OPENING = re.compile(r"(What|Whether|How|Who|Whose|Whoever|Why)\b")
ARCHAIC = re.compile(r"\b(anew|mend(s|ed|ing)?|all the same|whoever|lest|upon|thereby|therein|in vain|hence)\b", re.I)


def docstrings(code: str) -> Iterator[str]:
    """Yield the docstrings of a module, also those of attributes."""
    for node in ast.walk(ast.parse(code)):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            match statement:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield text


def flaws_in(code: str) -> list[str]:
    """Return what is wrong with the English of a module."""
    openings = [f"opens with {text.split()[0]}: {text[:60]!r}" for text in docstrings(code) if OPENING.match(text)]
    return openings + [f"archaic: {word[0]}" for word in ARCHAIC.finditer(code)]


def flaws() -> dict[str, list[str]]:
    """Return the flaws of each module that has some."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if path != Path(__file__)]
    found = {path.relative_to(ROOT).as_posix(): flaws_in(path.read_text(encoding="utf-8")) for path in files}
    return {path: each for path, each in found.items() if each}


def test_modules_are_in_plain_english() -> None:
    assert flaws() == {}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/texts.txt"])
def test_pages_hold_no_archaic_words(page: str) -> None:
    found = [word[0] for word in ARCHAIC.finditer((ROOT / page).read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("code", "is_flawed"),
    [
        ('def f():\n    """Whether it is."""', True),
        ('def f():\n    """True if it is."""', False),
        ('class A:\n    x: int\n    """How many there are."""', True),
        ('def f():\n    "Return the number."\n    # counted anew', True),
    ],
)
def test_a_flaw_is_found(code: str, is_flawed: bool) -> None:
    assert bool(flaws_in(code)) == is_flawed
