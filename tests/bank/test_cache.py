"""A bank is opened by way of a cache, which may never make a difference but in time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

import orbitquiz
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import BankError
from tests.making import COMMANDER, DISPUTED, ENTITIES, OTHER_REPORT, REPORT, TAIL, write_bank

_AGE = "Ada Stone, 41, commanded the ship"


def _claim(value: str, quote: str) -> dict[str, Any]:
    return {"value": value, "proof": [{"source": "report", "quote": quote}]}


def _fact(type: str, value: str, quote: str, **more: Any) -> dict[str, Any]:
    about = {"id": f"a-{type}", "type": type, "ask": "Which is it?", "statement": "It is {value}."}
    return {**about, "claims": [_claim(value, quote)], **more}


#: A fact of each type of value, and one with everything that a fact can have.
EVERYTHING = (
    {**COMMANDER, "among": "pilots"},
    {
        **TAIL,
        "claims": [{**TAIL["claims"][0], "cloze": {"source": "report", "quote": "was 2.5 kilometres long."}}],
    },
    {
        **DISPUTED,
        "claims": [{**DISPUTED["claims"][0], "note": "So said the latest."}, DISPUTED["claims"][1]],
        "settled": "latest",
        "point": "the time of the landing",
        "distractors": [
            "9 May",
            {"text": "mid June", "because": "They were home.", "proof": [{"source": "report", "quote": _AGE}]},
            "1 April",
        ],
        "not": ["11 May"],
        "avoid": ["8 May", "2031"],
    },
    _fact(
        "age",
        "41",
        _AGE,
        attributed="true",
        reverse={
            "ask": "Who was {value}?",
            "statement": "Stone was {value}.",
            "answer": "ada-stone",
            "among": "pilots",
        },
        said={"source": "report", "quote": "commanded the ship", "by": "ada-stone", "among": "pilots"},
    ),
    _fact("count", "2", "with two others", distractors=["1,000", "3–5"]),
    _fact("duration", "12 days", "after 12 days"),
    {
        **_fact("place", "Port Vale", "from Port Vale"),
        "type": "text",
        "claims": [{**_claim("a port", "Port Vale"), "as": "port"}],
    },
    _fact("time", "8:55 a.m.", "at 8.55 am"),
    _fact("text", "the “ninth” day", 'on the "ninth" day', note="A note.", accept=["day nine"]),
    _fact("vehicle", "Kestrel", "the ship Kestrel", distractors=["The Owl"]),
)
ABOUT = {
    "author": "Ida Ink",
    "publisher": "The Press",
    "issued": "2031-05",
    "URL": "https://example.org/comet",
    "furniture": ["The comet crew", "Stone"],
    "declined": [{"quote": "with two others", "reason": "Nobody names them."}],
}
DOCUMENT = REPORT + 'They left at 8.55 am, came back after 12 days, and saw it on the "ninth" day.\n'


@pytest.fixture
def rich_folder(tmp_path: Path) -> Path:
    ships = [
        {"id": id, "type": "vehicle", "name": name, "aliases": [f"the {id}"], "groups": ["ships"], "about": "A ship."}
        for id, name in (("kestrel", "Kestrel"), ("owl", "The Owl"))
    ]
    documents = {"report": DOCUMENT, "other": OTHER_REPORT}
    return write_bank(
        tmp_path / "rich",
        EVERYTHING,
        entities=[*ENTITIES, *ships],
        documents=documents,
        about={"report": ABOUT, "other": {"issued": "2031-04"}},
    )


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "orbitquiz"


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and from then on only the cache can give a bank."""

    def read(path: Path) -> None:
        raise AssertionError(f"{path} was read")

    return lambda: monkeypatch.setattr("orbitquiz.bank.load.read_bank", read)


def opened(folder: Path, cache: Path | None) -> Bank:
    bank = open_bank(folder, cache).bank
    assert bank is not None
    return bank


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_bank_from_the_cache_is_equal_to_the_one_that_was_read(
    rich_folder: Path, cache: Path, no_reading: Callable[[], None]
) -> None:
    reading = open_bank(rich_folder, cache)
    assert reading.problems == ()
    no_reading()
    assert open_bank(rich_folder, cache) == reading


def test_what_is_tried_with_the_cache_has_everything_that_a_bank_can_have(rich_folder: Path) -> None:
    bank = opened(rich_folder, None)
    claims = [claim for fact in bank.facts for claim in fact.claims]
    made: list[Any] = [bank, *bank.facts, *bank.sources.values(), *bank.entities.values(), *claims]
    made += [part for fact in bank.facts for part in (fact.reverse, fact.said, *fact.distractors) if part]
    for kind in {type(each) for each in made}:
        for field in fields(kind):
            if field.name in ("draft", "pages", "headings", "words"):
                continue  # a bank to be played holds none, or an English one
            assert any(getattr(each, field.name) for each in made if isinstance(each, kind)), (kind, field.name)


def test_the_built_in_bank_from_the_cache_is_equal_to_the_one_that_was_read(
    cache: Path, builtin: Bank, no_reading: Callable[[], None]
) -> None:
    assert opened(builtin_path(), cache) == builtin
    no_reading()
    assert opened(builtin_path(), cache) == builtin


