"""A report as CSV: one table with a row for each player, for a spreadsheet or a gradebook.

The columns are `name`, `team`, `sent out`, `right`, `played` and `points`; then, for each question, `N score: STEM`,
which is 1 for right, 0 for wrong or no answer and empty for who did not play it, and `N answer: STEM`, the option that
was picked. N is the question's place in the quiz, and STEM what was asked.
What concerns the questions is in the other formats: a second table would keep the first from being sorted or imported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from orbitquiz.classroom.report.model import Reply, Report, ReportPlayer, ReportQuestion
from orbitquiz.text.cells import cell


def to_csv(report: Report) -> str:
    """Return the report as RFC 4180 CSV, every field quoted, with a byte order mark so that spreadsheets read UTF-8."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_heads(report))
    for player in report.players:
        writer.writerow(_row(report, player))
    return file.getvalue()


def _heads(report: Report) -> Iterator[str]:
    yield from ("name", "team", "sent out", "right", "played", "points")
    for question in report.questions:
        yield cell(f"{question.number} score: {question.stem}")
        yield cell(f"{question.number} answer: {question.stem}")


def _row(report: Report, player: ReportPlayer) -> Iterator[str | int]:
    yield from (cell(player.name), cell(player.team or ""), "yes" if player.is_out else "no")
    yield from (player.right, player.played, player.points)
    for question, reply in zip(report.questions, player.replies, strict=True):
        yield int(reply.is_right) if reply.plays else ""
        yield _answer(question, reply)


def _answer(question: ReportQuestion, reply: Reply) -> str:
    return "" if reply.option is None else cell(question.options[reply.option].text)
