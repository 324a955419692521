"""`orbitquiz check`: everything in a bank that does not hold, and what more is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.coverage import Coverage, Sentence, Standing, cover
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import Problem
from orbitquiz.bank.stem_words import ENGLISH
from orbitquiz.bank.values import is_english
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import print_json, say
from orbitquiz.cli.progress import progress
from orbitquiz.formats.readings import read_readings
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.quality.answerable import Examination, examine
from orbitquiz.quiz.quality.cues import Cue, find_cues
from orbitquiz.quiz.quality.lint import lint
from orbitquiz.quiz.quality.readings import FEWEST_PLAUSIBLE, MOST_BY_SENSE, Basis, Summary, problems_of, sum_up
from orbitquiz.quiz.question import Quiz

FEWEST_FACTS = 30
"""The number of facts that a bank needs so that cues can be told from chance."""

QUIZZES = 500
"""The number of quizzes that the players of `--cues` answer."""


@dataclass(frozen=True)
class _Report:
    """The findings; None stands for those that were not asked for."""

    bank: Bank | None
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    flaws: tuple[Problem, ...] | None
    coverage: Coverage | None
    cues: tuple[Cue, ...] | None
    readings: Summary | None
    read: tuple[Problem, ...]  # what readers found

    @property
    def findings(self) -> list[Problem]:
        """All that stands at a place in a file."""
        unaccounted = self.coverage.problems if self.coverage else ()
        return [*self.problems, *(self.flaws or ()), *unaccounted, *self.read]

    @property
    def holds(self) -> bool:
        return not (self.findings or any(cue.is_above for cue in self.cues or ()) or _missed(self.readings))


def run(arguments: argparse.Namespace) -> int:
    """Print what does not hold. Returns 1 if there is anything, else 0."""
    folder: Path = arguments.bank or builtin_path()
    report = _report(folder, arguments)
    if arguments.json:
        if arguments.watch:
            raise UsageError("--watch tells people what changed; leave out --json")
        print_json(_as_data(report))
    else:
        for line in _lines(report, folder, named=arguments.bank is not None):
            say(line)
    if arguments.watch:
        _watch(folder, arguments, report)
    return 0 if report.holds else 1


def _watch(folder: Path, arguments: argparse.Namespace, report: _Report) -> None:
    """Check again whenever a file of the bank is saved, and print what changed, until control-C."""
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        raise UsageError(
            "--watch needs the package watchfiles; install it with: pip install 'orbitquiz[watch]'"
        ) from error
    say(f"watching {folder}; control-C ends it", at_once=True)
    for _ in watch(folder, raise_interrupt=False):
        before, report = report, _report(folder, arguments)
        for line in _changes(before, report, folder):
            say(line, at_once=True)


def _changes(before: _Report, after: _Report, folder: Path) -> Iterator[str]:
    """Tell what is solved, what is new, and how things are now. That a problem has moved to another line is no news."""
    old = {(problem.file, problem.code, problem.message) for problem in before.findings}
    new = {(problem.file, problem.code, problem.message) for problem in after.findings}
    for problem in before.findings:
        if (problem.file, problem.code, problem.message) not in new:
            yield f"solved  {_line(folder, problem)}"
    for problem in after.findings:
        if (problem.file, problem.code, problem.message) not in old:
            yield f"new     {_line(folder, problem)}"
    *_, last = _lines(after, folder, named=True)
    yield last


def _report(folder: Path, arguments: argparse.Namespace) -> _Report:
    with progress("reading the bank"):
        reading = read_bank(folder)
    bank = reading.bank
    with progress("making all questions"):
        examined = examine(bank) if bank else Examination(0, ())
    readings: Summary | None = None
    read: tuple[Problem, ...] = ()
    if bank and arguments.readings:
        with progress("comparing the readings"):
            readings, read = _readings(bank, folder)
    flaws: tuple[Problem, ...] | None = () if arguments.lint else None
    if bank and arguments.lint:
        with progress("looking at the writing"):
            flaws = lint(bank)
    coverage = None
    if bank and arguments.coverage:
        with progress("looking for sentences that no fact quotes"):
            coverage = cover(bank)
    cues: tuple[Cue, ...] | None = () if arguments.cues else None
    if bank and arguments.cues:
        with progress(f"playing {QUIZZES} quizzes"):
            cues = find_cues(_quizzes(bank))
    return _Report(
        bank,
        {**_counts(bank), "questions": examined.questions, "drafts": len(reading.drafts) + len(reading.unproved)},
        tuple(sorted([*reading.problems, *examined.problems])),
        flaws,
        coverage,
        cues,
        readings,
        read,
    )


def _readings(bank: Bank, folder: Path) -> tuple[Summary, tuple[Problem, ...]]:
    """Return what blind readers say, and what the author should look at."""
    readings, problems = read_readings(folder)
    summary = sum_up(bank, readings)
    return summary, (*problems, *problems_of(bank, summary))


def _missed(summary: Summary | None) -> list[str]:
    """Return which aims the readings miss."""
    if summary is None or not summary.readings:
        return []
    missed = []
    if summary.by_sense > MOST_BY_SENSE:
        missed.append(f"common sense finds more than {100 * MOST_BY_SENSE:.0f} % of the keys")
    if summary.plausible < FEWEST_PLAUSIBLE:
        missed.append(f"fewer than {FEWEST_PLAUSIBLE} options are plausible")
    return missed


def _quizzes(bank: Bank) -> Iterator[Quiz]:
    return (compose(bank, Request(f"tells {number}")) for number in range(QUIZZES))


def _counts(bank: Bank | None) -> dict[str, int]:
    facts = bank.facts if bank else ()
    claims = [claim for fact in facts for claim in fact.claims]
    return {
        "sources": len(bank.sources) if bank else 0,
        "facts": len(facts),
        "claims": len(claims),
        "quotations": sum(len(claim.proof) for claim in claims),
    }


def _as_data(report: _Report) -> dict[str, Any]:
    data: dict[str, Any] = {"bank": report.bank.id if report.bank else None, **report.counts}
    data["problems"] = _listed(report.problems)
    if report.flaws is not None:
        data["lint"] = _listed(report.flaws)
    if report.coverage:
        data["coverage"] = _coverage_as_data(report.coverage)
    if report.cues is not None:
        data["tells"] = [_cue_as_data(cue) for cue in report.cues]
    if report.readings:
        data["readings"] = {**_summary_as_data(report.readings), "problems": _listed(report.read)}
    return data


def _summary_as_data(summary: Summary) -> dict[str, Any]:
    return {
        "readers": summary.readers,
        "questions": summary.questions,
        "readings": summary.readings,
        "by_basis": {basis.value: summary.by_basis[basis] for basis in Basis},
        "right": {basis.value: summary.right[basis] for basis in Basis},
        "by_sense": round(summary.by_sense, 4),
        "plausible": round(summary.plausible, 2),
        "absurd": [asdict(each) for each in summary.absurd],
        "disagreeing": [asdict(each) for each in summary.disagreeing],
        "changed": list(summary.changed),
    }


def _listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    names = ("file", "line", "column", "code", "message")
    return [{name: getattr(problem, name) for name in names} for problem in problems]


def _coverage_as_data(coverage: Coverage) -> dict[str, Any]:
    sources = dict.fromkeys(sentence.source.id for sentence in coverage.sentences)
    by_source = {
        id: {
            "share": round(coverage.share(id), 4),
            **{standing.value: coverage.count(standing, id) for standing in Standing},
        }
        for id in sources
    }
    return {
        "share": round(coverage.share(), 4),
        **{standing.value: coverage.count(standing) for standing in Standing if standing is not Standing.UNACCOUNTED},
        "by_source": by_source,
        "unaccounted": [_sentence_as_data(sentence) for sentence in coverage.unaccounted],
        "sentences": [_sentence_as_data(sentence) for sentence in coverage.sentences],
    }


def _sentence_as_data(sentence: Sentence) -> dict[str, Any]:
    return {
        "source": sentence.source.id,
        "file": sentence.source.file,
        "line": sentence.line,
        "start": sentence.start,
        "end": sentence.end,
        "standing": sentence.standing.value,
        "why": list(sentence.why),
        "text": sentence.text,
    }


def _cue_as_data(cue: Cue) -> dict[str, Any]:
    return {
        "player": cue.player,
        "attempted": cue.attempted,
        "right": round(cue.right, 2),
        "share": round(cue.share, 4),
        "chance": round(cue.chance, 4),
        "interval": [round(end, 4) for end in cue.interval],
        "limit": cue.limit,
        "above": cue.is_above,
    }


def _lines(report: _Report, folder: Path, *, named: bool) -> Iterator[str]:
    if report.coverage:
        yield from _coverage_lines(report.coverage)
    if report.cues is not None:
        yield from _cue_lines(report.cues)
        if report.bank and len(report.bank.facts) < FEWEST_FACTS:
            few = _counted(len(report.bank.facts), "facts")
            yield f"{few} are too few to tell: below {FEWEST_FACTS} chance decides"
            yield ""
    if report.readings:
        yield from _reading_lines(report.readings)
    for problem in report.findings:
        yield _line(folder, problem) if named else str(problem)
    name = report.bank.id if report.bank else str(folder)
    counts = ", ".join(_counted(count, what) for what, count in report.counts.items() if count or what != "drafts")
    found = [
        _counted(len(problems), what)
        for what, problems in (
            ("problems", report.problems),
            ("flaws", report.flaws or ()),
            ("sentences to decide on", report.coverage.problems if report.coverage else ()),
            ("things that readers found", report.read),
            ("aims that readings miss", _missed(report.readings)),
            ("cues", [cue for cue in report.cues or () if cue.is_above]),
        )
        if problems
    ]
    if report.bank and not is_english(report.bank.language) and (english := set(ENGLISH) - set(report.bank.words)):
        which = "the" if len(english) == len(ENGLISH) else f"{len(english)} of the"
        yield f"note: {which} sentences that questions add, such as “According to …”, are English; `words` changes them"
    is_empty = not any(report.counts.get(what) for what in ("facts", "drafts", "claims"))
    well = "no facts yet, so there is nothing to play" if is_empty else "everything holds"
    yield f"{name}: {counts}: {', '.join(found) or well}"


def _counted(count: int, what: str) -> str:
    noun, space, rest = what.partition(" ")
    return f"{count} {noun.removesuffix('s') if count == 1 else noun}{space}{rest}"


def _line(folder: Path, problem: Problem) -> str:
    """Return the problem with a path that an editor can open from here."""
    return problem.message if problem.file == "." else f"{folder}/{problem}"


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    file = ""
    for sentence in coverage.sentences:
        if sentence.source.file != file:
            file = sentence.source.file
            yield f"{file}: {100 * coverage.share(sentence.source.id):.0f} % quoted"
        why = f"  ({', '.join(sentence.why)})" if sentence.why else ""
        yield f"  {sentence.line:>3}  {sentence.standing:<11}  {sentence.text}{why}"
    counts = ", ".join(f"{coverage.count(standing)} {standing}" for standing in Standing)
    yield f"coverage: {100 * coverage.share():.1f} % of the sentences that are not furniture are quoted ({counts})"
    yield ""


def _reading_lines(summary: Summary) -> Iterator[str]:
    yield f"read blind: {_counted(summary.questions, 'questions')} by {_counted(summary.readers, 'readers')}"
    if summary.readings:
        for basis, words in ((Basis.KNEW, "knew"), (Basis.SENSE, "by common sense"), (Basis.GUESS, "guessed")):
            yield f"  {words:<17}{summary.by_basis[basis]:>4}, of which right {summary.right[basis]:>4}"
        share = f"{100 * summary.by_sense:.0f} % of {_counted(summary.readings, 'readings')}"
        yield f"  common sense found the key in {share}"
        yield f"  {summary.plausible:.1f} options plausible on average"
    yield from (f"  {missed}" for missed in _missed(summary))
    if summary.changed:
        yield f"  changed since: {', '.join(summary.changed)}"
    yield ""


def _cue_lines(cues: Iterable[Cue]) -> Iterator[str]:
    yield f"{'player':<19}  attempted   right  chance   95 % interval"
    for cue in cues:
        if not cue.attempted:
            yield f"{cue.player:<19}  {0:>9}"
            continue
        low, high = (100 * end for end in cue.interval)
        row = f"{cue.player:<19}  {cue.attempted:>9}  {100 * cue.share:>4.1f} %  {100 * cue.chance:>4.1f} %"
        yield f"{row}  {low:>4.1f} % to {high:>4.1f} %{'  above chance' if cue.is_above else ''}"
    yield ""
