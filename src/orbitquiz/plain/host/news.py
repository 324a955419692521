"""News of a room for its host, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from orbitquiz.classroom.address import LOOPBACK
from orbitquiz.classroom.protocol import (
    Ban,
    HostMove,
    HostWelcome,
    Kick,
    KickAway,
    Lock,
    Outcome,
    People,
    PlayerSeat,
    QuestionOut,
    Rename,
    RevealedQuestion,
    Scene,
    Unban,
)
from orbitquiz.classroom.server.hosting import Hosted
from orbitquiz.plain.question import open_lines, proof_lines
from orbitquiz.plain.standings import FASTER, are, head, listed, standing_lines
from orbitquiz.presenter.host_state import TOP
from orbitquiz.presenter.own_pace import closing
from orbitquiz.presenter.player_state import READ_FIRST
from orbitquiz.presenter.wording import sentence
from orbitquiz.quiz.game import Scoring
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of

PACE = "Everybody answers at their own pace."
ABOUT_PLAYERS = (Lock, Kick, KickAway, Ban, Unban, Rename)
"""The moves that change the list of players, and not the scene."""


def opening(welcome: HostWelcome, hosted: Hosted) -> Iterator[str]:
    """Yield which room it is and how to join it."""
    yield f"Room {welcome.room}: {line_of(welcome.title)}, {counted(welcome.total, 'question')}."
    if welcome.scoring is Scoring.SPEED:
        yield FASTER
    yield f"To join at a terminal: {hosted.command}"
    yield f"To join on a phone: {hosted.page}#{hosted.code}"
    if words := closing(welcome.closes):
        yield words
    if hosted.others:
        yield f"Or at: {', '.join(map(str, hosted.others))}"
    if hosted.address.host == LOOPBACK:
        yield "Only this computer can join."
    yield "? lists what can be typed."


def moment(scene: Scene) -> tuple[object, int]:
    """Return what distinguishes one moment of a game from another. A pause is none of its own."""
    return ("open" if scene.question else scene.phase, scene.number)


def has_moved(before: Scene, now: Scene) -> bool:
    """True if a move of the host has come about, other than about players."""
    was, present = [(each.phase, each.number, _limit(each), each.onward is None) for each in (before, now)]
    return was != present


def are_different(before: People | None, now: People | None, move: HostMove) -> bool:
    """True if `move`, which is about players, has come about."""
    if before is None or now is None:
        return True
    if isinstance(move, Lock):
        return before.is_locked != now.is_locked
    if isinstance(move, KickAway):
        return [seat.place for seat in before.seats] != [seat.place for seat in now.seats]
    if not isinstance(move, Kick | Ban | Unban | Rename):
        return True
    seats = [next((seat for seat in people.seats if seat.id == move.player), None) for people in (before, now)]
    old, new = [seat and (seat.place, seat.name) for seat in seats]
    return old != new


def people_lines(before: People | None, now: People | None) -> Iterator[str]:
    """Yield who joined, left, was removed or renamed, and that the room was locked or unlocked."""
    if now is None:
        return
    known = {seat.id: seat for seat in before.seats} if before else {}
    if before is None and now.seats:
        yield f"{counted(len(_names(now, 'in')), 'player')} of before may come back by themselves."
        known = {seat.id: seat.model_copy(update={"is_here": False}) for seat in now.seats}
    came = [seat for seat in now.seats if _is_in(seat) and not _is_in(known.get(seat.id))]
    if came:
        yield f"{listed([seat.name for seat in came])} {are(len(came))} in ({len(_names(now, 'in'))})."
    stayed = [(known[seat.id], seat) for seat in now.seats if _is_in(seat) and _is_in(known.get(seat.id))]
    gone = [seat for seat in came if not seat.is_here] + [seat for old, seat in stayed if old.is_here > seat.is_here]
    yield from _together("back", [seat.name for old, seat in stayed if seat.is_here > old.is_here])
    yield from _together("away", [seat.name for seat in gone])
    yield from (f"{line_of(old.name)} is {line_of(seat.name)} now." for old, seat in stayed if old.name != seat.name)
    for place, words in (("kicked", "out, and may come back"), ("banned", "out for good")):
        out = [
            seat.name
            for seat in now.seats
            if seat.place == place and known.get(seat.id, seat).place not in (place, "banned")
        ]
        yield from _together(words, out)
    if now.is_locked != (before is not None and before.is_locked):
        yield "The room is locked: nobody new comes in." if now.is_locked else "The room is open again."


def scene_lines(before: Scene | None, now: Scene, *, is_ranked: bool, has_again: bool = False) -> Iterator[str]:
    """Yield what is new in the game since `before`. Places are told in a ranked room, else the result of the class.

    `has_again` says that there can be another game.
    """
    if now.trouble != (before.trouble if before else None):
        yield now.trouble or "The room is being kept again."
    is_new = before is None or moment(before) != moment(now)
    match now.phase:
        case "asking" | "paused":
            assert now.question is not None
            if is_new:
                yield from _question_lines(now.question)
            if before and not is_new and before.question and before.question.reading and not now.question.reading:
                yield from _option_lines(now.question)
                before = None
            yield from _clock_lines(None if is_new else before, now, now.question)
        case _ if not is_new:
            return
        case "lobby":
            if before is not None:
                yield ""
                yield f"Another game: {counted(now.total, 'question')}. Everybody keeps their seat."
            yield "Enter begins the game."
        case "open":
            yield f"{PACE} e ends the game, who tells how far everybody is."
        case "revealed":
            assert now.revealed is not None
            yield from _reveal_lines(now, now.revealed)
            if is_ranked:
                yield from _standing_lines(now)
            yield _onward(now)
        case "skipped":
            yield f"Question {now.number} is voided. It won't count."
            yield _onward(now)
        case "over":
            yield ""
            yield "The game is over."
            if is_ranked:
                yield from _standing_lines(now)
            elif now.together.of:
                yield f"The class gave {now.together.right} of {now.together.of} right answers."
            yield "again for another game, q to leave." if has_again else "q to leave."


def count_line(scene: Scene) -> str:
    """Return the number of answers in words."""
    return f"{scene.answered} of {scene.playing} {are(scene.answered, 'has', 'have')} answered."


def seat_lines(people: People | None) -> Iterator[str]:
    """Yield the players, each with a number that stays theirs."""
    if people is None or not people.seats:
        yield "Nobody is in the room."
        return
    for number, seat in enumerate(people.seats, 1):
        team = f", {line_of(seat.team)}" if seat.team else ""
        yield f"#{number} {line_of(seat.name)}{team}: {_state(seat)}."
    if people.is_locked:
        yield "The room is locked."


def _question_lines(question: QuestionOut) -> Iterator[str]:
    yield ""
    yield head(question)
    yield from open_lines(question.passages)
    yield line_of(question.stem)
    yield from _option_lines(question)


def _option_lines(question: QuestionOut) -> Iterator[str]:
    for option in question.options:  # without numbers: each student sees them in another order
        yield f"- {line_of(option.text)}"


def _clock_lines(before: Scene | None, now: Scene, question: QuestionOut) -> Iterator[str]:
    """Yield news of the clock, and what Enter does."""
    if question.reading is not None:
        if before is None:
            yield READ_FIRST
        return
    left = "" if question.left is None else f"{counted(ceil(question.left), 'second')} left."
    if before is not None and _limit(before) != question.limit:
        yield f"More time. {left}"
    if before is not None and before.phase == now.phase:
        return
    if now.phase == "paused":
        yield f"Paused. {left} Enter goes on.".replace("  ", " ")
    elif before is not None:
        yield f"{f'The clock runs again. {left}' if left else 'The question goes on.'} Enter shows the answer."
    else:
        yield f"{left} Enter shows the answer.".lstrip()


def _reveal_lines(scene: Scene, question: RevealedQuestion) -> Iterator[str]:
    key = next(option.text for option in question.options if option.id == question.key)
    yield ""
    yield sentence(f"The answer to question {scene.number} is {line_of(key)}")
    if scene.outcome and scene.outcome.of:
        yield _outcome(scene.outcome)
    for option in question.options:
        votes = counted(question.votes.get(option.id, 0), "vote")
        mark = ", right" if option.id == question.key else ""
        yield f"- {line_of(option.text)}: {votes}{mark}"
    yield from proof_lines(question.proof)


def _outcome(outcome: Outcome) -> str:
    right, of = outcome.right, outcome.of
    words = f"{right} of {of} {are(right, 'was', 'were')} right" if right else "Nobody was right"
    if outcome.silent:
        return f"{words}, {outcome.silent} gave no answer."
    return f"{of} of {of} {are(of, 'has', 'have')} answered. {words}."


def _standing_lines(scene: Scene) -> Iterator[str]:
    with_movement = scene.phase == "revealed"
    if scene.team_standings:
        yield "Teams, by the mean of their players:"
        yield from standing_lines(scene.team_standings, len(scene.team_standings), with_movement=with_movement)
    if scene.standings:
        yield "Players:" if scene.team_standings else "Standings:"
        yield from standing_lines(scene.standings, TOP, with_movement=with_movement)


def _onward(scene: Scene) -> str:
    if scene.onward is not None:
        where = "The game ends" if scene.number == scene.total else f"Question {scene.number + 1} follows"
        return f"{where} in {counted(ceil(scene.onward), 'second')}. p to wait, Enter to go on now."
    if scene.number == scene.total:
        return "Enter ends the game."
    return f"Enter for question {scene.number + 1} of {scene.total}."


def _limit(scene: Scene) -> float | None:
    return scene.question.limit if scene.question else None


def _is_in(seat: PlayerSeat | None) -> bool:
    return seat is not None and seat.place == "in"


def _names(people: People, place: str) -> list[str]:
    return [seat.name for seat in people.seats if seat.place == place]


def _together(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f"{listed(names)} {are(len(names))} {what}."


def _state(seat: PlayerSeat) -> str:
    if seat.place == "banned":
        return "out for good"
    if seat.place == "kicked":
        return "out, may come back"
    answered = ", has answered" if seat.has_answered else f", {seat.done} answered" if seat.done else ""
    return f"{'here' if seat.is_here else 'away'}{answered}"
