"""The messages of a room: they arrive whole, do no harm from any sender, and tell no key before it is revealed.

docs/protocol.md tells how they are used. Its examples, its schema and its numbers are held here to those of the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from tools.protocol import PAGE, SCHEMA, examples, examples_in, schema_text

from orbitquiz.bank.model import Bank
from orbitquiz.classroom import address
from orbitquiz.classroom import protocol as said
from orbitquiz.classroom.protocol import LARGEST_MESSAGE, LONGEST_NAME, read_from_room, read_to_room
from orbitquiz.classroom.rules import nickname
from orbitquiz.classroom.rules.events import EVENT
from orbitquiz.classroom.rules.refusal import WORDS, Reason, Refused
from orbitquiz.classroom.rules.room import LONGEST_EXTENSION, MOST_PLAYERS
from orbitquiz.classroom.server import snapshots, websocket
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuizSheet
from orbitquiz.text.safe import visible
from tests.classroom.making import KEY, Lesson, opened, question_sheet, refused

Model = type[BaseModel]
Message = dict[str, Any]

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def members(union: Any) -> list[Model]:
    """The models of a union whose members are told apart by `type`."""
    return list(get_args(get_args(union)[0]))


TO_ROOM, FROM_ROOM = members(said.ToRoom), members(said.FromRoom)


# Messages of every kind, made of what their fields may hold.


def values(kind: Any, limits: Sequence[Any] = ()) -> st.SearchStrategy[Any]:
    """Return values that a field of this type may hold."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return values(parts[0], [*limits, *parts[1:]])
    if origin in (Union, UnionType):
        return st.one_of(*map(values, parts))
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        return st.lists(values(parts[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(values(parts[0]), values(parts[1]), max_size=3)
    if kind is NoneType:
        return st.none()
    if kind is bool:
        return st.booleans()
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    if issubclass(kind, BaseModel):
        return models(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return sheets(kind)
    return _simple(kind, _bounds(limits))


def _simple(kind: type, bounds: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if kind is str:
        return st.text(max_size=bounds.get("max_length", 30))
    if kind is int:
        return st.integers(bounds.get("ge", -(10**9)), bounds.get("le", 10**9))
    assert kind is float, f"no way to make a {kind}"
    return st.floats(
        bounds.get("gt"), bounds.get("le"), exclude_min="gt" in bounds, allow_nan=False, allow_infinity=False
    )


def _bounds(limits: Sequence[Any]) -> dict[str, Any]:
    flat = [inner for each in limits for inner in (each.metadata if isinstance(each, FieldInfo) else [each])]
    return {key: value for each in flat if is_dataclass(each) for key, value in asdict(each).items()}  # type: ignore[arg-type]


def models(kind: Model) -> st.SearchStrategy[Any]:
    """Any models of this kind."""
    fields = {name: values(field.annotation, field.metadata) for name, field in kind.model_fields.items()}
    return st.fixed_dictionaries(fields).map(lambda told: kind(**told))


def sheets(kind: type) -> st.SearchStrategy[Any]:
    """Any sheets of this kind."""
    if kind is PassageSheet:  # its marks stand in its text
        return st.builds(
            lambda value, text: PassageSheet(value=value, heading=value, text=text, marks=((0, len(text)),)),
            st.text(max_size=30),
            st.text(max_size=30),
        )
    return st.builds(kind, **{name: values(hint) for name, hint in get_type_hints(kind).items()})


def one_of(kinds: Sequence[Model]) -> st.SearchStrategy[BaseModel]:
    """Any message of any of these kinds, each as often as the others."""
    return st.sampled_from(kinds).flatmap(models)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=10,
)


# Whole when they arrive.


@quick
@given(one_of(TO_ROOM))
def test_what_somebody_says_arrives_as_it_was_meant(message: BaseModel) -> None:
    assert read_to_room(message.model_dump_json()) == message
    assert read_to_room(message.model_dump_json().encode()) == message


@quick
@given(one_of(FROM_ROOM))
def test_what_a_room_says_arrives_as_it_was_meant(message: BaseModel) -> None:
    assert read_from_room(message.model_dump_json()) == message


@pytest.mark.parametrize(("kinds", "union"), [(TO_ROOM, said.ToRoom), (FROM_ROOM, said.FromRoom)])
def test_each_message_has_a_type_of_its_own(kinds: list[Model], union: Any) -> None:
    types = [kind.model_fields["type"].default for kind in kinds]
    assert len(set(types)) == len(types) > 10


def test_an_infinite_number_is_no_number() -> None:
    """JSON has none, so that it would be written as null and not be read again."""
    with pytest.raises(ValidationError):
        said.Clock(number=1, limit=float("inf"), left=None, is_paused=False)


def test_the_longest_message_with_the_longest_escapes_is_not_too_large() -> None:
    face = "\N{GRINNING FACE}"
    hello = said.Hello(protocol=said.PROTOCOL, room=face * 64, name=face * LONGEST_NAME, token=face * 64)
    text = json.dumps(hello.model_dump())  # twelve characters for each face
    assert read_to_room(text) == hello
    assert 0.9 * LARGEST_MESSAGE < len(text) <= LARGEST_MESSAGE


# Harmless from any sender.


def looked_at(read: Callable[[str | bytes], object], raw: str | bytes, *reasons: Reason) -> None:
    """Whatever this is, it is read, or refused for one of these reasons."""
    try:
        read(raw)
    except Refused as refusal:
        refused_for = refusal.reason
    else:
        return
    assert refused_for in reasons


@quick
@given(st.text() | st.binary() | json_values.map(json.dumps) | st.text(st.characters()))
@example("")
@example("\ud800")
@example('{"type": "hello", "protocol": 2, "room": "\\ud800"}')
@example(b"\xff\xfe{\x00")
@example("\ufeff" + '{"type": "end"}')
@example("[" * 4000)
@example('{"a":' * 800)
@example('{"type": "hello", "protocol": ' + "9" * 4000 + ', "room": "A"}')
@example('{"type": "hello", "protocol": ' + "9" * 5000 + ', "room": "A"}')
@example('{"type": {"type": "end"}}')
@example('{"type": "extend", "seconds": 1e999}')
def test_anything_at_all_is_read_or_refused(raw: str | bytes) -> None:
    looked_at(read_to_room, raw, Reason.BAD_MESSAGE)
    looked_at(read_from_room, raw, Reason.BAD_PROTOCOL)


@st.composite
def spoiled(draw: st.DrawFn, kinds: Sequence[Model]) -> str:
    """A message in which one thing is not as it should be, or only perhaps."""
    message: Message = json.loads(draw(one_of(kinds)).model_dump_json())
    name = draw(st.sampled_from([*message, *message, "id"]))
    if draw(st.booleans()):
        message[name] = draw(json_values)
    else:
        message.pop(name, None)
    return json.dumps(message)


@quick
@given(spoiled(TO_ROOM))
def test_a_message_that_is_spoiled_is_read_or_refused(raw: str) -> None:
    looked_at(read_to_room, raw, Reason.BAD_MESSAGE, Reason.BAD_PROTOCOL)


@pytest.mark.parametrize("version", [said.OLDEST - 1, said.PROTOCOL + 1, -1])
def test_a_greeting_of_another_version_that_cannot_be_read_is_told_so(version: int) -> None:
    with refused(Reason.BAD_PROTOCOL):
        read_to_room(json.dumps({"type": "hello", "protocol": version, "room": 7}))


def test_a_greeting_of_this_version_that_cannot_be_read_is_a_bad_message() -> None:
    with refused(Reason.BAD_MESSAGE):
        read_to_room(json.dumps({"type": "hello", "protocol": said.PROTOCOL, "room": 7}))


@quick
@given(spoiled(FROM_ROOM))
def test_a_message_of_a_room_that_is_spoiled_is_read_or_refused(raw: str) -> None:
    looked_at(read_from_room, raw, Reason.BAD_PROTOCOL)


def to_room(**message: Any) -> Message:
    """Return a message to the room after going over the wire as JSON and back."""
    return json.loads(read_to_room(json.dumps(message)).model_dump_json())  # type: ignore[no-any-return]


HELLO: Message = {"type": "hello", "protocol": 2, "room": "KSTR", "name": "Ada"}
ANSWER: Message = {"type": "answer", "seq": 1, "number": 1, "option": "0a"}
EXTEND: Message = {"type": "extend", "seconds": 30}


@pytest.mark.parametrize("message", [HELLO, ANSWER, EXTEND], ids=lambda message: message["type"])
def test_a_field_that_nobody_knows_is_ignored(message: Message) -> None:
    assert to_room(**message, more=[1]) == to_room(**message)


@quick
@given(one_of(FROM_ROOM))
def test_a_field_of_a_newer_room_is_ignored(message: BaseModel) -> None:
    assert read_from_room(json.dumps(widened(json.loads(message.model_dump_json())))) == message


def widened(value: Any) -> Any:
    """The same JSON with one more field in each object, but for the votes, whose keys are options."""
    if isinstance(value, dict):
        wider = {key: part if key == "votes" else widened(part) for key, part in value.items()}
        return wider | {"of a newer version": {"x": 1}}
    return [widened(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", TO_ROOM, ids=lambda kind: kind.__name__)
def test_a_message_lacks_nothing_that_is_needed(kind: Model) -> None:
    needed = [name for name, field in kind.model_fields.items() if field.is_required()]
    message = {"type": kind.model_fields["type"].default}
    if needed:
        with refused(Reason.BAD_MESSAGE):
            to_room(**message)
    else:
        to_room(**message)
    with refused(Reason.BAD_MESSAGE):
        to_room(type=f"{message['type']} ")


@pytest.mark.parametrize(
    ("message", "field", "longest"),
    [
        (HELLO, "room", 64),
        (HELLO, "name", LONGEST_NAME),
        (HELLO, "token", 64),
        (ANSWER, "option", 64),
        ({"type": "host", "protocol": 2, "room": "KSTR"}, "secret", 200),
        ({"type": "kick"}, "player", 64),
        ({"type": "ban"}, "player", 64),
        ({"type": "rename", "name": "Ada"}, "player", 64),
        ({"type": "rename", "player": "p1"}, "name", LONGEST_NAME),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else str(value),
)
def test_a_text_that_is_too_long_is_refused(message: Message, field: str, longest: int) -> None:
    assert to_room(**message | {field: "x" * longest})[field] == "x" * longest
    with refused(Reason.BAD_MESSAGE):
        to_room(**message | {field: "x" * (longest + 1)})


def test_every_text_that_somebody_may_send_has_an_end() -> None:
    for kind in TO_ROOM:
        for name, field in kind.model_fields.items():
            kinds = [part for part in (get_args(field.annotation) or [field.annotation]) if part is not NoneType]
            for part in kinds:
                inner, *limits = get_args(part) if get_origin(part) is Annotated else (part, *field.metadata)
                assert inner is not str or "max_length" in _bounds(limits), f"{kind.__name__}.{name}"


@pytest.mark.parametrize(
    "message",
    [
        ANSWER | {"seq": "1"},
        ANSWER | {"seq": 1.0},
        ANSWER | {"seq": True},
        ANSWER | {"seq": -1},
        ANSWER | {"seq": 2**53},
        ANSWER | {"number": 0},
        ANSWER | {"number": 100_001},
        ANSWER | {"option": 0},
        ANSWER | {"option": None},
        EXTEND | {"seconds": 0},
        EXTEND | {"seconds": 3601},
        EXTEND | {"seconds": "30"},
        EXTEND | {"seconds": float("nan")},
        EXTEND | {"seconds": float("inf")},
        HELLO | {"protocol": "1"},
        HELLO | {"room": None},
        {"type": "lock", "locked": 1},
        {"type": "lock", "locked": "true"},
        {"type": "next", "after": -1},
    ],
    ids=json.dumps,
)
def test_what_is_no_number_and_no_truth_value_is_not_taken_for_one(message: Message) -> None:
    with refused(Reason.BAD_MESSAGE):
        to_room(**message)


UNSAFE = "\x1b[2J\u202e\u200b\x9b0m"
NOT_SHOWN = {"id", "key", "option", "order", "picked", "pace", "player", "token", "votes", "wrong"}
"""Constants that programs tell apart and nobody reads."""


def texts_in(value: Any, name: str = "") -> Iterator[str]:
    """All texts in JSON that people read."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from () if key in NOT_SHOWN else texts_in(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, name)
    elif isinstance(value, str):
        yield value


def defiled(value: Any) -> Any:
    """The same JSON with something in each text that a terminal would obey, but for words from a list."""
    if isinstance(value, dict):
        fixed = ("type", "scoring", "reason", "place", "phase", "pace")
        return {key: part if key in fixed else defiled(part) for key, part in value.items()}
    if isinstance(value, list):
        return [defiled(part) for part in value]
    return value + UNSAFE if isinstance(value, str) else value


@quick
@given(one_of(FROM_ROOM))
def test_nothing_that_people_read_acts_on_their_terminal(message: BaseModel) -> None:
    """A room is another computer, and may be another program."""
    heard = read_from_room(json.dumps(defiled(json.loads(message.model_dump_json()))))
    for text in texts_in(json.loads(heard.model_dump_json())):
        assert text == visible(text)


def test_each_reason_has_its_words() -> None:
    assert set(WORDS) == set(Reason)
    assert all(words.endswith(".") for words in WORDS.values())


# Silent about the key until it is told.

#: Each model that is sent before the reveal, with its fields. If you add one, check that it does not tell the key.
BEFORE_THE_REVEAL = {
    "Welcome": "type protocol room title player token name team score total timer scoring is_ranked pace closes",
    "Named": "type name",
    "Refusal": "type reason text seq",
    "Lobby": "type players title total score",
    "OptionOut": "id text",
    "QuestionOut": (
        "type number total category sources_differ stem options limit left is_paused plays picked reading"
        " passages attempts wrong to_answer"
    ),
    "Progress": "type total to_answer answered score right closes",
    "Clock": "type number limit left is_paused reading",
    "Accepted": "type seq number option",
    "SkippedMessage": "type number total score",
    "HostWelcome": "type protocol room title total timer scoring is_ranked is_anonymous teams has_again pace closes",
    "PlayerSeat": "id name team place is_here has_answered done",
    "PassageSheet": "value heading text marks",  # of the compare round, where they lie open
    "People": "type seats is_locked",
    "StandingRow": "id name points rank before",
    "Outcome": "right of silent",  # of questions that are over
    "Scene": (
        "type phase number total question revealed outcome answered playing standings team_standings counted together"
        " trouble onward"
    ),
}
AFTER_IT = {said.RevealOut, said.EndedMessage}
FOR_THE_TEACHER = {said.Notes}  # asked for with the host's secret
PLAIN = {str, int, float, bool, NoneType}


def parts_of(kind: Any) -> Iterator[type]:
    """The plain types and models of which a type is made."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        yield str
    elif origin is Annotated:
        yield from parts_of(parts[0])
    elif parts:
        for part in parts:
            yield from () if part is Ellipsis else parts_of(part)
    else:
        yield str if issubclass(kind, Enum) else kind


def reached_from(kinds: Sequence[Model]) -> dict[str, set[str]]:
    """The fields of these models and of all in them. What a scene reveals is not followed: it is not there yet."""
    reached: dict[str, set[str]] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        fields = get_type_hints(kind)
        fields.pop("model_config", None)
        reached[kind.__name__] = set(fields)
        for name, hint in fields.items():
            if (kind, name) != (said.Scene, "revealed"):
                waiting += [part for part in parts_of(hint) if part not in PLAIN]
    return reached


def test_no_message_before_the_reveal_has_a_field_that_could_tell_the_key() -> None:
    kinds = [kind for kind in FROM_ROOM if kind not in AFTER_IT | FOR_THE_TEACHER]
    assert reached_from(kinds) == {name: set(fields.split()) for name, fields in BEFORE_THE_REVEAL.items()}


def test_that_list_has_no_name_under_which_the_key_is_told() -> None:
    telling = reached_from([said.RevealedQuestion, said.Yours])
    names = telling["ProofSheet"] - {"shown"} | {"key", "votes", "proof", "is_right", "remark"}
    names |= {"code", "bank", "digest", "fact", "salt"}  # by which one could look it up
    names -= {"text"}  # an option has one, and a refusal
    assert not names & {field for fields in BEFORE_THE_REVEAL.values() for field in fields.split()}


def lesson_about(quiz: QuizSheet) -> tuple[list[str], list[str]]:
    """Return what everyone hears of a skipped question and of the next: before it is revealed, and when it is."""
    lesson = Lesson(opened(quiz=quiz, timer=20.0))
    heard: list[BaseModel] = []

    def tell() -> None:
        players = lesson.room.players.values()
        heard.extend(snapshots.for_player(lesson.room, player, lesson.now) for player in players)
        heard.extend(
            [snapshots.people(lesson.room, set(lesson.room.players)), snapshots.scene(lesson.room, lesson.now)]
        )

    heard.append(snapshots.host_welcome(lesson.room))
    for who in ("Ada", "Ben"):
        heard.append(snapshots.welcome(lesson.room, lesson.join(who), "token"))
        tell()
    for finish in (lambda: lesson.room.skip(lesson.now), lambda: lesson.room.reveal(lesson.now)):
        lesson.ask()
        tell()
        for player, option in (("p1", 0), ("p2", KEY)):
            lesson.wait(2.0).pick(player, option)
            tell()
        lesson.do(lesson.room.pause(lesson.now))
        heard.append(snapshots.clock(lesson.room, lesson.now))
        tell()
        before = [message.model_dump_json() for message in heard]
        lesson.do(finish())
        tell()
    return before, [message.model_dump_json() for message in heard[len(before) :]]


def test_before_the_reveal_everybody_hears_the_same_whatever_the_key_is() -> None:
    """Two lessons that differ in all that is secret sound alike up to the reveal, and not a moment longer."""
    one = question_sheet(key=0)
    other = question_sheet(
        key=KEY,
        id="another.asked",
        fact="another",
        proof=ProofSheet(statement="It was somebody else.", shown=(), also=("nowhere, line 1",), note="No."),
        remarks=("One.", "Two.", None, "Four."),
    )
    before, after = lesson_about(
        QuizSheet(bank="a", digest="0", title="The comet", code=None, questions=(one, one)),
    )
    other_before, other_after = lesson_about(
        QuizSheet(bank="b", digest="1", title="The comet", code="ANOTHER", questions=(other, other)),
    )
    assert len(before) == len(other_before) > 20
    assert before == other_before
    assert all(ours != theirs for ours, theirs in zip(after, other_after, strict=True) if '"people"' not in ours)


# The quiz in words.


def test_a_quiz_in_words_says_what_the_quiz_says(builtin: Bank) -> None:
    quiz = compose(builtin, Request("KESTREL", 60))
    sheet = QuizSheet.of(quiz)
    opening = opened(quiz=sheet)
    assert EVENT.validate_json(EVENT.dump_json(opening)) == opening
    assert (sheet.bank, sheet.digest, sheet.title, sheet.code) == (quiz.bank, quiz.digest, quiz.title, quiz.code)
    for question, words in zip(quiz.questions, sheet.questions, strict=True):
        assert words.stem == question.stem
        assert words.options == tuple(option.text for option in question.options)
        assert question.options[words.key].is_key
        assert words.proof.statement == question.proof.statement
        for item, passage in zip(question.proof.shown, words.proof.shown, strict=True):
            marked = [passage.text[start:end] for start, end in passage.marks]
            assert marked == [item.passage.text[start:end] for start, end in item.passage.marks]
            assert all(marked)
    assert any(remark for words in sheet.questions for remark in words.remarks)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": 4},
        {"key": -1},
        {"remarks": (None,) * 3},
        {"options": ("only one",), "remarks": (None,), "key": 0},
    ],
    ids=str,
)
def test_a_question_whose_parts_do_not_agree_is_none(changes: Message) -> None:
    with pytest.raises(ValueError, match="option"):
        question_sheet(**changes)


@pytest.mark.parametrize("mark", [(0, 5), (-1, 2), (3, 2)])
def test_a_mark_stands_in_its_passage(mark: tuple[int, int]) -> None:
    PassageSheet(value="4", heading="h", text="four", marks=((0, 4),))
    with pytest.raises(ValueError, match="mark"):
        PassageSheet(value="4", heading="h", text="four", marks=(mark,))


# The page and the schema.

TEXT = PAGE.read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows in `text`."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:2] == "| "]


def section(title: str) -> str:
    """The section of the page with this title."""
    return TEXT.partition(f". {title}\n")[2].partition("\n## ")[0]


def test_the_committed_schema_is_that_of_the_messages() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run `make schema`"


def test_the_schema_wants_the_type_of_each_message_and_allows_fields_of_a_newer_version() -> None:
    schema = json.loads(schema_text())["$defs"]
    for side, kinds in (("ToRoom", TO_ROOM), ("FromRoom", FROM_ROOM)):
        assert [each["$ref"] for each in schema[side]["oneOf"]] == [f"#/$defs/{kind.__name__}" for kind in kinds]
        for kind in kinds:
            described = schema[kind.__name__]
            assert described["properties"]["type"] == {"const": kind.model_fields["type"].default, "type": "string"}
            assert "type" in described["required"]
            assert "additionalProperties" not in described
    assert all(set(schema[kind.__name__]["required"]) == set(kind.model_fields) for kind in FROM_ROOM)
    assert schema["Hello"]["required"] == ["type", "protocol", "room"]


def test_the_examples_on_the_page_are_those_that_the_code_makes() -> None:
    assert examples_in(TEXT) == examples(), "run `make schema`"
    assert len(re.findall(r"^```json$", TEXT, re.M)) == len(examples())


def test_there_is_an_example_of_every_message_and_its_reader_reads_it() -> None:
    types = {kind.model_fields["type"].default: kind for kind in FROM_ROOM}
    seen = set()
    for text in examples_in(TEXT).values():
        message = json.loads(text)
        if message["type"] in types and len(message) > 1:  # the host's words `reveal` and `skip` have one field
            heard: BaseModel = read_from_room(text)
        else:
            heard = read_to_room(text)
        assert json.loads(heard.model_dump_json()) == message  # it is whole
        seen.add(type(heard))
    assert seen == {*TO_ROOM, *FROM_ROOM}


def test_the_page_explains_every_refusal_and_no_other() -> None:
    told = [row[0].strip("`") for row in rows(section("Refusals"))[2:]]
    assert sorted(told) == sorted(Reason)


def test_the_page_has_the_limits_of_the_code() -> None:
    told = {row[0]: row[1] for row in rows(section("Limits, and what closes a connection"))[2:]}
    limits = {
        "bytes in a message to the room": LARGEST_MESSAGE,
        "characters of a code, a token, an id": 64,
        "characters of a name that are read": LONGEST_NAME,
        "messages or other frames a second, over some time": websocket.PER_SECOND,
        "messages or other frames at once": websocket.AT_ONCE,
        "messages that are none": websocket._MOST_NONSENSE,
        "seconds until the first message": websocket._PATIENCE,
        "seconds between two pings, and to answer one": websocket._PING,
        "bytes sent that wait for a slow reader": websocket.MOST_WAITING,
        "players in a room": MOST_PLAYERS,
        "rooms of a server": websocket.MOST_ROOMS,
        "connections that have not joined": websocket.MOST_OUTSIDE,
        "of them from one address": websocket.MOST_OUTSIDE_EACH,
    }
    assert told == {label: f"{limit:.0f}" for label, limit in limits.items()}
    assert f"This is version {said.PROTOCOL}." in TEXT
    assert f"port {address.PORT} unless" in TEXT
    assert f"at most {LONGEST_EXTENSION:.0f} |" in TEXT
    assert f"at most {nickname.LONGEST} characters and {nickname.WIDEST} terminal cells" in " ".join(TEXT.split())
    assert f"from {nickname.LONGEST + 1} on `name-unfit`" in TEXT


def test_the_page_names_every_move_of_the_host() -> None:
    table = rows(TEXT.partition("What the host says")[2])[2:]
    told = re.findall(r"`([a-z-]+)`", " ".join(row[0] for row in table))
    assert sorted(told) == sorted(move.model_fields["type"].default for move in get_args(said.HostMove))


def test_the_page_keeps_its_lines_short_where_they_are_prose() -> None:
    prose = re.sub(r"^```.*?^```$", "", TEXT, flags=re.M | re.S)
    assert [line for line in prose.splitlines() if len(line) > 120 and line[:1] != "|"] == []
