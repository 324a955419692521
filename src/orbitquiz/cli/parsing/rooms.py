"""Commands for rooms."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.cli.parsing import values
from orbitquiz.cli.parsing.base import Commands, add_command
from orbitquiz.cli.parsing.shared import add_bank, add_data, add_database, add_plain, add_rules, add_selection

PORT = 8765
"""Where a room listens; the same as `classroom.place.PORT`, which no manual needs to load."""


def add_host(commands: Commands) -> None:
    """Add `host`."""
    parser = add_command(
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
        "--port", metavar="N", type=values.PORT_NUMBER, help=f"where to listen (default: {PORT}); 0 takes any free port"
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
    add_selection(parser)
    parser.add_argument("--daily", action="store_true", help="today's quiz, the same that everybody plays alone")
    add_rules(parser)
    parser.add_argument(
        "--teams", metavar="N", type=values.TEAM_COUNT, help="put the players into so many teams, 2 to 8"
    )
    parser.add_argument(
        "--class", metavar="NAME", dest="class_name", help="the class that plays, for `orbitquiz report --class`"
    )
    parser.add_argument("--no-ranking", action="store_true", help="tell nobody places; not with --teams")
    parser.add_argument("--anonymous", action="store_true", help="give players names such as Player 7")
    parser.add_argument(
        "--reading", metavar="SECONDS", type=values.seconds, help="show each question so long before its options"
    )
    parser.add_argument(
        "--go-on", metavar="SECONDS", type=values.seconds, help="go on by itself so long after each answer was shown"
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
        "--closes",
        metavar="TIME",
        type=values.local_time,
        help="with --pace own: when it ends, such as 2026-12-04T18:00",
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
        type=values.ATTEMPTS,
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
    add_plain(parser, "host line by line, without a screen")
    add_bank(parser)
    add_data(parser)


def add_join(commands: Commands) -> None:
    """Add `join`."""
    parser = add_command(
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
    add_plain(parser, "play line by line, without a screen")
    add_data(parser)


def add_report(commands: Commands) -> None:
    """Add `report`."""
    parser = add_command(
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
    add_database(parser, "a service's PostgreSQL database, instead of the data folder")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="write to FILE instead of standard output; html on a terminal goes to a new file such as report-K7M2.html",
    )
    add_data(parser)


def add_forget(commands: Commands) -> None:
    """Add `forget`."""
    parser = add_command(
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
    add_database(parser, "a service's PostgreSQL database, instead of the data folder")
    add_data(parser)


def add_serve(commands: Commands) -> None:
    """Add `serve`."""
    parser = add_command(
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
    parser.add_argument(
        "--port", metavar="N", type=values.PORT_NUMBER, help=f"where to listen (default: {PORT}); 0 takes any"
    )
    parser.add_argument(
        "--ssh",
        metavar="PORT",
        type=values.PORT_NUMBER,
        help="let people play by ssh as well, line by line, at this port",
    )
    parser.add_argument("--tokens", metavar="FILE", type=Path, help="the file with the host tokens, one a line")
    add_database(parser, "keep the rooms in this PostgreSQL database, as one of several nodes; with --tokens")
    parser.add_argument(
        "--node-host",
        metavar="HOST",
        help="with --database: the address at which other nodes reach this one (default: the likeliest)",
    )
    parser.add_argument(
        "--keep",
        metavar="TIME",
        type=values.time_span,
        help="delete rooms that nothing has happened in for so long, as in 30d",
    )
    parser.add_argument(
        "--trusted-proxy",
        metavar="NETWORK",
        type=values.network,
        action="append",
        default=[],
        help="believe what a proxy at this address or network says of its clients; may be given several times",
    )
    parser.add_argument("--path", metavar="PATH", type=values.url_path, help="the path of the service, as in /quiz")
    parser.add_argument(
        "--metrics-from",
        metavar="NETWORK",
        type=values.network,
        action="append",
        default=[],
        help="who may read /metrics, beside this computer; may be given several times",
    )
    parser.add_argument("--rooms", metavar="N", type=values.MANY, default=500, help="rooms at once (default: 500)")
    parser.add_argument(
        "--players", metavar="N", type=values.MANY, default=5000, help="players at once (default: 5000)"
    )
    add_data(parser)