def test_a_quantity_from_the_cache_is_equal_to_the_one_that_was_read(tmp_path: Path, cache: Path) -> None:
    folder = write_bank(tmp_path, [_fact("duration", "1 hours", "one hour")], documents={"report": "It took one hour."})
    assert opened(folder, cache) == opened(folder, cache)


def test_the_documents_are_not_copied_into_the_cache(bank_folder: Path, cache: Path) -> None:
    opened(bank_folder, cache)
    assert all("saw the comet" not in file.read_text(encoding="utf-8") for file in cache.iterdir())


def test_each_bank_has_a_cache_of_its_own(bank_folder: Path, rich_folder: Path, cache: Path) -> None:
    small, rich = opened(bank_folder, cache), opened(rich_folder, cache)
    assert (opened(bank_folder, cache), opened(rich_folder, cache)) == (small, rich)
    assert small != rich


CHANGES: dict[str, Callable[[Path], object]] = {
    "bank.yaml": lambda bank: change(bank / "bank.yaml", "The comet", "The other comet"),
    "a category": lambda bank: change(bank / "questions" / "comet.yaml", "Who commanded", "Who then commanded"),
    "a comment": lambda bank: change(bank / "questions" / "comet.yaml", "facts:", "# three\nfacts:"),
    "the entities": lambda bank: change(bank / "questions" / "entities.yaml", "Di Marsh", "Di Moor"),
    "the sources": lambda bank: change(bank / "seeds" / "sources.yaml", "the other", "the second"),
    "a document": lambda bank: change(bank / "seeds" / "report.txt", "ninth", "tenth"),
    "line ends of a document": lambda bank: change(bank / "seeds" / "report.txt", "\n", "\r\n"),
    "another category": lambda bank: shutil.copy(bank / "bank.yaml", bank / "questions" / "more.yaml"),
    "no entities": lambda bank: (bank / "questions" / "entities.yaml").unlink(),
    "no document": lambda bank: (bank / "seeds" / "report.txt").unlink(),
    "a document that leads out": lambda bank: _lead_out(bank),
}


def _lead_out(bank: Path) -> None:
    (bank / "seeds" / "report.txt").rename(bank.parent / "outside.txt")
    (bank / "seeds" / "report.txt").symlink_to(bank.parent / "outside.txt")


@pytest.mark.parametrize("what", CHANGES)
def test_the_cache_is_not_used_after_a_change(bank_folder: Path, cache: Path, what: str) -> None:
    opened(bank_folder, cache)
    CHANGES[what](bank_folder)
    fresh = read_bank(bank_folder)
    if fresh.bank is None:
        with pytest.raises(BankError):
            open_bank(bank_folder, cache)
    else:
        assert open_bank(bank_folder, cache) == fresh


def test_the_cache_is_written_anew_after_a_change(
    bank_folder: Path, cache: Path, no_reading: Callable[[], None]
) -> None:
    opened(bank_folder, cache)
    CHANGES["a category"](bank_folder)
    changed = opened(bank_folder, cache)
    no_reading()
    assert opened(bank_folder, cache) == changed
    assert len(list(cache.iterdir())) == 1


def test_a_change_that_is_taken_back_leaves_the_same_bank(bank_folder: Path, cache: Path) -> None:
    before = opened(bank_folder, cache)
    change(bank_folder / "bank.yaml", "The comet", "The other comet")
    assert opened(bank_folder, cache) != before
    change(bank_folder / "bank.yaml", "The other comet", "The comet")
    assert opened(bank_folder, cache) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"17",
        b'"code"',
        b"{}",
        b'{"code": null, "bank": null}',
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b"[" * 100_000,
    ],
)
def test_a_corrupt_cache_is_ignored(bank_folder: Path, cache: Path, content: bytes) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    file.write_bytes(content)
    assert opened(bank_folder, cache) == bank


def rewrite(file: Path, change: Callable[[Any], object], *, sealed: bool, code: str | None = None) -> None:
    """Change what is stored in a cache, with a digest that fits or without."""
    head, _, body = file.read_text(encoding="utf-8").partition("\n")
    stored = json.loads(body)
    change(stored)
    changed = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    assert changed != body or code
    digest = hashlib.sha256(changed.encode()).hexdigest() if sealed else head.split()[1]
    file.write_text(f"{code or head.split()[0]} {digest}\n{changed}", encoding="utf-8")


