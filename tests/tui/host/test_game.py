"""A game on the host's screen: what it shows, and what its keys ask of the room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from orbitquiz.classroom import protocol
from orbitquiz.classroom.client.client import Lost
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.server import snapshots
from tests.classroom.making import KEY, OPTIONS, opened, question_sheet, quiz_sheet
from tests.tui.host.hosting import StagedRoom, asked, begun, revealed
from tests.tui.screens import SIZE, strips_of
from tests.tui.waiting import click_on, press, until

SIZES = [(80, 24), (60, 20), (200, 50), (41, 14)]
RIGHT, WRONG = KEY, 0
TICK = 0.3  # longer than it takes the screen to look at the clock


# A question.


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (99, 40), (41, 14)], ids=str)
async def test_a_question_shows_its_options_and_not_its_key(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben", "Cy")
    async with asked(staged, size):
        assert "Who was on watch on day 1?" in staged.words
        positions = [staged.text.index(option) for option in OPTIONS]
        assert positions == sorted(positions)  # the question's own order
        for hidden in ("✓", "the answer", "was on watch on day 1.", "log of the Kestrel"):
            assert hidden not in staged.text
        assert "1 of 3" in staged.lines[0]
        assert "K7M2" in staged.lines[0]  # who is late can join


async def test_options_have_no_numbers_since_each_student_sees_another_order() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged, (60, 20)):
        for number, option in enumerate(OPTIONS, 1):
            assert f" • {option}" in staged.words
            assert f"{number} {option}" not in staged.words


async def test_a_large_terminal_shows_large_letters() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged, (200, 50)):
        assert "█   █ █" in staged.text  # Who
        assert "Ada Stone" not in staged.text
        assert staged.is_sound


@pytest.mark.parametrize("stem", ["Кто стоял на вахте?", "誰が当直でしたか", "W\\ho?", "Q" * 300])
async def test_what_has_no_large_letters_is_shown_all_the_same(stem: str) -> None:
    staged = StagedRoom("Ada", opening=opened(quiz=quiz_sheet(stem=stem)))
    async with asked(staged, (200, 50)):
        assert stem[:20] in staged.text
        assert staged.is_sound


async def test_it_says_how_many_have_answered_and_who_is_away() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy")
    async with asked(staged) as pilot:
        assert "0 of 3 have answered" in staged.words
        staged.played.pick("p1", WRONG)
        staged.away = ("p1", "p2")
        staged.tell()
        await pilot.pause()
        assert "1 of 3 has answered, 1 away" in staged.words  # a player who has answered may be away
        staged.played.pick("p3", WRONG)
        staged.tell()
        await pilot.pause()
        assert "2 of 3 have answered" in staged.words


async def answered(staged: StagedRoom, pilot: Pilot[None]) -> None:
    """The first player answers."""
    staged.played.pick("p1", WRONG)
    staged.tell()
    await pilot.pause()


async def test_enter_reveals_and_asks_nothing() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with asked(staged) as pilot:
        await answered(staged, pilot)
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Reveal()]
        staged.obey()
        await pilot.pause()
        assert "✓" in staged.text


async def test_enter_reveals_nothing_in_the_second_after_asking() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with begun(staged) as pilot:
        await press(pilot, "enter")
        staged.obey()
        await pilot.pause()
        await answered(staged, pilot)
        staged.seconds += 0.9
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Next(after=0)]
        staged.seconds += 0.2
        await press(pilot, "enter")
        assert staged.client.sent[1:] == [protocol.Reveal()]


async def test_enter_asks_first_while_nobody_has_answered() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with asked(staged) as pilot:
        await press(pilot, "enter", "enter")
        assert staged.client.sent == []
        assert staged.notices == ["Nobody has answered yet. Press Enter again to show the answer anyway."]
        staged.seconds += 1.1
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Reveal()]


async def test_the_question_is_held_open_while_the_host_is_asked_whether_to_void_it() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "x")
        assert staged.client.is_held
        await press(pilot, "n")
        assert not staged.client.is_held


async def test_p_hides_the_question_and_shows_it_again() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "p")
        staged.obey()
        await pilot.pause()
        assert "Paused" in staged.words
        assert "day 1" not in staged.text
        assert "Ada Stone" not in staged.text
        assert "enter go on" in staged.bottom
        await press(pilot, "p")
        staged.obey()
        await pilot.pause()
        assert staged.client.sent == [protocol.Pause(), protocol.GoOn()]
        assert "Who was on watch" in staged.words
        assert "Paused" not in staged.words


async def test_enter_ends_a_pause_and_never_reveals() -> None:
    staged = StagedRoom("Ada")
    staged.played.ask()
    staged.played.do(staged.played.room.pause(staged.played.now))
    async with begun(staged) as pilot:  # as after --resume
        assert "enter goes on" in staged.words
        assert "reveal" not in staged.bottom
        await press(pilot, "enter", "enter")
        assert staged.client.sent == [protocol.GoOn()]
        staged.obey()
        await pilot.pause()
        assert "Who was on watch" in staged.words
        await answered(staged, pilot)
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.GoOn()]
        staged.seconds += 1.0
        await press(pilot, "enter")
        assert staged.client.sent[1:] == [protocol.Reveal()]
        await press(pilot, "question_mark")
        assert "end a pause" in staged.words


async def test_plus_gives_more_time_where_there_is_a_timer() -> None:
    staged = StagedRoom("Ada", opening=opened(timer=20.0))
    async with asked(staged) as pilot:
        assert "+ 15 s " in staged.bottom
        await press(pilot, "plus")
        assert staged.client.sent == [protocol.Extend(seconds=15.0)]
        staged.obey()
        await pilot.pause()
        assert "35 s" in staged.text
        await press(pilot, "question_mark")
        assert "+ = give 15 seconds more" in staged.words
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        assert "15 s" not in staged.bottom
        await press(pilot, "plus")
        assert staged.client.sent == []


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=str)
async def test_the_clock_runs_between_what_the_room_says(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", opening=opened(timer=20.0))
    async with begun(staged, size) as pilot:
        staged.played.ask()
        staged.played.wait(5.0)
        staged.tell()
        await pilot.pause()
        assert "15 s" in staged.lines[2]
        staged.seconds += 3.0
        await until(pilot, lambda: "12 s" in staged.lines[2])
        staged.seconds += 60.0
        await until(pilot, lambda: " 0 s" in staged.lines[2])
        staged.played.do(staged.played.room.pause(staged.played.now))
        staged.tell()
        await pilot.pause()
        staged.seconds += 3.0
        await pilot.pause(TICK)
        assert "15 s" in staged.lines[2]


async def test_a_small_terminal_with_a_timer_has_room_for_the_way_to_the_people() -> None:
    staged = StagedRoom("Ada", opening=opened(timer=20.0))
    async with asked(staged) as pilot:
        assert "u people" in staged.bottom
        await click_on(pilot, "people")
        assert "People" in staged.lines[0]


async def test_x_takes_the_question_back_after_asking() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "x")
        assert "Void this question?" in staged.words
        assert "It won't count." in staged.words
        await press(pilot, "n")
        assert staged.client.sent == []
        await press(pilot, "x", "y")
        assert staged.client.sent == [protocol.Skip()]
        staged.obey()
        await pilot.pause()
        assert "voided" in staged.words
        assert "enter next question" in staged.bottom
        await press(pilot, "enter")
        assert staged.client.sent[1:] == [protocol.Next(after=1)]


async def test_a_question_that_is_revealed_can_be_taken_back() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with revealed(staged, RIGHT, WRONG) as pilot:
        assert "x void" in staged.bottom
        staged.seconds += 5.0
        await press(pilot, "enter", "x")  # from the standings, too
        assert "Points given for it are taken away." in staged.words
        await press(pilot, "y")
        assert staged.client.sent == [protocol.Skip()]
        staged.obey()
        await pilot.pause()
        assert "This question was voided." in staged.words
        assert "x void" not in staged.bottom
        await press(pilot, "x")
        assert "Void this question?" not in staged.words


async def test_a_long_question_can_be_scrolled_on_a_small_terminal() -> None:
    stem = "Who was on watch, " + "and so on, " * 20 + "on that day?"
    staged = StagedRoom("Ada", opening=opened(quiz=quiz_sheet(stem=stem)))
    async with asked(staged, (41, 14)) as pilot:
        assert "Di Marsh" not in staged.text
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert "Di Marsh" in staged.text
        assert staged.is_sound


# Who is late.


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 30)], ids=str)
async def test_who_is_late_sees_how_to_join(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben")
    command = "orbitquiz join 192.168.1.7:8765 --code K7M2"
    async with asked(staged, size) as pilot:
        assert command in staged.lines[0] or (size == (60, 20) and "192.168.1.7:8765  K7M2" in staged.lines[0])
        staged.played.do(staged.played.room.pause(staged.played.now))
        staged.tell()
        await pilot.pause()
        assert staged.text.count(command) == 1
        assert "K7M2" not in staged.lines[0]
        staged.played.reveal()
        staged.tell()
        await pilot.pause()
        assert "K7M2" in staged.lines[0]
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert staged.text.count(command) == 1
        staged.played.do(staged.played.room.lock(locked=True, at=0.0))
        staged.tell()
        await pilot.pause()
        assert "K7M2" not in staged.text
        assert "locked" in staged.lines[0]
        staged.played.do(staged.played.room.lock(locked=False, at=0.0))
        staged.played.do(staged.played.room.skip(0.0))
        staged.tell()
        await pilot.pause()
        assert staged.text.count(command) == 1
        assert staged.is_sound


async def test_a_small_terminal_says_where_the_room_is() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with revealed(staged, RIGHT, WRONG, size=(41, 14)) as pilot:
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert "Join:  192.168.1.7:8765  K7M2" in staged.text


# Its key.


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=str)
async def test_a_reveal_shows_votes_key_and_proof(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", "Eve")
    async with revealed(staged, RIGHT, RIGHT, WRONG, RIGHT, None, size=size):
        rows = {option: next(line for line in staged.lines if option in line) for option in OPTIONS}
        assert rows["Cy Reed"].lstrip().startswith("✓")
        assert "the answer" in rows["Cy Reed"]
        assert [rows[option].rstrip()[-1] for option in OPTIONS] == ["1", "0", "3", "0"]
        bars = [rows[option].count("▆") for option in OPTIONS]
        assert bars[1] == bars[3] == 0
        assert bars[2] == pytest.approx(3 * bars[0], abs=2)
        for option in OPTIONS:
            assert option == "Cy Reed" or "✓" not in rows[option]
        assert "✓ 3 of 5 were right, 1 gave no answer." in staged.words
        assert "Cy Reed was on watch on day 1." in staged.words
        assert "The log of the Kestrel, line 7" in staged.words
        assert "4 of 5 answered" in staged.lines[0]


@pytest.mark.parametrize(
    ("picks", "words"),
    [
        ([None, None], "– Nobody has answered."),
        ([WRONG, None], "✗ Nobody was right, 1 gave no answer."),
        ([WRONG, WRONG], "✗ Nobody was right. "),
        ([RIGHT, RIGHT], "✓ All were right. "),
        ([RIGHT, None], "✓ 1 of 2 was right, 1 gave no answer."),
        ([RIGHT, WRONG], "✓ 1 of 2 was right. "),
    ],
)
async def test_a_reveal_says_how_it_went(picks: list[int | None], words: str) -> None:
    staged = StagedRoom("Ada", "Ben")
    async with revealed(staged, *picks):
        assert words in staged.words


async def test_it_says_when_the_time_was_up() -> None:
    staged = StagedRoom("Ada", "Ben", opening=opened(timer=20.0))
    async with begun(staged) as pilot:
        for answers, keys, is_up in ((1, [], True), (2, [], False), (1, ["enter"], False)):
            staged.ask()
            await pilot.pause()
            for number in range(answers):
                staged.played.pick(f"p{number + 1}", RIGHT)
            staged.tell()
            await pilot.pause()
            staged.seconds += 5.0
            await press(pilot, *keys)
            staged.played.reveal()  # by itself, where the host has not asked for it
            staged.tell()
            await pilot.pause()
            assert ("Time is up:" in staged.lines[0]) is is_up
            assert f"{answers} of 2 answered" in staged.lines[0]


async def test_the_marked_quotation_is_marked_and_both_sides_are_shown() -> None:
    sheet = question_sheet()
    other = replace(sheet.proof.shown[0], value="Di Marsh", heading="The guide, line 2")
    proof = replace(sheet.proof, shown=(*sheet.proof.shown, other))
    staged = StagedRoom("Ada", opening=opened(quiz=quiz_sheet(proof=proof, sources_differ=True)))
    async with revealed(staged, RIGHT) as pilot:
        await pilot.pause()
        assert "≠ sources differ" in staged.lines[0]
        assert "Cy Reed The log of the Kestrel, line 7" in staged.words
        assert "Di Marsh The guide, line 2" in staged.words
        row = next(row for row, line in enumerate(staged.lines) if "On day 1 Cy Reed was on watch." in line)
        strip = strips_of(staged.app)[row]
        marked = "".join(segment.text for segment in strip if segment.style and segment.style.bold)
        assert "On da" in marked
        assert "watch" not in marked


async def test_a_long_proof_can_be_scrolled() -> None:
    note = "A word of the editor's. " * 60 + "The end of it."
    proof = replace(question_sheet().proof, note=note, also=())
    staged = StagedRoom("Ada", opening=opened(quiz=quiz_sheet(proof=proof)))
    async with revealed(staged, RIGHT) as pilot:
        assert "↓ more" in staged.bottom
        assert "The end of it." not in staged.words
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert "The end of it." in staged.words


async def test_enter_goes_from_proof_to_standings_to_the_next_question() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with revealed(staged, WRONG, RIGHT) as pilot:
        staged.seconds += 5.0
        assert "enter standings" in staged.bottom
        await press(pilot, "enter")
        assert staged.client.sent == []
        assert "Standings" in staged.lines[0]
        assert "on watch" not in staged.text
        assert "enter next question" in staged.bottom
        await press(pilot, "escape")
        assert "on watch" in staged.text
        await press(pilot, "enter", "enter")
        assert staged.client.sent == [protocol.Next(after=1)]
        staged.obey()
        await pilot.pause()
        assert "day 2" in staged.words


async def test_a_key_pressed_twice_leaves_one_question() -> None:
    staged = StagedRoom("Ada")
    async with revealed(staged, RIGHT) as pilot:
        staged.seconds += 5.0
        await press(pilot, "enter", "enter", "enter")
        assert staged.client.sent == [protocol.Next(after=1), protocol.Next(after=1)]  # the room does the first


async def test_without_ranking_there_are_no_standings() -> None:
    staged = StagedRoom("Ada", "Ben", opening=opened(is_ranked=False))
    async with revealed(staged, RIGHT, WRONG) as pilot:
        staged.seconds += 5.0
        assert "enter next question" in staged.bottom
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Next(after=1)]
        staged.played.do(staged.played.room.end(0.0))
        staged.tell()
        await pilot.pause()
        assert "orbitquiz report K7M2" in staged.words
        assert "The class gave 1 of 2 right answers." in staged.words
        assert "Ada" not in staged.words
        assert "100" not in staged.words


async def test_without_ranking_the_end_counts_what_counted() -> None:
    staged = StagedRoom("Ada", "Ben", opening=opened(is_ranked=False))
    async with revealed(staged, RIGHT, None) as pilot:
        staged.play([RIGHT, WRONG])
        await pilot.pause()
        staged.played.do(staged.played.room.skip(0.0))
        staged.tell()
        await pilot.pause()
        staged.play([RIGHT, RIGHT])
        await pilot.pause()
        staged.played.do(staged.played.room.next(0.0))
        staged.tell()
        await pilot.pause()
        assert "The game is over after 2 questions." in staged.words
        assert "The class gave 3 of 4 right answers." in staged.words
        assert "Thank you all for playing." in staged.words


async def test_a_host_that_came_later_tells_the_same() -> None:
    """As after `--resume`."""
    staged = StagedRoom("Ada", opening=opened(2, is_ranked=False))
    staged.played.play({"p1": RIGHT})
    async with revealed(staged, RIGHT) as pilot:
        staged.played.do(staged.played.room.next(0.0))
        staged.tell()
        await pilot.pause()
        assert "The game is over after 2 questions." in staged.words
        assert "The class gave 2 of 2 right answers." in staged.words
        assert "Thank you all for playing." in staged.words


async def test_enter_that_comes_just_after_time_was_up_does_not_skip_the_proof() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        staged.played.pick("p1", RIGHT)
        staged.played.reveal()
        staged.tell()
        await pilot.pause()
        staged.seconds += 0.3
        await press(pilot, "enter")
        assert "on watch" in staged.text
        staged.seconds += 1.0
        await press(pilot, "enter")
        assert "Standings" in staged.lines[0]


async def test_enter_that_the_host_meant_is_not_kept_waiting() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with asked(staged) as pilot:
        await answered(staged, pilot)
        await press(pilot, "enter")
        staged.obey()
        await pilot.pause()
        await press(pilot, "enter")
        assert "Standings" in staged.lines[0]


# Standings and end.


async def test_standings_show_points_and_movement() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy")
    async with begun(staged) as pilot:
        staged.play([RIGHT, WRONG, WRONG])
        await pilot.pause()
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert not set("▲▼–") & set(staged.text)  # nobody had a place before
        staged.play([WRONG, RIGHT, WRONG])
        await pilot.pause()
        staged.seconds += 5.0
        await press(pilot, "enter")
        rows = [" ".join(line.replace("━", "").split()) for line in staged.lines if "100" in line or " 0" in line]
        assert rows == ["1 – Ada 100", "1 ▲1 Ben 100", "3 ▼1 Cy 0"]


async def test_teams_stand_by_their_mean() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", opening=opened(teams=("Mercury", "Venus")))
    async with revealed(staged, RIGHT, WRONG, WRONG) as pilot:
        staged.seconds += 5.0
        await press(pilot, "enter")
        assert "Teams, by mean points" in staged.words
        rows = [" ".join(line.replace("━", "").split()) for line in staged.lines if "Mercury" in line]
        assert rows == ["1 Mercury 50.0 2 Venus 0.0"]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=str)
async def test_at_the_end_the_podium_is_of_the_teams_and_players_are_beneath(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", opening=opened(1, teams=("Mercury", "Venus")))
    async with revealed(staged, WRONG, RIGHT, RIGHT, size=size) as pilot:
        staged.played.do(staged.played.room.next(0.0))
        staged.tell()
        await pilot.pause()
        above, beneath = staged.words.split(" Players ")
        assert "Teams, by mean points ★ Venus" in above
        assert "Mercury" in above
        assert "50.0" in above
        assert "★" not in beneath
        for name in ("Ada", "Ben", "Cy"):
            assert name not in above
            assert f" {name} " in beneath
        assert "Venus" not in beneath


async def test_teams_that_share_the_first_places_are_listed_above_the_players() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", opening=opened(1, teams=("Mercury", "Venus", "Earth", "Mars")))
    async with revealed(staged, RIGHT, RIGHT, RIGHT, RIGHT) as pilot:
        staged.played.do(staged.played.room.next(0.0))
        staged.tell()
        await pilot.pause()
        above, beneath = staged.words.split(" Players ")
        assert staged.words.count("Teams, by mean points") == 1
        assert all(team in above for team in ("Mercury", "Venus", "Earth", "Mars"))
        assert all(name in beneath for name in ("Ada", "Ben", "Cy", "Di"))


async def test_of_a_crowd_the_first_five_are_shown_and_nobody_is_last() -> None:
    staged = StagedRoom(*(f"Player {number}" for number in range(500)))
    async with revealed(staged, *[RIGHT] * 500) as pilot:
        staged.seconds += 5.0
        await press(pilot, "enter")
        shown = sum(staged.words.count(f"Player {number} ") > 0 for number in range(500))
        assert shown == 5
        assert staged.is_sound


async def test_the_last_proof_is_followed_by_the_end() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", opening=opened(1))
    async with revealed(staged, RIGHT, WRONG, RIGHT, WRONG) as pilot:
        staged.seconds += 5.0
        assert "enter the end" in staged.bottom
        await press(pilot, "enter")
        assert staged.client.sent == [protocol.Next(after=1)]
        staged.obey()
        await pilot.pause()
        assert "The game is over after 1 question." in staged.words
        assert "orbitquiz report K7M2" in staged.words
        assert "★ Ada" in staged.words
        assert "★ Cy" in staged.words
        assert "Ben" in staged.words
        assert "enter" not in staged.bottom
        await press(pilot, "enter", "p", "x", "plus", "l", "e")
        assert staged.client.sent == [protocol.Next(after=1)]
        await press(pilot, "q")
        assert not staged.app.is_running


async def test_where_many_share_the_first_places_nobody_stands_on_the_podium() -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", "Di", opening=opened(1))
    async with revealed(staged, RIGHT, RIGHT, RIGHT, RIGHT) as pilot:
        staged.played.do(staged.played.room.next(0.0))
        staged.tell()
        await pilot.pause()
        assert "★" not in staged.text
        for name in ("Ada", "Ben", "Cy", "Di"):
            assert f"1 {name}" in staged.words


async def test_a_game_ended_in_the_lobby_has_no_winners() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        staged.played.do(staged.played.room.end(0.0))
        staged.tell()
        await pilot.pause()
        assert "The game is over after 0 questions." in staged.words
        assert "Ada" not in staged.words


# Leaving, ending, and what goes wrong.


async def test_e_asks_before_it_ends_the_game() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "e")
        assert "End this game?" in staged.words
        assert "The open question is voided." in staged.words
        await press(pilot, "n")
        assert staged.client.sent == []
        await press(pilot, "e", "y")
        assert staged.client.sent == [protocol.End()]
        staged.obey()
        await pilot.pause()
        assert "orbitquiz report K7M2" in staged.words


async def test_q_asks_before_a_game_is_left() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        await press(pilot, "q")
        assert "The room is saved: `orbitquiz host --resume` resumes it." in staged.words.replace(" `", " `")
        await press(pilot, "n")
        assert staged.app.is_running
        await press(pilot, "q", "y")
        assert not staged.app.is_running


@pytest.mark.parametrize("keys", [("ctrl+c", "ctrl+c"), ("q", "ctrl+c"), ("u", "q", "ctrl+c")])
async def test_who_presses_control_c_on_the_question_means_it(keys: tuple[str, ...]) -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        await press(pilot, *keys[:-1])
        assert staged.app.is_running
        await press(pilot, keys[-1])
        assert not staged.app.is_running


@pytest.mark.parametrize("keys", ["qyq", "qyu", "eyqy", "xyqyx", "uqyq", "qqy", "qyqyq"])
async def test_keys_that_come_all_at_once_break_nothing(keys: str) -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        for key in keys:
            staged.app.post_message(Key(key, key))
        await pilot.pause()
        assert not staged.app.is_running


async def test_trouble_is_shown_as_long_as_it_lasts() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged) as pilot:
        staged.tell(trouble="The room is not being kept: no space left on device.")
        await pilot.pause()
        assert "! The room is not being kept: no space left on device." in staged.words
        assert "Who was on watch" in staged.words
        staged.tell()
        await pilot.pause()
        assert "not being kept" not in staged.words


async def test_a_lost_connection_is_said_and_moves_are_not_lost_in_silence() -> None:
    staged = StagedRoom("Ada")
    async with asked(staged, notifications=True) as pilot:
        staged.client.say(Lost("connection refused"))
        await pilot.pause()
        assert "! Connection to the room lost (connection refused). Reconnecting…" in staged.words
        assert "Who was on watch" in staged.words
        await press(pilot, "p")
        assert staged.client.sent == []
        assert staged.notices == ["Not sent: no connection to the room."]
        staged.begin()
        await pilot.pause()
        assert "lost" not in staged.lines[2]
        await press(pilot, "p")
        assert staged.client.sent == [protocol.Pause()]


def _refusal(reason: Reason) -> protocol.Refusal:
    return protocol.Refusal(reason=reason, text=WORDS[reason])


async def test_a_refused_move_is_said() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        staged.client.say(_refusal(Reason.NAME_TAKEN))
        await pilot.pause()
        assert staged.notices == [WORDS[Reason.NAME_TAKEN]]


async def test_a_reveal_that_came_too_late_is_no_news() -> None:
    staged = StagedRoom("Ada", "Ben")
    async with asked(staged) as pilot:
        await answered(staged, pilot)
        await press(pilot, "enter")  # just as time was up
        staged.played.reveal()
        staged.tell()
        staged.client.say(_refusal(Reason.NOT_NOW))
        await pilot.pause()
        assert staged.notices == []
        staged.client.say(_refusal(Reason.NOT_NOW))
        await pilot.pause()
        assert staged.notices == [WORDS[Reason.NOT_NOW]]


async def test_a_room_that_sends_its_host_away_says_why() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        staged.client.say(_refusal(Reason.CLOSED))
        await pilot.pause()
        assert f"! {WORDS[Reason.CLOSED]}" in staged.words


async def test_a_room_that_is_quicker_than_the_screen_is_shown() -> None:
    staged = StagedRoom("Ada")
    room = staged.played.room
    staged.client.first = [snapshots.host_welcome(room), snapshots.people(room, ["p1"]), snapshots.scene(room, 0.0)]
    async with staged.app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "1 player" in staged.words


async def test_notices_are_shown() -> None:
    staged = StagedRoom(notices=["[red]Two facts[/red] were left out."])
    async with begun(staged, notifications=True):
        assert "[red]Two facts[/red] were left out." in staged.words


async def test_a_room_that_goes_on_shows_where_it_stood() -> None:
    """As after `--resume`."""
    staged = StagedRoom("Ada", "Ben")
    staged.played.play({"p1": RIGHT})
    async with staged.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "player" not in staged.words
        staged.begin()
        await pilot.pause()
        assert "✓ 1 of 2 was right, 1 gave no answer." in staged.words
        await press(pilot, "enter")
        assert "Standings" in staged.lines[0]


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    staged = StagedRoom(folder=tmp_path)
    async with begun(staged) as pilot:
        staged.app.theme = "orbit-day"
        await pilot.pause()
    assert StagedRoom(folder=tmp_path).app.theme == "orbit-day"
    assert StagedRoom().app.theme == "orbit-night"


async def test_key_hints_can_be_clicked() -> None:
    staged = StagedRoom("Ada", opening=opened(timer=20.0))
    async with begun(staged) as pilot:
        await click_on(pilot, "begin")
        staged.obey()
        await pilot.pause()
        for hint in ("pause", "go on", "15 s"):
            await click_on(pilot, hint)
            staged.obey()
            await pilot.pause()
        await click_on(pilot, "void")
        await click_on(pilot, "void it")
        staged.obey()
        await pilot.pause()
        assert [type(message) for message in staged.client.sent] == [
            protocol.Next, protocol.Pause, protocol.GoOn, protocol.Extend, protocol.Skip,
        ]  # fmt: skip
        await click_on(pilot, "keys")
        assert "from the standings" not in staged.words
        assert "see who is here" in staged.words
        await press(pilot, "escape")
        await click_on(pilot, "leave")
        await click_on(pilot, "stay")
        assert staged.app.is_running


async def test_a_terminal_that_is_too_small_waits_and_the_room_goes_on() -> None:
    staged = StagedRoom("Ada")
    async with begun(staged) as pilot:
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        assert "The room goes on." in staged.words
        staged.ask()
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Who was on watch" in staged.words


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_size_shows_every_page_in_whole_lines(size: tuple[int, int]) -> None:
    staged = StagedRoom("Ada", "Ben", "Cy", opening=opened(2, timer=20.0, teams=("Mercury", "Venus")))
    async with begun(staged, size) as pilot:
        pages = []
        for keys in (["enter"], ["p"], ["p"], ["enter"], ["enter"], ["enter"], ["enter"], ["enter"]):
            before = len(staged.client.sent)
            staged.seconds += 2.0
            if staged.played.room.is_open and not staged.played.room.round.answers:
                await answered(staged, pilot)
            await press(pilot, *keys)
            if len(staged.client.sent) > before:
                staged.obey()
                await pilot.pause()
            assert staged.is_sound, staged.text
            pages.append(staged.screen.page)
        assert pages == ["asking", "asking", "asking", "revealed", "standings", "asking", "revealed", "over"]
