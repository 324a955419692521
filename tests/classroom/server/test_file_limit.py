"""A process that may open no more files says so in one line, and its room goes on."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.classroom.live import PATIENCE, live

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


@contextmanager
def no_more_files() -> Iterator[None]:
    """Open files until the system allows no more."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    opened: list[int] = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 300), hard))
        with suppress(OSError):
            while True:
                opened.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for descriptor in opened:
            os.close(descriptor)


async def test_too_many_open_files_are_one_line_and_the_room_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with live(tmp_path) as room:
        host = await room.host()
        player, _ = await room.player("Ann")
        with socket.socket() as newcomer, caplog.at_level(logging.ERROR):
            newcomer.setblocking(False)
            with no_more_files():
                await asyncio.get_running_loop().sock_connect(newcomer, (room.address.host, room.address.port))
                async with asyncio.timeout(PATIENCE):
                    while not caplog.records:
                        await asyncio.sleep(0.01)
        (record,) = caplog.records
        assert "Too many open files" in record.getMessage()
        assert "\n" not in caplog.text.strip()
        assert record.exc_info is None
        await host.say(type="next", after=0)
        await player.hear("question")
        other, _ = await room.player("Ben")
        await other.leave()
