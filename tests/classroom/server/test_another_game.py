"""Several games in one room, and the host's notes beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from orbitquiz.classroom.report.build import NoSuchGame, gather
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.quiz.sheet import QuizSheet
from tests.classroom.live import Guest, Live, Message, live
from tests.classroom.making import KEY, OPTIONS, opened, question_sheet, quiz_sheet
from tests.classroom.places import Place


def another() -> QuizSheet:
    """The quiz of the next game: two questions of other facts."""
    questions = tuple(question_sheet(number, stem=f"Who slept on day {number}?") for number in (7, 8))
    return QuizSheet(bank="comet-bank", digest="0" * 64, title="The night", code=None, questions=questions)


async def play(host: Guest, guests: list[Guest], number: int, picks: list[str]) -> list[Message]:
    """Ask the question with this number, let each pick the option with a text, reveal; return the questions."""
    await host.say(type="next", after=number - 1)
    asked = []
    for guest, text in zip(guests, picks, strict=True):
        question = await guest.hear("question", lambda told: told["number"] == number)
        asked.append(question)
        await guest.answer(question, next(each["id"] for each in question["options"] if each["text"] == text))
        await guest.hear("accepted")
    for guest in guests:
        await guest.hear("reveal")
    return asked


async def two_games(room: Live) -> tuple[Guest, list[Guest], list[Message]]:
    """Ada and Ben play a game of one question, and the first question of another one."""
    host = await room.host()
    guests = [(await room.player(name))[0] for name in ("Ada", "Ben")]
    asked = await play(host, guests, 1, [OPTIONS[KEY], OPTIONS[0]])
    await host.say(type="next", after=1)
    for guest in guests:
        await guest.hear("ended")
    await host.say(type="again")
    asked += await play(host, guests, 1, [OPTIONS[0], OPTIONS[KEY]])
    return host, guests, asked


async def test_everybody_keeps_the_seat_and_points_begin_again(place: Place) -> None:
    async with live(place.index, opened(1), again=another) as room:
        _, (ada, ben), _ = await two_games(room)
        lobby = [told for told in ada.heard if told["type"] == "lobby"][-1]
        assert (lobby["title"], lobby["total"], lobby["score"]) == ("The night", 2, 0)
        assert ada.heard[-1]["question"]["stem"] == "Who slept on day 7?"
        assert (ada.heard[-1]["yours"]["score"], ben.heard[-1]["yours"]["score"]) == (0, 100)
        assert [player.id for player in room.room.players.values()] == ["p1", "p2"]
        _, welcome = await room.player("Cy")
        assert welcome["title"] == "The night"


async def test_an_answer_of_the_last_game_that_is_sent_again_counts_for_nothing(place: Place) -> None:
    async with live(place.index, opened(1), again=another) as room:
        host, (ada, _), asked = await two_games(room)
        assert not {each["id"] for each in asked[0]["options"]} & {each["id"] for each in asked[2]["options"]}
        await host.say(type="next", after=1)
        await ada.hear("question", lambda told: told["number"] == 2)
        await ada.answer(asked[0] | {"number": 2}, asked[0]["options"][0]["id"], seq=99)
        assert (await ada.hear("refusal"))["reason"] == "no-option"


async def test_each_game_has_a_report_of_its_own(place: Place) -> None:
    async with live(place.index, opened(1), again=another) as room:
        await two_games(room)
        events = room.events
    points = {game: {each.name: each.points for each in gather(events, game).players} for game in (1, 2)}
    assert points == {1: {"Ada": 100, "Ben": 0}, 2: {"Ada": 0, "Ben": 100}}
    assert gather(events) == gather(events, 2)
    assert (gather(events).game, gather(events).games, gather(events).title) == (2, 2, "The night")
    with pytest.raises(NoSuchGame, match="2 games"):
        gather(events, 3)


async def test_a_room_with_two_games_is_resumed_in_the_second(place: Place) -> None:
    async with live(place.index, opened(1), again=another) as room:
        await two_games(room)
    async with live(place.index, resumed=room.code) as room:
        host = await room.host()
        scene = next(told for told in host.heard if told["type"] == "scene")
        assert (scene["phase"], scene["number"], scene["total"]) == ("revealed", 1, 2)


async def test_another_game_is_refused_where_there_is_none_or_one_is_on(tmp_path: Path) -> None:
    def none() -> QuizSheet:
        raise Refused(Reason.NOT_NOW, "The bank has no more questions of this kind.")

    async with live(tmp_path, opened(1), again=none) as room:
        host = await room.host()
        await host.say(type="again")
        assert (await host.hear("refusal"))["reason"] == "not-now"
        await host.say(type="end")
        await host.hear("scene", lambda told: told["phase"] == "over")
        await host.say(type="again")
        assert "no more questions" in (await host.hear("refusal"))["text"]


# The host's notes.


async def notes_of(room: Live) -> Guest:
    """Somebody with the host's secret who asks for the notes."""
    guest = await room.guest()
    await guest.say(**json.loads(room.greeting.model_dump_json()) | {"notes": True})
    assert (await guest.hear("host-welcome"))["room"] == room.code
    return guest


async def test_the_notes_tell_key_next_question_and_who_is_silent(tmp_path: Path) -> None:
    quiz = quiz_sheet(2)
    async with live(tmp_path, opened(quiz=quiz)) as room:
        host, notes = await room.host(), await notes_of(room)
        assert (await notes.hear("notes"))["next"]["stem"] == "Who was on watch on day 1?"
        ada, _ = await room.player("Ada")
        await room.player("Ben")
        await host.say(type="next", after=0)
        told = await notes.hear("notes", lambda told: told["phase"] == "asking")
        assert told["current"]["key"] == KEY
        assert told["next"]["number"] == 2
        assert told["silent"] == ["Ada", "Ben"]
        question = await ada.hear("question")
        await ada.answer(question, question["options"][0]["id"])
        told = await notes.hear("notes", lambda told: told["answered"] == 1)
        assert told["silent"] == ["Ben"]
        assert {each["type"] for each in notes.heard} == {"host-welcome", "notes"}
        assert not [each for each in host.heard + ada.heard if each["type"] == "notes"]


async def test_the_notes_can_move_nothing(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        notes = await notes_of(room)
        await notes.say(type="next", after=0)
        assert (await notes.hear("refusal"))["reason"] == "not-host"
        assert room.room.number == 0


async def test_nobody_without_the_secret_is_shown_the_notes(tmp_path: Path) -> None:
    async with live(tmp_path) as room:
        stranger = await room.guest()
        await stranger.say(type="host", protocol=2, room=room.code, secret="guess", notes=True)
        assert (await stranger.hear("refusal"))["reason"] == "not-host"
        with pytest.raises(ConnectionClosed):
            await stranger.hear("notes")
        player, _ = await room.player("Ada")
        await player.say(**json.loads(room.greeting.model_dump_json()) | {"secret": "guess", "notes": True})
        assert (await player.hear("refusal"))["reason"] == "bad-message"
