"""The page of a service: the code is typed, or comes in the fragment; the service may be below a path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orbitquiz.serving.limits import Limits
from orbitquiz.serving.proxies import Proxies
from tests.classroom.making import KEY, OPTIONS
from tests.page.browser import PHONE, UNSAFE_HOST, Phone, browser
from tests.page.conftest import needs_browser
from tests.serving.served import served

pytestmark = [needs_browser, pytest.mark.slow]


async def test_a_phone_plays_at_a_service_below_a_path_and_comes_back_after_a_new_start(tmp_path: Path) -> None:
    proxies = Proxies(path="/quiz")
    async with browser() as started:
        options: dict[str, Any] = {"viewport": PHONE, "has_touch": True}
        context = await started.new_context(**options)
        page = await context.new_page()
        async with served(tmp_path, proxies=proxies, limits=Limits(idle=0.0)) as it:
            room, port = await it.open(), it.service.port
            ada = Phone(context, page, f"http://{UNSAFE_HOST}:{port}/quiz/")
            await page.goto(ada.address)
            await page.get_by_label("Room code").fill(room.code.lower())
            await ada.tap("Next")
            await ada.join("Ada")
            await ada.sees("1 player")
            assert page.url.endswith(f"/quiz/#{room.code}")
        async with served(tmp_path, proxies=proxies, port=port) as it:
            host = await it.host(room)
            await host.say(type="next", after=0)
            await ada.heading("Who was on watch on day 1?")
            await ada.tap(OPTIONS[KEY])
            await ada.heading("✓ Right")
            assert len(host.heard[1]["seats"]) == 1
        await context.close()
        assert [problem for problem in ada.problems if "ERR_CONNECTION" not in problem] == []
