"""The words of the command line and their manual."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from orbitquiz import __version__
from orbitquiz.quiz.code import DEFAULT_COUNT
from orbitquiz.text.safe import line_of, one_line

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

PORT = 8765
"""Where a room listens; the same as `classroom.place.PORT`, which no manual needs to load."""

_LONGEST_TIMER = 3600  # seconds
_MOST_TEAMS, _LONGEST_NAME = 8, 20


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)}\nTry `{self.prog} --help`.\n")

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Refuse unknown words here, so that the command whose words they are says so, and not the program."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unknown words: {' '.join(rest)}")
        return found, rest

    def refuse_foreign(self, found: argparse.Namespace) -> None:
        """Refuse options before a command that does not take them, instead of ignoring them."""
        commands = next(each for each in self._actions if isinstance(each, argparse._SubParsersAction))
        if found.command is None:
            return
        taken = {action.dest for action in commands.choices[found.command]._actions}
        for name in ("plain", "bank", "data"):
            if getattr(found, name) and name not in taken:
                self.error(f"`{found.command}` takes no --{name}")


class _Manual(argparse.HelpFormatter):
    """Help whose prose is wrapped to the terminal, and whose examples stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = text.split("\n\n")
        return "\n\n".join(
            part if part.startswith(("examples:", "formats:")) else textwrap.fill(" ".join(part.split()), width)
            for part in parts
        )


