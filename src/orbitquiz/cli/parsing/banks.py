"""Commands for banks: looking into them, writing them, and other formats."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from orbitquiz.cli.parsing import values
from orbitquiz.cli.parsing.base import Commands, Parser, add_command
from orbitquiz.cli.parsing.shared import add_bank, add_data, add_selection
from orbitquiz.quiz.code import DEFAULT_COUNT


def add_categories(commands: Commands) -> None:
    """Add `categories`."""
    parser = add_command(
        commands,
        "categories",
        "list the categories of a bank",
        """List the categories of a bank: the name that `play --category` takes, the title, and how many facts
and questions it has.""",
        """examples:
  orbitquiz categories
  orbitquiz categories --bank my-bank --json""",
    )
    add_bank(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")


def add_new(commands: Commands) -> None:
    """Add `new`."""
    parser = add_command(
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


def add_draft(commands: Commands) -> None:
    """Add `draft`."""
    parser = add_command(
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


def add_author(commands: Commands) -> None:
    """Add `author`."""
    parser = add_command(
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
    add_data(parser)


def add_banks(commands: Commands) -> None:
    """Add `banks`."""
    parser = add_command(
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
    add_data(parser)


def add_check(commands: Commands) -> None:
    """Add `check`."""
    parser = add_command(
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
        type=values.folder,
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


def add_proofread(commands: Commands) -> None:
    """Add `proofread`."""
    parser = add_command(
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
    parser.add_argument("--count", metavar="N", type=values.COUNT, default=20, help="how many questions (default: 20)")
    parser.add_argument("--reader", metavar="NAME", default="reader", help="your name (default: reader)")
    add_bank(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="keep the readings in FILE (default: readings/NAME.jsonl)"
    )


def add_export(commands: Commands) -> None:
    """Add `export`."""
    from orbitquiz.formats.table import FORMATS, names

    *most, last = (format.name for format in FORMATS if format.is_quiz)
    of_a_lesson = f"{', '.join(most)} or {last}"
    parser = add_command(
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
    add_selection(parser)
    add_bank(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")


def add_import(commands: Commands) -> None:
    """Add `import`."""
    from orbitquiz.formats.readers.table import SOURCES, names

    parser = add_command(
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


def _add_folder(parser: Parser) -> None:
    here = Path()
    parser.add_argument(
        "bank", metavar="DIR", nargs="?", type=Path, default=here, help="the bank's folder (default: this folder)"
    )


def _format_list(rows: Iterable[tuple[str, str]]) -> str:
    """Return what the manual says of formats, given as names and titles."""
    titles = dict(rows)
    widest = max(map(len, titles))
    return "\n".join(["formats:", *(f"  {name:<{widest}}  {title}" for name, title in titles.items())])
