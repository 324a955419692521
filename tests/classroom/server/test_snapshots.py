"""Players' places, the outcome of questions, and that a broadcast equals the messages built one by one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orbitquiz.classroom.protocol import Outcome
from orbitquiz.classroom.server import snapshots
from orbitquiz.quiz.game import Scoring
from tests.classroom.making import KEY, Lesson, opened, quiz_sheet

WRONG = 0


def places(lesson: Lesson) -> dict[str, tuple[int | None, int]]:
    """The place of each player, and with how many others they share it, as the last reveal tells it and the end."""
    room = lesson.room
    told = {}
    for player in room.players.values():
        yours, ended = snapshots.yours(room, player, room.number), snapshots.ended(room, player, ())
        assert (yours.rank, yours.tied) == (ended.rank, ended.tied)
        told[player.name] = yours.rank, yours.tied
    return told


def test_who_shares_a_place_is_told_with_how_many() -> None:
    lesson = Lesson(opened(), *"abcdef")
    lesson.play({"p1": KEY, "p2": KEY, "p3": KEY})
    lesson.play({"p1": KEY, "p4": KEY})
    assert places(lesson) == {"a": (1, 0), "b": (2, 2), "c": (2, 2), "d": (2, 2), "e": (5, 1), "f": (5, 1)}
    lesson.do(lesson.room.kick("p3", 0.0))
    assert places(lesson) == {"a": (1, 0), "b": (2, 1), "c": (None, 0), "d": (2, 1), "e": (4, 1), "f": (4, 1)}


@pytest.mark.parametrize("pick", [KEY, WRONG])
def test_nobody_has_a_place_while_nobody_is_ahead(pick: int) -> None:
    lesson = Lesson(opened(), "Ada", "Ben", "Cy")
    lesson.play({"p1": pick, "p2": pick, "p3": WRONG})
    lesson.do(lesson.room.kick("p3", 0.0))
    assert places(lesson) == {"Ada": (None, 0), "Ben": (None, 0), "Cy": (None, 0)}
    assert [standing.rank for standing in snapshots.scene(lesson.room, 0.0).standings] == [1, 1]
    lesson.play({"p1": KEY})
    assert places(lesson) == {"Ada": (1, 0), "Ben": (2, 0), "Cy": (None, 0)}


def test_who_is_alone_is_first() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.play({})
    assert places(lesson) == {"Ada": (1, 0)}


def test_where_places_are_not_told_none_is() -> None:
    lesson = Lesson(opened(is_ranked=False), "Ada", "Ben", "Cy")
    lesson.play({"p1": KEY})
    assert set(places(lesson).values()) == {(None, 0)}


def test_no_team_has_a_place_while_none_is_ahead() -> None:
    lesson = Lesson(opened(teams=("Mercury", "Venus")), "Ada", "Ben", "Cy", "Di")  # Ada and Cy, Ben and Di
    lesson.play({"p1": KEY, "p2": KEY})
    assert [snapshots.yours(lesson.room, player, 1).team_rank for player in lesson.room.present] == [None] * 4
    assert places(lesson)["Ada"] == (1, 1)
    lesson.play({"p4": KEY})
    assert [snapshots.ended(lesson.room, player, ()).team_rank for player in lesson.room.present] == [2, 1, 2, 1]


def test_who_comes_back_is_told_the_points_so_far() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.play({"p1": KEY})
    assert snapshots.welcome(lesson.room, lesson.room.players["p1"], "token").score == 100
    lesson.do(lesson.room.skip(0.0))
    assert snapshots.welcome(lesson.room, lesson.room.players["p1"], "token").score == 0


def test_what_is_told_to_all_is_what_each_is_told_alone() -> None:
    lesson = Lesson(opened(count=4, timer=20.0, scoring=Scoring.SPEED, teams=("Mercury", "Venus")), "Ada", "Ben", "Cy")
    seen = set()

    def look() -> None:
        room = lesson.room
        seen.add(room.phase)
        broadcast = snapshots.Broadcast(room, lesson.now)
        for player in room.players.values():
            alone: dict[str, Any] = json.loads(snapshots.for_player(room, player, lesson.now).model_dump_json())
            assert json.loads("".join(broadcast.parts_for(player))) == alone

    look()
    for number in (1, 2, 3):
        lesson.ask()
        look()
        lesson.wait(3.0).pick("p1", KEY)
        lesson.wait(2.0).pick("p2", KEY if number == 1 else WRONG)
        lesson.do(lesson.room.pause(lesson.now))
        look()
        if number != 2:
            lesson.reveal()
            look()
        if number != 1:
            lesson.do(lesson.room.skip(lesson.now))
            look()
        lesson.join(f"N{number}")
    lesson.do(lesson.room.end(lesson.now))
    look()
    assert len(seen) == 6


def test_what_came_of_the_questions_counts_who_played_them() -> None:
    """Ben gives no answer, Cy is sent out after a wrong one, Di is banned, and Ed comes late."""
    lesson = Lesson(opened(3), "Ann", "Ben", "Cy", "Di")
    lesson.ask()
    lesson.pick("p1", KEY)
    lesson.pick("p3", WRONG)
    lesson.pick("p4", KEY)
    lesson.do(lesson.room.kick("p3", 0.0))
    lesson.do(lesson.room.ban("p4", 0.0))
    lesson.join("Ed")
    lesson.reveal()
    scene = snapshots.scene(lesson.room, 0.0)
    assert scene.outcome == Outcome(right=1, of=3, silent=1)
    assert (scene.counted, scene.together) == (1, scene.outcome)
    lesson.ask()
    assert snapshots.scene(lesson.room, 0.0).outcome is None
    lesson.reveal()
    scene = snapshots.scene(lesson.room, 0.0)
    assert scene.outcome == Outcome(right=0, of=3, silent=3)
    assert (scene.counted, scene.together) == (2, Outcome(right=1, of=6, silent=4))
    lesson.do(lesson.room.skip(0.0))
    scene = snapshots.scene(lesson.room, 0.0)
    assert (scene.outcome, scene.counted, scene.together) == (None, 1, Outcome(right=1, of=3, silent=1))


def test_who_joins_late_is_told_their_own_question_though_another_sees_the_same_order() -> None:
    lesson = Lesson(opened(is_anonymous=True, quiz=quiz_sheet(2, is_ordered=True)), "Ada")
    lesson.ask()
    lesson.join("Ben")
    broadcast = snapshots.Broadcast(lesson.room, lesson.now)
    plays = [json.loads("".join(broadcast.parts_for(player)))["plays"] for player in lesson.room.players.values()]
    assert plays == [True, False]
