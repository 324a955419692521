"""At one's own pace, on a student's screen, in a real room."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.classroom.client.joining import Joining
from orbitquiz.tui.student.app import StudentApp
from tests.classroom.live import live
from tests.classroom.making import KEY, OPTIONS, opened
from tests.tui.screens import words_of
from tests.tui.waiting import press, until


async def test_a_student_goes_on_alone_and_tries_again(tmp_path: Path) -> None:
    async with live(tmp_path, opened(2, pace="own", attempts=2)) as room:
        joining = Joining(room.address, room.code, "Ada", tmp_path / "seats")
        app = StudentApp(joining)
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "0 of 2 questions answered, 0 right." in words_of(app))
            assert joining.link in words_of(app).replace(" ", "")
            assert len(joining.link.rpartition("/")[2]) > 20  # the token
            await press(pilot, "enter")
            await until(pilot, lambda: "Who was on watch on day 1?" in words_of(app))
            order = [option.text for option in app.visit.question.options] if app.visit.question else []
            await press(pilot, str(order.index(OPTIONS[0]) + 1))
            await until(pilot, lambda: "That is not right. 1 attempt left." in words_of(app))
            await press(pilot, str(order.index(OPTIONS[KEY]) + 1))
            await until(pilot, lambda: "Cy Reed was on watch on day 1." in words_of(app))
            assert "50 points" in words_of(app)
            await press(pilot, "enter")
            await until(pilot, lambda: "Who was on watch on day 2?" in words_of(app))
            await (await room.host()).say(type="end")
            await until(pilot, lambda: "50 points 1st of 1" in words_of(app))
        assert app.farewell.startswith("1 of 2 right")


async def test_a_link_from_another_device_takes_the_seat(tmp_path: Path) -> None:
    async with live(tmp_path, opened(2, pace="own")) as room:
        _, welcome = await room.player("Ada")
        app = StudentApp(Joining(room.address, room.code, None, tmp_path / "seats", token=welcome["token"]))
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "0 of 2 questions answered" in words_of(app))
            assert app.visit.welcome is not None
            assert app.visit.welcome.name == "Ada"
        assert len(room.room.players) == 1
