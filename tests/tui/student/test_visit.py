"""A student's state of a room, update by update."""

from __future__ import annotations

from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.protocol import Accepted, Clock, EndedMessage, Named, QuestionOut, Refusal, RevealOut
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server import snapshots
from orbitquiz.presenter.player_state import Pick, PlayerState
from tests.classroom.making import Lesson, opened

NOW = 50.0


def lesson() -> Lesson:
    return Lesson(opened(timer=20.0), "Ann", "Ben")


def heard(visit: PlayerState, room: Lesson) -> PlayerState:
    """The visit once the room has told the first player how it stands."""
    return visit.after(snapshots.for_player(room.room, room.room.players["p1"], room.now), NOW)


def asked() -> tuple[PlayerState, Lesson, QuestionOut]:
    room = lesson()
    room.ask()
    visit = heard(PlayerState().after(snapshots.welcome(room.room, room.room.players["p1"], "t0ken"), NOW), room)
    assert visit.question
    return visit, room, visit.question


def test_an_answer_is_on_its_way_until_the_room_has_it() -> None:
    visit, _, question = asked()
    assert visit.can_answer
    visit = visit.picked(question.options[1].id, 7)
    assert visit.pick == Pick(question.options[1].id, 7)
    assert not visit.can_answer
    visit = visit.after(Accepted(seq=7, number=1, option=question.options[1].id), NOW)
    assert visit.pick == Pick(question.options[1].id, 7, is_accepted=True)


def test_an_answer_outlasts_a_lost_connection() -> None:
    visit, room, question = asked()
    visit = visit.picked(question.options[1].id, 7).after(Lost("gone"), NOW)
    assert visit.lost == "gone"
    assert visit.question == question
    visit = visit.after(snapshots.welcome(room.room, room.room.players["p1"], "t0ken"), NOW)
    assert visit.lost is None
    visit = heard(visit, room)  # the room does not have the answer yet
    assert visit.pick == Pick(question.options[1].id, 7)


def test_the_room_says_what_was_answered_before() -> None:
    _, room, _ = asked()
    room.pick("p1", 2)
    visit = heard(PlayerState(), room)
    assert visit.pick == Pick(room.room.option_id(2), is_accepted=True)
    assert not visit.can_answer


def test_an_answer_that_is_refused_may_be_given_again() -> None:
    visit, _, question = asked()
    visit = visit.picked(question.options[1].id, 7)
    refusal = Refusal(reason=Reason.NOT_NOW, text=WORDS[Reason.NOT_NOW], seq=7)
    visit = visit.after(refusal, NOW)
    assert visit.pick is None
    assert visit.refused == WORDS[Reason.NOT_NOW]
    assert visit.can_answer


def test_what_became_of_another_answer_changes_nothing() -> None:
    visit, _, question = asked()
    visit = visit.picked(question.options[1].id, 7)
    late = Refusal(reason=Reason.TOO_LATE, text=WORDS[Reason.TOO_LATE], seq=6)
    assert visit.after(late, NOW) == visit
    assert visit.after(Accepted(seq=6, number=9, option="x"), NOW) == visit
    accepted = visit.after(Accepted(seq=7, number=1, option=question.options[1].id), NOW)
    again = Refusal(reason=Reason.ANSWERED, text=WORDS[Reason.ANSWERED], seq=7)
    assert accepted.after(again, NOW) == accepted


def test_a_new_question_begins_without_an_answer() -> None:
    visit, room, question = asked()
    visit = visit.picked(question.options[1].id, 7)
    room.reveal()
    room.ask()
    visit = heard(visit, room)
    assert visit.pick is None
    assert visit.question is not None
    assert visit.question.number == 2


def test_time_runs_on_from_what_the_room_has_said() -> None:
    visit, _, _ = asked()
    assert visit.left(NOW) == 20
    assert visit.left(NOW + 5) == 15
    assert visit.left(NOW + 50) == 0
    visit = visit.after(Clock(number=1, limit=35.0, left=30.0, is_paused=False), NOW + 5)
    assert visit.left(NOW + 6) == 29
    visit = visit.after(Clock(number=2, limit=35.0, left=1.0, is_paused=False), NOW + 6)
    assert visit.left(NOW + 6) == 29


def test_without_a_limit_there_is_no_time() -> None:
    room = Lesson(opened(), "Ann")
    room.ask()
    visit = heard(PlayerState(), room)
    assert visit.left(NOW) is None


def test_nothing_is_answered_in_a_pause() -> None:
    visit, _, _ = asked()
    visit = visit.after(Clock(number=1, limit=20.0, left=12.0, is_paused=True), NOW)
    assert not visit.can_answer
    visit = visit.after(Clock(number=1, limit=20.0, left=12.0, is_paused=False), NOW + 99)
    assert visit.can_answer
    assert visit.left(NOW + 100) == 11


def test_who_came_late_does_not_answer() -> None:
    room = lesson()
    room.ask()
    room.join("Late")
    visit = PlayerState().after(snapshots.question(room.room, room.room.players["p3"], room.now), NOW)
    assert not visit.can_answer


def test_another_name_is_the_players_from_then_on() -> None:
    visit, _, _ = asked()
    visit = visit.after(Named(name="Anna"), NOW)
    assert visit.welcome is not None
    assert visit.welcome.name == "Anna"
    assert PlayerState().after(Named(name="Anna"), NOW) == PlayerState()


def test_points_are_those_of_the_latest_reveal() -> None:
    visit, room, _ = asked()
    assert visit.score is None
    room.pick("p1", room.room.question.key)
    room.reveal()
    visit = heard(visit, room)
    assert visit.score == 100
    room.ask()
    assert heard(visit, room).score == 100


def test_who_has_seen_the_end_is_not_sent_away_from_it() -> None:
    visit, room, _ = asked()
    room.reveal()
    room.do(room.room.end(room.now))
    visit = heard(visit, room)
    assert isinstance(visit.view, EndedMessage)
    assert not visit.is_on
    closed = Refusal(reason=Reason.CLOSED, text=WORDS[Reason.CLOSED])
    assert visit.after(closed, NOW).away is None


def test_who_is_sent_away_is_in_the_room_no_more() -> None:
    visit, room, _ = asked()
    assert visit.is_on
    banned = Refusal(reason=Reason.BANNED, text=WORDS[Reason.BANNED])
    assert visit.after(banned, NOW).away == banned
    assert not visit.after(banned, NOW).is_on
    too_fast = Refusal(reason=Reason.TOO_FAST, text=WORDS[Reason.TOO_FAST])
    assert visit.after(too_fast, NOW) == visit
    room.reveal()
    assert isinstance(heard(visit, room).view, RevealOut)


def test_a_clock_that_no_room_has_does_no_harm() -> None:
    visit, _, question = asked()
    wild = visit.after(question.model_copy(update={"limit": 5.0, "left": 1e300}), NOW)
    assert wild.left(NOW) == 5
    assert visit.after(question.model_copy(update={"limit": -1.0, "left": 3.0}), NOW).left(NOW) == 0
