"""A report as one JSON object, whose keys stay.

- `room`, `title`, `code`: the room's code, the title of its quiz, and the quiz's code, null where it has none.
- `game` and `games`: which of the games in the room this is, and how many there were.
- `opened`: when the room was opened or, for a later game, when that began, in UTC. `over`: whether it has ended.
- `pace`: "class", or "own" where everybody answered alone. `closes`: when the room was to close by itself, in UTC, or
  null; `closed`: when the game ended, or null.
- `scoring`: "accuracy" or "speed". `timer`: the seconds of a question, or null.
- `questions_in_quiz`, `skipped`, `banned`: how many questions the quiz has, were taken back, and players were banned;
  nothing else is told of those.
- `mean`, `standard_deviation`, `alpha`: figures of the number right of those who played every question. A figure has
  `value`, which is null where it is not defined, `responses`, `indicative`, which says that there are fewer than 30,
  and `why`, which says why it is not defined, else null.
- `questions`: those that were revealed, in order, each with
  - `number`, its place in the quiz, `category`, `stem`, `sources_differ`;
  - `responses`, `right`, `omitted`: how many played it, were right, gave no answer;
  - `facility`, a figure from 0 to 1; `facility_interval`, the ends of its 95 % interval, or null;
  - `discrimination`, a figure from −100 to 100; `median_seconds`, null where nobody answered;
  - `options`: each with `text`, `key`, `picked`, `misled`, `dead`, and `remark` or null;
  - `proof`: `statement`; `passages`, each with `value`, `heading` and `parts`, which have `text` and `quoted`; `also`;
    `note` or null.
- `misleading`: the numbers of the questions with an option that misled the class, the worst first.
- `players`: by name, each with `name`, `team` or null, `sent_out`, `right`, `played`, `points`, and `answers`, one for
  each of `questions`: `number`, `played`, `option`, an index or null for no answer, `right`, `points`, and `seconds` or
  null.
- `teams`: by rank, each with `name`, `players`, `points`, which is their mean, and `rank`; in a room without a ranking
  by name, and `rank` is null.
"""

from __future__ import annotations

from typing import Any

from orbitquiz.classroom.report.item_analysis import Figure
from orbitquiz.classroom.report.model import Report, ReportPlayer, ReportProof, ReportQuestion
from orbitquiz.text import safe

_DIGITS = 4


def to_json(report: Report) -> str:
    """Return the report as this module says."""
    return safe.to_json(_as_data(report))


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "room": report.room,
        "title": report.title,
        "code": report.code,
        "game": report.game,
        "games": report.games,
        "opened": report.opened.isoformat(timespec="seconds"),
        "over": report.is_over,
        "pace": report.pace,
        "closes": report.closes.isoformat(timespec="seconds") if report.closes else None,
        "closed": report.closed.isoformat(timespec="seconds") if report.closed else None,
        "scoring": report.scoring.value,
        "timer": report.timer,
        "questions_in_quiz": report.total,
        "skipped": report.skipped,
        "banned": report.banned,
        "mean": _figure(report.mean),
        "standard_deviation": _figure(report.deviation),
        "alpha": _figure(report.alpha),
        "questions": [_question(question) for question in report.questions],
        "misleading": [question.number for question in report.misleading],
        "players": [_player(report, player) for player in report.players],
        "teams": [
            {"name": team.name, "players": team.players, "points": round(team.points, _DIGITS), "rank": team.rank}
            for team in report.teams
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": None if figure.value is None else round(figure.value, _DIGITS),
        "responses": figure.responses,
        "indicative": figure.is_indicative,
        "why": figure.why,
    }


def _question(question: ReportQuestion) -> dict[str, Any]:
    return {
        "number": question.number,
        "category": question.category,
        "stem": question.stem,
        "sources_differ": question.sources_differ,
        "responses": question.responses,
        "right": question.right,
        "omitted": question.omitted,
        "facility": _figure(question.facility),
        "facility_interval": question.interval and [round(end, _DIGITS) for end in question.interval],
        "discrimination": _figure(question.discrimination),
        "median_seconds": None if question.seconds is None else round(question.seconds, 3),
        "options": [
            {
                "text": option.text,
                "key": option.is_key,
                "picked": option.picked,
                "misled": option in question.traps,
                "dead": option in question.dead,
                "remark": option.remark,
            }
            for option in question.options
        ],
        "proof": _proof(question.proof),
    }


def _proof(proof: ReportProof) -> dict[str, Any]:
    return {
        "statement": proof.statement,
        "passages": [
            {
                "value": passage.value,
                "heading": passage.heading,
                "parts": [{"text": part.text, "quoted": part.is_quoted} for part in passage.parts],
            }
            for passage in proof.passages
        ],
        "also": list(proof.also),
        "note": proof.note,
    }


def _player(report: Report, player: ReportPlayer) -> dict[str, Any]:
    return {
        "name": player.name,
        "team": player.team,
        "sent_out": player.is_out,
        "right": player.right,
        "played": player.played,
        "points": player.points,
        "answers": [
            {
                "number": question.number,
                "played": reply.plays,
                "option": reply.option,
                "right": reply.is_right,
                "points": reply.points,
                "seconds": None if reply.seconds is None else round(reply.seconds, 3),
            }
            for question, reply in zip(report.questions, player.replies, strict=True)
        ],
    }
