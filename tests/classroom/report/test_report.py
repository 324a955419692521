"""The report of a room: what is gathered, and each form that it is written in."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.classroom.report.build import gather
from orbitquiz.classroom.report.csv import to_csv
from orbitquiz.classroom.report.html import to_html
from orbitquiz.classroom.report.item_analysis import Figure
from orbitquiz.classroom.report.json import to_json
from orbitquiz.classroom.report.model import Report, ReportPlayer, ReportQuestion
from orbitquiz.classroom.report.text import WIDTH, to_text
from orbitquiz.classroom.rules.events import EVENT, Event, Skipped
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.text.safe import visible
from tests.classroom.making import KEY, OPTIONS, Lesson, name, opened, quiz_sheet

ANN, BEN, CYD, DEE = "p1", "p2", "p3", "p4"
EVIL = '<script>alert("1")</script>&{{7*7}}'

WRITERS: list[Callable[[Report], str]] = [to_text, to_csv, to_json, to_html]


@pytest.fixture
def lesson() -> Lesson:
    """Three questions of four in which four took part, and the room is still open.

    right: question 1 Ann and Ben, 2 Ann, 3 everybody who was there. Dee came after the first. Cyd was wrong twice.
    """
    lesson = Lesson(opened(4), "Ann", "Ben", "Cyd")
    lesson.play({ANN: KEY, BEN: KEY, CYD: 0})
    lesson.join("Dee")
    lesson.play({ANN: KEY, BEN: 0, CYD: 0, DEE: 1})
    lesson.play({ANN: KEY, BEN: KEY, CYD: KEY, DEE: KEY})
    return lesson


def report_of(lesson: Lesson) -> Report:
    """The report of a lesson as it would be made from the file."""
    return gather([EVENT.validate_json(EVENT.dump_json(event)) for event in lesson.events])


def player(report: Report, who: str) -> ReportPlayer:
    return next(each for each in report.players if each.name == who)


def picked(question: ReportQuestion) -> list[int]:
    return [option.picked for option in question.options]


def marks(player: ReportPlayer) -> str:
    """A player's replies: + right, - wrong, 0 no answer, . not there."""
    return "".join(
        "." if not reply.plays else "0" if reply.option is None else "+" if reply.is_right else "-"
        for reply in player.replies
    )


# Gathered: players


def test_players_are_told_with_right_of_played_and_points(lesson: Lesson) -> None:
    report = report_of(lesson)
    told = [(each.name, marks(each), each.right, each.played, each.points) for each in report.players]
    assert told == [
        ("Ann", "+++", 3, 3, 300),
        ("Ben", "+-+", 2, 3, 200),
        ("Cyd", "--+", 1, 3, 100),
        ("Dee", ".-+", 1, 2, 100),
    ]


def test_each_answer_is_told_as_it_was_scored() -> None:
    lesson = Lesson(opened(1, timer=10.0, scoring=Scoring.SPEED), "Ann")
    lesson.ask()
    lesson.wait(5.0).pick(ANN, KEY)
    lesson.reveal()
    (reply,) = report_of(lesson).players[0].replies
    assert (reply.option, reply.is_right, reply.points, reply.seconds) == (KEY, True, 75, 5.0)
    assert report_of(lesson).players[0].points == 75


def test_no_answer_of_who_was_there_is_wrong(lesson: Lesson) -> None:
    lesson.play({ANN: KEY})
    question = report_of(lesson).questions[3]
    assert (question.responses, question.right, question.omitted) == (4, 1, 3)
    assert question.facility == Figure(0.25, 4)


def test_who_was_banned_is_left_out_of_everything(lesson: Lesson) -> None:
    lesson.do(lesson.room.ban(CYD, 0.0))
    report = report_of(lesson)
    assert [each.name for each in report.players] == ["Ann", "Ben", "Dee"]
    assert report.banned == 1
    assert [each.responses for each in report.questions] == [2, 3, 3]
    assert picked(report.questions[0]) == [0, 0, 2, 0]
    assert all("Cyd" not in write(report) for write in WRITERS)


def test_who_was_kicked_stays_but_does_not_play_on(lesson: Lesson) -> None:
    lesson.do(lesson.room.kick(BEN, 0.0))
    lesson.play({ANN: KEY, CYD: 0, DEE: 0})
    report = report_of(lesson)
    assert (marks(player(report, "Ben")), player(report, "Ben").is_out) == ("+-+.", True)
    assert report.questions[3].responses == 3


def test_who_was_kicked_after_answering_has_answered(lesson: Lesson) -> None:
    lesson.ask()
    lesson.pick(BEN, KEY)
    for each in (BEN, CYD):
        lesson.do(lesson.room.kick(each, 0.0))
    lesson.reveal()
    report = report_of(lesson)
    assert marks(player(report, "Ben")) == "+-++"
    assert marks(player(report, "Cyd")) == "--+."


