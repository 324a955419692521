"""Mutate banks and look whether reading one ends in a traceback or takes something false for proved.

    python -m tests.fuzz --seconds 600 --seed 1

Each bank quotes documents that are made up together with what they say, so this program knows which number stands
where without asking the code that it tries. What is accepted has to pass two judges of its own: the words of
a quotation stand in the document but for what nobody sees, and a value is the whole of a number in its quotations.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank, Claim
from orbitquiz.bank.values import Quantity
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.quality.answerable import examine
from tests.making import write_bank

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
SMALL += "seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
NOUNS = "passengers crates ships lamps letters voters kilometres minutes".split()
FILLERS = (
    "The harbour is old.", "“Nobody saw it,” she said.", "It is Weißen\u00adfels’ cafe\u0301, by the quay.",
    "A dis-\ncovery was a discovery.", "They may go.", "The ﬁrst of them\u00a0…",
)  # fmt: skip
BYTES = b"\x00\xff\xc3\xad\xe2\x80\x8b:#-'\"{}[]|>&*!%@`,?\n\r\t ~0123456789aZ"
LINES = (
    "- ",
    "? ",
    "<<: *x",
    "&x",
    "!!python/object:os.system",
    "%YAML 1.1",
    "---",
    "...",
    "\t",
    "'",
    '"',
    "{{{{[[[[",
    "é",
    "\u2028",
)


@dataclass(frozen=True)
class Number:
    """A number that a document says: from where to where, and how much; None where no value may be as much."""

    start: int
    end: int
    much: Decimal | None


@dataclass
class Tally:
    """Counts of what came of the banks."""

    banks: int = 0
    opened: int = 0
    accepted: int = 0
    tracebacks: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.banks:,} banks, {self.opened:,} opened, {self.accepted:,} claims accepted: "
            f"{len(self.tracebacks)} tracebacks, {len(self.false)} wrong acceptances"
        )


def words_of(number: int) -> str:
    """Return a number below a million in words."""
    if number >= 1000:
        rest = number % 1000
        return f"{words_of(number // 1000)} thousand" + (
            f"{' and ' if rest < 100 else ' '}{words_of(rest)}" if rest else ""
        )
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" and {words_of(number % 100)}" if number % 100 else "")
    return SMALL[number] if number < 20 else TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


def written(chance: random.Random) -> tuple[str, Decimal | None]:
    """Return a number in some form, and how much it is."""
    whole = chance.choice((chance.randrange(1_000_000), chance.randrange(200)))
    part = chance.randrange(100)
    grouped = f"{whole:,}".replace(",", chance.choice(" \u00a0\u2009\u202f'’,"))
    forms: list[tuple[str, Decimal | None]] = [
        (str(whole), Decimal(whole)),
        (grouped, Decimal(whole)),
        (words_of(whole), Decimal(whole)),
        (f"{whole}.{part:02}", Decimal(f"{whole}.{part:02}")),
        (f"−{grouped}", None),
        (f"±{part}", None),
        (f"{whole}/{part + 1}", None),
        (f"{part}½", None),
        (f"{part} and a half", None),
        (f"{part + 1} million", Decimal(1_000_000 * (part + 1))),
        (f"{words_of(whole)} million", None),
        (f"{whole}–{whole + part + 1}", None),
        (f"{whole} to {whole + part + 1}", None),
        (f"{whole}:{part:02} p.m.", None),
        (f"{whole} %", None),
        (f"F-{part}", None),
    ]
    return chance.choice(forms)


def document(chance: random.Random) -> tuple[str, list[Number]]:
    """Return a document, and the numbers that it says."""
    text, numbers = "", []
    for at in range(chance.randrange(2, 8)):
        number, much = written(chance)
        head = f"{chance.choice(FILLERS)}{chance.choice((' ', chr(10), chr(10) * 2))}Of matter {chr(97 + at)} it had "
        numbers.append(Number(len(text + head), len(text + head + number), much))
        text += f"{head}{number} {chance.choice(NOUNS)} there{chance.choice('.;!')}{chance.choice((' ', chr(10) * 2))}"
    return text, numbers


def facts(chance: random.Random, text: str, numbers: list[Number]) -> list[dict[str, Any]]:
    """Return facts that quote the document, rightly or by a cut, with values that are right or parts of right ones."""
    made = []
    for n, number in enumerate(numbers):
        starts = [at for at in range(number.start) if not text[at - 1 : at].strip() and text[at].strip()][-9:]
        ends = [at for at in range(number.end, len(text)) if not text[at].strip()][:3] or [len(text)]
        start = chance.choice((chance.choice(starts), number.start, chance.randrange(number.start, number.end)))
        end = chance.choice((chance.choice(ends), number.end, chance.randrange(number.start, number.end) + 1))
        quote = text[start:end].strip() or "x"
        if chance.random() < 0.1:
            at = chance.randrange(len(quote))
            quote = quote[:at] + chance.choice(("", "x", "\u00ad", "9", "…", "\u202e")) + quote[at + 1 :]
        digits = "".join(c if c.isascii() and c.isdigit() else " " for c in text[number.start : number.end]).split()
        values = [
            *digits,
            str(chance.randrange(1000)),
            *(str(SMALL.index(w)) for w in SMALL if w in text[number.start : number.end]),
        ]
        value = str(number.much) if number.much is not None and chance.random() < 0.5 else chance.choice(values)
        claim = {"value": value, "proof": [{"source": "report", "quote": quote or "x"}]}
        made.append(
            {"id": f"f-{n}", "type": "count", "ask": "How many?", "statement": "It had {value}.", "claims": [claim]}
        )
    return made


def mutate(chance: random.Random, folder: Path) -> bool:
    """Change some bytes of the bank's files. Return whether a document is among them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    touched = False
    for _ in range(chance.choice((0, 1, 1, 2, 5))):
        file = chance.choice(files)
        raw = bytearray(file.read_bytes())
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(6):
            case 0:
                raw[at:at] = bytes([chance.choice(BYTES)])
            case 1:
                del raw[at : at + chance.choice((1, 1, 3, 40, 4000))]
            case 2:
                raw[at : at + 1] = bytes([chance.choice(BYTES)])
            case 3:
                raw[at:at] = raw[max(0, at - chance.randrange(1, 80)) : at]
            case 4:
                line = raw.rfind(b"\n", 0, at) + 1
                raw[line:line] = chance.choice(LINES).encode() + chance.choice((b"", b"\n"))
            case 5:
                raw[at:at] = chance.choice((b"\n" * 50, b"[" * 500, b"- " * 100, b"9" * 5000, b"\xe2\x80\x8b" * 9))
        file.write_bytes(raw)
        if file.suffix == ".txt":
            touched = True
            if chance.random() < 0.7:
                sources = folder / "seeds" / "sources.yaml"
                digest = hashlib.sha256(raw).hexdigest()
                lines = sources.read_bytes().split(b"\n")
                sources.write_bytes(
                    b"\n".join(b"  sha256: " + digest.encode() if b"sha256:" in x else x for x in lines)
                )
    return touched


