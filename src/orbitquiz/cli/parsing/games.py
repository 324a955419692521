"""Commands for somebody who plays alone, and for what is kept of it."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.cli.parsing import values
from orbitquiz.cli.parsing.base import Commands, add_command
from orbitquiz.cli.parsing.shared import add_bank, add_data, add_plain, add_rules, add_selection
from orbitquiz.quiz.code import REVIEW_COUNT


def add_play(commands: Commands) -> None:
    """Add `play`."""
    parser = add_command(
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
    add_selection(parser)
    parser.add_argument("--missed", action="store_true", help="ask what you got wrong and have not got right since")
    parser.add_argument("--new", action="store_true", help="ask what you have not seen yet")
    parser.add_argument(
        "--typed", action="store_true", help="type the answers, where a question can be answered in words"
    )
    add_rules(parser)
    parser.set_defaults(scoring="accuracy")
    parser.add_argument(
        "--teams",
        metavar="NAMES",
        type=values.team_names,
        help='teams that take turns at this terminal, as in "Red,Blue,Green"',
    )
    parser.add_argument("--resume", action="store_true", help="go on with the latest unfinished game")
    add_plain(parser, "play line by line, without a screen")
    add_bank(parser)
    add_data(parser)


def add_review(commands: Commands) -> None:
    """Add `review`."""
    parser = add_command(
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
    parser.add_argument(
        "--count",
        metavar="N",
        type=values.COUNT,
        default=REVIEW_COUNT,
        help=f"how many questions now (default: {REVIEW_COUNT})",
    )
    parser.add_argument(
        "--new", metavar="N", type=values.LIMIT, help="new facts a day (default: as chosen in the menu)"
    )
    parser.add_argument(
        "--reviews", metavar="N", type=values.LIMIT, help="reviews a day (default: as chosen in the menu)"
    )
    parser.add_argument("--typed", action="store_true", help="type the answers that you got right twice in a row")
    add_plain(parser, "play line by line, without a screen")
    add_bank(parser)
    add_data(parser)


def add_daily(commands: Commands) -> None:
    """Add `daily`."""
    parser = add_command(
        commands,
        "daily",
        "play the quiz of the day",
        """Play five questions, the same for everybody with this bank today. Playing every day makes a streak, which one
missed day a week does not end.""",
        """examples:
  orbitquiz daily
  orbitquiz daily --date 2026-11-30    an old one, which does not count for the streak""",
    )
    parser.add_argument("--date", metavar="DATE", type=values.day, help="the quiz of another day, such as 2026-11-30")
    add_plain(parser, "play line by line, without a screen")
    add_bank(parser)
    add_data(parser)


def add_stats(commands: Commands) -> None:
    """Add `stats`."""
    parser = add_command(
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
    add_bank(parser)
    add_data(parser)


def add_backup(commands: Commands) -> None:
    """Add `backup`."""
    parser = add_command(
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
    add_data(parser)


def add_restore(commands: Commands) -> None:
    """Add `restore`."""
    parser = add_command(
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
    add_data(parser)