def test_who_came_while_a_question_was_open_does_not_play_it(lesson: Lesson) -> None:
    lesson.ask()
    lesson.join("Eve")
    lesson.reveal()
    lesson.do(lesson.room.end(0.0))
    assert marks(player(report_of(lesson), "Eve")) == "...."
    assert report_of(lesson).questions[3].responses == 4


def test_who_was_kicked_and_is_back_plays_on(lesson: Lesson) -> None:
    lesson.do(lesson.room.kick(BEN, 0.0))
    lesson.do(lesson.room.come_back(BEN, name("Bert"), 0.0))
    lesson.play({ANN: KEY})
    back = player(report_of(lesson), "Bert")
    assert (marks(back), back.is_out) == ("+-+0", False)


def test_who_never_answered_is_listed_and_in_no_figure(lesson: Lesson) -> None:
    without = report_of(lesson)
    silent = Lesson(opened(4), "Ann", "Ben", "Cyd")
    silent.play({ANN: KEY, BEN: KEY, CYD: 0})
    silent.join("Dee")
    silent.join("Eve")
    silent.play({ANN: KEY, BEN: 0, CYD: 0, DEE: 1})
    silent.play({ANN: KEY, BEN: KEY, CYD: KEY, DEE: KEY})
    report = report_of(silent)
    assert (marks(player(report, "Eve")), report.silent) == (".00", 1)
    assert (report.questions, report.alpha) == (without.questions, without.alpha)


def test_names_are_in_an_order_in_which_one_finds_them() -> None:
    lesson = Lesson(opened(), "Player 10", "bob", "Player 9", "Ann", "Player", "éva")
    lesson.play({})
    assert [each.name for each in report_of(lesson).players] == ["Ann", "bob", "éva", "Player", "Player 9", "Player 10"]


# Gathered: questions


def test_questions_are_told_with_how_often_each_option_was_picked(lesson: Lesson) -> None:
    report = report_of(lesson)
    assert [picked(question) for question in report.questions] == [[1, 0, 2, 0], [2, 1, 1, 0], [0, 0, 4, 0]]
    assert [question.facility.value for question in report.questions] == [2 / 3, 0.25, 1.0]
    assert [question.key.text for question in report.questions] == [OPTIONS[KEY]] * 3


def test_figures_are_those_of_the_table(lesson: Lesson) -> None:
    report = report_of(lesson)
    # Ann 1 1 1, Ben 1 0 1, Cyd 0 0 1, Dee · 0 1.
    first, second, third = (question.discrimination for question in report.questions)
    # x = 1 1 0, rest 2/2, 1/2, 1/2: 3·(2 + 1) − 2·4 = 1; 3·2 − 4 = 2; 3·6 − 16 = 2. 100 · 1/2.
    assert first.value == pytest.approx(50)
    # x = 1 0 0 0, rest 2/2, 2/2, 1/2, 1/1: 4·2 − 7 = 1; 4 − 1 = 3; 4·13 − 49 = 3. 100 · 1/3.
    assert second.value == pytest.approx(100 / 3)
    assert (first.responses, second.responses) == (3, 4)
    assert third == Figure(None, 4, "everybody was right")
    assert report.mean == Figure(2, 3)
    assert report.deviation == Figure(1, 3)
    # Variances 1/3 and 1/3 and 0, of the totals 1: 3/2 · (1 − 2/3).
    assert report.alpha.value == pytest.approx(0.5)
    assert report.alpha.responses == 3
    assert report.partial == 1


def test_figures_have_nothing_to_do_with_points(lesson: Lesson) -> None:
    slow = Lesson(opened(4, timer=100.0, scoring=Scoring.SPEED), "Ann", "Ben", "Cyd")
    for at, picks in enumerate([{ANN: KEY, BEN: KEY, CYD: 0}, {ANN: KEY, BEN: 0, CYD: 0, DEE: 1}]):
        if at:
            slow.join("Dee")
        slow.ask()
        for each, option in picks.items():
            slow.wait(9.0).pick(each, option)
        slow.reveal()
    slow.play({ANN: KEY, BEN: KEY, CYD: KEY, DEE: KEY})
    one, other = report_of(slow), report_of(lesson)
    assert one.players[0].points != other.players[0].points
    assert (one.mean, one.deviation, one.alpha) == (other.mean, other.deviation, other.alpha)
    assert [each.discrimination for each in one.questions] == [each.discrimination for each in other.questions]


def test_the_median_time_is_that_of_who_answered() -> None:
    lesson = Lesson(opened(1), "Ann", "Ben", "Cyd", "Dee")
    lesson.ask()
    for who in (ANN, BEN, CYD):
        lesson.wait(2.0).pick(who, KEY)
    lesson.wait(60.0).reveal()
    assert report_of(lesson).questions[0].seconds == 4.0