def make_parser(words: Sequence[str] = ()) -> _Parser:
    """Return the parser of all commands.

    Where the first of `words` is a command, it knows that one alone, which takes a tenth of the time.
    """
    parser = _Parser(
        prog="orbitquiz",
        formatter_class=_Manual,
        description="A trivia game that shows its proof: after each answer you read the passage that proves it.",
        epilog="""examples:
  orbitquiz                          the menu: go on with a game, play, read the sources, look back
  orbitquiz play                     ten questions on the first film shot in space
  orbitquiz play --category crew     only about the crew
  orbitquiz play --bank my-bank      from a bank of your own
  orbitquiz host --lan               a class plays at once, each at a terminal: `orbitquiz join`

`orbitquiz COMMAND --help` tells more about a command.""",
    )
    parser.add_argument("--version", action="version", version=f"orbitquiz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    named = [_COMMANDS[word] for word in words[:1] if word in _COMMANDS]
    for add in named or _COMMANDS.values():
        add(commands)
    _add_plain(parser, "the menu line by line, without a screen", default=False)
    _add_bank(parser, default=None)
    _add_data(parser, default=None)
    return parser


def _add_play(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "play",
        "play a quiz in this terminal",
        """Play a quiz. The first thing you see is a question.

Answer with 1–4, with a–d, with the arrows and enter, or with the mouse. Right or wrong, you then read the passage that
proves the answer, with its source and line; enter or space goes on. ? shows all keys, q leaves.""",
        """examples:
  orbitquiz play
  orbitquiz play --category crew --category launch
  orbitquiz play --differ                    about what the sources differ on
  orbitquiz play --typed                     type the answers: no options
  orbitquiz play --count 5 --seed APOLLO     the same five questions on every machine
  orbitquiz play --quiz LAUN-CHN8-7PR        the quiz that somebody else has played
  orbitquiz play --quiz lesson-3.json        a teacher's own choice
  orbitquiz play --resume                    go on where you left off
  orbitquiz play --bank ~/banks/local-history""",
    )
    _add_selection(parser)
    parser.add_argument("--missed", action="store_true", help="ask what you got wrong and have not got right since")
    parser.add_argument("--new", action="store_true", help="ask what you have not seen yet")
    parser.add_argument(
        "--typed", action="store_true", help="type the answers, where a question can be answered in words"
    )
    _add_rules(parser)
    parser.set_defaults(scoring="accuracy")
    parser.add_argument(
        "--teams", metavar="NAMES", type=_teams, help='teams that take turns at this terminal, as in "Red,Blue,Green"'
    )
    parser.add_argument("--resume", action="store_true", help="go on with the latest unfinished game")
    _add_plain(parser, "play line by line, without a screen")
    _add_bank(parser)
    _add_data(parser)


def _add_review(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "review",
        "ask what you are about to forget",
        """Ask what is due today by spaced repetition, then some facts that you have not met. Every game that you have
played counts: a fact that you got right comes back later each time, one that you got wrong comes back soon.""",
        """examples:
  orbitquiz review
  orbitquiz review --list            how many are due, without asking them
  orbitquiz review --new 3 --count 10""",
    )
    parser.add_argument("--list", action="store_true", help="say how many are due instead of asking them")
    parser.add_argument("--count", metavar="N", type=_count, default=20, help="how many questions now (default: 20)")
    parser.add_argument("--new", metavar="N", type=_limit, help="new facts a day (default: as chosen in the menu)")
    parser.add_argument("--reviews", metavar="N", type=_limit, help="reviews a day (default: as chosen in the menu)")
    parser.add_argument("--typed", action="store_true", help="type the answers that you got right twice in a row")
    _add_plain(parser, "play line by line, without a screen")
    _add_bank(parser)
    _add_data(parser)


def _add_daily(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "daily",
        "play the quiz of the day",
        """Play five questions, the same for everybody with this bank today. Playing every day makes a streak, which one
missed day a week does not end.""",
        """examples:
  orbitquiz daily
  orbitquiz daily --date 2026-11-30    an old one, which does not count for the streak""",
    )
    parser.add_argument("--date", metavar="DATE", type=_date, help="the quiz of another day, such as 2026-11-30")
    _add_plain(parser, "play line by line, without a screen")
    _add_bank(parser)
    _add_data(parser)


def _add_host(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "host",
        "open a room in which a class plays at once",
        """Open a room in which a class plays at once, each at a terminal of their own. Show this one on a projector: it
says how to join, asks the questions, and after each shows what was answered and the passage that proves the answer.

Without --lan only this computer can join. The room is kept on disk answer by answer; after a crash --resume brings it
back with everybody's answers. `orbitquiz report` tells how it went.

Students who have OrbitQuiz have its built-in questions and answers. For a test, use a bank of your own (--bank).""",
        """examples:
  orbitquiz host --lan
  orbitquiz host --lan --category crew --count 5 --timer 30
  orbitquiz host --lan --teams 4
  orbitquiz host --lan --quiz lesson-3.json     a teacher's own choice
  orbitquiz host --lan --reading 5 --timer 20 --go-on 15    runs by itself, with time to read and to talk
  orbitquiz host --lan --pace own --closes 2026-12-04T18:00    homework: everybody goes on alone
  orbitquiz host --notes                        beside it, where the class cannot see
  orbitquiz host --lan --resume                 go on with the newest room that is not over
  orbitquiz host --at https://quiz.example.org  at a service (`orbitquiz serve`) instead of here""",
    )
    parser.add_argument("--lan", action="store_true", help="let in everybody in this network (default: this computer)")
    parser.add_argument(
        "--port", metavar="N", type=_port, help=f"where to listen (default: {PORT}); 0 takes any free port"
    )
    parser.add_argument(
        "--address", metavar="HOST", help="the address to show to students, of several (default: the likeliest)"
    )
    parser.add_argument("--at", metavar="URL", help="host the room at this service; it runs on when you leave")
    parser.add_argument(
        "--token", metavar="TOKEN", help="the host token of the service (default: $ORBITQUIZ_HOST_TOKEN)"
    )
    parser.add_argument(
        "--secret", metavar="SECRET", help="with --at and --resume: the host's secret of a room opened elsewhere"
    )
    _add_selection(parser)
    parser.add_argument("--daily", action="store_true", help="today's quiz, the same that everybody plays alone")
    _add_rules(parser)
    parser.add_argument("--teams", metavar="N", type=_team_count, help="put the players into so many teams, 2 to 8")
    parser.add_argument(
        "--class", metavar="NAME", dest="class_name", help="the class that plays, for `orbitquiz report --class`"
    )
    parser.add_argument("--no-ranking", action="store_true", help="tell nobody places; not with --teams")
    parser.add_argument("--anonymous", action="store_true", help="give players names such as Player 7")
    parser.add_argument(
        "--reading", metavar="SECONDS", type=_seconds, help="show each question so long before its options"
    )
    parser.add_argument(
        "--go-on", metavar="SECONDS", type=_seconds, help="go on by itself so long after each answer was shown"
    )
    parser.add_argument(
        "--notes",
        metavar="ROOM",
        nargs="?",
        const="",
        help="in a second terminal: the key, the next question and who is silent, for the teacher alone",
    )
    parser.add_argument(
        "--pace",
        metavar="WHOSE",
        choices=["class", "own"],
        help="class: all answer the same question (the default); own: each goes on alone, for days if you like",
    )
    parser.add_argument(
        "--closes", metavar="TIME", type=_local_time, help="with --pace own: when it ends, such as 2026-12-04T18:00"
    )
    parser.add_argument(
        "--reveals",
        metavar="WHEN",
        choices=["after-each", "at-closing"],
        help="with --pace own: tell the answer after-each question (the default), or at-closing, for a mark",
    )
    parser.add_argument(
        "--attempts",
        metavar="N",
        type=_attempts,
        help="with --pace own: so many answers to a question; each halves what a right one pays after a wrong one",
    )
    parser.add_argument("--bell", action="store_true", help="ring the terminal's bell when five seconds are left")
    parser.add_argument(
        "--resume",
        metavar="ROOM",
        nargs="?",
        const="",
        help="go on with the room that has this code, or with the newest one that is not over and has players",
    )
    _add_plain(parser, "host line by line, without a screen")
    _add_bank(parser)
    _add_data(parser)


def _add_join(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "join",
        "play in a room that somebody else hosts",
        """Play in a room that somebody else hosts. The projector shows its address and its code; what is left out here
is asked for.

A lost connection comes back by itself. If you leave, or close the terminal, join again and you have the same seat.""",
        """examples:
  orbitquiz join
  orbitquiz join 192.168.1.20
  orbitquiz join 192.168.1.20:8765 --code K7M2 --name Ada
  orbitquiz join https://quiz.example.org --code K7M2QD""",
    )
    parser.add_argument(
        "address",
        metavar="ADDRESS",
        nargs="?",
        help=f"host, host:port (default port: {PORT}), a service's URL or a link",
    )
    parser.add_argument("--code", metavar="CODE", help="the code of the room")
    parser.add_argument("--name", metavar="NAME", help="the name by which you want to play")
    _add_plain(parser, "play line by line, without a screen")
    _add_data(parser)


def _add_report(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "report",
        "tell how a room went",
        """Tell how a room went: for each player what was right; for each question how many were right, how well it
tells players apart, what was picked and how long it took; for the whole the mean, the spread and Cronbach's alpha.

docs/classroom.md says what the figures mean and where they come from.""",
        """examples:
  orbitquiz report
  orbitquiz report K7M2 --to html -o lesson-3.html     to print: charts and passages in one file
  orbitquiz report --to csv -o lesson-3.csv            for a spreadsheet
  orbitquiz report --class 7b --to html                several lessons side by side
  orbitquiz report --list""",
    )
    parser.add_argument(
        "room", metavar="ROOM", nargs="?", help="the code of the room (default: the newest that anybody came into)"
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=["text", "csv", "json", "html"],
        default="text",
        help="the format: text (the default), csv, json or html",
    )
    parser.add_argument(
        "--game", metavar="N", type=int, help="which game of the room, where several were played (default: the last)"
    )
    parser.add_argument(
        "--class",
        metavar="NAME",
        dest="class_name",
        help="put the lessons of this class side by side: who grew, and which facts stay hard",
    )
    parser.add_argument("--without-names", action="store_true", help="number the students instead of naming them")
    parser.add_argument("--list", action="store_true", help="list the rooms that are kept instead")
    _add_database(parser, "a service's PostgreSQL database, instead of the data folder")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="write to FILE instead of standard output; html on a terminal goes to a new file such as report-K7M2.html",
    )
    _add_data(parser)