def bare(text: str) -> str:
    """Return what of a text is read aloud, as far as this judge goes: without spaces, hyphens, quotation marks."""
    text = unicodedata.normalize("NFKC", text.replace("…", "..."))
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Pd", "Pi", "Pf", "Zs", "Zl", "Zp"))
    return "".join(c for c in kept if not c.isspace() and c not in "'\"`´′″−")


def judged(bank: Bank, folder: Path, numbers: list[Number], *, knows_numbers: bool) -> Iterator[str]:
    """Yield what was accepted and is false."""
    quotes: dict[str, list[str]] = {}
    for file in (folder / "questions").glob("*.yaml"):
        try:
            data = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
            for fact in data.get("facts", ()):
                quotes[fact["id"]] = [item["quote"] for claim in fact["claims"] for item in claim["proof"]]
        except Exception:  # the other reader is more lenient here, or stricter; then there is nothing to compare with
            return
    for fact in bank.facts:
        for claim in fact.claims:
            for quotation in claim.proof:
                there = bare(bank.sources[quotation.source].text[quotation.start : quotation.end])
                if there not in map(bare, quotes.get(fact.id, [there])):
                    yield f"{fact.id}: {there!r} is quoted as {quotes[fact.id]}"
            if knows_numbers and isinstance(claim.value, Quantity) and not is_said(claim, numbers):
                said = [bank.sources[q.source].text[q.start : q.end] for q in claim.proof]
                yield f"{fact.id}: {claim.value.text!r} is proved by {said}"


def is_said(claim: Claim, numbers: list[Number]) -> bool:
    """Return whether the value of `claim` is the whole of a number that lies in one of its quotations."""
    value = claim.value
    assert isinstance(value, Quantity)
    return any(
        number.much == value.low == value.high and quotation.start <= number.start and number.end <= quotation.end
        for number in numbers
        for quotation in claim.proof
    )


def fuzz(seed: int, seconds: float | None = None, banks: int | None = None) -> Tally:
    """Try banks until the time is up or so many have been tried."""
    tally = Tally()
    ends = time.monotonic() + seconds if seconds else None
    with tempfile.TemporaryDirectory() as name:
        while (ends is None or time.monotonic() < ends) and (banks is None or tally.banks < banks):
            chance = random.Random(f"{seed} {tally.banks}")
            folder = Path(name) / "bank"
            _try(chance, folder, tally, f"seed {seed}, bank {tally.banks}")
            shutil.rmtree(folder)
            tally.banks += 1
    return tally


def _try(chance: random.Random, folder: Path, tally: Tally, which: str) -> None:
    text, numbers = document(chance)
    write_bank(folder, facts(chance, text, numbers), documents={"report": text})
    touched = mutate(chance, folder)
    try:
        reading = read_bank(folder)
        for problem in reading.problems:
            assert str(problem)
            assert "Traceback" not in problem.message
        if reading.bank is None:
            return
        tally.opened += 1
        examine(reading.bank)
        compose(reading.bank, Request("fuzz", 3))
        tally.accepted += sum(len(fact.claims) for fact in reading.bank.facts)
        tally.false += [f"{which}: {what}" for what in judged(reading.bank, folder, numbers, knows_numbers=not touched)]
    except Exception:  # whatever it is, it is what is looked for
        tally.tracebacks.append(f"{which}:\n{traceback.format_exc()}")


def main() -> int:
    """Run from the command line. Return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    tally = fuzz(arguments.seed, arguments.seconds)
    for found in [*tally.tracebacks[:5], *tally.false[:20]]:
        print(found)
    print(f"seed {arguments.seed}: {tally}")
    return 1 if tally.tracebacks or tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
