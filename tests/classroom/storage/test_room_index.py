"""Rooms as they are kept: in files and in PostgreSQL, by the same tests."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import (
    Answered,
    Asked,
    Ended,
    Event,
    Joined,
    Kicked,
    Locked,
    Opened,
    Paused,
    Revealed,
    Skipped,
)
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.storage.event_log import Deposed, EventLog, EventWriter
from orbitquiz.classroom.storage.file_lock import RoomInUse
from orbitquiz.classroom.storage.forgotten import without_name
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import NoSuchRoom, find, interrupted
from tests.classroom.making import Lesson, name, opened
from tests.classroom.places import Place

LOCK = Locked(at=9.0, is_locked=True)


def keep(place: Place, opening: Opened, *more: Event) -> None:
    """Keep a room that no program hosts."""
    log = place.index.create(opening)
    log.append(more)
    log.close()


@pytest.fixture
def hosted(place: Place, lesson: Lesson) -> Iterator[EventLog]:
    """The log of that room, which this program hosts."""
    log = place.index.create(lesson.room.opening)
    log.append(lesson.events[1:])
    yield log
    log.close()


def test_a_room_comes_back_as_it_was(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    hosted.close()
    log, events = place.other.reopen("KSTR")
    log.close()
    assert list(events) == lesson.events == list(place.index.events("KSTR"))


def test_a_room_goes_on_where_it_stopped(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    hosted.close()
    for index in (place.other, place.index):
        log, _ = index.reopen("KSTR")
        log.append([LOCK])
        log.append([LOCK, LOCK])
        log.close()
    assert place.index.events("KSTR") == [*lesson.events, *[LOCK] * 6]


def test_a_room_that_is_hosted_can_be_read(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    hosted.append([])
    hosted.append([LOCK])
    assert place.other.events("KSTR") == [*lesson.events, LOCK]


def test_a_log_is_closed_once_and_for_all(hosted: EventLog) -> None:
    hosted.close()
    hosted.close()
    with pytest.raises(ValueError, match="closed"):
        hosted.append([LOCK])


def test_a_room_is_hosted_by_one_program(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    with pytest.raises(RoomInUse, match="room KSTR is being hosted by another program"):
        place.other.reopen("KSTR")
    hosted.append([LOCK])
    hosted.close()
    log, events = place.other.reopen("KSTR")
    log.close()
    assert events == [*lesson.events, LOCK]


def test_a_new_room_is_hosted_from_the_start(place: Place) -> None:
    log = place.index.create(opened())
    with pytest.raises(RoomInUse):
        place.other.reopen("KSTR")
    log.close()


def test_a_log_whose_room_another_program_has_keeps_nothing_more(
    place: Place, hosted: EventLog, lesson: Lesson
) -> None:
    place.take_away("KSTR")
    with pytest.raises(Deposed):
        hosted.append([LOCK])
    assert place.other.events("KSTR") == lesson.events


def test_a_code_is_given_once(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    with pytest.raises(FileExistsError):
        place.other.create(opened())
    assert place.index.events("KSTR") == lesson.events


@pytest.mark.parametrize("code", ["", "../KSTR", "A/B", "a.b", "KSTR\n", "A" * 33])
def test_a_code_cannot_lead_elsewhere(place: Place, code: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        place.index.create(opened(room=code))
    assert place.index.rooms() == []


@pytest.mark.parametrize("do", ["reopen", "events", "forget"])
def test_a_room_that_is_not_there_is_not_found(place: Place, do: str) -> None:
    with pytest.raises(FileNotFoundError):
        getattr(place.index, do)("KSTR")
    assert place.index.room("KSTR") is None


def bad(place: Place) -> str:
    """Return the message about the room, which cannot be read. Trying to host it keeps nobody else from trying."""
    with pytest.raises(BadRoomFile) as caught:
        place.index.events("KSTR")
    for index in (place.index, place.other):
        with pytest.raises(BadRoomFile):
            index.reopen("KSTR")
    (kept,) = place.index.rooms()
    assert kept.damage == str(caught.value)
    return str(caught.value)


def test_damage_in_the_middle_is_told_with_its_line(place: Place, hosted: EventLog) -> None:
    hosted.close()
    place.change("KSTR", 2, type="nonsense")
    message = bad(place)
    assert re.search(r"KSTR.*:3: this is no event; ", message)
    assert "orbitquiz forget" in message


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        (3, {"player": "p1"}),  # somebody joins twice
        (3, {"team": 0}),  # without teams
        (4, {"number": 2}),  # the second question before the first
        (5, {"option": 4}),  # of four options, the fifth
        (5, {"number": 2}),  # not the question that was asked
        (5, {"player": "p3"}),  # nobody
        (6, {"player": "p1"}),  # twice
        (8, {"number": 3}),  # the third question after the first
    ],
)
def test_what_cannot_have_happened_is_damage(
    place: Place, hosted: EventLog, line: int, changes: dict[str, Any]
) -> None:
    hosted.close()
    place.change("KSTR", line - 1, **changes)
    assert re.search(rf"KSTR.*:{line}: this cannot have happened", bad(place))


@pytest.mark.parametrize(
    "events",
    [
        [Revealed(at=9.0), Revealed(at=9.0)],
        [Revealed(at=9.0), Paused(at=9.0)],
        [Skipped(at=9.0), Skipped(at=9.0)],
        [Skipped(at=9.0), Answered(at=9.0, player="p2", number=2, option=0, seconds=1.0, seq=1)],
        [Ended(at=9.0), Asked(at=9.0, number=3)],
        [LOCK, Kicked(at=9.0, player="p3")],
        [
            Joined(at=9.0, player="p3", name="Cyd", skeleton="cyd", token="t", first=3),
            Answered(at=9.0, player="p3", number=2, option=0, seconds=1.0, seq=1),
        ],
    ],
)
def test_what_the_rules_do_not_allow_is_damage(
    place: Place, hosted: EventLog, lesson: Lesson, events: list[Event]
) -> None:
    first, second = events
    hosted.append([first])  # a log asks no rules: the room's actor does
    assert place.index.events("KSTR") == [*lesson.events, first]
    hosted.append([second])
    hosted.close()
    assert re.search(r"KSTR.*:11: this cannot have happened", bad(place))


def test_a_question_can_be_taken_back_once_it_was_revealed(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    hosted.append([Revealed(at=9.0), Skipped(at=9.0)])
    assert place.index.events("KSTR") == [*lesson.events, Revealed(at=9.0), Skipped(at=9.0)]


@pytest.mark.parametrize("missing", [2, 4, 5, 7])
def test_an_event_that_is_missing_is_found_or_does_no_harm(
    place: Place, hosted: EventLog, lesson: Lesson, missing: int
) -> None:
    hosted.close()
    place.lose("KSTR", missing - 1)
    if missing == 5:  # an answer: nothing follows from it
        assert len(place.index.events("KSTR")) == len(lesson.events) - 1
    else:
        assert "this cannot have happened" in bad(place)


def test_a_damaged_room_is_listed_and_can_be_deleted(place: Place, hosted: EventLog) -> None:
    hosted.close()
    place.change("KSTR", 5, player="p9")
    keep(place, on_day(1, "AAAA"))
    damaged, whole = place.index.rooms()
    assert damaged.damage is not None
    assert (damaged.code, damaged.title, damaged.players, whole.code) == ("KSTR", "The comet", 0, "AAAA")
    assert find(place.index, "KSTR") == damaged
    assert not place.index.is_hosted("KSTR")
    place.index.forget("KSTR")
    assert place.index.rooms() == [whole]


def test_another_format_is_told_by_its_number(place: Place, hosted: EventLog) -> None:
    hosted.close()
    place.change("KSTR", 0, format=99)
    with pytest.raises(BadRoomFile, match=r"kept by another version of OrbitQuiz \(format 99, here "):
        place.index.events("KSTR")


async def test_what_could_not_be_kept_waits_in_order(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    """The first write fails after it was carried out, as when an answer gets lost, or before."""
    for fails_late in (True, False):
        is_first = True

        def append(events: Any, fails_late: bool = fails_late) -> None:
            nonlocal is_first
            if is_first:
                is_first = False
                if fails_late and hasattr(hosted, "_number"):  # a file cuts back what it could not sync
                    number = hosted._number
                    hosted.append(events)
                    hosted._number = number
                raise OSError("lost")
            hosted.append(events)

        writer = EventWriter(append)
        await writer.keep([LOCK])
        assert writer.trouble
        await writer.keep([Locked(at=9.0, is_locked=False)])
        assert not writer.is_behind
    happened = [LOCK, Locked(at=9.0, is_locked=False)] * 2
    assert place.index.events("KSTR") == [*lesson.events, *happened]


# Listed


def on_day(day: int, code: str, **changes: Any) -> Opened:
    return opened(room=code, opened=f"2031-05-{day:02}T09:00:00+00:00", **changes)


def test_rooms_are_listed_the_newest_first(place: Place) -> None:
    for code, day in (("BBBB", 2), ("AAAA", 3), ("CCCC", 1)):
        keep(place, on_day(day, code))
    assert [kept.code for kept in place.index.rooms()] == ["AAAA", "BBBB", "CCCC"]
    assert find(place.index, None).code == "AAAA"


def test_an_empty_room_does_not_hide_the_one_that_was_played_in(place: Place, hosted: EventLog) -> None:
    keep(place, on_day(20, "AAAA"))
    assert place.index.rooms()[0].code == "AAAA"
    assert find(place.index, None).code == "KSTR"


def test_a_room_is_listed_with_what_happened_in_it(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    (kept,) = place.index.rooms()
    assert (kept.code, kept.title, kept.players, kept.is_over) == ("KSTR", "The comet", 2, False)
    assert (kept.shown, kept.asked, kept.total, kept.damage) == (2, 2, 3, None)
    assert kept.opened == datetime(2031, 5, 3, 9, tzinfo=UTC)
    hosted.append([lesson.room.ban("p2", 9.0), lesson.room.end(9.0)])
    (kept,) = place.index.rooms()
    assert (kept.players, kept.shown, kept.asked, kept.is_over) == (1, 2, 1, True)


@pytest.mark.parametrize("when", ["2031-05-03T14:30:00+05:30", "2031-05-03T09:00:00Z", "2031-05-03T09:00:00"])
def test_times_are_told_in_utc(place: Place, when: str) -> None:
    keep(place, opened(opened=when))
    assert find(place.index, None).opened.isoformat() == "2031-05-03T09:00:00+00:00"


@pytest.mark.parametrize("code", ["KSTR", "kstr", " k-s t r "])
def test_a_room_is_found_however_its_code_is_written(place: Place, hosted: EventLog, code: str) -> None:
    assert find(place.index, code).code == "KSTR"


def test_where_there_is_no_such_room_the_others_are_named(place: Place) -> None:
    keep(place, on_day(2, "BBBB"))
    keep(place, on_day(3, "AAAA"))
    with pytest.raises(NoSuchRoom) as caught:
        find(place.index, "zz\x1b\nzz")
    assert str(caught.value) == "there is no room zz␛ zz; there are AAAA, BBBB"


def test_many_rooms_are_named_in_part(place: Place) -> None:
    for day in range(1, 12):
        keep(place, on_day(day, f"R{day}"))
    with pytest.raises(NoSuchRoom, match="and 3 more, which `orbitquiz report --list` lists") as caught:
        find(place.index, "ZZZZ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("code", [None, "KSTR"])
def test_without_rooms_it_says_how_to_open_one(place: Place, code: str | None) -> None:
    with pytest.raises(NoSuchRoom, match=r"no room is kept in .*; `orbitquiz host` opens one"):
        find(place.index, code)


def test_old_rooms_are_told(place: Place, hosted: EventLog) -> None:
    keep(place, on_day(1, "AAAA"))
    now = datetime.fromtimestamp(time.time(), UTC)
    assert place.index.codes(now - timedelta(minutes=5)) == []
    assert "AAAA" in place.index.codes(now + timedelta(minutes=5))


# Interrupted and forgotten


def test_a_room_that_players_wait_for_is_found_unless_it_is_hosted(place: Place, hosted: EventLog) -> None:
    since = datetime(2031, 5, 3, tzinfo=UTC) - timedelta(days=30_000)
    keep(place, on_day(5, "NONE"))  # newer, and nobody has come
    over = Lesson(on_day(5, "OVER"), "Ann")
    keep(place, over.room.opening, *over.events[1:], over.room.end(9.0))
    assert interrupted(place.other, since) is None
    hosted.close()
    found = interrupted(place.other, since)
    assert found is not None
    assert found.code == "KSTR"
    log, _ = place.index.reopen("KSTR")  # looking for it keeps nobody from hosting it
    log.close()


def test_a_room_that_is_forgotten_is_gone(place: Place, hosted: EventLog) -> None:
    with pytest.raises(RoomInUse, match="is being hosted by another program"):
        place.other.forget("KSTR")
    hosted.append([LOCK])
    hosted.close()
    place.other.forget("KSTR")
    assert place.index.rooms() == []
    assert place.index.is_hosted("KSTR")  # as good as
    keep(place, opened())


def test_a_name_is_taken_out_and_the_answers_stay(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    def forget(events: Sequence[Event]) -> Sequence[Event]:
        return without_name(events, " ann ").events

    with pytest.raises(RoomInUse):
        place.other.rewrite("KSTR", forget)
    hosted.append([lesson.room.rename("p1", name("Anna"), 9.0)])
    hosted.close()
    place.other.rewrite("KSTR", forget)
    events = place.index.events("KSTR")
    room = Room.of(events)
    assert [player.name for player in room.players.values()] == ["Forgotten 1", "Ben"]
    assert "ann" not in "".join(event.model_dump_json().lower() for event in events[1:])
    assert room.players["p1"].points == 100
    assert room.player_with(lesson.room.players["p1"].token) is None
    log, _ = place.index.reopen("KSTR")  # it can be played on
    log.append([LOCK])
    log.close()
    assert len(place.index.events("KSTR")) == len(lesson.events) + 2


def test_a_room_is_the_fold_of_what_is_kept(place: Place, hosted: EventLog, lesson: Lesson) -> None:
    assert Room.of(place.index.events("KSTR")) == lesson.room