def test_skipped_questions_and_the_open_one_are_left_out(lesson: Lesson) -> None:
    skipping = Lesson(opened(4), "Ann", "Ben")
    skipping.play({ANN: KEY, BEN: 0})
    skipping.ask()
    skipping.pick(ANN, 0)
    skipping.do(skipping.room.skip(0.0))
    skipping.play({ANN: KEY, BEN: KEY})
    skipping.ask()
    skipping.pick(ANN, KEY)
    report = report_of(skipping)
    assert [question.number for question in report.questions] == [1, 3]
    assert (marks(report.players[0]), report.skipped, report.is_over) == ("++", 1, False)
    skipping.do(skipping.room.end(0.0))
    over = report_of(skipping)
    assert (over.questions, over.skipped, over.is_over) == (
        report.questions,
        1,
        True,
    )  # the open one was only broken off


def test_a_question_that_was_revealed_and_taken_back_is_left_out(lesson: Lesson) -> None:
    before = report_of(lesson)
    lesson.play({ANN: 0, BEN: KEY, CYD: KEY})
    lesson.do(Skipped(at=lesson.now))
    after = report_of(lesson)
    assert (after.questions, after.players, after.alpha) == (before.questions, before.players, before.alpha)
    assert after.skipped == 1


def test_teams_are_told_by_their_mean() -> None:
    lesson = Lesson(opened(1, teams=("Sun", "Moon")), "Ann", "Ben", "Cyd")
    lesson.play({ANN: KEY, BEN: KEY})
    told = [(team.rank, team.name, team.players, team.points) for team in report_of(lesson).teams]
    assert told == [(1, "Moon", 1, 100.0), (2, "Sun", 2, 50.0)]
    assert [each.team for each in report_of(lesson).players] == ["Sun", "Moon", "Sun"]


def test_without_a_ranking_nobody_has_a_place() -> None:
    lesson = Lesson(opened(1, teams=("Sun", "Moon"), is_ranked=False), "Cyd", "Ann", "Ben")
    lesson.play({"p1": KEY, "p2": 0, "p3": KEY})
    report = report_of(lesson)
    assert [(team.name, team.points, team.rank) for team in report.teams] == [("Moon", 0.0, None), ("Sun", 100.0, None)]
    assert [each.name for each in report.players] == ["Ann", "Ben", "Cyd"]
    text = to_text(report)
    assert "Teams\n\nMoon: 0.0 points on average; 1 player\nSun: 100.0 points on average; 2 players\n" in text
    assert "\nPlayers\n\nAnn, Moon: 0 of 1 right" in text
    page = Page(to_html(report))
    assert "Place" not in page.all("th")
    assert page.all("bdi")[:2] == ["Moon", "Sun"]
    assert [row[0] for row in rows(report)] == ["name", "Ann", "Ben", "Cyd"]
    data = json.loads(to_json(report))
    assert [(team["name"], team["rank"]) for team in data["teams"]] == [("Moon", None), ("Sun", None)]
    assert [each["name"] for each in data["players"]] == ["Ann", "Ben", "Cyd"]


def test_with_a_ranking_teams_have_places() -> None:
    lesson = Lesson(opened(1, teams=("Sun", "Moon")), "Cyd", "Ann")
    lesson.play({"p1": 0, "p2": KEY})
    report = report_of(lesson)
    assert "Teams\n\n1. Moon: 100.0 points on average; 1 player\n2. Sun: 0.0" in to_text(report)
    assert "Place" in Page(to_html(report)).all("th")
    assert [team["rank"] for team in json.loads(to_json(report))["teams"]] == [1, 2]


# Gathered: what misled the class


def misled(picks: list[int]) -> list[str]:
    """The options that misled a class which picked these; -1 is no answer. Each is there for a second question."""
    lesson = Lesson(opened(2), *(f"N{number}" for number in range(len(picks))))
    lesson.play({f"p{number}": option for number, option in enumerate(picks, 1) if option >= 0})
    lesson.play({f"p{number}": KEY for number in range(1, len(picks) + 1)})
    report = report_of(lesson)
    assert all(question.number == 1 for question in report.misleading)
    return [option.text for question in report.misleading for option in question.traps]


@pytest.mark.parametrize(
    ("picks", "options"),
    [
        ([KEY, KEY, KEY, KEY], []),
        ([KEY, KEY, KEY, 0], []),  # a quarter
        ([KEY, KEY, 0], [0]),  # just a third
        ([KEY] * 5 + [0] * 2, []),  # less than a third
        ([KEY] * 5 + [0] * 2 + [1] * 3, []),
        ([KEY, KEY, -1, 0, 0, 0, -1, -1, -1, 1], [0]),  # three of ten, and more than the key
        ([KEY, 0, 1, -1, -1], []),  # as often as the key
        ([0, 0, 1, 1, 1], [1, 0]),
        ([-1, -1, -1, 0], [0]),
    ],
)
def test_what_misled_the_class(picks: list[int], options: list[int]) -> None:
    assert misled(picks) == [OPTIONS[option] for option in options]


def test_the_worst_comes_first() -> None:
    lesson = Lesson(opened(3), *"ABCDEF")
    for wrong in (2, 4, 3):
        lesson.play({f"p{number}": 0 if number <= wrong else KEY for number in range(1, 7)})
    assert [question.number for question in report_of(lesson).misleading] == [2, 3, 1]


