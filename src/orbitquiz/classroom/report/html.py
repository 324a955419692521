"""A report as one HTML file that needs nothing else: to read in a browser, and to print on A4.

There is no script in it and nothing is fetched; its content security policy allows the one style sheet that it carries
and nothing more. Whatever is not of the template is escaped. Nothing is told by colour alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from orbitquiz.classroom.report import wording
from orbitquiz.classroom.report.model import Reply, Report, ReportPlayer, ReportQuestion

_COLUMNS = 20  # how many questions a table of answers has beside the names, so that it fits on the paper


@dataclass(frozen=True, slots=True)
class _Page:
    """The questions with the numbers `first` to `last` of a table of answers, and where they are in the report."""

    questions: Sequence[ReportQuestion]
    start: int

    def replies(self, player: ReportPlayer) -> Iterator[tuple[ReportQuestion, Reply]]:
        return zip(self.questions, player.replies[self.start :], strict=False)


def to_html(report: Report) -> str:
    """Return the report as a page."""
    pages = [
        _Page(report.questions[start : start + _COLUMNS], start) for start in range(0, len(report.questions), _COLUMNS)
    ]
    return rendered("report.html.jinja", report=report, pages=pages, instead=_instead(report))


def rendered(template: str, **told: object) -> str:
    """Return a template of this package filled with what is `told`."""
    style = _resource("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    told |= {"style": Markup(style), "style_source": f"sha256-{digest}"}  # noqa: S704 - our own
    return _environment().get_template(template).render(**told)


@cache
def _environment() -> Environment:
    loader = FunctionLoader(_resource)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(words=wording, mark=_mark, share=_share)
    return environment


def _resource(name: str) -> str:
    # Line ends as they are hashed: a browser hashes what it has read, where all are \n.
    return files(__package__).joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _mark(reply: Reply) -> str:
    """Return the sign of a reply in a table of answers."""
    if not reply.plays:
        return ""
    if reply.option is None:
        return wording.NONE
    return "✓" if reply.is_right else "✗"


def _instead(report: Report) -> list[tuple[ReportPlayer, str]]:
    """Return a player's wrong picks in words, since each player saw another order."""
    rows = []
    for player in report.players:
        pairs = zip(report.questions, player.replies, strict=True)
        wrong = [(question, reply) for question, reply in pairs if reply.option is not None and not reply.is_right]
        if wrong:
            rows.append((player, ", ".join(wording.picked(question, reply) for question, reply in wrong)))
    return rows


def _share(part: float, whole: float) -> str:
    """Return a share of 100, as a length in a drawing."""
    return f"{100 * part / whole if whole else 0:.2f}"
