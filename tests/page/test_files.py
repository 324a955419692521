"""The page's files, as they come over HTTP: complete, small, harmless, and what they were made from."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tools.page_types import PAGE, TYPES, VERSION, types_text, version_text

from orbitquiz.classroom.server.http import page_files
from tests.classroom.live import Live, live

CONSUMERS = Path(__file__).parents[2] / ".venv" / "consumers" / "node_modules" / ".bin"
TSC = shutil.which("tsc") or shutil.which("tsc", path=CONSUMERS)
LARGEST_PAGE = 30_000  # bytes: a class loads it over one access point


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Live]:
    async with live(tmp_path) as made:
        yield made


async def ask(room: Live, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send raw bytes and read the whole answer: status, headers, body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", room.address.port)
    writer.write(raw)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return int(status.split()[1]), {name.lower(): value for name, value in headers.items()}, body


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: quiz.example:8765", *headers, "", ""]).encode()


async def test_each_file_is_sent_with_its_type_and_nothing_else_may_act(room: Live) -> None:
    for path, file in page_files().items():
        status, headers, body = await ask(room, get(path))
        assert (status, headers["content-type"], body) == (200, file.kind, file.body)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "ws://quiz.example:8765 wss://quiz.example:8765" in policy


async def test_a_host_that_is_no_host_gets_into_no_policy(room: Live) -> None:
    _, headers, _ = await ask(room, b"GET / HTTP/1.1\r\nHost: x; script-src *\r\n\r\n")
    assert "script-src *" not in headers["content-security-policy"]


async def test_a_file_is_sent_compressed_and_only_when_it_has_changed(room: Live) -> None:
    status, headers, body = await ask(room, get("/screens.js", "Accept-Encoding: gzip, br"))
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == page_files()["/screens.js"].body
    status, headers, body = await ask(room, get("/screens.js", f"If-None-Match: {headers['etag']}"))
    assert (status, body) == (304, b"")


async def test_head_has_no_body(room: Live) -> None:
    status, headers, body = await ask(room, get("/", method="HEAD"))
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == len(page_files()["/"].body)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (get("/protocol.d.ts"), 404),
        (get("/../../etc/passwd"), 404),
        (get("/%2e%2e/x"), 404),
        (get("/", method="POST"), 405),
        (get("/", method="DELETE"), 405),
        (get("/", "Content-Length: 5", method="POST") + b"hello", 400),
        (get("/", "Transfer-Encoding: chunked"), 400),
        (b"nonsense\r\n\r\n", 400),
        (get("/" + "x" * 20_000), 414),
        (get("/", *[f"X-{number}: 1" for number in range(300)]), 431),
    ],
    ids=["types", "outside", "escaped", "post", "delete", "body", "chunked", "nonsense", "long path", "many headers"],
)
async def test_whatever_is_asked_there_is_a_short_answer(room: Live, raw: bytes, status: int) -> None:
    answered, headers, body = await ask(room, raw)
    assert answered == status
    assert len(body) < 200
    assert "content-type" in headers
    assert (await ask(room, get("/")))[0] == 200


def test_the_page_is_small_and_nobody_else_s() -> None:
    files = page_files()
    assert sum(len(file.body) for file in files.values()) <= LARGEST_PAGE
    for file in files.values():
        assert b"http" not in file.body.replace(b"http://www.w3.org/2000/svg", b"").replace(b"https:", b"")
        assert b"innerHTML" not in file.body


def test_the_types_are_those_of_the_protocol() -> None:
    assert TYPES.read_text(encoding="utf-8") == types_text(), "run `make schema`"
    assert VERSION.read_text(encoding="utf-8") == version_text(), "run `make schema`"


@pytest.mark.slow
@pytest.mark.skipif(TSC is None, reason="the TypeScript compiler tsc is not installed")
def test_the_page_agrees_with_the_types() -> None:
    words = [str(TSC), "--noEmit", "--allowJs", "--checkJs", "--strict", "--noImplicitAny", "false"]
    words += ["--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable"]
    words += ["--moduleResolution", "bundler", *map(str, PAGE.glob("*.js")), *map(str, PAGE.glob("*.d.ts"))]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.stdout == ""