def test_options_that_hardly_anybody_picks_are_named_in_a_large_class() -> None:
    lesson = Lesson(opened(1), *(f"N{number}" for number in range(80)))
    lesson.play({f"p{number}": KEY if number % 2 else 0 for number in range(1, 81)})
    report = report_of(lesson)
    dead = [n for n in range(len(OPTIONS)) if n not in (0, KEY)]
    assert [option.text for option in report.questions[0].dead] == [OPTIONS[n] for n in dead]
    for write in (to_text, to_html):
        assert write(report).count("hardly anybody picks it") == len(dead)
    (told,) = json.loads(to_json(report))["questions"]
    assert [n for n, option in enumerate(told["options"]) if option["dead"]] == dead


def test_no_option_is_dead_in_a_small_class() -> None:
    lesson = Lesson(opened(1), *(f"N{number}" for number in range(30)))
    lesson.play({f"p{number}": KEY for number in range(1, 31)})
    assert report_of(lesson).questions[0].dead == ()


# All forms


@pytest.mark.parametrize("write", WRITERS)
def test_a_room_in_which_nothing_has_happened_can_be_reported(write: Callable[[Report], str]) -> None:
    for lesson in (Lesson(), Lesson(None, "Ann")):
        assert write(report_of(lesson))
    lesson.ask()
    assert write(report_of(lesson))
    lesson.do(lesson.room.end(0.0))
    assert write(report_of(lesson))


@pytest.mark.parametrize("write", WRITERS)
def test_a_question_that_nobody_played_can_be_reported(write: Callable[[Report], str]) -> None:
    lesson = Lesson()
    lesson.play({})
    assert write(report_of(lesson))


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_secret_is_told(write: Callable[[Report], str]) -> None:
    lesson = Lesson(opened(salt="a-salt-of-its-own"), "Ann")
    lesson.play({ANN: KEY})
    text = write(report_of(lesson))
    assert "token" not in text
    assert "a-salt-of-its-own" not in text
    assert "skeleton" not in text


@pytest.mark.parametrize("write", WRITERS)
def test_no_text_acts_on_a_terminal(write: Callable[[Report], str]) -> None:
    evil = "e\x1b]0;x\x07v\u202eil"
    proof = ProofSheet(
        statement=evil,
        shown=(PassageSheet(value=evil, heading=evil, text=f"{evil} and more", marks=((3, 6),)),),
        also=(evil,),
        note=evil,
    )
    sheet = quiz_sheet(stem=evil, category=evil, options=(evil, f"{evil}2"), key=0, remarks=(None, evil), proof=proof)
    sheet = replace(sheet, title=evil, code=evil)
    lesson = Lesson(opened(quiz=sheet, teams=(evil,)), evil)
    lesson.play({ANN: 1})
    text = write(report_of(lesson)).removeprefix("\ufeff")
    assert visible(text.replace("\r\n", "\n")) == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("marks", "quoted"),
    [
        ((), []),
        (((4, 7), (0, 3)), ["one", "two"]),  # in any order
        (((0, 2), (2, 7)), ["one two"]),  # one begins where the other ends
        (((0, 7), (4, 5)), ["one two"]),  # one inside another
        (((3, 4),), []),  # a space
        (((0, 13),), ["one two three"]),
    ],
)
def test_a_passage_is_cut_where_quotations_begin_and_end(marks: tuple[tuple[int, int], ...], quoted: list[str]) -> None:
    passage = PassageSheet(value="one", heading="line 1", text="one two three", marks=marks)
    lesson = Lesson(opened(quiz=quiz_sheet(proof=ProofSheet(statement="One.", shown=(passage,)))), "Ann")
    lesson.play({ANN: KEY})
    (told,) = report_of(lesson).questions[0].proof.passages
    assert "".join(part.text for part in told.parts) == "one two three"
    assert [part.text for part in told.parts if part.is_quoted] == quoted


@given(st.data())
def test_any_room_can_be_written_in_all_forms(data: st.DataObject) -> None:
    lesson = Lesson(opened(3, teams=data.draw(st.sampled_from([(), ("Sun", "Moon")]))))
    for _ in range(data.draw(st.integers(0, 4))):
        lesson.join(f"N{len(lesson.room.players)}")
    for _ in range(3):
        lesson.ask()
        for who in list(lesson.room.playing):
            if (option := data.draw(st.integers(-1, 3))) >= 0:
                lesson.wait(1.0).pick(who.id, option)
            if data.draw(st.integers(0, 9)) == 0:
                move = lesson.room.kick if data.draw(st.booleans()) else lesson.room.ban
                lesson.do(move(who.id, lesson.now))
        if data.draw(st.booleans()):
            lesson.join(f"N{len(lesson.room.players)}")
        if data.draw(st.integers(0, 3)):
            lesson.reveal()
        else:
            lesson.do(lesson.room.skip(lesson.now))
    report = report_of(lesson)
    for write in WRITERS:
        assert write(report)
    for question in report.questions:
        assert question.omitted + sum(picked(question)) == question.responses
        low, high = question.interval or (0.0, 1.0)
        assert low <= (question.facility.value or 0.0) <= high
    assert report.alpha.value is None or report.alpha.value <= 1
    for each in report.players:
        assert each.right <= each.played <= len(report.questions)
        assert each.points == 100 * each.right


