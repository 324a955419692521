"""A service from its start to its end: listens, looks after its rooms, and leaves in order when it is told to."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orbitquiz.classroom.address import EVERYWHERE, LOOPBACK, own_addresses
from orbitquiz.classroom.rules.nickname import nickname
from orbitquiz.classroom.server.hosting import raise_file_limit
from orbitquiz.classroom.storage.room_index import FileIndex
from orbitquiz.serving.keys import HostTokens, service_key
from orbitquiz.serving.limits import Limits
from orbitquiz.serving.logs import note
from orbitquiz.serving.metrics import Figures
from orbitquiz.serving.proxies import LOOPBACK as THIS_COMPUTER
from orbitquiz.serving.proxies import Network, Proxies
from orbitquiz.serving.rooms import Rooms
from orbitquiz.serving.server import Front, ServiceServer

if TYPE_CHECKING:
    from orbitquiz.serving.cluster import Cluster

TOKENS, KEY = "host-tokens", "service-key"
"""The names of the files with the secrets, in the data folder."""

_THREADS = 32  # that wait for the disk
_LAG = 0.5  # seconds between two looks at how late the event loop is
_SWEEP = 15.0  # seconds between two looks for idle rooms
_OLD = 3600.0  # seconds between two looks for old rooms


@dataclass(frozen=True)
class ServiceOptions:
    """Options of a service: its data folder, where it listens, and how long rooms are kept.

    With a `database` rooms are kept there instead, and other nodes reach this one at `node_host`. `ssh` is the port for
    people who play by ssh.
    """

    folder: Path
    port: int
    lan: bool = False
    tokens: Path | None = None
    database: str | None = None
    node_host: str | None = None
    ssh: int | None = None
    keep: timedelta | None = None
    proxies: Proxies = field(default_factory=Proxies)
    metrics_from: tuple[Network, ...] = THIS_COMPUTER
    limits: Limits = field(default_factory=Limits)

    @property
    def tokens_file(self) -> Path:
        """The file with the tokens that open rooms."""
        return self.tokens or self.folder / TOKENS


@dataclass(frozen=True)
class Service:
    """A service that listens at `port`."""

    port: int
    rooms: Rooms
    server: ServiceServer
    ssh_port: int | None = None


@asynccontextmanager
async def serving(options: ServiceOptions, clock: Callable[[], float] = time.monotonic) -> AsyncIterator[Service]:
    """Serve rooms until the block ends; then unload them and hang up, so that clients come back to the next start.

    Raise `OSError`, `ValueError` for a file without host tokens, `UnusableDatabase`, or `CannotListen` for ssh.
    """
    raise_file_limit(2 * options.limits.players + options.limits.rooms)  # some play in rooms of other nodes
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
    await asyncio.to_thread(nickname, "Ada")  # the first name is slow, and should keep nobody waiting
    figures, limits = Figures(), options.limits
    tokens = HostTokens(options.tokens_file)
    front = Front(options.proxies, options.metrics_from)
    server: ServiceServer
    cluster: Cluster | None = None
    if options.database is None:
        rooms = Rooms(FileIndex(options.folder), limits, figures, clock, _now)
        server = ServiceServer(rooms, tokens, service_key(options.folder / KEY), front, limits, figures, clock)
    else:
        from orbitquiz.serving import cluster as clusters  # needs the extra `serve`

        cluster = await asyncio.to_thread(clusters.Cluster, options.database)
        rooms = Rooms(cluster.index, limits, figures, clock, _now)
        server = clusters.ClusterServer(cluster, rooms, tokens, cluster.key, front, limits, figures, clock)
    async with AsyncExitStack() as stack:
        if cluster is not None:
            stack.push_async_callback(cluster.leave)
        listening = server.listen(EVERYWHERE if options.lan else LOOPBACK, options.port)
        rooms.port = await stack.enter_async_context(listening)
        if cluster is not None:
            await cluster.join(rooms, f"{options.node_host or _own_host(options)}:{rooms.port}", clock)
        ssh_port: int | None = None
        if options.ssh is not None:
            from orbitquiz.serving.ssh import ssh_door  # needs the extra `ssh`

            ssh_port = await stack.enter_async_context(
                ssh_door(options.folder, options.ssh, rooms.port, server.try_code, lan=options.lan)
            )
        if tokens.is_new:
            note("host-token-created", file=str(tokens.path))
        note("started", port=rooms.port)
        chores = [
            asyncio.create_task(_measure_lag(figures, clock)),
            asyncio.create_task(_every(_SWEEP, rooms.unload_idle)),
        ]
        if options.keep is not None:
            keep = options.keep
            chores.append(asyncio.create_task(_every(_OLD, lambda: rooms.forget_old(keep))))
        try:
            yield Service(rooms.port, rooms, server, ssh_port)
        finally:
            server.is_draining = True
            for chore in chores:
                chore.cancel()
            await rooms.drain()
            note("stopped")


async def serve_until_told(options: ServiceOptions, started: Callable[[Service], None]) -> None:
    """Serve rooms until SIGTERM or SIGINT. Call `started` once it listens."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(each, told.set)
    async with serving(options) as service:
        started(service)
        await told.wait()


def _own_host(options: ServiceOptions) -> str:
    """Return the address at which other nodes reach this one, as far as it can be known."""
    return next(iter(own_addresses()), LOOPBACK) if options.lan else LOOPBACK


async def _measure_lag(figures: Figures, clock: Callable[[], float]) -> None:
    while True:
        before = clock()
        await asyncio.sleep(_LAG)
        figures.lag.add(max(clock() - before - _LAG, 0.0))


async def _every(seconds: float, work: Callable[[], object]) -> None:
    """Do `work` again and again. What goes wrong once is logged."""
    while True:
        try:
            result = work()
            assert asyncio.iscoroutine(result)
            await result
        except Exception as error:
            note("chore-failed", error=type(error).__name__)
        await asyncio.sleep(seconds)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
