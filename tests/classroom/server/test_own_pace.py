"""A room at everybody's own pace: each goes on alone, for days, and no key leaves before it may."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.classroom.report.build import gather
from orbitquiz.classroom.report.text import to_text
from orbitquiz.classroom.rules.events import Answered, Ended, Opened
from orbitquiz.classroom.rules.room import RoomPhase
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import QuestionSheet, QuizSheet
from tests.classroom.live import Guest, Live, Message, live
from tests.classroom.making import KEY, OPTIONS, opened
from tests.classroom.places import Place


def alone(count: int = 3, **changes: Any) -> Opened:
    """Return the first event of a room at own pace."""
    return opened(count, pace="own", **changes)


async def come(room: Live, name: str, token: str | None = None) -> tuple[Guest, Message]:
    """Somebody comes in, and is told how far they are."""
    guest, _ = await room.player(name, token)
    return guest, await guest.hear("progress")


async def show(guest: Guest, number: int, kind: str = "question") -> Message:
    """Ask for a question, and return what is shown."""
    await guest.say(type="show", number=number)
    return await guest.hear(kind)


def id_of(question: Message, text: str) -> str:
    return str(next(each["id"] for each in question["options"] if each["text"] == text))


async def answer(guest: Guest, number: int, text: str, kind: str, seq: int | None = None) -> Message:
    """Answer a question with the option that has this text, and return what is shown then."""
    question = await show(guest, number)
    await guest.answer(question, id_of(question, text), seq)
    await guest.hear("accepted")
    return await guest.hear(kind)


async def test_each_goes_on_alone_and_is_told_the_key_after_each_answer(tmp_path: Path) -> None:
    async with live(tmp_path, alone()) as room:
        ada, progress = await come(room, "Ada")
        assert (progress["to_answer"], progress["answered"], progress["score"]) == ([1, 2, 3], 0, 0)
        ben, _ = await come(room, "Ben")
        revealed = await answer(ada, 2, OPTIONS[KEY], "reveal")
        assert revealed["yours"]["is_right"]
        assert (revealed["yours"]["score"], revealed["yours"]["rank"]) == (100, None)
        assert revealed["to_answer"] == [1, 3]
        assert (await show(ada, 2, "reveal"))["question"]["number"] == 2
        assert (await show(ben, 2))["picked"] is None
        progress = await show(ada, 0, "progress")
        assert (progress["to_answer"], progress["right"]) == ([1, 3], 1)


async def test_a_wrong_answer_can_be_tried_again_and_pays_half(place: Place) -> None:
    async with live(place.index, alone(1, attempts=3)) as room:
        ada, _ = await come(room, "Ada")
        question = await answer(ada, 1, OPTIONS[0], "question", seq=1)
        assert (question["attempts"], question["wrong"]) == (2, [question["picked"]])
        await ada.answer(question, question["picked"], seq=2)  # the same option again is no attempt
        assert (await ada.hear("refusal"))["reason"] == "answered"
        await ada.answer(question, question["picked"], seq=1)  # the same message is
        await ada.hear("accepted")
        revealed = await answer(ada, 1, OPTIONS[KEY], "reveal", seq=3)
        assert revealed["yours"]["points"] == 50
        await ada.answer(question, id_of(question, OPTIONS[1]), seq=4)
        assert (await ada.hear("refusal"))["reason"] == "answered"
        assert [event.option for event in room.events if isinstance(event, Answered)] == [0, KEY]


async def test_with_keys_at_closing_nothing_is_told_before(tmp_path: Path) -> None:
    async with live(tmp_path, alone(2, reveals="at-closing", attempts=2)) as room:
        ada, progress = await come(room, "Ada")
        assert (progress["score"], progress["right"]) == (None, None)
        right = await answer(ada, 1, OPTIONS[KEY], "question", seq=1)
        assert (right["picked"], right["wrong"], right["attempts"]) == (id_of(right, OPTIONS[KEY]), [], 1)
        assert right["to_answer"] == [2]
        await answer(ada, 1, OPTIONS[0], "question", seq=2)  # changed for the worse
        host = await room.host()
        await host.say(type="end")
        ended = await ada.hear("ended")
        assert (ended["score"], ended["right"], ended["of"]) == (0, 0, 2)
        assert [each["yours"]["picked"] is None for each in ended["questions"]] == [False, True]


async def test_before_it_may_no_byte_tells_a_key(tmp_path: Path, builtin: Bank) -> None:
    """Whatever was sent is looked through for all that belongs to an answer that may not be told yet."""
    quiz = QuizSheet.of(compose(builtin, Request("ROOM", 8))).standing_alone
    for reveals in ("after-each", "at-closing"):
        folder = tmp_path / reveals
        folder.mkdir()
        opening = alone(quiz=quiz, reveals=reveals, attempts=2)
        async with live(folder, opening) as room:
            ada, _ = await come(room, "Ada")
            for number, sheet in enumerate(quiz.questions, 1):
                wrong = next(text for index, text in enumerate(sheet.options) if index != sheet.key)
                shown = await answer(ada, number, wrong, "question", seq=number)
                assert shown["attempts"] == 1
                later = quiz.questions[number:] if reveals == "after-each" else quiz.questions
                assert not told(ada, [sheet, *later], quiz)
                if reveals == "after-each":
                    await answer(ada, number, sheet.options[sheet.key], "reveal", seq=100 + number)
                    ada.raw.clear()  # what is told now may be told
            assert not [event for event in room.events if isinstance(event, Ended)]


def told(guest: Guest, secret: list[QuestionSheet], quiz: QuizSheet) -> list[str]:
    """Return what was told of these questions that may not be."""
    heard = "\n".join(guest.raw)
    for each in quiz.questions:
        for text in (each.stem, *each.options):  # what is asked may be told
            heard = heard.replace(json.dumps(text, ensure_ascii=False), "")
    words = [quiz.digest, quiz.code or "no code", '"key"', '"is_right"', '"proof"', '"votes"'] if guest.raw else []
    for each in secret:
        words += [json.dumps(each.fact), each.id, each.proof.statement, *filter(None, each.remarks)]
        words += [part.text for part in each.proof.shown]
    return [each for each in words if each in heard]


async def test_two_keys_sound_alike_until_they_may_be_told(tmp_path: Path) -> None:
    """Rooms that differ in the key alone send the same, byte for byte, while keys are told at closing."""
    heard = []
    for key in (0, 1):
        folder = tmp_path / str(key)
        folder.mkdir()
        sheet = QuestionSheet(
            **{name: getattr(alone(1).quiz.questions[0], name) for name in QuestionSheet.__dataclass_fields__}
            | {"key": key}
        )
        quiz = QuizSheet(bank="b", digest="0", title="T", code=None, questions=(sheet, sheet))
        async with live(folder, alone(quiz=quiz, reveals="at-closing", attempts=2)) as room:
            ada, _ = await come(room, "Ada")
            for number in (1, 2):
                await answer(ada, number, OPTIONS[number - 1], "question", seq=number)
            await show(ada, 0, "progress")
            heard.append([raw for raw in ada.raw if '"welcome"' not in raw])
    assert heard[0] == heard[1]


async def test_it_closes_by_the_time_of_day_and_late_answers_are_refused(tmp_path: Path) -> None:
    closes = datetime.fromtimestamp(time.time() + 1.5, UTC)
    async with live(tmp_path, alone(closes=closes.isoformat())) as room:
        ada, progress = await come(room, "Ada")
        assert datetime.fromisoformat(progress["closes"]) == closes
        question = await show(ada, 1)
        await ada.hear("ended")
        assert time.time() >= closes.timestamp() - 0.01
        await ada.answer(question, question["options"][0]["id"])
        assert (await ada.hear("refusal"))["reason"] == "too-late"
        assert room.room.phase is RoomPhase.OVER


async def test_days_later_everybody_is_back_from_another_device(place: Place) -> None:
    async with live(place.index, alone()) as room:
        ada, welcome = await room.player("Ada")
        await ada.hear("progress")
        await answer(ada, 1, OPTIONS[0], "reveal")
    async with live(place.index, resumed=room.code) as room:
        assert room.room.phase is RoomPhase.OPEN
        guest, _ = await room.player(None, welcome["token"])
        progress = await guest.hear("progress")
        assert (progress["to_answer"], progress["answered"]) == ([2, 3], 1)
        assert (await show(guest, 1, "reveal"))["yours"]["picked"]
    walls = [event.wall for event in place.index.events(room.code) if isinstance(event, Answered)]
    assert walls == [pytest.approx(time.time(), abs=60)]


async def test_a_room_whose_time_has_passed_closes_when_it_is_resumed(place: Place) -> None:
    async with live(place.index, alone()) as room:
        ada, _ = await come(room, "Ada")
        await answer(ada, 1, OPTIONS[KEY], "reveal")
    place.change(room.code, 0, closes="2001-05-04T18:00:00+00:00")
    async with live(place.index, resumed=room.code) as room:
        guest = await room.guest()
        await guest.say(type="hello", protocol=2, room=room.code, name="Ben", token=None)
        assert (await guest.hear("refusal"))["reason"] == "over"
        assert room.room.phase is RoomPhase.OVER


async def test_the_host_sees_who_is_done_and_can_only_end(tmp_path: Path) -> None:
    async with live(tmp_path, alone(2)) as room:
        host = await room.host()
        ada, _ = await come(room, "Ada")
        await come(room, "Ben")
        await answer(ada, 1, OPTIONS[0], "reveal")
        people = await host.hear("people", lambda told: any(seat["done"] for seat in told["seats"]))
        assert [(seat["done"], seat["has_answered"]) for seat in people["seats"]] == [(1, False), (0, False)]
        await answer(ada, 2, OPTIONS[0], "reveal")
        scene = await host.hear("scene", lambda told: told["answered"] == 1)
        assert (scene["phase"], scene["playing"], scene["revealed"]) == ("open", 2, None)
        for move in ("reveal", "skip", "pause"):
            await host.say(type=move)
            assert (await host.hear("refusal"))["reason"] == "not-now"
        await host.say(type="end")
        await host.hear("scene", lambda told: told["phase"] == "over")


async def test_in_a_class_nothing_is_shown_on_demand(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        ada, _ = await room.player("Ada")
        await ada.say(type="show", number=1)
        assert (await ada.hear("refusal"))["reason"] == "not-now"


async def test_the_report_tells_unanswered_from_wrong_and_when_it_closed(place: Place) -> None:
    async with live(place.index, alone(3)) as room:
        host = await room.host()
        ada, _ = await come(room, "Ada")
        await answer(ada, 1, OPTIONS[KEY], "reveal")
        await answer(ada, 2, OPTIONS[0], "reveal")
        open_report = gather(room.events)
        await host.say(type="end")
        await ada.hear("ended")
        report = gather(room.events)
    assert [(each.plays, each.option, each.is_right, each.seconds) for each in report.players[0].replies] == [
        (True, KEY, True, None),
        (True, 0, False, None),
        (True, None, False, None),
    ]
    assert [each.omitted for each in report.questions] == [0, 0, 1]
    assert report.closed is not None
    assert f"Closed {report.closed.astimezone():%Y-%m-%d %H:%M}." in " ".join(to_text(report).split())
    assert not open_report.is_over
    assert len(open_report.questions) == 3