# Text


def test_text_leads_with_what_misled_the_class(lesson: Lesson) -> None:
    text = to_text(report_of(lesson))
    start = text.index("What misled the class")
    section = text[start : text.index("The whole")]
    assert section.startswith(
        "What misled the class\n\n"
        "Question 2: Who was on watch on day 2?\n"
        "  2 of 4 (50 %) picked “Ada Stone”; the right answer, “Cy Reed”, 1 (25 %).\n"
        "  What the sources say of it: Ada Stone commanded the ship (the report, line 3).\n"
        "  Proof: Cy Reed was on watch on day 2.\n"
        "    The log of the Kestrel, line 7\n"
        "      >>On da<<y >>2 Cy<< Reed was on watch.\n"
        "    Also: the museum's guide, line 3\n"
        "    Editor's note: The log was written the same night.\n"
    )
    assert "Question 1" in section  # a third
    assert "Question 3" not in section


def test_text_has_every_figure_with_its_responses(lesson: Lesson) -> None:
    text = to_text(report_of(lesson))
    assert "Mean: 2.0 of 3 right; 3 responses, indicative\n" in text
    assert "Standard deviation: 1.0; 3 responses, indicative\n" in text
    assert "Cronbach's alpha: 0.50; 3 responses, indicative\n" in text
    assert "1 player did not play every question and is not in mean, standard deviation and\nalpha.\n" in text
    assert (
        "2. Who was on watch on day 2?\n"
        "  Facility 25 %, 5 to 70 %; 4 players; indicative\n"
        "  Discrimination – (too few to say); 4 responses, indicative\n"
        "  Median time 0.0 s\n"
        "    2 picked “Ada Stone” (50 %)\n"
        "    1 picked “Ben Oak” (25 %)\n"
        "    1 picked “Cy Reed” (25 %, right)\n"
        "    0 picked “Di Marsh” (0 %)\n"
    ) in text
    assert "Discrimination – (everybody was right); 4 responses, indicative\n" in text


def test_people_are_shown_a_discrimination_from_five_responses_on(lesson: Lesson) -> None:
    few = report_of(lesson)
    assert [question.discrimination.responses for question in few.questions] == [3, 4, 4]
    enough = Lesson(opened(2), *"ABCDE")
    for right in (1, 2):
        enough.play({f"p{number}": KEY if number <= right else 0 for number in range(1, 6)})
    # x = 1 0 0 0 0, rest 1 1 0 0 0: 5 − 2 = 3; 5 − 1 = 4; 10 − 4 = 6. 100 · 3/√24.
    assert "Discrimination 61; 5 responses, indicative\n" in to_text(report_of(enough))
    assert "Discrimination 61; 5 responses, indicative." in to_html(report_of(enough))
    assert in_overview(few, 4) == ["–", "–", "–"]
    assert in_overview(report_of(enough), 4) == ["61", "61"]
    assert "Discrimination – (too few to say); 4 responses, indicative." in to_html(few)
    assert "33" not in re.findall(r"Discrimination (\S+)", to_text(few) + to_html(few))
    assert json.loads(to_json(few))["questions"][1]["discrimination"]["value"] == 33.3333


def in_overview(report: Report, column: int) -> list[str]:
    """A column of the table of all questions in the page."""
    (table,) = re.findall(r'<table class="overview">.*?<tbody>(.*?)</tbody>', to_html(report), re.DOTALL)
    return [re.findall("<td.*?>(.*?)</td>", row, re.DOTALL)[column] for row in table.split("</tr>")[:-1]]


@pytest.mark.parametrize(
    ("answered", "words"), [(2, "2 players; indicative"), (1, "2 players, 1 gave no answer; indicative")]
)
def test_it_is_said_how_many_gave_no_answer(answered: int, words: str) -> None:
    lesson = Lesson(opened(2), "Ann", "Ben")
    lesson.play({ANN: KEY, BEN: KEY})
    lesson.play({f"p{number}": KEY for number in range(1, answered + 1)})
    facility = "100 %, 34 to 100 %" if answered == 2 else "50 %, 9 to 91 %"
    assert f"  Facility {facility}; {words}\n" in to_text(report_of(lesson))
    assert f"{facility.replace(', ', ', 95 % interval ')}; {words}. " in to_html(report_of(lesson))


