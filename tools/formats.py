"""Write the tables of docs/formats.md from the tables of formats in the code."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.formats.readers.table import SOURCES
from orbitquiz.formats.table import FORMATS, Format, words_for

FILE = Path(__file__).parent.parent / "docs" / "formats.md"


def with_tables(text: str) -> str:
    """Return the text of the page with both tables as the code has them."""
    for name, table in (("out", _out()), ("in", _in())):
        before, sign, rest = text.partition(f"<!-- {name}: ")
        if sign:
            block = f"{sign}made by `make schema` -->\n{table}\n<!-- end -->"
            text = f"{before}{block}{rest.partition('<!-- end -->')[2]}"
    return text


def _out() -> str:
    lines = ["| `--to` | for | has no place for | needs |", "| --- | --- | --- | --- |"]
    for format in FORMATS:
        lost = ", ".join(map(words_for, format.loses)) or "nothing is lost"
        needs = f"`orbitquiz[formats]` ({format.library})" if format.library else ""
        lines.append(f"| `{format.name}` | {format.title} | {_limits(format, lost)} | {needs} |")
    return "\n".join(lines)


def _limits(format: Format, lost: str) -> str:
    return f"{lost}; questions beyond {format.most}" if format.most else lost


def _in() -> str:
    lines = ["| `--from` | what |", "| --- | --- |"]
    lines += dict.fromkeys(f"| `{source.name}` | {source.title} |" for source in SOURCES)
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(with_tables(FILE.read_text("utf-8")), "utf-8")
    print(FILE)
