"""docs/texts.txt lists every text that a user can see, and nothing that only the program reads."""

from __future__ import annotations

import re
from calendar import month_name
from pathlib import Path

import pytest
from tools.texts import FILE, catalogue, python_texts, template_texts

from tests.classroom import making as room
from tests.making import COMMANDER, ENTITIES, OTHER_REPORT, REPORT, TAIL, TAKE_OFF
from tests.tui.host import hosting
from tests.tui.host import test_pictures as host_pictures
from tests.tui.student import test_pictures as student_pictures
from tests.tui.student import visiting

TESTS = Path(__file__).parents[1]
WORD = re.compile(r"[a-z]{3,}")
QUIZ_CODE = re.compile(r"\b[A-Z2-9]{4}(-[A-Z2-9]{2,4})+\b")


def test_the_list_is_that_of_the_code() -> None:
    assert FILE.read_text(encoding="utf-8") == catalogue(), "run `make texts`"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("raise Error(f'no room in {line_of(folder)}; name another')", ["no room in {folder}; name another"]),
        ("Binding('q', 'app.leave', 'leave', show=False)", ["leave"]),
        ("bar.show([('q', 'leave', 'app.quit'), ('', 'or wait', '')])", ["leave", "or wait"]),
        ("Content.assemble(('Keys', 'bold $primary'), ' are these')", ["Keys", "are these"]),
        (
            'f\'{counted(n, "point")} for {team if team else "nobody at all"}\'',
            ["{n} for {…}", "point", "nobody at all"],
        ),
        ("parser.add_argument('--seed', help='any word', metavar='SEED')", ["any word", "SEED"]),
        ("WORDS = {Reason.FULL: 'The room is full.', 'full': 'full'}", ["The room is full."]),
    ],
)
def test_what_is_shown_is_found(code: str, found: list[str]) -> None:
    assert sorted(python_texts(code)) == sorted(found)


@pytest.mark.parametrize(
    "code",
    [
        "'''Return the text of a docstring.'''",
        "connection.execute('SELECT id FROM games WHERE bank = ?')",
        "WORD = re.compile(r'some words\\\\b')",
        "style = 'bold $text-error on $panel 50%'",
        "CSS = 'Lines { height: auto; }'",
        "if kind == 'two words' or row['two words']: pass",
        "STOP = 'a about after all along'.split()",
        "def f(x: 'two words'): pass",
    ],
)
def test_what_only_the_program_reads_is_not(code: str) -> None:
    assert list(python_texts(code)) == []


def test_the_words_of_a_page_are_found() -> None:
    page = (
        "<style>a b { }</style><h1 title='x'>Room {{ code }}</h1>{% if a %}<p>No one\n came.</p>{% endif %}<i>{{ a }}"
    )
    assert list(template_texts(page)) == ["Room {{ code }}", "No one came."]


def test_every_word_on_a_kept_screen_is_in_the_list_or_in_what_the_tests_show() -> None:
    """The list is complete where the kept screens are: a text that is missed there shows up here."""
    data = repr([vars(module) for module in (room, hosting, visiting, host_pictures, student_pictures)])
    data += REPORT + OTHER_REPORT + repr([ENTITIES, COMMANDER, TAIL, TAKE_OFF])
    data += repr(list(month_name))  # of dates that a question makes
    data += "pgup; The Kestrels, on watch; the museum guide; no space left on device"
    known = set(WORD.findall(f"{catalogue()} {data}".lower()))
    unknown: dict[str, str] = {}
    kept = [path for each in ("solo", "host", "student") for path in (TESTS / "tui" / each).rglob("*200x50*.txt")]
    for path in sorted(kept):  # nothing is cut off at this size
        shown, _, _ = path.read_text(encoding="utf-8").partition("─── styles")
        words = WORD.findall(QUIZ_CODE.sub("", shown).lower())
        unknown |= {word: path.name for word in words if word not in known}
    assert unknown == {}
