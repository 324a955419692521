"""Figures and times in words, the same in every form of a report that people read."""

from __future__ import annotations

from datetime import datetime

from orbitquiz.classroom.report.item_analysis import ENOUGH, Figure
from orbitquiz.classroom.report.model import Reply, Report, ReportOption, ReportPlayer, ReportQuestion
from orbitquiz.quiz.game import Scoring
from orbitquiz.text import counts
from orbitquiz.text.counts import counted

NONE = "–"
"""Shown for a figure that is not defined."""

TOO_FEW = f"{NONE} (too few to say)"
"""Shown for a discrimination from fewer responses than `FEWEST`."""

FEWEST = 5
"""From fewer responses people are shown no discrimination: one answer would turn it over."""

_OF_THE_WHOLE = (
    ("Standard deviation", "how far the players' results lie apart."),
    ("Cronbach's alpha", "how far those who got one question right got the others right, too; 1 is the most."),
)
_INDICATIVE = ("Indicative", f"from fewer than {ENOUGH} responses: a hint, and no more.")

OF_QUESTIONS = (
    ("Facility", "the share of right answers; the range behind it says how far chance may have moved it."),
    ("Discrimination", "whether those who did well otherwise got this right; below 0, look at the question."),
)
"""The meaning of a question's figures, a line each."""

MORE = "docs/classroom.md tells more, under “What the figures mean”."
"""The page that explains the figures."""

NOTHING = "No question was revealed, so there is nothing to report."
UNANSWERED = "no answer"


def percent(part: int, whole: int) -> str:
    """Return the share of `part` in `whole` in per cent, if there is one."""
    return counts.percent(part, whole) if whole else NONE


def interval(question: ReportQuestion) -> str:
    """Between what the facility lies, as in "44 to 77 %"."""
    if question.interval is None:
        return NONE
    low, high = question.interval
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def figure(figure: Figure, digits: int) -> str:
    """Return a figure, or why there is none."""
    if figure.value is None:
        return f"{NONE} ({figure.why})"
    return f"{_plus_zero(figure.value, digits):.{digits}f}".replace("-", "\u2212")


def responses(count: int) -> str:
    """From how many responses a figure is, and whether they are too few."""
    words = counted(count, "response")
    return f"{words}, indicative" if count < ENOUGH else words


def discrimination(question: ReportQuestion) -> str:
    """Return how well a question separates players, or why that is undefined."""
    told = question.discrimination
    return TOO_FEW if told.value is not None and told.responses < FEWEST else figure(told, 0)


def discrimination_in_short(question: ReportQuestion) -> str:
    """Return the same for a table, where there is no room for why."""
    words = discrimination(question)
    return NONE if words.startswith(NONE) else words


def players(question: ReportQuestion) -> str:
    """Return the number of players of a question, and of missing answers."""
    words = counted(question.responses, "player")
    if question.omitted:
        words += f", {question.omitted} gave no answer"
    return f"{words}; indicative" if question.facility.is_indicative else words


def seconds(seconds: float | None) -> str:
    """Return a duration in words."""
    return NONE if seconds is None else f"{seconds:.1f} s"


def local(time: datetime) -> str:
    """Return a time as the clock on the wall showed it."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}"


def state(report: Report) -> list[str]:
    """Yield the state of the room and what was played, as sentences."""
    asked = f"{len(report.questions)} of {counted(report.total, 'question')} played"
    back = f", {report.skipped} taken back" if report.skipped else ""
    scoring = "by speed" if report.scoring is Scoring.SPEED else "by accuracy"
    timer = f", {report.timer:g} seconds a question" if report.timer else ""
    lines = [
        f"Room {report.room}, opened {local(report.opened)}" + ("." if report.is_over else ". It is not over yet."),
        f"{asked}{back}; {counted(len(report.players), 'player')}; scored {scoring}{timer}.",
    ]
    if report.pace == "own":
        told = report.closed or report.closes
        when = f" {'Closed' if report.closed else 'Open until'} {local(told)}." if told else ""
        lines.append(f"Everybody answered at their own pace.{when} {NONE} is an answer that was not given.")
    if report.games > 1:
        lines.append(f"This was game {report.game} of {report.games} in this room.")
    if report.code:
        lines.append(f"The same quiz again: orbitquiz play --quiz {report.code}")
    return lines


def left_out(report: Report) -> list[str]:
    """Yield sentences about the players left out of the figures."""
    lines = []
    if report.silent:
        lines.append(f"{counted(report.silent, 'player')} never answered and {_is(report.silent)} in no figure.")
    if report.partial:
        did = f"{counted(report.partial, 'player')} did not play every question and {_is(report.partial)}"
        lines.append(f"{did} not in mean, standard deviation and alpha.")
    if report.banned:
        lines.append(
            f"{counted(report.banned, 'player')} who {_was(report.banned)} banned {_is(report.banned)} left out."
        )
    return lines


def whole(report: Report) -> list[tuple[str, str, str]]:
    """Return the figures of the whole: name, value, responses."""
    of = f" of {len(report.questions)} right" if report.mean.value is not None else ""
    return [
        ("Mean", figure(report.mean, 1) + of, responses(report.mean.responses)),
        ("Standard deviation", figure(report.deviation, 1), responses(report.deviation.responses)),
        ("Cronbach's alpha", figure(report.alpha, 2), responses(report.alpha.responses)),
    ]


def of_the_whole(report: Report) -> list[tuple[str, str]]:
    """Yield the figures of the whole quiz with their meaning, a line each."""
    figures = [report.mean, report.deviation, report.alpha]
    for question in report.questions:
        figures += [question.facility, question.discrimination]
    return [*_OF_THE_WHOLE, *([_INDICATIVE] if any(figure.is_indicative for figure in figures) else [])]


def trap(question: ReportQuestion, option: ReportOption) -> str:
    """Return a sentence about how far an option misled the class."""
    share = f"{option.picked} of {question.responses} ({percent(option.picked, question.responses)})"
    key = f"{question.key.picked} ({percent(question.key.picked, question.responses)})"
    return f"{share} picked “{option.text}”; the right answer, “{question.key.text}”, {key}."


def mark(question: ReportQuestion, option: ReportOption) -> str:
    """Return what is to be said of an option behind its text: nothing of most."""
    if option.is_key:
        return "right"
    return "dead: hardly anybody picks it" if option in question.dead else ""


def picked(question: ReportQuestion, reply: Reply) -> str:
    """Return the question's number and the wrong option that a player picked."""
    told = f"({UNANSWERED})" if reply.option is None else f"“{question.options[reply.option].text}”"
    return f"{question.number} {told}"


def name(player: ReportPlayer) -> str:
    """Return a player's name, with what else has to be known."""
    return f"{player.name} (sent out)" if player.is_out else player.name


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _plus_zero(value: float, digits: int) -> float:
    """`value` as it is going to be rounded, and 0 where that would be −0."""
    return round(value, digits) + 0.0
