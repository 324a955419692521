"""Real proxies in front of a service, configured as docs/serving.md shows."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from orbitquiz.classroom.address import LOOPBACK
from orbitquiz.serving.proxies import LOOPBACK as HERE
from orbitquiz.serving.proxies import Proxies
from tests.serving.served import Served, served

DOCS = Path(__file__).parents[2] / "docs" / "serving.md"
PATH = f"{os.environ['PATH']}:/usr/sbin"  # where Debian has servers
CUT_OFF, LEFT = "cut off by the proxy", "left to --path"


def shown(first: str) -> str:
    """Return the block of docs/serving.md that begins with `first`."""
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    (found,) = (block for each in blocks if (block := textwrap.dedent(each).strip("\n")).startswith(first))
    return found


def nginx(port: int, service: int, path: str) -> str:
    server = shown("map $http_upgrade").replace("listen 443 ssl;", f"listen {LOOPBACK}:{port};")
    if path == CUT_OFF:
        server = server.replace("location / {", "location /quiz/ {").replace(":8765;", ":8765/;")
    temporary = "".join(f"{each}_temp_path {each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    logs = "error_log stderr; access_log off;"
    http = f"{temporary} {logs} {server.replace('8765', str(service))}"
    return f"daemon off; pid nginx.pid; error_log stderr; events {{}} http {{ {http} }}"


def caddy(port: int, service: int, path: str) -> str:
    site = shown("quiz.example.org {").replace("quiz.example.org", f"http://{LOOPBACK}:{port}")
    if path == CUT_OFF:
        site = site.replace("reverse_proxy", "handle_path /quiz/* {\nreverse_proxy").replace("8765", "8765\n}")
    return f"{{\nadmin off\nauto_https off\n}}\n{site.replace('8765', str(service))}"


PROGRAMS = {
    "nginx": (nginx, ["nginx", "-e", "stderr", "-p", ".", "-c", "config"]),
    "caddy": (caddy, ["caddy", "run", "--config", "config", "--adapter", "caddyfile"]),
}


@asynccontextmanager
async def behind(name: str, folder: Path, path: str = "") -> AsyncIterator[Served]:
    """A service as it is found behind a proxy. `path` says how it is found below /quiz, if it is."""
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    proxies = Proxies(HERE, "/quiz" if path == LEFT else "")
    async with served(folder / "data", proxies=proxies) as it:
        configure, command = PROGRAMS[name]
        (folder / "config").write_text(configure(port, it.service.port, path))
        with (folder / "said").open("wb") as said:
            program = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stderr=said,
                env={"HOME": str(folder), "PATH": PATH},
            )
        try:
            async with asyncio.timeout(20):
                while not await listens(port):
                    assert program.returncode is None, (folder / "said").read_text()
                    await asyncio.sleep(0.02)
            through = replace(it, service=replace(it.service, port=port), path="/quiz/" if path else "/")
            yield through
            for guest in through.guests:
                guest.drop()
        finally:
            if program.returncode is None:
                program.terminate()
            await program.wait()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


@pytest.fixture(params=PROGRAMS)
def proxy(request: pytest.FixtureRequest) -> str:
    if shutil.which(request.param, path=PATH) is None:
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


@pytest.mark.parametrize("path", ["", CUT_OFF, LEFT], ids=["at the top", CUT_OFF, LEFT])
async def test_a_class_plays_through_a_proxy(proxy: str, path: str, tmp_path: Path) -> None:
    async with behind(proxy, tmp_path, path) as it:
        room = await it.open()
        origin = f"http://{it.address.host}:{it.address.port}"
        for file in ("", "main.js"):
            assert (await it.get(f"{it.path}{file}"))[0] == 200
        host = await it.host(room)
        ann = await it.hello(room.code, "Ann", origin=origin)
        await ann.hear("welcome")
        await host.say(type="next", after=0)
        question = await ann.hear("question")
        await ann.answer(question, question["options"][0]["id"])
        await ann.hear("accepted")
        await host.say(type="reveal")
        await ann.hear("reveal")
        status, _, report = await it.get(room.link.removeprefix(origin))
        assert status == 200
        assert "Ann" in report


async def test_a_page_of_another_site_may_not_join_through_a_proxy(proxy: str, tmp_path: Path) -> None:
    async with behind(proxy, tmp_path) as it:
        with pytest.raises(InvalidStatus, match="403"):
            await it.guest(origin="https://elsewhere.example")