@pytest.mark.parametrize("write", [to_text, to_html])
def test_figures_are_explained_where_they_stand(lesson: Lesson, write: Callable[[Report], str]) -> None:
    text = " ".join(re.sub("<[^>]*>", "", unescape(write(report_of(lesson)))).split())
    whole, questions = text.index("The whole"), text.index("Questions")
    for figure in ("Standard deviation", "Cronbach's alpha", "Indicative"):
        assert whole < text.index(f"{figure}: how" if figure != "Indicative" else f"{figure}: from") < questions
    facility = text.index("Facility: the share of right answers")
    discrimination = text.index("Discrimination: whether those who did well otherwise got this right; below 0, look at")
    more = text.index("docs/classroom.md tells more")
    assert questions < facility < discrimination < more < text.rindex("Who was on watch on day 1?")


def test_what_was_taken_back_is_called_so_and_does_not_count(lesson: Lesson) -> None:
    lesson.ask()
    lesson.do(lesson.room.skip(lesson.now))
    lesson.do(lesson.room.end(lesson.now))
    for write in (to_text, to_html):
        assert "3 of 4 questions played, 1 taken back; 4 players" in write(report_of(lesson))
        assert "skip" not in write(report_of(lesson))


def test_text_has_each_answer_of_each_player(lesson: Lesson) -> None:
    lesson.play({ANN: 0})
    text = to_text(report_of(lesson))
    assert "Ann: 3 of 4 right, 300 points\n  right: 1, 2, 3\n  wrong: 4 “Ada Stone”\n" in text
    assert ("Dee: 1 of 3 right, 100 points\n  right: 3\n  wrong: 2 “Ben Oak”, 4 (no answer)\n  not there: 1\n") in text


def test_text_says_how_the_room_stands(lesson: Lesson) -> None:
    text = to_text(report_of(lesson))
    assert text.startswith("The comet\nRoom KSTR, opened 2031-05-03 ")
    assert "It is not over yet.\n3 of 4 questions played; 4 players; scored by accuracy.\n" in text
    lesson.do(lesson.room.end(0.0))
    assert "not over" not in to_text(report_of(lesson))


def test_with_enough_responses_nothing_is_indicative() -> None:
    lesson = Lesson(opened(2), *(f"N{number}" for number in range(30)))
    for _ in range(2):
        lesson.play({f"p{number}": KEY if number % 2 else 0 for number in range(1, 31)})
    for write in (to_text, to_html):
        text = write(report_of(lesson))
        assert "30 responses" in text
        assert "indicative" not in text.lower()


def test_lines_fit_a_terminal() -> None:
    stem = "李雷和韩梅梅" * 20 + " " + "x" * 200 + " ordinary words " * 20
    lesson = Lesson(opened(quiz=quiz_sheet(stem=stem, options=(stem, stem + "b"), key=0, remarks=(None, stem))), "李雷")
    lesson.play({ANN: 1})
    for line in to_text(report_of(lesson)).splitlines():
        assert sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) <= WIDTH
    assert "李雷和韩梅梅" * 20 in re.sub(r"\s", "", to_text(report_of(lesson)))


def test_text_keeps_a_number_and_its_percent_sign_in_one_line() -> None:
    for length in range(1, WIDTH):  # wherever the line ends
        sheet = quiz_sheet(1, options=("x" * length, "y"), key=1, remarks=(None, None))
        lesson = Lesson(opened(quiz=sheet), "Ann")
        lesson.play({ANN: 0})
        text = to_text(report_of(lesson))
        assert "(100 %)" in text
        assert not re.search(r"\n *%", text), text


@pytest.mark.parametrize(("right", "words"), [(0, "0 %"), (1, "1 %"), (299, "99 %"), (300, "100 %")])
def test_all_and_nothing_are_said_only_where_it_is_so(right: int, words: str) -> None:
    lesson = Lesson(opened(1), *(f"N{number}" for number in range(300)))
    lesson.play({f"p{number}": KEY if number <= right else 0 for number in range(1, 301)})
    assert f"Facility {words}, " in to_text(report_of(lesson))


# CSV


def rows(report: Report) -> list[list[str]]:
    """Return the rows that a spreadsheet shows."""
    text = to_csv(report)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_csv_is_one_table_of_players(lesson: Lesson) -> None:
    assert rows(report_of(lesson)) == [
        ["name", "team", "sent out", "right", "played", "points"]
        + [
            f"{number} {what}: Who was on watch on day {number}?"
            for number in (1, 2, 3)
            for what in ("score", "answer")
        ],
        ["Ann", "", "no", "3", "3", "300", "1", "Cy Reed", "1", "Cy Reed", "1", "Cy Reed"],
        ["Ben", "", "no", "2", "3", "200", "1", "Cy Reed", "0", "Ada Stone", "1", "Cy Reed"],
        ["Cyd", "", "no", "1", "3", "100", "0", "Ada Stone", "0", "Ada Stone", "1", "Cy Reed"],
        ["Dee", "", "no", "1", "2", "100", "", "", "0", "Ben Oak", "1", "Cy Reed"],
    ]


