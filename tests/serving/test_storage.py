"""Rooms as they are kept: in files and in PostgreSQL, by the same tests."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from orbitquiz.classroom.rules.events import Event, Locked, Opened
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.storage.event_log import EventLog, EventWriter
from orbitquiz.classroom.storage.file_lock import ROOMS, RoomInUse
from orbitquiz.classroom.storage.forgotten import without_name
from orbitquiz.classroom.storage.replay import BadRoomFile
from orbitquiz.classroom.storage.room_index import FileIndex, NoSuchRoom, RoomIndex, find, interrupted
from tests.classroom.making import KEY, Lesson, name, opened
from tests.serving.conftest import needs_postgres

LOCK = Locked(at=9.0, is_locked=True)


class Store(Protocol):
    """A place for rooms, as this program sees it and as another one does."""

    @property
    def index(self) -> RoomIndex:
        """The rooms as this program sees them."""

    @property
    def other(self) -> RoomIndex:
        """The rooms as another program sees them."""

    def change(self, code: str, number: int, **changes: Any) -> None:
        """Change keys of the event with this number, from 0."""


@dataclass
class FileStore:
    index: FileIndex
    other: FileIndex
    folder: Path

    def change(self, code: str, number: int, **changes: Any) -> None:
        path = self.folder / ROOMS / f"{code}.jsonl"
        lines = path.read_text().splitlines()
        lines[number] = json.dumps(json.loads(lines[number]) | changes)
        path.write_text("".join(f"{line}\n" for line in lines))


@dataclass
class PostgresStore:
    index: RoomIndex
    other: RoomIndex
    database: Any

    def change(self, code: str, number: int, **changes: Any) -> None:
        statement = "UPDATE event SET data = (data::jsonb || %s::jsonb)::text WHERE room = %s AND number = %s"
        self.database.rows(statement, [json.dumps(changes), code, number])


@pytest.fixture(params=["files", pytest.param("postgres", marks=needs_postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "files":
        yield FileStore(FileIndex(tmp_path), FileIndex(tmp_path), tmp_path)
        return
    from orbitquiz.serving.postgres.database import Database
    from orbitquiz.serving.postgres.index import PostgresIndex

    database = Database(request.getfixturevalue("database"))
    ids = database.rows("INSERT INTO node (address) VALUES ('one'), ('other') RETURNING id")
    one, other = (PostgresIndex(database, id) for (id,) in ids)
    yield PostgresStore(one, other, database)
    database.close()


@pytest.fixture
def lesson() -> Lesson:
    """A room in which two have joined, one question was played and one is open."""
    lesson = Lesson(opened(), "Ann", "Ben")
    lesson.play({"p1": KEY, "p2": 0})
    lesson.ask()
    lesson.pick("p1", 1)
    return lesson


def keep(store: Store, opening: Opened, *more: Event) -> None:
    """Keep a room that no program hosts."""
    log = store.index.create(opening)
    log.append(more)
    log.close()


@pytest.fixture
def hosted(store: Store, lesson: Lesson) -> Iterator[EventLog]:
    """The log of that room, which this program hosts."""
    log = store.index.create(lesson.room.opening)
    log.append(lesson.events[1:])
    yield log
    log.close()


def test_a_room_comes_back_as_it_was(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    hosted.close()
    log, events = store.other.reopen("KSTR")
    log.close()
    assert list(events) == lesson.events == list(store.index.events("KSTR"))


def test_a_room_goes_on_where_it_stopped(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    hosted.close()
    for index in (store.other, store.index):
        log, _ = index.reopen("KSTR")
        log.append([LOCK])
        log.append([LOCK, LOCK])
        log.close()
    assert store.index.events("KSTR") == [*lesson.events, *[LOCK] * 6]


def test_a_room_that_is_hosted_can_be_read(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    hosted.append([])
    hosted.append([LOCK])
    assert store.other.events("KSTR") == [*lesson.events, LOCK]


def test_a_log_is_closed_once_and_for_all(hosted: EventLog) -> None:
    hosted.close()
    hosted.close()
    with pytest.raises(ValueError, match="closed"):
        hosted.append([LOCK])


def test_a_room_is_hosted_by_one_program(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    with pytest.raises(RoomInUse, match="room KSTR is being hosted by another program"):
        store.other.reopen("KSTR")
    hosted.append([LOCK])
    hosted.close()
    log, events = store.other.reopen("KSTR")
    log.close()
    assert events == [*lesson.events, LOCK]


def test_a_code_is_given_once(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    with pytest.raises(FileExistsError):
        store.other.create(opened())
    assert store.index.events("KSTR") == lesson.events


@pytest.mark.parametrize("code", ["", "../KSTR", "A/B", "a.b", "KSTR\n", "A" * 33])
def test_a_code_cannot_lead_elsewhere(store: Store, code: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        store.index.create(opened(room=code))
    assert store.index.rooms() == []


@pytest.mark.parametrize("do", ["reopen", "events", "forget"])
def test_a_room_that_is_not_there_is_not_found(store: Store, do: str) -> None:
    with pytest.raises(FileNotFoundError):
        getattr(store.index, do)("KSTR")
    assert store.index.room("KSTR") is None


def test_what_cannot_have_happened_is_damage(store: Store, hosted: EventLog) -> None:
    hosted.close()
    store.change("KSTR", 5, player="p9")
    for read in (store.index.events, store.index.reopen):
        with pytest.raises(BadRoomFile, match=r"KSTR.*:6: this cannot have happened"):
            read("KSTR")
    (kept,) = store.index.rooms()
    assert kept.damage is not None
    assert (kept.code, kept.title, kept.players) == ("KSTR", "The comet", 0)
    assert find(store.index, "KSTR") == kept
    assert not store.index.is_hosted("KSTR")
    store.index.forget("KSTR")
    assert store.index.rooms() == []


def test_another_format_is_told_by_its_number(store: Store, hosted: EventLog) -> None:
    hosted.close()
    store.change("KSTR", 0, format=99)
    with pytest.raises(BadRoomFile, match=r"kept by another version of OrbitQuiz \(format 99, here "):
        store.index.events("KSTR")


async def test_what_could_not_be_kept_waits_in_order(store: Store, hosted: EventLog, lesson: Lesson) -> None:
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
    assert store.index.events("KSTR") == [*lesson.events, *happened]


# Listed


def on_day(day: int, code: str, **changes: Any) -> Opened:
    return opened(room=code, opened=f"2031-05-{day:02}T09:00:00+00:00", **changes)


def test_rooms_are_listed_the_newest_first(store: Store) -> None:
    for code, day in (("BBBB", 2), ("AAAA", 3), ("CCCC", 1)):
        keep(store, on_day(day, code))
    assert [kept.code for kept in store.index.rooms()] == ["AAAA", "BBBB", "CCCC"]
    assert find(store.index, None).code == "AAAA"


def test_an_empty_room_does_not_hide_the_one_that_was_played_in(store: Store, hosted: EventLog) -> None:
    keep(store, on_day(20, "AAAA"))
    assert store.index.rooms()[0].code == "AAAA"
    assert find(store.index, None).code == "KSTR"


def test_a_room_is_listed_with_what_happened_in_it(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    (kept,) = store.index.rooms()
    assert (kept.code, kept.title, kept.players, kept.is_over) == ("KSTR", "The comet", 2, False)
    assert (kept.shown, kept.asked, kept.total, kept.damage) == (2, 2, 3, None)
    assert kept.opened == datetime(2031, 5, 3, 9, tzinfo=UTC)
    hosted.append([lesson.room.ban("p2", 9.0), lesson.room.end(9.0)])
    (kept,) = store.index.rooms()
    assert (kept.players, kept.shown, kept.asked, kept.is_over) == (1, 2, 1, True)


@pytest.mark.parametrize("when", ["2031-05-03T14:30:00+05:30", "2031-05-03T09:00:00Z", "2031-05-03T09:00:00"])
def test_times_are_told_in_utc(store: Store, when: str) -> None:
    keep(store, opened(opened=when))
    assert find(store.index, None).opened.isoformat() == "2031-05-03T09:00:00+00:00"


@pytest.mark.parametrize("code", ["KSTR", "kstr", " k-s t r "])
def test_a_room_is_found_however_its_code_is_written(store: Store, hosted: EventLog, code: str) -> None:
    assert find(store.index, code).code == "KSTR"


def test_where_there_is_no_such_room_the_others_are_named(store: Store) -> None:
    keep(store, on_day(2, "BBBB"))
    keep(store, on_day(3, "AAAA"))
    with pytest.raises(NoSuchRoom) as caught:
        find(store.index, "zz\x1b\nzz")
    assert str(caught.value) == "there is no room zz␛ zz; there are AAAA, BBBB"


def test_old_rooms_are_told(store: Store, hosted: EventLog) -> None:
    keep(store, on_day(1, "AAAA"))
    now = datetime.fromtimestamp(time.time(), UTC)
    assert store.index.codes(now - timedelta(minutes=5)) == []
    assert "AAAA" in store.index.codes(now + timedelta(minutes=5))


# Interrupted and forgotten


def test_a_room_that_players_wait_for_is_found_unless_it_is_hosted(store: Store, hosted: EventLog) -> None:
    since = datetime(2031, 5, 3, tzinfo=UTC) - timedelta(days=30_000)
    keep(store, on_day(5, "NONE"))  # newer, and nobody has come
    over = Lesson(on_day(5, "OVER"), "Ann")
    keep(store, over.room.opening, *over.events[1:], over.room.end(9.0))
    assert interrupted(store.other, since) is None
    hosted.close()
    found = interrupted(store.other, since)
    assert found is not None
    assert found.code == "KSTR"
    log, _ = store.index.reopen("KSTR")  # looking for it keeps nobody from hosting it
    log.close()


def test_a_room_that_is_forgotten_is_gone(store: Store, hosted: EventLog) -> None:
    with pytest.raises(RoomInUse, match="is being hosted by another program"):
        store.other.forget("KSTR")
    hosted.append([LOCK])
    hosted.close()
    store.other.forget("KSTR")
    assert store.index.rooms() == []
    assert store.index.is_hosted("KSTR")  # as good as
    keep(store, opened())


def test_a_name_is_taken_out_and_the_answers_stay(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    def forget(events: Sequence[Event]) -> Sequence[Event]:
        return without_name(events, " ann ").events

    with pytest.raises(RoomInUse):
        store.other.rewrite("KSTR", forget)
    hosted.append([lesson.room.rename("p1", name("Anna"), 9.0)])
    hosted.close()
    store.other.rewrite("KSTR", forget)
    events = store.index.events("KSTR")
    room = Room.of(events)
    assert [player.name for player in room.players.values()] == ["Forgotten 1", "Ben"]
    assert "ann" not in "".join(event.model_dump_json().lower() for event in events[1:])
    assert room.players["p1"].points == 100
    assert room.player_with(lesson.room.players["p1"].token) is None
    log, _ = store.index.reopen("KSTR")  # it can be played on
    log.append([LOCK])
    log.close()
    assert len(store.index.events("KSTR")) == len(lesson.events) + 2


def test_a_room_is_the_fold_of_what_is_kept(store: Store, hosted: EventLog, lesson: Lesson) -> None:
    assert Room.of(store.index.events("KSTR")) == lesson.room
