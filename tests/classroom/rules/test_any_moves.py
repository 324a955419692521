"""Any moves in any order, nonsense among them, against a count of what the list of events says.

The room goes forward from event to event. The count below looks back over the whole list each time, so that the two
agree only where both are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from orbitquiz.classroom.rules import room as rules
from orbitquiz.classroom.rules.events import (
    EVENT,
    Answered,
    Asked,
    Banned,
    Ended,
    Event,
    Extended,
    Joined,
    Kicked,
    Locked,
    Opened,
    Paused,
    Renamed,
    Revealed,
    Skipped,
    WentOn,
)
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.rules.room import Presence, Room, RoomPhase
from orbitquiz.quiz.game import Scoring
from tests.classroom.making import KEY, name, opened

SEATS = 4
TIMER = 20.0

#: To which phase what happens leads, by the phase in which it happens. Nothing else changes the phase.
WAYS = {
    ("lobby", Asked): "asking",
    ("revealed", Asked): "asking",
    ("skipped", Asked): "asking",
    ("asking", Paused): "paused",
    ("paused", WentOn): "asking",
    ("asking", Revealed): "revealed",
    ("paused", Revealed): "revealed",
    ("asking", Skipped): "skipped",
    ("paused", Skipped): "skipped",
    ("revealed", Skipped): "skipped",
    ("lobby", Ended): "over",
    ("asking", Ended): "over",
    ("paused", Ended): "over",
    ("revealed", Ended): "over",
    ("skipped", Ended): "over",
}

Happened = Sequence[Event]


# What a list of events says.


def phase_in(happened: Happened) -> str:
    """Where the room stands."""
    ends = {
        Opened: "lobby",
        Asked: "asking",
        Paused: "paused",
        WentOn: "asking",
        Revealed: "revealed",
        Skipped: "skipped",
        Ended: "over",
    }
    return next(ends[type(event)] for event in reversed(happened) if type(event) in ends)


def is_locked_in(happened: Happened) -> bool:
    locks = [event.is_locked for event in happened if isinstance(event, Locked)]
    return bool(locks and locks[-1])


def seats_in(happened: Happened) -> dict[str, Joined]:
    """Everybody who ever had a seat, by id."""
    return {event.player: event for event in happened if isinstance(event, Joined)}


def place_in(happened: Happened, player: str) -> str:
    places = {Joined: "in", Renamed: "in", Kicked: "kicked", Banned: "banned"}
    about = [event for event in happened if isinstance(event, Joined | Renamed | Kicked | Banned)]
    return next((places[type(event)] for event in reversed(about) if event.player == player), "nowhere")


def name_in(happened: Happened, player: str) -> tuple[str, str]:
    """The name of a player, and what it looks like."""
    named = [event for event in happened if isinstance(event, Joined | Renamed) and event.player == player]
    return named[-1].name, named[-1].skeleton


def present_in(happened: Happened) -> list[str]:
    return [player for player in seats_in(happened) if place_in(happened, player) == "in"]


def questions_in(happened: Happened) -> list[list[Event]]:
    """Return the events of each question, from its showing to that of the next."""
    starts = [at for at, event in enumerate(happened) if isinstance(event, Asked)]
    return [list(happened[start:end]) for start, end in pairwise([*starts, len(happened)])]


def is_revealed(question: Happened) -> bool:
    """True if the key was shown and the question was not voided afterwards."""
    return any(isinstance(event, Revealed) for event in question) and not any(
        isinstance(event, Skipped) for event in question
    )


def seen_in(happened: Happened, now: float) -> float:
    """For how many seconds the present question has been seen: those between starting and stopping the clock."""
    marks = [event for event in questions_in(happened)[-1] if isinstance(event, Asked | Paused | WentOn | Revealed)]
    starts = [event.at for event in marks if isinstance(event, Asked | WentOn)]
    stops = [event.at for event in marks if isinstance(event, Paused)]
    if len(stops) < len(starts):
        stops.append(next((event.at for event in marks if isinstance(event, Revealed)), now))
    return sum(stop - start for start, stop in zip(starts, stops, strict=True))


def limit_in(happened: Happened) -> float | None:
    timer = opening_of(happened).timer
    more = sum(event.seconds for event in questions_in(happened)[-1] if isinstance(event, Extended))
    return None if timer is None else timer + more


def points_in(happened: Happened, player: str) -> tuple[int, int]:
    """The points of a player, and how many answers were right: those to questions that were revealed."""
    opening = opening_of(happened)
    points = right = 0
    for question in filter(is_revealed, questions_in(happened)):
        for event in question:
            if isinstance(event, Answered) and event.player == player and event.option == KEY:
                right += 1
                is_flat = opening.scoring is Scoring.ACCURACY or opening.timer is None
                points += 100 if is_flat else round((1 - min(event.seconds / TIMER, 1.0) / 2) * 100)
    return points, right


def places_in(happened: Happened) -> dict[str, int]:
    """The place of everybody present: one behind all who have more points."""
    points = {player: points_in(happened, player)[0] for player in present_in(happened)}
    return {player: 1 + sum(more > mine for more in points.values()) for player, mine in points.items()}


def places_before(happened: Happened) -> dict[str, int]:
    """The places at the moment of the last reveal, if there was something to have places by."""
    reveals = [at for at, event in enumerate(happened) if isinstance(event, Revealed)]
    before = happened[: reveals[-1]] if reveals else ()
    return places_in(before) if any(map(is_revealed, questions_in(before))) else {}


def opening_of(happened: Happened) -> Opened:
    first = happened[0]
    assert isinstance(first, Opened)
    return first


# The moves.

names = st.sampled_from(["Ada", "ADA", "ada", "Ben", "BEN", "Cy", "Di", "Ed"])
#: Somebody in the list of all who ever had a seat, which goes round; the last of these is nobody.
somebody = st.integers(0, 8)
NOBODY = 8
#: Seconds, up to and past what the timer gives, and exact in binary, so that sums are equal.
waits = st.sampled_from([0.0, 0.0, 0.25, 2.5, 7.75, 16.0, TIMER, TIMER + 0.25])


class RoomRules(RuleBasedStateMachine):
    """A room in which anybody tries anything."""

    @initialize(
        count=st.integers(2, 8),
        timer=st.sampled_from([None, TIMER]),
        scoring=st.sampled_from(Scoring),
        teams=st.sampled_from([(), ("Mercury", "Venus"), ("Mercury", "Venus", "Earth")]),
        is_anonymous=st.sampled_from([False, False, True]),
        players=st.sampled_from([0, 2, 3, 3]),
        steps=st.integers(0, 3),
    )
    def open(
        self,
        count: int,
        timer: float | None,
        scoring: Scoring,
        teams: tuple[str, ...],
        is_anonymous: bool,
        players: int,
        steps: int,
    ) -> None:
        self.now = 0.0
        self.happened: list[Event] = [
            opened(count, timer=timer, scoring=scoring, teams=teams, is_anonymous=is_anonymous)
        ]
        self.room = Room.of(self.happened)
        for who in ("Fay", "Gil", "Hal")[:players]:
            self.join(who)
        for _ in range(steps):  # else many a room would never leave the lobby
            self.play_on(picks=(KEY, 0, KEY, None), stays=False, wait=1.0)

    def id_of(self, somebody: int) -> str:
        """The id of somebody."""
        seats = list(seats_in(self.happened))
        return f"p{len(seats) + 1}" if somebody == NOBODY or not seats else seats[somebody % len(seats)]

    def try_(self, move: Callable[[], Event | None], against: set[Reason]) -> Event | None:
        """Make a move. It is refused for one of the reasons `against` it, or made where there is none."""
        event, reason = None, None
        try:
            event = move()
        except Refused as refusal:
            reason = refusal.reason
        if reason is not None:
            assert reason in against
            assert self.room == Room.of(self.happened), "what was refused has changed something"
            return None
        assert not against, f"not refused for any of {against}"
        if event is not None:
            before = self.room
            self.happened.append(event)
            self.room = before.after(event)
            self.look_that_others_have_what_they_had(before, event)
            phase = WAYS.get((before.phase.value, type(event)), before.phase.value)
            assert self.room.phase.value == phase, f"{before.phase} became {self.room.phase} by {event}"
        return event

    def look_that_others_have_what_they_had(self, before: Room, event: Event) -> None:
        whose = getattr(event, "player", None)
        if not isinstance(event, Revealed | Skipped):
            now = {id: player for id, player in self.room.players.items() if id != whose}
            assert now == {id: player for id, player in before.players.items() if id != whose}
        old = {(each.number, id): given for each in before.rounds for id, given in each.answers.items()}
        new = {(each.number, id): given for each in self.room.rounds for id, given in each.answers.items()}
        mine = {(event.number, event.player)} if isinstance(event, Answered) else set()
        assert old.keys() | mine == new.keys()
        assert all(new[key] == given for key, given in old.items())

    def against_a_seat(self, player: str | None, who: str | None) -> set[Reason]:
        """Return the reason to refuse a seat under the name `who`, to a new player or to one with a seat."""
        against = set()
        if phase_in(self.happened) == "over":
            against.add(Reason.OVER)
        if is_locked_in(self.happened):
            against.add(Reason.LOCKED)
        if len(present_in(self.happened)) >= SEATS:
            against.add(Reason.FULL)
        if not opening_of(self.happened).is_anonymous:
            if who is None:
                against.add(Reason.NAME_MISSING)
            if self.places_of_name(player, who):
                against.add(Reason.NAME_TAKEN)
        return against

    def places_of_name(self, player: str | None, who: str | None) -> set[str]:
        """Where others are who keep a name that looks like this one."""
        others = [other for other in seats_in(self.happened) if other != player]
        alike = [other for other in others if who and name_in(self.happened, other)[1] == who.casefold()]
        return {place_in(self.happened, other) for other in alike} - {"kicked"}

    @rule(who=names | st.none())
    def join(self, who: str | None) -> None:
        number = len(seats_in(self.happened)) + 1
        chosen = None if who is None else name(who)
        against = self.against_a_seat(None, who)
        joined = self.try_(lambda: self.room.join(chosen, f"token {number}", self.now), against)
        if isinstance(joined, Joined):
            before = self.happened[:-1]
            assert joined.player not in seats_in(before)
            assert joined.first == len(questions_in(before)) + 1
            teams = opening_of(before).teams
            sizes = Counter(seats_in(before)[player].team for player in present_in(before))
            assert (joined.team is None) == (not teams)
            assert not teams or sizes[joined.team] == min(sizes[index] for index in range(len(teams)))
            seat = self.room.player_with(f"token {number}")
            assert seat is not None
            assert seat.id == joined.player

    @rule(one=somebody, who=names | st.none())
    def come_back(self, one: int, who: str | None) -> None:
        player = self.id_of(one)
        place = place_in(self.happened, player)
        if place == "nowhere":
            return  # who has no seat has no token either
        against = self.against_a_seat(player, who) if place == "kicked" else set()
        if place == "banned":
            against.add(Reason.BANNED)
        chosen = None if who is None else name(who)
        event = self.try_(lambda: self.room.come_back(player, chosen, self.now), against)
        assert event is None or place == "kicked"
        assert place == "in" or against or place_in(self.happened, player) == "in"

    @rule(
        one=somebody,
        off=st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1, -2]),
        option=st.sampled_from([KEY, KEY, KEY, 0, 0, 1, 3, 4, "2"]),
        of_another=st.sampled_from([False] * 8 + [True]),
        seq=st.integers(0, 2),
        wait=waits,
    )
    def answer(self, one: int, off: int, option: int | str, of_another: bool, seq: int, wait: float) -> None:
        self.now += wait
        number = len(questions_in(self.happened)) + off
        self.say(self.id_of(one), number, option, number + of_another, seq)

    @rule(which=st.integers(0, 20), by=st.sampled_from([(0, 0), (0, 0), (1, 0), (0, 1)]))
    def answer_again(self, which: int, by: tuple[int, int]) -> None:
        """Send a message once more that was accepted before, or one that differs in its option or its number."""
        given = [event for event in self.happened if isinstance(event, Answered)]
        if given:
            old = given[which % len(given)]
            self.say(old.player, old.number, (old.option + by[0]) % 4, old.number, old.seq + by[1])

    def say(self, player: str, number: int, option: int | str, of: int, seq: int) -> None:
        """A player answers a question with an option `of` that question or another; one that is text is none at all."""
        of_another = of != number
        off = number - len(questions_in(self.happened))
        id = self.room.option_id(option, of) if isinstance(option, int) and of > 0 else str(option)
        given = [event for event in self.happened if isinstance(event, Answered)]
        mine = [event for event in given if (event.player, event.number) == (player, number)]
        against = set()
        if mine:
            if (mine[0].option, mine[0].seq, of_another) != (option, seq, False):
                against.add(Reason.ANSWERED)
        else:
            phase = phase_in(self.happened)
            if number > 0 and (off < 0 or (off == 0 and phase not in ("asking", "paused"))):
                against.add(Reason.TOO_LATE)
            elif off != 0 or phase not in ("asking", "paused"):
                against.add(Reason.NOT_NOW)
            elif (limit := limit_in(self.happened)) is not None and seen_in(self.happened, self.now) > limit:
                against.add(Reason.TOO_LATE)
            if place_in(self.happened, player) != "in":
                against.add(Reason.NOT_IN)
            elif seats_in(self.happened)[player].first > number:
                against.add(Reason.NEXT_ONE)
            if of_another or option not in range(4):
                against.add(Reason.NO_OPTION)
        answered = self.try_(lambda: self.room.answer(player, number, id, seq, self.now), against)
        if mine:
            assert answered is None
        elif not against:
            seconds = seen_in(self.happened, self.now)
            assert answered == Answered(
                at=self.now, player=player, number=number, option=int(option), seconds=seconds, seq=seq
            )

    @rule(
        move=st.sampled_from(["next", "next", "next", "reveal", "skip", "pause", "pause", "go_on", "go_on", "lock"]),
        locked=st.sampled_from([False, False, True]),
        wait=waits,
    )
    def move_of_host(self, move: str, locked: bool, wait: float) -> None:
        self.now += wait
        room, phase = self.room, phase_in(self.happened)
        between, is_open = phase in ("lobby", "revealed", "skipped"), phase in ("asking", "paused")
        moves: dict[str, tuple[Callable[[], Event], bool]] = {
            "next": (lambda: room.next(self.now), between),
            "reveal": (lambda: room.reveal(self.now), is_open),
            "skip": (lambda: room.skip(self.now), is_open or phase == "revealed"),
            "pause": (lambda: room.pause(self.now), phase == "asking"),
            "go_on": (lambda: room.go_on(self.now), phase == "paused"),
            "lock": (lambda: room.lock(locked=locked, at=self.now), phase != "over"),
        }
        make, is_time = moves[move]
        event = self.try_(make, set() if is_time else {Reason.OVER if phase == "over" else Reason.NOT_NOW})
        if event is not None and move == "next":
            count = len(questions_in(self.happened[:-1]))
            is_last = count == len(opening_of(self.happened).quiz.questions)
            assert event == (Ended(at=self.now) if is_last else Asked(at=self.now, number=count + 1))

    @rule(picks=st.tuples(*[st.sampled_from([KEY, 0, 1, None])] * SEATS), stays=st.booleans(), wait=waits)
    def play_on(self, picks: tuple[int | None, ...], stays: bool, wait: float) -> None:
        """Return the moves of a sensible lesson, since random moves seldom reach a second question."""
        match phase_in(self.happened):
            case "asking":
                for one, option in enumerate(picks):
                    if option is not None:
                        self.answer(one=one, off=0, option=option, of_another=False, seq=0, wait=wait / 4)
                if not stays:
                    self.move_of_host(move="reveal", locked=False, wait=0.0)
                    self.move_of_host(move="next", locked=False, wait=wait)
            case "paused":
                self.move_of_host(move="go_on", locked=False, wait=wait)
            case _:
                self.move_of_host(move="next", locked=False, wait=wait)

    @rule(really=st.integers(0, 9).map(lambda chance: chance == 9))
    def end(self, really: bool) -> None:
        if really:  # for the same reason
            is_over = phase_in(self.happened) == "over"
            self.try_(lambda: self.room.end(self.now), {Reason.OVER} if is_over else set())

    @rule(quarters=st.integers(-4, 400))
    def extend(self, quarters: int) -> None:
        phase = phase_in(self.happened)
        against = set()
        if phase not in ("asking", "paused"):
            against.add(Reason.OVER if phase == "over" else Reason.NOT_NOW)
        elif quarters <= 0 or limit_in(self.happened) is None:
            against.add(Reason.NOT_NOW)
        self.try_(lambda: self.room.extend(quarters / 4, self.now), against)

    @rule(one=somebody, is_for_good=st.sampled_from([False, False, True]))
    def send_out(self, one: int, is_for_good: bool) -> None:
        player = self.id_of(one)
        allowed = ("in", "kicked") if is_for_good else ("in",)
        against = set() if place_in(self.happened, player) in allowed else {Reason.NO_PLAYER}
        move = self.room.ban if is_for_good else self.room.kick
        self.try_(lambda: move(player, self.now), against)

    @rule(one=somebody, who=names)
    def rename(self, one: int, who: str) -> None:
        player = self.id_of(one)
        against = set()
        if place_in(self.happened, player) != "in":
            against.add(Reason.NO_PLAYER)
        if opening_of(self.happened).is_anonymous:
            against.add(Reason.NOT_NOW)
        elif self.places_of_name(player, who):
            against.add(Reason.NAME_TAKEN)
        self.try_(lambda: self.room.rename(player, name(who), self.now), against)

    @rule()
    def crash_and_resume(self) -> None:
        """The room is gone, and made again of what stands on the disk."""
        self.room = self.read_back()

    def read_back(self) -> Room:
        return Room.of([EVENT.validate_json(EVENT.dump_json(event)) for event in self.happened])

    def teardown(self) -> None:
        if hasattr(self, "room"):
            assert self.read_back() == self.room

    # What holds whatever was done.

    @invariant()
    def the_phase_is_that_of_the_events(self) -> None:
        assert self.room.phase is RoomPhase(phase_in(self.happened))
        assert self.room.is_locked == is_locked_in(self.happened)

    @invariant()
    def each_question_was_asked_once_and_in_order(self) -> None:
        asked = [event.number for event in self.happened if isinstance(event, Asked)]
        assert asked == list(range(1, self.room.number + 1))
        assert [each.number for each in self.room.rounds] == asked
        revealed = [is_revealed(each) for each in questions_in(self.happened)]
        assert [each.is_revealed for each in self.room.rounds] == revealed
        is_open = phase_in(self.happened) in ("asking", "paused")
        done = [not is_open or number < self.room.number for number in asked]
        assert [each.is_skipped for each in self.room.rounds] == [
            is_done and not is_told for is_done, is_told in zip(done, revealed, strict=True)
        ]

    @invariant()
    def every_accepted_answer_is_there_exactly_once(self) -> None:
        accepted = [
            (event.number, event.player, event.option, event.seconds, event.seq)
            for event in self.happened
            if isinstance(event, Answered)
        ]
        kept = [
            (each.number, player, given.option, given.seconds, given.seq)
            for each in self.room.rounds
            for player, given in each.answers.items()
        ]
        assert accepted == kept
        assert len({row[:2] for row in accepted}) == len(accepted)
        for number in range(1, self.room.number + 1):
            counted = (row for row in accepted if place_in(self.happened, row[1]) != "banned")
            picks = Counter(row[2] for row in counted if row[0] == number)
            assert self.room.votes(number) == tuple(picks[option] for option in range(4))

    @invariant()
    def points_are_those_of_a_recount(self) -> None:
        for id, player in self.room.players.items():
            assert (player.points, player.right) == points_in(self.happened, id)

    @invariant()
    def everybody_is_where_the_events_leave_them(self) -> None:
        assert list(self.room.players) == list(seats_in(self.happened))
        for id, player in self.room.players.items():
            assert player.place is Presence(place_in(self.happened, id))
            assert (player.name, player.skeleton) == name_in(self.happened, id)
        present = present_in(self.happened)
        assert [player.id for player in self.room.present] == present
        assert len(present) <= SEATS
        assert len({player.skeleton for player in self.room.present}) == len(present)

    @invariant()
    def places_are_those_of_a_recount(self) -> None:
        ranking, before = self.room.ranking, places_before(self.happened)
        assert {rank.id: rank.rank for rank in ranking} == places_in(self.happened)
        assert [rank.rank for rank in ranking] == sorted(rank.rank for rank in ranking)
        assert {rank.id: rank.before for rank in ranking} == {rank.id: before.get(rank.id) for rank in ranking}

    @invariant()
    def teams_have_the_mean_of_their_players(self) -> None:
        points: dict[str, list[int]] = {}
        for player in present_in(self.happened):
            team = seats_in(self.happened)[player].team
            if team is not None:
                points.setdefault(str(team), []).append(points_in(self.happened, player)[0])
        means = {team: sum(each) / len(each) for team, each in points.items()}
        assert {rank.id: rank.points for rank in self.room.team_ranking} == means
        for rank in self.room.team_ranking:
            assert rank.rank == 1 + sum(mean > rank.points for mean in means.values())

    @invariant()
    def the_clock_is_that_of_the_events(self) -> None:
        if self.room.is_open:
            for now in (self.now, self.now + 7.5):
                seen, limit = seen_in(self.happened, now), limit_in(self.happened)
                assert self.room.elapsed(now) == seen
                assert self.room.left(now) == (None if limit is None else max(limit - seen, 0.0))

    @invariant()
    def all_have_answered_when_nobody_is_missing(self) -> None:
        if self.room.is_open:
            number = self.room.number
            playing = {
                player for player in present_in(self.happened) if seats_in(self.happened)[player].first <= number
            }
            answers = questions_in(self.happened)[-1]
            missing = playing - {event.player for event in answers if isinstance(event, Answered)}
            assert {player.id for player in self.room.playing} == playing
            assert self.room.is_answered_by_all() == (bool(playing) and not missing)


def test_any_moves_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_PLAYERS", SEATS)
    run_state_machine_as_test(
        RoomRules,
        settings=settings(
            max_examples=80,
            stateful_step_count=30,
            deadline=None,  # a list of thirty events is counted over and over, on a machine that may be busy
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
