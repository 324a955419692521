"""A node among others: it says that it lives, learns at once when another one has died, and takes its rooms over.

Each node holds an advisory lock, which PostgreSQL releases when the node's connection ends. The nodes form a ring by
their ids, and each waits for the lock of the next one. The node that gets a lock looks whether anything still answers
at the other's address, since all locks are lost when the database restarts; if not, it tells all nodes. A node that
hangs keeps its lock; its heartbeat stops, and any node may notice that. All of them then take its rooms over: each
claims one after another, reads its events and runs it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from orbitquiz.serving.logs import note
from orbitquiz.serving.postgres.database import CONNECT, Database
from orbitquiz.serving.postgres.index import PostgresIndex

BEAT = 1.0
"""Seconds between two heartbeats."""

SILENCE = 5.0
"""Seconds without a heartbeat after which a node counts as dead."""

_AWAY = 2 * BEAT  # a node whose own beat was late for so long judges no other for a while
_LOCKS = 0x0B17  # the class of the nodes' advisory locks; any number that nothing else uses
_CHANNEL = "orbitquiz_nodes"
_RETRY = 0.5  # seconds between two tries to reach the database
_LOOK = 0.1  # seconds between two tries to get the own lock
_WAITING = (  # the server's side: a node whose machine is gone neither holds a lock nor waits for one
    "-c client_connection_check_interval=1000 -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1"
    " -c tcp_keepalives_count=3 -c tcp_user_timeout=5000"
)
_BEATING = f"{_WAITING} -c statement_timeout=3000"  # milliseconds
_REACH = 0.7  # seconds in which a node that lives takes a connection


class Node:
    """This node. `address` is where others reach it; `index` gets its id.

    `take_over` is called with the id of each node that has died. `deposed` is called when the others have given this
    node up: nothing that it runs is its own then, and it goes on as a new node.
    """

    def __init__(
        self,
        database: Database,
        index: PostgresIndex,
        address: str,
        take_over: Callable[[int], Awaitable[None]],
        deposed: Callable[[], Awaitable[None]],
        clock: Callable[[], float],
    ) -> None:
        self.address = address
        self.id = 0
        self._database, self._index = database, index
        self._take_over, self._deposed = take_over, deposed
        self._clock = clock
        self._beat_at = clock()
        self._judges_from = 0.0
        self._is_lost = False  # the connection that holds the lock
        self._changed = asyncio.Event()  # nodes have come or gone
        self._tasks: list[asyncio.Task[None]] = []
        self._dying: set[int] = set()

    @property
    def is_cut_off(self) -> bool:
        """True if the database has not answered for a while."""
        return self._clock() - self._beat_at > SILENCE

    async def join(self) -> None:
        """Become one of the nodes. Raise `OSError`."""
        await self._register()
        for work in (self._hold, self._look, self._watch):
            self._tasks.append(asyncio.create_task(self._forever(work)))

    async def leave(self) -> None:
        """Stop being one. The rooms have been let go of before."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(OSError):
            await self._rows("DELETE FROM node WHERE id = %s", [self.id])
            await self._tell()

    async def _forever(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` again and again, whatever happens: a node whose heart stops is taken for dead."""
        while True:
            try:
                await work()
            except (OSError, psycopg.Error):  # the database is away
                await asyncio.sleep(_RETRY)
            except Exception as error:
                note("node-failed", logging.ERROR, error=type(error).__name__)
                await asyncio.sleep(_RETRY)

    async def _register(self) -> None:
        ((self.id,),) = await self._rows("INSERT INTO node (address) VALUES (%s) RETURNING id", [self.address])
        self._index.owner = self.id
        self._beat_at = self._clock()
        await self._tell()
        note("node-joined", node=self.id)

    async def _hold(self) -> None:
        """Say that this node lives, hold its lock, and hear when nodes come or go, as long as the connection lasts.

        It shares nothing with the rooms: a node that has much to keep is not taken for dead.
        """
        id = self.id
        try:
            async with await self._connect(_BEATING) as connection:
                await self._beat(connection)
                while not await _has_lock(connection, id):
                    await asyncio.sleep(_LOOK)  # the node before it in the ring sees that it lives, and lets go
                await connection.execute(f"LISTEN {_CHANNEL}")
                if self._is_lost:
                    self._is_lost = False
                    note("database-back")
                self._changed.set()
                while id == self.id:
                    async for told in connection.notifies(timeout=BEAT):
                        self._hear(told.payload)
                    await self._beat(connection)
        except psycopg.Error:
            if not self._is_lost:
                self._is_lost = True
                note("database-lost", logging.WARNING)
            raise

    def _hear(self, payload: str) -> None:
        self._changed.set()
        if payload.isdecimal():
            self._start_to_take_over(int(payload))

    async def _beat(self, connection: AsyncConnection[TupleRow]) -> None:
        """Say that this node lives."""
        cursor = await connection.execute("UPDATE node SET beat = now() WHERE id = %s RETURNING id", [self.id])
        lives = await cursor.fetchone()
        now = self._clock()
        if now - self._beat_at > _AWAY:  # the database was away, and for the others as well
            self._judges_from = now + SILENCE
        self._beat_at = now
        if lives is None:
            note("node-given-up", logging.WARNING, node=self.id)
            await self._register()
            await self._deposed()

    async def _look(self) -> None:
        """Look for other nodes that do not say that they live, and let go of rooms that are still to be let go of."""
        await asyncio.sleep(BEAT)
        await asyncio.to_thread(self._index.release)
        now = self._clock()
        if now >= self._judges_from and now - self._beat_at <= _AWAY:
            silent = await self._rows(
                "SELECT id FROM node WHERE id <> %s AND beat < now() - make_interval(secs => %s)", [self.id, SILENCE]
            )
            for (id,) in silent:
                await self._declare_dead(id, "silent")

    async def _watch(self) -> None:
        """Wait for the death of the next node in the ring, or for another one to be next."""
        self._changed.clear()
        next_one = await self._next()
        if next_one is None:
            await self._changed.wait()
            return
        waiting = asyncio.create_task(self._until_dead(next_one[0]))
        changing = asyncio.create_task(self._changed.wait())
        await asyncio.wait([waiting, changing], return_when=asyncio.FIRST_COMPLETED)
        is_dead = waiting.done()
        for task in (waiting, changing):
            task.cancel()
        await asyncio.gather(waiting, changing, return_exceptions=True)
        if not is_dead:
            return
        waiting.result()  # raises if the database has gone
        if await _answers(next_one[1]):
            await asyncio.sleep(_RETRY)  # it has lost the database, and not its life
        else:
            await self._declare_dead(next_one[0], "ended")

    async def _next(self) -> tuple[int, str] | None:
        """Return the id and the address of the next node in the ring; None if there is none that lives."""
        found = await self._rows(
            "SELECT id, address FROM node WHERE id <> %(id)s AND id <> ALL(%(dying)s) ORDER BY id < %(id)s, id LIMIT 1",
            {"id": self.id, "dying": list(self._dying)},
        )
        return (found[0][0], found[0][1]) if found else None

    async def _until_dead(self, id: int) -> None:
        """Return when nobody holds the lock of the node any more. Raise `psycopg.Error`."""
        async with await self._connect(_WAITING) as connection:
            await connection.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCKS, id])

    async def _declare_dead(self, id: int, why: str) -> None:
        note("node-dead", logging.WARNING, node=id, why=why)
        self._start_to_take_over(id)
        await self._tell(str(id))

    def _start_to_take_over(self, id: int) -> None:
        """Take over rooms of a dead node, together with all others who do."""
        if id != self.id and id not in self._dying:
            self._dying.add(id)
            task = asyncio.create_task(self._take_over_from(id))
            self._tasks.append(task)
            task.add_done_callback(self._tasks.remove)

    async def _take_over_from(self, id: int) -> None:
        try:
            await self._take_over(id)
            await self._rows("DELETE FROM node WHERE id = %s", [id])  # what it still owns here only newer ones can read
        except OSError:
            pass  # its lock is still free, and its heartbeat missing: this is tried again
        finally:
            self._dying.discard(id)
            self._changed.set()

    async def _tell(self, payload: str = "") -> None:
        await self._rows("SELECT pg_notify(%s, %s)", [_CHANNEL, payload])

    async def _rows(self, statement: str, values: Any = ()) -> list[TupleRow]:
        return await asyncio.to_thread(self._database.rows, statement, values)

    async def _connect(self, options: str) -> AsyncConnection[TupleRow]:
        return await AsyncConnection.connect(self._database.url, autocommit=True, options=options, **CONNECT)


async def _has_lock(connection: AsyncConnection[TupleRow], id: int) -> bool:
    """Take the lock of the node unless somebody else holds it."""
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, id])
    return await cursor.fetchone() == (True,)


async def _answers(address: str) -> bool:
    """True if something takes connections at `address`."""
    host, _, port = address.rpartition(":")
    try:
        async with asyncio.timeout(_REACH):
            _, writer = await asyncio.open_connection(host, int(port))
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True
