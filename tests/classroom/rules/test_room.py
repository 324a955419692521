"""The rules of a room, one after another: who may do what when, and what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import Event, Paused
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.classroom.rules.room import LONGEST_EXTENSION, MOST_PLAYERS, Presence, Room, RoomPhase
from orbitquiz.quiz.game import Scoring
from tests.classroom.making import KEY, Lesson, name, opened, quiz_sheet, refused

WRONG = 0


# Who is in the room.


def test_who_comes_in_has_a_seat_and_is_found_by_the_token() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    assert [player.name for player in lesson.room.present] == ["Ada", "Ben"]
    ben = lesson.room.player_with("token 2")
    assert ben is not None
    assert (ben.id, ben.name) == ("p2", "Ben")
    assert lesson.room.player_with("token 3") is None


def test_a_name_is_needed_and_none_that_looks_like_it_is_given_twice() -> None:
    lesson = Lesson(opened(), "Ada")
    with refused(Reason.NAME_MISSING):
        lesson.join(None)
    with refused(Reason.NAME_TAKEN):
        lesson.join("ADA")
    assert lesson.join("Adam").name == "Adam"


def test_a_locked_room_lets_nobody_new_in_until_it_is_unlocked() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.do(lesson.room.lock(locked=True, at=0.0))
    with refused(Reason.LOCKED):
        lesson.join("Ben")
    assert lesson.room.come_back("p1", None, 0.0) is None  # Ada is not new
    lesson.do(lesson.room.lock(locked=False, at=0.0))
    assert lesson.join("Ben").id == "p2"


def test_a_full_room_has_a_seat_again_once_somebody_is_sent_out() -> None:
    lesson = Lesson(opened(), *(f"N{n}" for n in range(MOST_PLAYERS)))
    with refused(Reason.FULL):
        lesson.join("Ada")
    lesson.do(lesson.room.kick("p7", 0.0))
    assert lesson.join("Ada").id == f"p{MOST_PLAYERS + 1}"
    with refused(Reason.FULL):
        lesson.room.come_back("p7", name("N7"), 0.0)


def test_when_the_game_is_over_nobody_new_comes_in() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.do(lesson.room.kick("p2", 0.0))
    lesson.do(lesson.room.end(0.0))
    with refused(Reason.OVER):
        lesson.join("Cy")
    with refused(Reason.OVER):
        lesson.room.come_back("p2", name("Ben"), 0.0)
    assert lesson.room.come_back("p1", None, 0.0) is None  # Ada may look at her answers


def test_who_was_kicked_is_out_and_may_come_back_to_the_same_seat() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.play({"p1": KEY})
    lesson.do(lesson.room.kick("p1", 0.0))
    assert [player.name for player in lesson.room.present] == ["Ben"]
    lesson.ask()
    with refused(Reason.NOT_IN):
        lesson.pick("p1", KEY)
    with refused(Reason.NAME_MISSING):
        lesson.room.come_back("p1", None, 0.0)
    lesson.do(lesson.room.come_back("p1", name("Ada S."), 0.0))
    back = lesson.room.players["p1"]
    assert (back.name, back.points, back.place) == ("Ada S.", 100, Presence.IN)
    lesson.pick("p1", KEY)
    assert lesson.room.player_with("token 1") == back


def test_who_was_kicked_finds_the_room_locked_and_the_name_perhaps_taken() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.do(lesson.room.kick("p1", 0.0))
    lesson.join("ada")
    with refused(Reason.NAME_TAKEN):
        lesson.room.come_back("p1", name("Ada"), 0.0)
    lesson.do(lesson.room.lock(locked=True, at=0.0))
    with refused(Reason.LOCKED):
        lesson.room.come_back("p1", name("Another"), 0.0)


def test_who_was_banned_does_not_come_back_nor_does_the_name() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.do(lesson.room.ban("p1", 0.0))
    with refused(Reason.BANNED):
        lesson.room.come_back("p1", name("Another"), 0.0)
    with refused(Reason.NAME_TAKEN):  # who asks may be a namesake who has done nothing
        lesson.join("ADA")
    with refused(Reason.NAME_TAKEN):  # the host is not told that the host cannot come back
        lesson.room.rename("p2", name("Ada"), 0.0)


def test_one_who_was_kicked_can_be_banned_and_one_who_is_banned_can_no_more_be_sent_out() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.do(lesson.room.kick("p1", 0.0))
    with refused(Reason.NO_PLAYER):
        lesson.room.kick("p1", 0.0)
    lesson.do(lesson.room.ban("p1", 0.0))
    for send_out in (lesson.room.kick, lesson.room.ban):
        with refused(Reason.NO_PLAYER):
            send_out("p1", 0.0)
        with refused(Reason.NO_PLAYER):
            send_out("p2", 0.0)


def test_the_host_renames_a_player_but_not_to_the_name_of_another() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.do(lesson.room.rename("p1", name("ADA"), 0.0))
    assert lesson.room.players["p1"].name == "ADA"
    with refused(Reason.NAME_TAKEN):
        lesson.room.rename("p1", name("ben"), 0.0)
    with refused(Reason.NO_PLAYER):
        lesson.room.rename("p3", name("Cy"), 0.0)
    lesson.do(lesson.room.rename("p1", name("Cy"), 0.0))
    with refused(Reason.NAME_TAKEN):
        lesson.join("cy")
    assert lesson.join("Ada").id == "p3"  # which nobody has any more


def test_in_an_anonymous_room_names_are_given() -> None:
    lesson = Lesson(opened(is_anonymous=True))
    lesson.join("Ada")
    lesson.join(None)
    assert [player.name for player in lesson.room.present] == ["Player 1", "Player 2"]
    with refused(Reason.NOT_NOW):
        lesson.room.rename("p1", name("Ada"), 0.0)
    lesson.do(lesson.room.kick("p1", 0.0))
    lesson.do(lesson.room.come_back("p1", name("Ada"), 0.0))
    assert lesson.room.players["p1"].name == "Player 1"


def test_who_comes_in_joins_the_smallest_team() -> None:
    lesson = Lesson(opened(teams=("Mercury", "Venus", "Earth")), *"abcde")
    assert [player.team for player in lesson.room.present] == [0, 1, 2, 0, 1]
    lesson.do(lesson.room.kick("p2", 0.0))
    lesson.do(lesson.room.ban("p5", 0.0))
    assert lesson.join("f").team == 1


def test_without_teams_nobody_has_one() -> None:
    lesson = Lesson(opened(), "Ada")
    assert lesson.room.players["p1"].team is None
    assert lesson.room.team_ranking == ()


# A question, from its showing to its reveal.


def test_a_room_asks_reveals_and_goes_on_until_the_quiz_is_over() -> None:
    lesson = Lesson(opened(count=2), "Ada")
    seen = [(lesson.room.phase, lesson.room.number)]
    for move in (lesson.ask, lesson.reveal, lesson.ask, lesson.reveal, lesson.ask):
        move()
        seen.append((lesson.room.phase, lesson.room.number))
    assert seen == [("lobby", 0), ("asking", 1), ("revealed", 1), ("asking", 2), ("revealed", 2), ("over", 2)]


def test_who_comes_late_plays_from_the_next_question() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    assert lesson.join("Ben").first == 2
    with refused(Reason.NEXT_ONE):
        lesson.pick("p2", KEY)
    lesson.reveal()
    assert lesson.join("Cy").first == 2
    assert [player.name for player in lesson.room.playing] == ["Ada"]
    lesson.ask()
    lesson.pick("p2", KEY)
    assert len(lesson.room.playing) == 3


def test_points_are_there_once_the_key_is() -> None:
    lesson = Lesson(opened(), "Ada", "Ben", "Cy")
    lesson.ask()
    lesson.pick("p1", KEY)
    lesson.pick("p2", WRONG)
    assert lesson.points == {"Ada": 0, "Ben": 0, "Cy": 0}
    lesson.reveal()
    assert lesson.points == {"Ada": 100, "Ben": 0, "Cy": 0}
    assert [player.right for player in lesson.room.present] == [1, 0, 0]
    assert lesson.room.votes() == (1, 0, 1, 0)


def test_an_answer_counts_once_and_the_same_message_is_accepted_again() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    assert lesson.pick("p1", KEY, seq=5) is not None
    assert lesson.pick("p1", KEY, seq=5) is None
    for option, seq in ((WRONG, 5), (KEY, 6), (WRONG, 6)):
        with refused(Reason.ANSWERED):
            lesson.pick("p1", option, seq)
    lesson.reveal()
    right = lesson.room.option_id(KEY)
    lesson.ask()
    assert lesson.room.answer("p1", 1, right, 5, 0.0) is None  # it had only not heard that it was accepted
    with refused(Reason.ANSWERED):
        lesson.room.answer("p1", 1, right, 6, 0.0)
    assert lesson.points == {"Ada": 100}


def test_the_same_number_may_come_with_another_question() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.play({"p1": KEY})
    lesson.play({"p1": KEY})  # with the same seq
    assert lesson.points == {"Ada": 200}


def test_an_answer_comes_while_its_question_is_open_or_not_at_all() -> None:
    lesson = Lesson(opened(), "Ada")
    id = lesson.room.option_id(KEY, 1)
    for number in (0, 1, 2):
        with refused(Reason.NOT_NOW):
            lesson.room.answer("p1", number, id, 1, 0.0)
    lesson.ask()
    lesson.reveal()
    with refused(Reason.TOO_LATE):
        lesson.room.answer("p1", 1, id, 1, 0.0)
    lesson.ask()
    for number, reason in ((1, Reason.TOO_LATE), (3, Reason.NOT_NOW)):
        with refused(reason):
            lesson.room.answer("p1", number, id, 1, 0.0)


def test_an_answer_names_an_option_of_its_own_question() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    strange = [lesson.room.option_id(KEY, 2), lesson.room.option_id(4), "", "2", "Cy Reed"]
    strange.append(Lesson(opened(salt="another")).room.option_id(KEY, 1))
    for option in strange:
        with refused(Reason.NO_OPTION):
            lesson.room.answer("p1", 1, option, 1, 0.0)


def test_nobody_answers_who_has_no_seat() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    with refused(Reason.NOT_IN):
        lesson.pick("p2", KEY)


def test_an_answer_after_the_time_is_refused_and_one_in_the_last_moment_is_not() -> None:
    lesson = Lesson(opened(timer=20.0), "Ada", "Ben")
    lesson.ask()
    lesson.wait(20.0).pick("p1", KEY)
    with refused(Reason.TOO_LATE):
        lesson.wait(0.001).pick("p2", KEY)


def test_nobody_is_left_to_answer_once_all_have_who_play() -> None:
    lesson = Lesson(opened())
    lesson.ask()
    assert not lesson.room.is_answered_by_all()  # an empty room waits for players
    lesson.reveal()
    for who in ("Ada", "Ben"):
        lesson.join(who)
    lesson.ask()
    lesson.join("Cy")  # plays from the next one
    lesson.pick("p1", WRONG)
    assert not lesson.room.is_answered_by_all()
    lesson.do(lesson.room.kick("p2", 0.0))
    assert lesson.room.is_answered_by_all()


# The clock.


def test_a_pause_takes_no_time_and_more_time_puts_the_end_off() -> None:
    lesson = Lesson(opened(timer=20.0), "Ada")
    lesson.ask()
    assert lesson.room.left(8.0) == 12.0
    lesson.wait(8.0).do(lesson.room.pause(lesson.now))
    assert lesson.room.left(500.0) == 12.0
    lesson.wait(1000.0).do(lesson.room.go_on(lesson.now))
    assert lesson.room.left(lesson.now + 2.0) == 10.0
    lesson.do(lesson.room.extend(15.0, lesson.now))
    assert (lesson.room.elapsed(lesson.now + 2.0), lesson.room.left(lesson.now + 2.0)) == (10.0, 25.0)
    lesson.wait(27.0).pick("p1", KEY)
    assert lesson.room.round.answers["p1"].seconds == 35.0


def test_an_answer_that_was_on_its_way_when_the_clock_stopped_counts_as_if_it_had_come_then() -> None:
    lesson = Lesson(opened(timer=20.0, scoring=Scoring.SPEED), "Ada", "Ben", "Cy")
    lesson.ask()
    lesson.wait(4.0).do(lesson.room.pause(lesson.now))
    lesson.wait(600.0).pick("p1", KEY)
    assert lesson.room.round.answers["p1"].seconds == 4.0
    assert lesson.room.phase is RoomPhase.PAUSED
    lesson.do(lesson.room.go_on(lesson.now))
    lesson.wait(6.0).pick("p2", KEY)
    lesson.do(lesson.room.pause(lesson.now))
    lesson.do(lesson.room.extend(10.0, lesson.now))
    lesson.pick("p3", KEY)
    assert lesson.room.is_answered_by_all()
    lesson.reveal()
    assert lesson.points == {"Ada": 90, "Ben": 75, "Cy": 75}


def test_the_next_question_has_its_own_time_again() -> None:
    lesson = Lesson(opened(timer=20.0))
    lesson.ask()
    lesson.do(lesson.room.extend(LONGEST_EXTENSION, 0.0))
    lesson.wait(50.0).reveal()
    assert lesson.room.left(1000.0) == 20.0 + LONGEST_EXTENSION - 50.0  # the clock stands still
    lesson.wait(50.0).ask()
    assert lesson.room.left(105.0) == 15.0


def test_a_clock_that_goes_back_gives_nobody_time() -> None:
    lesson = Lesson(opened(timer=20.0), "Ada")
    lesson.wait(10.0).ask()
    lesson.wait(-5.0).pick("p1", KEY)
    assert lesson.room.round.answers["p1"].seconds == 0.0
    assert lesson.room.left(5.0) == 20.0


@pytest.mark.parametrize("seconds", [0.0, -1.0, LONGEST_EXTENSION + 1, float("nan"), float("inf")])
def test_more_time_is_some_time_and_not_all(seconds: float) -> None:
    lesson = Lesson(opened(timer=20.0))
    lesson.ask()
    with refused(Reason.NOT_NOW):
        lesson.room.extend(seconds, 0.0)


def test_a_question_without_a_limit_has_time_for_ever() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    assert lesson.room.left(1e9) is None
    with refused(Reason.NOT_NOW):
        lesson.room.extend(10.0, 0.0)
    lesson.wait(1e6).pick("p1", KEY)
    assert lesson.room.round.answers["p1"].points == 100


@pytest.mark.parametrize("phase", RoomPhase)
def test_the_host_does_nothing_for_which_it_is_not_the_time(phase: RoomPhase) -> None:
    lesson = Lesson(opened(pace="own") if phase is RoomPhase.OPEN else opened(timer=20.0))
    begin: dict[RoomPhase, Callable[[], Any]] = {
        RoomPhase.LOBBY: lambda: None,
        RoomPhase.OPEN: lambda: None,
        RoomPhase.ASKING: lambda: None,
        RoomPhase.PAUSED: lambda: lesson.do(lesson.room.pause(0.0)),
        RoomPhase.REVEALED: lesson.reveal,
        RoomPhase.SKIPPED: lambda: lesson.do(lesson.room.skip(0.0)),
        RoomPhase.OVER: lambda: lesson.do(lesson.room.end(0.0)),
    }
    if phase not in (RoomPhase.LOBBY, RoomPhase.OPEN):
        lesson.ask()
    begin[phase]()
    room = lesson.room
    assert room.phase is phase
    between, open_ = {RoomPhase.LOBBY, RoomPhase.REVEALED, RoomPhase.SKIPPED}, {RoomPhase.ASKING, RoomPhase.PAUSED}
    moves: list[tuple[Callable[[], Event], set[RoomPhase]]] = [
        (lambda: room.next(0.0), between),
        (lambda: room.reveal(0.0), open_),
        (lambda: room.skip(0.0), open_ | {RoomPhase.REVEALED}),
        (lambda: room.extend(5.0, 0.0), open_),
        (lambda: room.pause(0.0), {RoomPhase.ASKING}),
        (lambda: room.go_on(0.0), {RoomPhase.PAUSED}),
        (lambda: room.end(0.0), between | open_ | {RoomPhase.OPEN}),
        (lambda: room.lock(locked=True, at=0.0), between | open_ | {RoomPhase.OPEN}),
    ]
    for move, phases in moves:
        if phase in phases:
            room.after(move())
        else:
            with refused(Reason.OVER if phase is RoomPhase.OVER else Reason.NOT_NOW):
                move()


# Points, places and teams.


@pytest.mark.parametrize(("seconds", "points"), [(0.0, 100), (5.0, 88), (10.0, 75), (20.0, 50)])
def test_with_speed_scoring_an_early_answer_pays_more(seconds: float, points: int) -> None:
    lesson = Lesson(opened(timer=20.0, scoring=Scoring.SPEED), "Ada", "Ben")
    lesson.ask()
    lesson.wait(seconds).pick("p1", KEY)
    lesson.pick("p2", WRONG)
    lesson.reveal()
    assert lesson.points == {"Ada": points, "Ben": 0}


def test_a_pause_costs_no_points() -> None:
    lesson = Lesson(opened(timer=20.0, scoring=Scoring.SPEED), "Ada")
    lesson.ask()
    lesson.wait(4.0).do(lesson.room.pause(lesson.now))
    lesson.wait(600.0).do(lesson.room.go_on(lesson.now))
    lesson.wait(6.0).pick("p1", KEY)
    lesson.reveal()
    assert lesson.points == {"Ada": 75}


def test_more_time_makes_no_late_answer_worth_more_than_an_early_one() -> None:
    lesson = Lesson(opened(timer=20.0, scoring=Scoring.SPEED), "Ada", "Ben", "Cy")
    lesson.ask()
    lesson.wait(16.0).pick("p1", KEY)
    lesson.do(lesson.room.extend(60.0, lesson.now))
    lesson.wait(2.0).pick("p2", KEY)
    lesson.wait(30.0).pick("p3", KEY)
    lesson.reveal()
    assert lesson.points == {"Ada": 60, "Ben": 55, "Cy": 50}


def test_an_answer_counts_though_its_player_was_sent_out_before_the_reveal() -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.ask()
    lesson.pick("p1", KEY)
    lesson.do(lesson.room.kick("p1", 0.0))
    lesson.reveal()
    lesson.do(lesson.room.come_back("p1", name("Ada"), 0.0))
    assert lesson.points == {"Ada": 100, "Ben": 0}


@pytest.mark.parametrize("way", ["skip", "end"])
def test_an_open_question_that_is_taken_back_counts_for_nobody(way: str) -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.play({"p1": KEY})
    lesson.ask()
    lesson.pick("p1", KEY)
    lesson.pick("p2", KEY)
    lesson.do(lesson.room.skip(0.0) if way == "skip" else lesson.room.end(0.0))
    assert lesson.points == {"Ada": 100, "Ben": 0}
    assert [(each.is_revealed, each.is_skipped) for each in lesson.room.rounds] == [(True, False), (False, True)]
    assert lesson.room.phase is (RoomPhase.SKIPPED if way == "skip" else RoomPhase.OVER)


def test_a_question_that_is_taken_back_after_its_reveal_counts_for_nobody_either() -> None:
    lesson = Lesson(opened(timer=20.0, scoring=Scoring.SPEED), "Ada", "Ben", "Cy", "Di")
    lesson.play({"p1": KEY, "p2": WRONG})
    before = lesson.room
    lesson.ask()
    for player, option in (("p1", KEY), ("p2", KEY), ("p3", KEY), ("p4", WRONG)):
        lesson.wait(2.0).pick(player, option)
    lesson.do(lesson.room.kick("p3", lesson.now))
    lesson.reveal()
    assert lesson.points == {"Ada": 195, "Ben": 90, "Cy": 85, "Di": 0}
    lesson.join("Ed")
    lesson.do(lesson.room.skip(lesson.now))
    after = lesson.room
    assert {id: (after.players[id].points, after.players[id].right) for id in before.players} == {
        id: (player.points, player.right) for id, player in before.players.items()
    }
    assert (after.round.is_revealed, after.round.is_skipped, after.phase) == (False, True, RoomPhase.SKIPPED)
    assert after.votes() == (1, 0, 3, 0)  # they are kept, and shown to nobody
    with refused(Reason.NOT_NOW):
        after.skip(lesson.now)
    lesson.play({"p4": KEY})
    assert lesson.points == {"Ada": 100, "Ben": 0, "Cy": 0, "Di": 100, "Ed": 0}
    assert {rank.name: (rank.before, rank.rank) for rank in lesson.room.ranking} == {
        "Ada": (1, 1),
        "Di": (2, 1),
        "Ben": (2, 3),
        "Ed": (2, 3),
    }


def test_ending_after_a_reveal_takes_nothing_back() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.play({"p1": KEY})
    lesson.do(lesson.room.end(0.0))
    assert lesson.points == {"Ada": 100}
    assert not lesson.room.round.is_skipped


def test_equal_points_share_a_place_and_the_next_place_is_left_out() -> None:
    lesson = Lesson(opened(), *"abcd")
    lesson.play({"p1": WRONG, "p2": KEY, "p3": KEY, "p4": WRONG})
    lesson.play({"p1": KEY, "p2": WRONG, "p3": KEY, "p4": WRONG})
    assert [(rank.name, rank.points, rank.rank) for rank in lesson.room.ranking] == [
        ("c", 200, 1),
        ("a", 100, 2),
        ("b", 100, 2),
        ("d", 0, 4),
    ]


def test_a_place_is_told_with_the_one_that_it_was_a_question_earlier() -> None:
    lesson = Lesson(opened(count=5), "Ada", "Ben")
    lesson.ask()
    lesson.do(lesson.room.skip(0.0))
    lesson.play({"p1": KEY})
    assert {rank.name: rank.before for rank in lesson.room.ranking} == {"Ada": None, "Ben": None}
    lesson.play({"p2": KEY})
    assert {rank.name: (rank.before, rank.rank) for rank in lesson.room.ranking} == {"Ada": (1, 1), "Ben": (2, 1)}
    lesson.ask()
    lesson.do(lesson.room.skip(0.0))  # a question that was taken back moves nobody
    lesson.play({"p2": KEY})
    assert {rank.name: (rank.before, rank.rank) for rank in lesson.room.ranking} == {"Ada": (1, 2), "Ben": (1, 1)}


def test_only_who_is_in_the_room_has_a_place() -> None:
    lesson = Lesson(opened(), "Ada", "Ben", "Cy")
    lesson.play({"p1": KEY, "p2": KEY})
    lesson.do(lesson.room.kick("p1", 0.0))
    lesson.do(lesson.room.ban("p2", 0.0))
    assert lesson.room.ranks == {"p3": 1}


def test_a_team_has_the_mean_of_those_in_it() -> None:
    lesson = Lesson(opened(teams=("Mercury", "Venus", "Earth")), *"abcde")
    lesson.play({"p1": KEY, "p2": KEY, "p5": KEY})  # Mercury a and d, Venus b and e, Earth c
    ranked = [(rank.name, rank.points, rank.rank) for rank in lesson.room.team_ranking]
    assert ranked == [("Venus", 100.0, 1), ("Mercury", 50.0, 2), ("Earth", 0.0, 3)]
    lesson.do(lesson.room.kick("p4", 0.0))
    lesson.do(lesson.room.kick("p3", 0.0))
    ranked = [(rank.name, rank.points, rank.rank) for rank in lesson.room.team_ranking]
    assert ranked == [("Mercury", 100.0, 1), ("Venus", 100.0, 1)]


# What players are told of options.


def test_the_ids_of_options_are_other_ones_in_each_room_and_for_each_question() -> None:
    rooms = [Room.of([opened(salt=f"salt {n}")]) for n in range(100)]
    ids = [room.option_id(option, number) for room in rooms for number in (1, 2, 3) for option in range(4)]
    assert len(set(ids)) == len(ids)


def test_the_ids_of_options_say_nothing_of_their_order() -> None:
    rooms = [Room.of([opened(salt=f"salt {n}")]) for n in range(2400)]
    orders = Counter(tuple(sorted(range(4), key=lambda index: room.option_id(index, 1))) for room in rooms)
    assert set(orders) == set(permutations(range(4)))
    assert all(60 < times < 150 for times in orders.values()), orders


def test_each_player_sees_the_options_in_an_order_of_their_own_and_always_the_same() -> None:
    room = Room.of([opened()])
    orders = Counter(room.order(f"p{n}", 1) for n in range(2400))
    assert set(orders) == set(permutations(range(4)))
    assert all(60 < times < 150 for times in orders.values()), orders
    assert room.order("p1", 1) == Room.of([opened()]).order("p1", 1)
    assert len({room.order(f"p{n}", number) for n in range(9) for number in (1, 2, 3)}) > 9


def test_options_that_have_an_order_keep_it() -> None:
    room = Room.of([opened(quiz=quiz_sheet(is_ordered=True))])
    assert {room.order(f"p{n}", 1) for n in range(100)} == {(0, 1, 2, 3)}


# A room from its events.


def test_a_room_begins_with_its_opening_and_is_opened_once() -> None:
    with pytest.raises(ValueError, match="the first event of a room opens it"):
        Room.of([Paused(at=0.0)])
    with pytest.raises(ValueError, match="a room is opened once"):
        Room.of([opened(), opened()])


def test_a_move_changes_nothing_by_itself() -> None:
    lesson = Lesson(opened(), "Ada")
    lesson.ask()
    before = Room.of(lesson.events)
    lesson.room.answer("p1", 1, lesson.room.option_id(KEY), 1, 0.0)
    lesson.room.reveal(0.0)
    lesson.room.after(lesson.room.reveal(0.0))
    assert lesson.room == before