def test_csv_tells_no_answer_from_not_there(lesson: Lesson) -> None:
    lesson.play({ANN: KEY})
    assert [row[-2:] for row in rows(report_of(lesson))[1:]] == [["1", "Cy Reed"], ["0", ""], ["0", ""], ["0", ""]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t="])
def test_a_spreadsheet_computes_nothing(start: str) -> None:
    evil = f"{start}HYPERLINK(A1)"
    options = (f"{start}1", f"{start}2")
    sheet = quiz_sheet(options=options, key=0, remarks=(None, None))
    lesson = Lesson(opened(quiz=sheet, teams=(evil,)), evil)
    lesson.play({ANN: 1})
    _, (name, team, *_rest, answer) = rows(report_of(lesson))
    assert name == team == f"'{evil.strip()}"
    assert answer == f"'{start.strip()}2"


def test_a_stem_is_one_cell_of_the_first_row() -> None:
    stem = '=Who said "go",\nand when?'
    lesson = Lesson(opened(1, quiz=quiz_sheet(1, stem=stem)), "Ann")
    lesson.play({ANN: KEY})
    heads, row = rows(report_of(lesson))
    assert heads[-2:] == ['1 score: =Who said "go", and when?', '1 answer: =Who said "go", and when?']
    assert len(row) == len(heads)


def test_csv_quotes_what_has_commas_and_quotation_marks() -> None:
    lesson = Lesson(opened(), 'A "B", C')
    lesson.play({ANN: KEY})
    assert rows(report_of(lesson))[1][0] == 'A "B", C'


# JSON


def test_json_has_it_all(lesson: Lesson) -> None:
    data: dict[str, Any] = json.loads(to_json(report_of(lesson)))
    questions, players = data.pop("questions"), data.pop("players")
    figure = {"responses": 3, "indicative": True, "why": None}
    assert data == {
        "room": "KSTR",
        "title": "The comet",
        "code": "COMET-1",
        "game": 1,
        "games": 1,
        "opened": "2031-05-03T09:00:00+00:00",
        "over": False,
        "pace": "class",
        "closes": None,
        "closed": None,
        "scoring": "accuracy",
        "timer": None,
        "questions_in_quiz": 4,
        "skipped": 0,
        "banned": 0,
        "mean": {"value": 2.0, **figure},
        "standard_deviation": {"value": 1.0, **figure},
        "alpha": {"value": 0.5, **figure},
        "misleading": [2, 1],
        "teams": [],
    }
    second = questions[1]
    assert second["facility"] == {"value": 0.25, "responses": 4, "indicative": True, "why": None}
    assert second["facility_interval"] == [0.0456, 0.6994]
    assert [option["picked"] for option in second["options"]] == [2, 1, 1, 0]
    assert [option["misled"] for option in second["options"]] == [True, False, False, False]
    assert second["proof"]["passages"][0]["parts"][0] == {"text": "On da", "quoted": True}
    assert questions[2]["discrimination"]["why"] == "everybody was right"
    assert players[3]["name"] == "Dee"
    assert players[3]["answers"][0] == {
        "number": 1,
        "played": False,
        "option": None,
        "right": False,
        "points": 0,
        "seconds": None,
    }


def test_json_says_what_its_keys_are(lesson: Lesson) -> None:
    """Each key is named in the words above the module that writes them."""
    from orbitquiz.classroom.report import json as module

    def keys(data: Any) -> set[str]:
        if isinstance(data, dict):
            return set(data) | {key for value in data.values() for key in keys(value)}
        return {key for value in data for key in keys(value)} if isinstance(data, list) else set()

    named = set(re.findall(r"`(\w+)`", module.__doc__ or ""))
    assert keys(json.loads(to_json(report_of(lesson)))) <= named


# HTML


class Page(HTMLParser):
    """Reads a page strictly: every element closed, in its turn."""

    VOID = {"meta", "br"}

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[str]:
        """The texts right in elements of this kind."""
        return [text for where, text in self.texts if where == tag]


def test_html_is_well_formed_and_stands_alone(lesson: Lesson) -> None:
    text = to_html(report_of(lesson))
    assert text.startswith("<!DOCTYPE html>")
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "a", "form", "base", "audio", "video"}
    for _, attributes in page.elements:
        assert not {"src", "href", "style", "srcset", "action", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert "://" not in text


def test_html_allows_its_own_style_and_nothing_else(lesson: Lesson) -> None:
    text = to_html(report_of(lesson))
    page = Page(text)
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = (each["content"] for tag, each in page.elements if each.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_html_escapes_whatever_is_not_its_own() -> None:
    proof = ProofSheet(
        statement=EVIL,
        shown=(PassageSheet(value=EVIL, heading=EVIL, text=f"{EVIL} more", marks=((0, len(EVIL)),)),),
        also=(EVIL,),
        note=EVIL,
    )
    changes: dict[str, Any] = {
        "stem": EVIL,
        "category": EVIL,
        "options": (EVIL, f"{EVIL}2"),
        "key": 0,
        "remarks": (None, EVIL),
    }
    sheet = replace(quiz_sheet(**changes, proof=proof), title=EVIL, code=EVIL)
    lesson = Lesson(opened(quiz=sheet, teams=(EVIL, f"{EVIL}2")), EVIL, f"{EVIL}3")
    lesson.play({ANN: 1})
    text = to_html(report_of(lesson))
    assert "<script" not in text
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.elements}
    for tag in ("h1", "h3", "mark", "bdi", "td"):
        assert any(EVIL in each for each in page.all(tag)), tag
    assert "49" not in "".join(each for _, each in page.texts)  # no template in a template


def test_html_marks_the_quotation(lesson: Lesson) -> None:
    page = Page(to_html(report_of(lesson)))
    assert page.all("mark")[:2] == ["On da", "2 Cy"]


def test_html_shows_the_passage_of_each_question_once(lesson: Lesson) -> None:
    page = Page(to_html(report_of(lesson)))
    assert len(page.all("cite")) == 3


def test_html_draws_what_it_says(lesson: Lesson) -> None:
    page = Page(to_html(report_of(lesson)))
    widths = [each["width"] for tag, each in page.elements if tag == "rect" and each["class"] in ("key", "wrong")]
    facilities, options = widths[:3], widths[3:]
    assert facilities == ["66.67", "25.00", "100.00"]
    assert options[4:8] == ["50.00", "25.00", "25.00", "0.00"]
    right = [each["class"] for tag, each in page.elements if tag == "rect" and each["class"] in ("key", "wrong")][3:7]
    assert right == ["wrong", "wrong", "key", "wrong"]


def test_html_gives_options_no_letters(lesson: Lesson) -> None:
    """No student saw them in that order."""
    cells = Page(to_html(report_of(lesson))).all("td")
    at = cells.index("Ada Stone")
    assert cells[at : at + 3] == ["Ada Stone", "1 (33 %)", "Ben Oak"]
    assert not {"A", "B", "C", "D"} & set(cells)


def test_html_says_what_was_picked_instead(lesson: Lesson) -> None:
    lesson.play({ANN: KEY, BEN: 0, CYD: 1})
    page = Page(to_html(report_of(lesson)))
    at = page.texts.index(("h2", "What was picked instead")) + 1
    assert [text for _, text in page.texts[at:]] == [
        *("Ben", "2 “Ada Stone”, 4 “Ada Stone”"),
        *("Cyd", "1 “Ada Stone”, 2 “Ada Stone”, 4 “Ben Oak”"),
        *("Dee", "2 “Ben Oak”"),  # and no answer to 4
    ]


def test_where_nobody_was_wrong_nothing_was_picked_instead() -> None:
    lesson = Lesson(opened(1), "Ann", "Ben")
    lesson.play({ANN: KEY})
    assert "instead" not in to_html(report_of(lesson)).partition("</style>")[2]


def test_html_tells_answers_by_signs_and_not_by_colour(lesson: Lesson) -> None:
    lesson.play({ANN: 0})
    page = Page(to_html(report_of(lesson)))
    at = next(index for index, (tag, text) in enumerate(page.texts) if (tag, text) == ("bdi", "Dee"))
    assert [text for _, text in page.texts[at + 1 : at + 6]] == ["1 of 3", "100", "✗", "✓", "–"]


def test_html_cuts_a_table_that_is_too_wide_for_the_paper() -> None:
    lesson = Lesson(opened(45), "Ann")
    for number in range(45):
        lesson.play({ANN: KEY if number < 40 else 0})
    page = Page(to_html(report_of(lesson)))
    assert len([each for tag, each in page.elements if tag == "table" and each.get("class") == "answers"]) == 3
    signs = [sign for tag, sign in page.texts if tag == "b" or (tag == "td" and sign == "✓")]
    assert signs == ["✓"] * 40 + ["✗"] * 5


def test_html_lists_players_before_the_first_question() -> None:
    page = Page(to_html(report_of(Lesson(None, "Ann", "Ben"))))
    assert page.all("bdi") == ["Ann", "Ben"]


def test_events_are_gathered_as_they_come_from_disk(lesson: Lesson) -> None:
    events: list[Event] = lesson.events
    assert gather(events) == report_of(lesson)


def test_csv_runs_no_formula_where_semicolons_separate() -> None:
    report = gather(Lesson(opened(1), "Ann;=1+1", 'Bo";@SUM(1)', "Cy; -2").events)
    for line in to_csv(report).splitlines():
        for cell in re.split(r"[;,]", line):
            assert not re.match(r'"?\s*[=+\-@]', cell), line
        assert line.lstrip("\ufeff").startswith('"')


def test_names_sort_as_people_expect() -> None:
    lesson = Lesson(opened(1), "Zoë", "Élodie", "emil", "Kid 10", "Kid 9", "Ångström")
    names = [player.name for player in gather(lesson.events).players]
    assert names == ["Ångström", "Élodie", "emil", "Kid 9", "Kid 10", "Zoë"]
