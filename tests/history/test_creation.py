"""Whatever moment a program is killed at, the next one finds what was promised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orbitquiz.history.store import Records
from tests.history.playing import RIGHT, Clock, is_sound, keep

#: Plays a game in one child process after another. The nth child dies before its nth statement; a child that lives to
#: the end is the last. With a cache of one page, SQLite writes to the file in the middle of a transaction.
CHILDREN = """
import os, signal, sqlite3, sys
from pathlib import Path
from orbitquiz.history.store import Records
from tests.history.playing import ABOUT, RIGHT, Clock, move, quiz_of, started

class Dying(sqlite3.Connection):
    left = 0

    def execute(self, sql, *parameters):
        self.tick()
        return super().execute(sql, *parameters)

    def executemany(self, sql, rows):
        self.tick()
        return super().executemany(sql, rows)

    def tick(self):
        Dying.left -= 1
        if not Dying.left:
            os.kill(os.getpid(), signal.SIGKILL)

def connect(*words, **more):
    connection = real(*words, factory=Dying, **more)
    sqlite3.Connection.execute(connection, "PRAGMA cache_size = 1")
    return connection

def play(folder):
    promised = os.open(folder.with_name(f"{folder.name} promised"), os.O_CREAT | os.O_WRONLY)
    records = Records.open(folder, Clock())
    game = started(quiz_of(["long" * 400, "longer" * 400]))
    id = records.begin(game, ABOUT)
    os.write(promised, b"begin")
    for done in (b" first", b" second"):
        game = move(game, RIGHT)
        records.answered(id, game)
        os.write(promised, done)
    records.ended(id)
    os.write(promised, b" end")
    os._exit(0)

real, sqlite3.connect = sqlite3.connect, connect
for n in range(1, 200):
    Dying.left = n
    child = os.fork()
    if not child:
        play(Path(sys.argv[1]) / str(n))
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        break
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it needs a fork and a SIGKILL")
def test_a_program_that_is_killed_leaves_what_was_promised(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", CHILDREN, str(tmp_path)], cwd=root, check=True, timeout=120)
    promises = {int(path.name.split()[0]): path.read_text() for path in tmp_path.glob("* promised")}
    last = max(promises)
    assert last > 30
    assert promises[last] == "begin first second end"
    assert promises[1] == ""
    hot = 0
    for n, promised in promises.items():
        folder = tmp_path / str(n)
        hot += any(path.stat().st_size for path in folder.glob("*-journal"))
        records = Records.open(folder, Clock(2_000_000_000.0))
        told = records.statistics()
        assert records.notice is None
        assert not list(folder.glob("*.damaged-*"))
        assert told.games == ("begin" in promised)
        assert told.answers == ("first" in promised) + ("second" in promised)
        assert told.finished in (("end" in promised), ("second" in promised))  # kept and not promised yet is well
        keep(records, "p", [RIGHT])
        records.close()
        assert is_sound(folder)
    assert hot  # there were transactions to be rolled back