EDITS: dict[str, Callable[[Any], object]] = {
    "no facts": lambda stored: stored.pop("facts"),
    "facts of another form": lambda stored: stored.update(facts=[{"id": "commander"}]),
    "no sources": lambda stored: stored.update(sources=[]),
    "a value that is none": lambda stored: stored["facts"][1]["claims"][0].__setitem__(0, "of great length"),
    "a number that is none": lambda stored: stored["facts"][1]["claims"][0].__setitem__(0, "9" * 4000),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_was_not_stored_so_is_thrown_away_and_made_again(bank_folder: Path, cache: Path, what: str) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    made = file.read_bytes()
    rewrite(file, EDITS[what], sealed=True)
    assert opened(bank_folder, cache) == bank
    assert file.read_bytes() == made


def test_a_cache_that_was_edited_by_hand_is_not_believed(bank_folder: Path, cache: Path) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    rewrite(file, lambda stored: stored["facts"][1]["claims"][0].__setitem__(0, "2.4 kilometres"), sealed=False)
    assert opened(bank_folder, cache) == bank


def test_a_cache_of_another_state_of_the_code_is_not_used(bank_folder: Path, cache: Path) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    rewrite(file, lambda stored: stored.update(title="Foreign"), sealed=True, code="0" * 64)
    assert opened(bank_folder, cache) == bank


@pytest.mark.skipif(os.name != "posix", reason="needs pipes, links and the rights of POSIX")
def test_a_cache_is_neither_read_nor_written_through_a_link_or_a_pipe(
    bank_folder: Path, cache: Path, tmp_path: Path
) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    other = tmp_path / "other"
    other.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(other)
    assert opened(bank_folder, cache) == bank
    assert not file.is_symlink()
    file.unlink()
    os.mkfifo(file)
    assert opened(bank_folder, cache) == bank
    assert file.is_file()


def test_a_cache_of_another_bank_is_ignored(bank_folder: Path, rich_folder: Path, cache: Path) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    opened(rich_folder, cache)
    (foreign,) = (other for other in cache.iterdir() if other != file)
    shutil.copy(foreign, file)
    assert opened(bank_folder, cache) == bank


def test_a_cache_cannot_make_a_bank_read_files_outside_it(bank_folder: Path, cache: Path) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("seeds/report.txt", "seeds/../../x"), encoding="utf-8")
    assert opened(bank_folder, cache) == bank


def test_a_cache_that_is_a_folder_is_ignored(bank_folder: Path, cache: Path) -> None:
    bank = opened(bank_folder, cache)
    (file,) = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert opened(bank_folder, cache) == bank
    assert list(cache.iterdir()) == [file]


def test_a_cache_that_cannot_be_written_costs_nothing(bank_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert opened(bank_folder, tmp_path / "file" / "cache") == opened(bank_folder, None)
    assert opened(bank_folder, tmp_path / "file") == opened(bank_folder, None)


def test_a_bank_with_problems_is_not_cached_and_they_are_told_each_time(tmp_path: Path, cache: Path) -> None:
    folder = write_bank(tmp_path / "bank", [{**COMMANDER, "level": "9"}, TAIL])
    for _ in range(2):
        reading = open_bank(folder, cache)
        assert ([problem.code for problem in reading.problems], reading.left_out) == (["wrong-form"], 1)
    assert not cache.exists()


def test_a_bank_that_cannot_be_played_is_an_error_with_its_fatal_problems(tmp_path: Path, cache: Path) -> None:
    folder = write_bank(tmp_path / "bank", [{**COMMANDER, "level": "9"}])
    change(folder / "bank.yaml", "id: comet-bank", "id: Comet Bank")
    with pytest.raises(BankError) as error:
        open_bank(folder, cache)
    assert [(problem.file, problem.code) for problem in error.value.problems] == [("bank.yaml", "wrong-form")]
    assert error.value.folder == str(folder)
    assert not cache.exists()


def test_a_folder_that_is_no_bank_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BankError) as error:
        open_bank(tmp_path)
    assert {problem.file for problem in error.value.problems} == {"bank.yaml", "questions", "seeds"}


_PROGRAM = """
import sys
from pathlib import Path
from orbitquiz.bank.cache import open_bank
bank = open_bank(Path(sys.argv[1]), Path(sys.argv[2])).bank
print(len(bank.facts), *sorted({"pydantic", "yaml"} & set(sys.modules)))
"""


def test_the_cache_of_other_code_is_not_used_though_the_code_is_as_long(
    bank_folder: Path, cache: Path, tmp_path: Path
) -> None:
    package = tmp_path / "code" / "orbitquiz"
    shutil.copytree(Path(orbitquiz.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    script = f"""import sys
from pathlib import Path
from orbitquiz.bank.cache import open_bank
open_bank(Path({str(bank_folder)!r}), Path({str(cache)!r}))
print("yaml" in sys.modules)"""

    def parses() -> str:
        environment = os.environ | {"PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
        return ran.stdout.decode().strip()

    assert [parses(), parses()] == ["True", "False"]
    file = package / "bank" / "sentences.py"
    change(file, '"""', "'''")
    later = file.stat().st_mtime + 1
    os.utime(file, (later, later))
    assert [parses(), parses()] == ["True", "False"]


@pytest.mark.slow
def test_a_warm_start_waits_for_no_parser_and_no_validator(bank_folder: Path, cache: Path) -> None:
    def start() -> list[str]:
        words = [sys.executable, "-c", _PROGRAM, str(bank_folder), str(cache)]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout.split()

    assert {"3", "pydantic", "yaml"} <= set(start())
    assert start() == ["3"]