def _add_forget(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "forget",
        "delete a room with all names and answers",
        """Delete a room for good, with all names and answers. Reports that you have saved are files of your own, and
stay.

With --player only a name is taken out: the answers stay in the room's figures, and nobody comes back to the seat.""",
        """examples:
  orbitquiz forget K7M2
  orbitquiz forget K7M2 --yes
  orbitquiz forget K7M2 --player Ada""",
    )
    parser.add_argument("room", metavar="ROOM", help="the code of the room (`orbitquiz report --list` lists them)")
    parser.add_argument("--player", metavar="NAME", help="keep the room, and take only this player's name out of it")
    parser.add_argument("--yes", action="store_true", help="do not ask whether it is meant")
    _add_database(parser, "a service's PostgreSQL database, instead of the data folder")
    _add_data(parser)


def _add_serve(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "serve",
        "serve many rooms at one address",
        """Serve many rooms at one address, for a school or a museum. Hosts open rooms there with `orbitquiz host --at
URL`; students join by code, in a browser or at a terminal. Rooms are kept answer by answer, and loaded again when
somebody comes back to them.

A host token opens rooms. The first start writes one to the file host-tokens in the data folder; more can
be added there, one a line.

One machine needs no more than a folder. Where that is not enough, rooms are kept in PostgreSQL (--database), and any
number of machines serve them together.

docs/serving.md says how to put it behind a proxy with TLS, and how to back it up.""",
        """examples:
  orbitquiz serve --data /srv/orbitquiz --keep 30d
  orbitquiz serve --data /srv/orbitquiz --trusted-proxy 127.0.0.1 --path /quiz
  orbitquiz serve --lan                        without a proxy, for everybody in this network
  orbitquiz serve --lan --database postgresql://quiz@db.example.org/quiz --tokens /etc/orbitquiz/tokens""",
    )
    parser.add_argument("--lan", action="store_true", help="listen to all networks (default: this computer alone)")
    parser.add_argument("--port", metavar="N", type=_port, help=f"where to listen (default: {PORT}); 0 takes any")
    parser.add_argument(
        "--ssh", metavar="PORT", type=_port, help="let people play by ssh as well, line by line, at this port"
    )
    parser.add_argument("--tokens", metavar="FILE", type=Path, help="the file with the host tokens, one a line")
    _add_database(parser, "keep the rooms in this PostgreSQL database, as one of several nodes; with --tokens")
    parser.add_argument(
        "--node-host",
        metavar="HOST",
        help="with --database: the address at which other nodes reach this one (default: the likeliest)",
    )
    parser.add_argument(
        "--keep", metavar="TIME", type=_days, help="delete rooms that nothing has happened in for so long, as in 30d"
    )
    parser.add_argument(
        "--trusted-proxy",
        metavar="NETWORK",
        type=_network,
        action="append",
        default=[],
        help="believe what a proxy at this address or network says of its clients; may be given several times",
    )
    parser.add_argument("--path", metavar="PATH", type=_path, help="the path of the service, as in /quiz")
    parser.add_argument(
        "--metrics-from",
        metavar="NETWORK",
        type=_network,
        action="append",
        default=[],
        help="who may read /metrics, beside this computer; may be given several times",
    )
    parser.add_argument("--rooms", metavar="N", type=_many, default=500, help="rooms at once (default: 500)")
    parser.add_argument("--players", metavar="N", type=_many, default=5000, help="players at once (default: 5000)")
    _add_data(parser)


