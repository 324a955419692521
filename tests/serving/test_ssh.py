"""Playing by ssh: OpenSSH's own client, driven at a terminal."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.classroom.address import LOOPBACK
from orbitquiz.classroom.client.opening import SavedRoom
from tests.classroom.live import Guest
from tests.serving.bots import NodeProcess
from tests.serving.served import Served

pexpect = pytest.importorskip("pexpect")
asyncssh = pytest.importorskip("asyncssh")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ssh") is None, reason="OpenSSH's client is not installed"),
]

PATIENCE = 20
CROWD, SCREENS = 50, 12


@pytest.fixture
def node(tmp_path: Path) -> Iterator[NodeProcess]:
    """A service that takes people by ssh."""
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    made = NodeProcess(tmp_path, "node", "--ssh", str(port))
    made.start()
    yield made
    made.close()


def ssh_port(node: NodeProcess) -> str:
    return node.words[-1]


def connect(node: NodeProcess, *words: str, name: str = "play", size: tuple[int, int] = (24, 80)) -> Any:
    """Call OpenSSH's client."""
    options = [f"-o{each}" for each in ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")]
    command = ["-F", "/dev/null", "-p", ssh_port(node), *options, f"{name}@{LOOPBACK}", *words]
    return pexpect.spawn("ssh", command, timeout=PATIENCE, encoding="utf-8", dimensions=size)


async def open_room(node: NodeProcess) -> tuple[SavedRoom, Guest]:
    """Open a room at the service, and host it."""
    from orbitquiz.serving.service import Service
    from tests.serving.bots import TOKEN

    it = Served(Service(node.port, None, None), TOKEN)  # type: ignore[arg-type]  # a service of another process
    room = await it.open()
    return room, await it.host(room)


def test_a_game_is_played_by_ssh(node: NodeProcess) -> None:
    player = connect(node)
    player.expect("Type the code of a room, or Enter to play")
    player.sendline("")
    player.expect("Question 1 of 10")
    player.expect("1: ")
    player.sendline("1")
    player.expect("(Right|Wrong)")
    player.sendline("q")
    player.expect("Games played here are not kept")
    player.expect(pexpect.EOF)
    player.close()
    assert player.exitstatus == 0


async def test_a_room_is_joined_by_ssh_and_a_lost_seat_comes_back(node: NodeProcess) -> None:
    room, host = await open_room(node)

    def join() -> str:
        player = connect(node)
        player.sendline(room.code.lower())
        player.expect("By which name do you want to play")
        player.sendline("Ann")
        player.expect("type ([A-Z0-9]{12}) instead of the code")
        word = str(player.match[1])
        player.expect("You are in room")
        player.close(force=True)  # the network is gone
        return word

    word = await asyncio.to_thread(join)
    player = await asyncio.to_thread(connect, node)
    player.sendline(word)
    await asyncio.to_thread(player.expect, "You are in room")
    await host.say(type="next", after=0)
    await asyncio.to_thread(player.expect, "Question 1 of 3")
    player.sendline("1")
    await asyncio.to_thread(player.expect, "(Right|Wrong|answer)")
    await host.say(type="reveal")
    await asyncio.to_thread(player.expect, "Cy Reed was on watch on day 1")
    people = await host.hear("people", lambda told: bool(told["seats"]))
    assert [seat["name"] for seat in people["seats"]] == ["Ann"]
    player.sendline("q")
    with suppress(pexpect.exceptions.TIMEOUT):
        await asyncio.to_thread(player.expect, [pexpect.EOF, "leave"])
    player.close(force=True)
    host.drop()


async def test_a_wrong_code_can_be_typed_again(node: NodeProcess) -> None:
    room, host = await open_room(node)
    player = await asyncio.to_thread(connect, node, name="ada")
    for code, said in (
        ("K7", "six letters and digits"),
        ("ZZZZZZ", "There is no room"),
        (room.code, "You are in room"),
    ):
        player.sendline(code)
        await asyncio.to_thread(player.expect, said)
    player.close(force=True)
    host.drop()


async def test_the_name_before_the_at_is_a_nickname(node: NodeProcess) -> None:
    room, host = await open_room(node)
    player = await asyncio.to_thread(connect, node, name="ada")
    player.sendline(room.code)
    await asyncio.to_thread(player.expect, "You are in room .* as ada")
    player.close(force=True)
    host.drop()


@pytest.mark.parametrize("words", [["id"], ["cat", "/etc/passwd"], ["-s", "sftp"]], ids=" ".join)
def test_there_are_no_commands(node: NodeProcess, words: list[str]) -> None:
    said = connect(node, *words)
    said.expect(pexpect.EOF)
    assert "root:" not in said.before
    assert "uid=" not in said.before
    said.close()
    assert said.exitstatus != 0


async def test_nothing_is_forwarded(node: NodeProcess) -> None:
    async with asyncssh.connect(LOOPBACK, int(ssh_port(node)), username="play", known_hosts=None) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection(LOOPBACK, node.port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("", 0, LOOPBACK, node.port)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection("/tmp/socket")
        with pytest.raises(asyncssh.Error):
            await connection.start_sftp_client()


@pytest.mark.parametrize("size", [(1, 1), (2000, 3000)])
def test_a_window_of_any_size_will_do(node: NodeProcess, size: tuple[int, int]) -> None:
    player = connect(node, size=size)
    player.sendline("")
    player.expect("Q")
    player.setwinsize(5, 5)
    player.sendline("q")
    player.expect(pexpect.EOF)
    player.close()


async def test_a_flood_of_keys_harms_nobody_else(node: NodeProcess) -> None:
    async with asyncssh.connect(LOOPBACK, int(ssh_port(node)), username="play", known_hosts=None) as connection:
        process = await connection.create_process(term_type="xterm")
        with suppress(OSError, asyncssh.Error, TimeoutError):
            async with asyncio.timeout(3):
                for _ in range(200):
                    process.stdin.write("\x1b[A" * 1000 + "x" * 10_000 + "\n" * 1000)
                    await process.stdin.drain()
    await asyncio.to_thread(test_a_game_is_played_by_ssh, node)


async def test_the_host_key_is_kept(node: NodeProcess) -> None:
    async def key() -> bytes:
        async with asyncssh.connect(LOOPBACK, int(ssh_port(node)), username="x", known_hosts=None) as connection:
            return bytes(connection.get_server_host_key().export_public_key())

    first = await key()
    node.close()
    node.start()
    assert await key() == first


def test_fifty_play_at_once_in_little_time(node: NodeProcess) -> None:
    """Each screen, which is a question or a verdict, may cost 5 ms of processor time."""

    def begin(_: int) -> Any:
        player = connect(node)
        player.expect("Enter to play")
        player.sendline("")
        player.expect("Answer 1 to")
        return player

    def play(player: Any) -> None:
        for _ in range(SCREENS // 2):
            player.sendline("1")
            player.expect("Enter")
            player.sendline("")
            player.expect("Answer 1 to")

    begin(0).close(force=True)  # loads the bank
    used = node.processor_seconds
    with ThreadPoolExecutor(CROWD) as crowd:
        players = list(crowd.map(begin, range(CROWD)))
        joining, used = node.processor_seconds - used, node.processor_seconds
        list(crowd.map(play, players))
        a_screen = (node.processor_seconds - used) / CROWD / SCREENS
    for player in players:
        player.close(force=True)
    print(f"{CROWD} at once: {a_screen * 1000:.1f} ms a screen, {joining / CROWD * 1000:.0f} ms to connect")
    assert a_screen < 0.005, f"{a_screen * 1000:.1f} ms of processor time a screen"
