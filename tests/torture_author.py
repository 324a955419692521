"""`make torture`, the author's part: kill `orbitquiz author` at drawn moments, and look whether a fact is lost.

An author keeps and drops drafts, makes some answers places (which changes two files at once), types and undoes. At a
drawn moment the program gets SIGKILL. Then every file of the bank has to be read without a problem, what was said to be
kept has to be kept, and nothing else may be missing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main as orbitquiz
from tests.cli.terminal import PATIENCE, Terminal, terminal
from tests.making import write_bank

KILLS = 200
SEED = "MARTEN"
_AT_ONCE = 2
_KILLS_AN_AUTHOR = 20
_MOST_STEPS = 4  # before a kill
_SPREAD = 0.12  # seconds after a key within which a kill comes
_FIELDS = 4  # that enter leads through, and then back to the document
_ENOUGH = 5

_NAMES = [
    "Wick",
    "Gull",
    "Seal",
    "North",
    "Oak",
    "Elm",
    "Ash",
    "Stone",
    "Reed",
    "Marsh",
    "Field",
    "Cove",
    "Sand",
    "Rock",
]


@dataclass
class Figures:
    """Results of some kills. `wrong` has a line for each violation."""

    kills: int = 0
    kept: int = 0  # facts that were said to be kept
    dropped: int = 0
    unseen: int = 0  # changes that were written although the kill came before they were told
    restored: int = 0  # facts under way that were there again
    cut_in_two: int = 0  # changes of two files that the next start had to complete
    moments: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Count what `other` counted."""
        for name in ("kills", "kept", "dropped", "unseen", "restored", "cut_in_two", "moments", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Author:
    """Writes and is killed. Draws come from `seed`; what a kill cuts in two is up to the machine as well."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.figures = Figures()
        self._folder = folder
        self._seed = seed
        self._draw = random.Random(seed)
        self._number = 0
        self._bank = folder
        self._drafts: list[str] = []  # the ids that are still drafts, in order
        self._kept: set[str] = set()

    def work(self, kills: int) -> None:
        """Work until there were so many kills."""
        while self.figures.kills < kills and len(self.figures.wrong) < _ENOUGH:
            if len(self._drafts) < _MOST_STEPS + 1:
                self._begin()
            self._live()

    def _begin(self) -> None:
        """Make a bank with new drafts."""
        self._number += 1
        self._bank = self._folder / f"bank-{self._number}"
        names = self._draw.sample(_NAMES, len(_NAMES))
        lines = [
            f"Captain Ida Falk took the ferry to {name} Bay."
            if n % 2
            else f"The boat {name} had {n + 20} passengers on the deck."
            for n, name in enumerate(names, 1)
        ]
        text = "The boats\n\n" + "\n\n".join(lines) + "\n"
        write_bank(self._bank, [], entities=[], documents={"boats": text}, category="boats")
        orbitquiz(["draft", str(self._bank)])
        self._drafts = [row.id for row in Workspace(self._bank).rows("boats")]
        self._kept = set()

    def _live(self) -> None:
        """Start the program, take some steps, and be killed."""
        environment = {"XDG_CACHE_HOME": str(self._folder / "cache"), "ORBITQUIZ_DATA": str(self._folder / "data")}
        with terminal("author", str(self._bank), environment=environment) as screen:
            if not self._must(_shows(screen, f"{len(self._drafts)} drafts"), "the first draft is not shown"):
                return
            for _ in range(self._draw.randrange(_MOST_STEPS)):
                self._step(screen, is_last=False)
            self._step(screen, is_last=True)
        self._look()

    def _step(self, screen: Terminal, *, is_last: bool) -> None:
        what = self._draw.choice(["keep", "keep", "drop", "place", "type"])
        id = self._drafts[0]
        if what == "place" and "bay" not in id:
            what = "keep"
        if self._has_half_a_question:  # a kill came while it was typed, and nothing is kept before it ends
            what = "type"
        if what == "type":
            screen.press("s")
            screen.press("When did the boat sail?")
            if not is_last:
                self._must(self._is_kept(screen, "When did the boat sail?"), "what is typed is not kept")
                for _ in range(_FIELDS):  # not escape, which a busy machine may take for the beginning of another key
                    screen.press("\r")
        elif what == "place":
            screen.press("l")
        self._asked = what
        if what == "type" and is_last:
            self._kill(screen, what)
            return
        if what != "type":
            screen.press("x" if what == "drop" else "k")
        if is_last:
            self._kill(screen, what)
        elif what != "type" and self._must(_shows(screen, self._fewer), f"nothing is said of {id}"):
            self._told(what, id)

    def _told(self, what: str, id: str) -> None:
        """Note that the screen said so."""
        self._drafts.remove(id)
        if what == "drop":
            self.figures.dropped += 1
        else:
            self.figures.kept += 1
            self._kept.add(id)

    def _kill(self, screen: Terminal, what: str) -> None:
        screen.watch(self._draw.random() * _SPREAD)
        screen.kill()
        self.figures.kills += 1
        self.figures.moments[what] += 1
        id = self._drafts[0]
        if what != "type" and "".join(self._fewer.split()) in "".join(screen.text.split()):
            self._told(what, id)

    @property
    def _fewer(self) -> str:
        """Return the first line after another draft is kept or dropped. No message ever covers it."""
        return f"{len(self._drafts) - 1} drafts"

    @property
    def _has_half_a_question(self) -> bool:
        file = self._bank / ".orbitquiz/author-fact.json"
        ask = json.loads(file.read_text())["ask"] if file.exists() else ""
        return bool(ask) and not ask.endswith("?")

    def _is_kept(self, screen: Terminal, words: str) -> bool:
        """True if the program keeps what is being written in time."""
        file = self._bank / ".orbitquiz/author-fact.json"
        latest = time.monotonic() + PATIENCE
        while not (file.exists() and words in file.read_text()):
            if time.monotonic() > latest:
                return False
            screen.watch(0.02)  # a program whose output nobody takes waits
        return True

    def _look(self) -> None:
        """Compare what stands in the files with what the screen has said."""
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self._bank, copy)
        reading = read_bank(copy)
        self._must(not reading.problems, f"a file is broken: {[str(problem) for problem in reading.problems[:2]]}")
        if reading.bank is None:
            return
        self.figures.cut_in_two += (copy / ".orbitquiz/author-files.json").exists()
        workspace = Workspace(copy)  # as the next start does, which completes what was cut in two
        reading = workspace.reading
        self._must(not reading.problems, "what was completed does not hold")
        self.figures.restored += workspace.journal.kept_form() is not None
        facts = {fact.id for fact in workspace.bank.facts}
        drafts = {fact.id for fact in reading.drafts}
        self._must(self._kept <= facts, f"lost: {sorted(self._kept - facts)}")
        under_way = self._drafts[0]
        for id in self._drafts[1:]:
            self._must(id in drafts, f"the draft {id} is lost")
        if under_way not in drafts:
            self._must(self._asked != "type", f"the draft {under_way} is lost")
            self.figures.unseen += 1
            self._drafts.remove(under_way)
            if self._asked != "drop":
                self._must(under_way in facts, f"{under_way} is lost")
                self._kept.add(under_way)

    def _must(self, holds: bool, otherwise: str) -> bool:
        if not holds:
            self.figures.wrong.append(f"{self._seed}, kill {self.figures.kills}: {otherwise}")
        return holds

    _asked = ""


def _shows(screen: Terminal, words: str) -> bool:
    """True if `words` appear in time."""
    return screen.until(lambda text: "".join(words.split()) in "".join(text.split()))


def torture(folder: Path, kills: int, seed: str = SEED) -> Figures:
    """Kill so many times, in folders inside `folder`, which must be empty."""
    parts = [min(_KILLS_AN_AUTHOR, kills - before) for before in range(0, kills, _KILLS_AN_AUTHOR)]
    figures = Figures()

    def work(number: int) -> Figures:
        own = folder / f"author-{number}"
        own.mkdir()
        author = Author(own, f"{seed} {number}")
        author.work(parts[number])
        shutil.rmtree(own)
        return author.figures

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in pool.map(work, range(len(parts))):
            figures.add(done)
    return figures


def main(words: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description="Kill the author's program, and look whether a fact is lost.")
    parser.add_argument("kills", type=int, nargs="?", default=KILLS)
    parser.add_argument("--seed", default=SEED)
    arguments = parser.parse_args(words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="orbitquiz-torture-") as folder:
        figures = torture(Path(folder), arguments.kills, arguments.seed)
    print(f"kills of an author       {figures.kills:>6}   in {time.monotonic() - began:.0f} s, seed {arguments.seed}")
    for moment, count in sorted(figures.moments.items()):
        print(f"  {moment:<22} {count:>6}")
    print(f"facts said to be kept    {figures.kept:>6}")
    print(f"facts said to be dropped {figures.dropped:>6}")
    print(f"written before it's said {figures.unseen:>6}")
    print(f"facts under way restored {figures.restored:>6}")
    print(f"two files cut in two     {figures.cut_in_two:>6}")
    print(f"anything wrong           {len(figures.wrong):>6}")
    for line in figures.wrong:
        print(f"  {line}")
    return int(bool(figures.wrong))


if __name__ == "__main__":
    sys.exit(main())