def _add_backup(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "backup",
        "save your games and answers as one file",
        """Save your games and answers, of all banks, as one file that is checked. `orbitquiz restore` brings them back,
here or on another computer. Preferences, flags and rooms are not in it.""",
        """examples:
  orbitquiz backup orbitquiz.zip
  orbitquiz backup ~/backups/november.zip --yes""",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    parser.add_argument("--yes", action="store_true", help="replace FILE without asking")
    _add_data(parser)


def _add_restore(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "restore",
        "bring games and answers back from a backup",
        """Bring games and answers back from a file that `orbitquiz backup` wrote. It is checked first: one that is
damaged or of a newer version is refused. The records that are there are moved aside and not deleted.""",
        """examples:
  orbitquiz restore orbitquiz.zip""",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("--yes", action="store_true", help="replace the records without asking")
    _add_data(parser)


def _add_stats(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "stats",
        "tell of the games that you have played",
        """Tell of the games that you have played with a bank: how many, how well, in which category, what you missed
most, and the latest.""",
        """examples:
  orbitquiz stats
  orbitquiz stats --questions     # which wrong options mislead, and which tempt nobody
  orbitquiz stats --to csv > answers.csv
  orbitquiz stats --json""",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    parser.add_argument("--to", metavar="FORMAT", choices=["csv"], help="csv: print every answer as a row of a table")
    parser.add_argument(
        "--questions",
        action="store_true",
        help="tell, from your games and the rooms you have hosted, which wrong options are traps and which are dead",
    )
    _add_bank(parser)
    _add_data(parser)


def _add_categories(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "categories",
        "list the categories of a bank",
        """List the categories of a bank: the name that `play --category` takes, the title, and how many facts
and questions it has.""",
        """examples:
  orbitquiz categories
  orbitquiz categories --bank my-bank --json""",
    )
    _add_bank(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")


def _add_new(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "new",
        "make a bank from documents",
        """Make a bank in a new folder, and add documents to it: plain text, Markdown, HTML, PDF, DOCX or EPUB. What
questions quote is the text that is extracted from them; the originals are kept beside it.

The same command adds documents to a bank that is there. A document that is in it already is extracted again and
compared: nothing is overwritten.""",
        """examples:
  orbitquiz new harbour
  orbitquiz new harbour guide.pdf walk.html diary.docx""",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the bank")
    parser.add_argument("documents", metavar="DOCUMENT", nargs="*", type=Path, help="a document to add")


def _add_draft(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "draft",
        "propose facts from the documents of a bank",
        """Propose facts from sentences that nothing quotes yet: dates, numbers, names, and who said something. It is
done by rules on this computer, without the internet.

Drafts are written into the bank, marked `draft: true`. `check` counts them, and nobody is asked one before you have
cleared it with `orbitquiz author`.

With --model and --at a language model of your own proposes instead: any server that speaks OpenAI's chat protocol. It
only points at sentences; the quotations are cut here, and what does not hold is left out. A key, where the server wants
one, is taken from the variable ORBITQUIZ_MODEL_KEY.""",
        """examples:
  orbitquiz draft my-bank
  orbitquiz draft my-bank --model llama3.2 --at http://localhost:11434/v1
  orbitquiz draft my-bank --model NAME --at https://api.example.org/v1 --send""",
    )
    _add_folder(parser)
    parser.add_argument("--model", metavar="NAME", help="have this model propose; with --at")
    parser.add_argument("--at", metavar="URL", help="the address of its server, up to /v1")
    parser.add_argument(
        "--send", action="store_true", help="send the documents' text to a server that is not on this machine"
    )


def _add_author(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "author",
        "write the facts of a bank beside its documents",
        """Write facts: the document on one side, its facts on the other. Put the cursor on an answer and press v: the
sentence is quoted, the type is guessed, and you see the question that players will get. k keeps it. Drafts come one by
one, to be kept, edited or dropped. ? shows all keys.

Each fact is saved when you keep it, and no other line of its file changes. After a crash the fact that you were writing
is there again.""",
        """examples:
  orbitquiz author my-bank""",
    )
    _add_folder(parser)
    _add_data(parser)


def _add_folder(parser: _Parser) -> None:
    here = Path()
    parser.add_argument(
        "bank", metavar="DIR", nargs="?", type=Path, default=here, help="the bank's folder (default: this folder)"
    )


def _add_banks(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "banks",
        "list your banks, or add one",
        """List the banks that you have: the built-in one, those of installed packages, and those that you added. Their
names can stand after `--bank`.

`add` copies a bank into your list: from a folder, a .zip file, or an https address of one. What came is shown before it
is kept. An archive is looked at before it is unpacked.""",
        """examples:
  orbitquiz banks
  orbitquiz banks add my-bank
  orbitquiz banks add https://example.org/harbour.zip
  orbitquiz play --bank harbour""",
    )
    parser.add_argument(
        "action", metavar="ACTION", nargs="?", choices=["list", "add"], default="list", help="list or add"
    )
    parser.add_argument("origin", metavar="FOLDER|FILE.zip|URL", nargs="?", help="where the bank to add is")
    parser.add_argument("--yes", action="store_true", help="add it without asking")
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
    _add_data(parser)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "check",
        "say what does not hold in a bank",
        """Check a bank: its files, its sources, each quotation word for word, each value against its proof, and
whether every fact can be asked. Whatever does not hold is printed with file, line and column, all of it at once.

More can be asked for. --coverage lists each sentence of the documents as quoted, furniture or declined, and names those
of which nobody has decided. --lint looks for flaws in the writing of the questions. --cues lets players who know
nothing but tricks (the longest option, the middle number) answer many quizzes, and shows how often they are right.
--readings sums up what people said who read the questions blind (`orbitquiz proofread`).

The exit code is 0 where everything holds, else 1.""",
        """examples:
  orbitquiz check               the built-in bank
  orbitquiz check my-bank
  orbitquiz check my-bank --coverage --lint --cues --readings
  orbitquiz check my-bank --json""",
    )
    parser.add_argument(
        "bank",
        metavar="DIR",
        nargs="?",
        type=_folder,
        default=argparse.SUPPRESS,
        help="the bank's folder (default: the built-in bank)",
    )
    parser.add_argument("--watch", action="store_true", help="check again whenever a file is saved, until control-C")
    parser.add_argument("--coverage", action="store_true", help="say what became of each sentence of the documents")
    parser.add_argument("--lint", action="store_true", help="look for flaws in the writing of the questions")
    parser.add_argument(
        "--cues", "--tells", action="store_true", help="see how far tricks get without knowledge; takes a while"
    )
    parser.add_argument("--readings", action="store_true", help="sum up what blind readers said")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object: counts, problems and what was asked"
    )


def _add_proofread(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _add(
        commands,
        "proofread",
        "read the questions of a bank blind, for its author",
        """Read questions without their key and their proof. For each you give an answer, say how you came to it (you
knew it, the others were impossible, a guess), and which options nobody would choose.

What you say is kept in the folder readings of the bank, in a file that you can send to the author. `orbitquiz check
--readings` sums up what all readers say. Come back whenever you like: no question is asked again unless it changed.""",
        """examples:
  orbitquiz proofread --reader ada
  orbitquiz proofread --bank my-bank --reader ada --count 40
  orbitquiz proofread --reader ada -o ada.jsonl""",
    )
    parser.add_argument("--count", metavar="N", type=_count, default=20, help="how many questions (default: 20)")
    parser.add_argument("--reader", metavar="NAME", default="reader", help="your name (default: reader)")
    _add_bank(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="keep the readings in FILE (default: readings/NAME.jsonl)"
    )


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    from orbitquiz.formats.table import FORMATS, names

    *most, last = (format.name for format in FORMATS if format.is_quiz)
    of_a_lesson = f"{', '.join(most)} or {last}"
    parser = _add(
        commands,
        "export",
        "write questions for other programs",
        f"""Write questions for other programs, each with its options and its proof as far as the format has a place for
it. What it has no place for is counted on standard error. docs/formats.md says how to import each format.

Without --count, --seed, --quiz and --all you get one question for each fact; with --to {of_a_lesson} a quiz of
{DEFAULT_COUNT}. With --count, --seed or --quiz you get a quiz, the same one that `play` gives; with --all every
question of the bank.

{_format_list((format.name, format.title) for format in FORMATS)}""",
        """examples:
  orbitquiz export --to json --all -o questions.json
  orbitquiz export --to moodle-xml -o questions.xml
  orbitquiz export --to anki --category crew -o crew.apkg
  orbitquiz export --to html --count 12 --seed APOLLO -o worksheet.html
  orbitquiz export --to json --all --category crew
  orbitquiz export --to quiz --category crew --count 5 -o lesson-3.json""",
    )
    parser.add_argument(
        "--to", metavar="FORMAT", required=True, choices=list(names()), help="one of the formats listed above"
    )
    parser.add_argument("--all", action="store_true", help="every question that the bank can give, several of a fact")
    _add_selection(parser)
    _add_bank(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")


def _format_list(rows: Iterable[tuple[str, str]]) -> str:
    """Return what the manual says of formats, given as names and titles."""
    titles = dict(rows)
    widest = max(map(len, titles))
    return "\n".join(["formats:", *(f"  {name:<{widest}}  {title}" for name, title in titles.items())])


def _add_import(commands: argparse._SubParsersAction[_Parser]) -> None:
    from orbitquiz.formats.readers.table import SOURCES, names

    parser = _add(
        commands,
        "import",
        "take questions of other programs as drafts",
        f"""Take questions that other programs have written as drafts of a bank. They have no proof, so none of them is
played: where a document of the bank holds the answer, the passage is proposed, and `orbitquiz author` is where you
accept it, choose another or drop the question. Questions that no document proves are kept with their own options.

What cannot be read is told by line, and the rest comes in; then the exit code is 1. A bank is made where DIR is new.

{_format_list((source.name, source.title) for source in SOURCES)}""",
        """examples:
  orbitquiz import questions.xml --into my-bank
  orbitquiz import quiz.gift history.csv --into my-bank
  orbitquiz import cards.txt --from anki --into my-bank""",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="what another program has written")
    parser.add_argument("--into", metavar="DIR", type=Path, required=True, help="the bank's folder")
    parser.add_argument(
        "--from",
        metavar="FORMAT",
        choices=list(names()),
        help="one of the formats listed above (default: the one that a file looks like)",
    )


def _add(commands: argparse._SubParsersAction[_Parser], name: str, help: str, description: str, epilog: str) -> _Parser:
    return commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=_Manual,
        allow_abbrev=False,
    )


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--category",
        metavar="NAME",
        action="append",
        default=[],
        help="ask only about this category; may be given several times (`orbitquiz categories` lists them)",
    )
    parser.add_argument("--differ", action="store_true", help="ask only about what the sources differ on")
    parser.add_argument("--count", metavar="N", type=_count, help=f"how many questions (default: {DEFAULT_COUNT})")
    parser.add_argument(
        "--seed", metavar="SEED", help="any word; the same seed gives the same quiz (default: a new one each time)"
    )
    parser.add_argument(
        "--quiz", metavar="CODE|FILE", help="just this quiz: the code of one that was played, or a quiz file"
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--timer", metavar="SECONDS", type=_seconds, help="give each question so many seconds")
    parser.add_argument(
        "--scoring",
        metavar="HOW",
        choices=["accuracy", "speed"],
        help="accuracy: 100 points for a right answer (the default); speed: fewer the later it comes, with --timer",
    )


# What stands before the command and after it as well. No default after it, or it would undo what stood before.


def _folder(word: str) -> Path | str:
    """Return a folder. argparse hands the default of a positional argument through its type, too."""
    return word if word == argparse.SUPPRESS else Path(word)


def _add_bank(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    parser.add_argument(
        "--bank",
        metavar="BANK",
        type=Path,
        default=default,
        help="a bank's folder, or its name in `orbitquiz banks` (default: the built-in bank)",
    )


def _add_plain(parser: argparse.ArgumentParser, help: str, default: object = argparse.SUPPRESS) -> None:
    parser.add_argument("--plain", action="store_true", default=default, help=help)


def _add_data(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=default,
        help="where what you do is kept (default: your own data folder, or $ORBITQUIZ_DATA)",
    )


def _add_database(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--database", metavar="URL", help=help)


def _seconds(word: str) -> float:
    if word.isascii() and word.isdigit() and len(word) < 5 and 1 <= int(word) <= _LONGEST_TIMER:
        return float(word)
    raise argparse.ArgumentTypeError(f"expected whole seconds, 1 to {_LONGEST_TIMER}, found {word!r}")


def _local_time(word: str) -> datetime:
    try:
        return datetime.fromisoformat(word).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise argparse.ArgumentTypeError(f"expected a time such as 2026-12-04T18:00, found {word!r}") from error


def _attempts(word: str) -> int:
    if word.isascii() and word.isdigit() and len(word) == 1 and word != "0":
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a number of attempts, 1 to 9, found {word!r}")


def _limit(word: str) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 6:
        raise argparse.ArgumentTypeError(f"expected a number such as 10, found {word!r}")
    return int(word)


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as 2026-11-30, found {word!r}") from None


def _port(word: str) -> int:
    if word.isascii() and word.isdigit() and len(word) < 6 and int(word) < 65536:
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a port, 0 to 65535, found {word!r}")


def _many(word: str) -> int:
    if word.isascii() and word.isdigit() and len(word) < 8 and int(word) > 0:
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a number, 1 or more, found {word!r}")


def _days(word: str) -> timedelta:
    number = word[:-1]
    if word[-1:] in ("d", "h") and number.isascii() and number.isdigit() and len(number) < 6 and int(number) > 0:
        return timedelta(days=int(number)) if word[-1] == "d" else timedelta(hours=int(number))
    raise argparse.ArgumentTypeError(f"expected days or hours such as 30d or 12h, found {word!r}")


def _network(word: str) -> IPv4Network | IPv6Network:
    from ipaddress import ip_network

    try:
        return ip_network(word, strict=False)
    except ValueError:
        expected = "expected an address or a network such as 10.0.0.0/8"
        raise argparse.ArgumentTypeError(f"{expected}, found {word!r}") from None


def _path(word: str) -> str:
    parts = word.strip("/").split("/")
    if not all(part.isascii() and part.replace("-", "").replace("_", "").isalnum() for part in parts):
        raise argparse.ArgumentTypeError(f"expected a path such as /quiz, found {word!r}")
    return f"/{'/'.join(parts)}"


def _team_count(word: str) -> int:
    if word.isascii() and word.isdigit() and len(word) < 3 and 2 <= int(word) <= _MOST_TEAMS:
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a number of teams, 2 to {_MOST_TEAMS}, found {word!r}")


def _teams(words: str) -> tuple[str, ...]:
    names = tuple(line_of(name)[:_LONGEST_NAME] for name in words.split(",") if name.strip())
    if not 2 <= len(names) <= _MOST_TEAMS or len({name.casefold() for name in names}) < len(names):
        raise argparse.ArgumentTypeError(
            f"expected 2 to {_MOST_TEAMS} different names with commas between, found {words!r}"
        )
    return names


def _count(word: str) -> int:
    if word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 9:
        return int(word)
    raise argparse.ArgumentTypeError(f"expected a number of questions, 1 or more, found {word!r}")


_COMMANDS = {
    "play": _add_play,
    "review": _add_review,
    "daily": _add_daily,
    "host": _add_host,
    "join": _add_join,
    "report": _add_report,
    "forget": _add_forget,
    "serve": _add_serve,
    "categories": _add_categories,
    "new": _add_new,
    "draft": _add_draft,
    "author": _add_author,
    "banks": _add_banks,
    "check": _add_check,
    "proofread": _add_proofread,
    "export": _add_export,
    "import": _add_import,
    "stats": _add_stats,
    "backup": _add_backup,
    "restore": _add_restore,
}
"""Functions that add each command, in the order of the manual."""


if sys.version_info >= (3, 14):  # colours would make the manual differ from one Python to the next
    _Parser.color = False
