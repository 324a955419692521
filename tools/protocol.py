"""Write the JSON Schema of a room's messages, and the examples in docs/protocol.md. A test holds both to the models.

The examples are what is said in one room, which is played here, so that they fit one another: ids, points, clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from orbitquiz.classroom import protocol
from orbitquiz.classroom.rules.events import Opened
from orbitquiz.classroom.rules.nickname import Nickname
from orbitquiz.classroom.rules.refusal import WORDS, Reason
from orbitquiz.classroom.rules.room import Room
from orbitquiz.classroom.server import snapshots
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuestionSheet, QuizSheet

DOCS = Path(__file__).parent.parent / "docs"
SCHEMA, PAGE = DOCS / "protocol.schema.json", DOCS / "protocol.md"

WIDTH = 110
"""Maximum length of a line of an example, in characters."""

_EXAMPLE = re.compile(r"(?P<head><!-- example: (?P<name>[a-z-]+) -->\n```json\n)(?P<text>.*?)(?=^```$)", re.M | re.S)


class _Plain(GenerateJsonSchema):
    """Schemas in the words of JSON Schema alone, in which each message has to say its type."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:
        # A room leaves no field out. Those to a room may, but for the type.
        return self.mode == "serialization" or _is_type(field["schema"]) or super().field_is_required(field, total)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        described = super().tagged_union_schema(schema)
        return {key: value for key, value in described.items() if key != "discriminator"}


def _is_type(schema: Mapping[str, Any]) -> bool:
    return bool(schema["type"] == "default" and schema["schema"]["type"] == "literal")


def schema_text() -> str:
    """The text of the schema. `#/$defs/ToRoom` is what a room may be sent, `#/$defs/FromRoom` what it may say."""
    sides, described = TypeAdapter.json_schemas(
        [
            ("ToRoom", "validation", protocol.TO_ROOM),
            ("FromRoom", "serialization", protocol.FROM_ROOM),
        ],
        schema_generator=_Plain,
    )
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"OrbitQuiz room: the messages of protocol {protocol.PROTOCOL}",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name, _ in sides],
        "$defs": {name: dict(union) for (name, _), union in sides.items()} | described["$defs"],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


# The examples.

TOKEN = "7vXW0n4zq2k5TsbYpQdL1mRfJ8cHuE3a"
SECRET = "Zr3_kPz0vUu7n2bXQ1yTfGm9sLhWc5eDoA6iJt8KqRw"

_COMMANDER = QuestionSheet(
    id="commander.asked",
    fact="commander",
    category="The crew",
    stem="Who commanded the comet ship?",
    options=("Ada Stone", "Ben Oak", "Cy Reed", "Di Marsh"),
    key=0,
    is_ordered=False,
    sources_differ=False,
    proof=ProofSheet(
        statement="Ada Stone commanded the comet ship.",
        shown=(
            PassageSheet(
                value="Ada Stone",
                heading="The comet crew, line 3",
                text="Ada Stone, 41, commanded the ship Kestrel. She took off from Port Vale on May 3, 2031.",
                marks=((0, 41),),
            ),
        ),
        also=("the harbour guide, line 12",),
    ),
    remarks=(None, "Ben Oak steered the ship. (the harbour guide, line 14)", None, None),
)
_TAIL = QuestionSheet(
    id="tail.asked",
    fact="tail",
    category="The comet",
    stem="How long was the comet's tail?",
    options=("1.5 kilometres", "2 kilometres", "2.5 kilometres", "3 kilometres"),
    key=2,
    is_ordered=True,
    sources_differ=False,
    proof=ProofSheet(statement="The comet's tail was 2.5 kilometres long.", shown=()),
    remarks=(None, None, None, None),
)
_OPENED = Opened(
    at=0.0,
    room="K7TR",
    opened="2031-05-03T09:00:00+00:00",
    salt="5d1f0c77",
    quiz=QuizSheet(
        bank="comet-bank", digest="0" * 64, title="The comet", code="COMET-7", questions=(_COMMANDER, _TAIL)
    ),
    timer=20.0,
    scoring=Scoring.SPEED,
    teams=("Mercury", "Venus"),
)


def examples() -> dict[str, str]:
    """The text of each example, by its name."""
    said = {**_said_by_players_and_host(), **_said_by_the_room()}
    return {name: _laid_out(json.loads(message.model_dump_json())) for name, message in said.items()}


def _said_by_players_and_host() -> dict[str, BaseModel]:
    right = Room.of([_OPENED]).option_id(0, 1)
    return {
        "hello": protocol.Hello(protocol=protocol.PROTOCOL, room="K7TR", name="Ada"),
        "hello-again": protocol.Hello(protocol=protocol.PROTOCOL, room="K7TR", token=TOKEN),
        "show": protocol.Show(number=2),
        "answer": protocol.AnswerMessage(seq=1, number=1, option=right),
        "host": protocol.HostHello(protocol=protocol.PROTOCOL, room="K7TR", secret=SECRET),
        "next": protocol.Next(after=0),
        "reveal-please": protocol.Reveal(),
        "skip": protocol.Skip(),
        "pause": protocol.Pause(),
        "go-on": protocol.GoOn(),
        "extend": protocol.Extend(seconds=30.0),
        "lock": protocol.Lock(locked=True),
        "kick": protocol.Kick(player="p2"),
        "ban": protocol.Ban(player="p2"),
        "unban": protocol.Unban(player="p2"),
        "kick-away": protocol.KickAway(),
        "hold": protocol.Hold(held=True),
        "rename": protocol.Rename(player="p2", name="Benno"),
        "end": protocol.End(),
        "again": protocol.Again(),
    }


def _said_by_the_room() -> dict[str, BaseModel]:
    said: dict[str, BaseModel] = {}
    room = Room.of([_OPENED])
    room = room.after(room.join(Nickname("Ada", "ada"), "the hash of a token", 30.0))
    room = room.after(room.join(Nickname("Ben", "ben"), "the hash of another", 45.0))
    said["welcome"] = snapshots.welcome(room, room.players["p1"], TOKEN)
    said["lobby"] = snapshots.lobby(room)
    said["host-welcome"] = snapshots.host_welcome(room)
    said["named"] = protocol.Named(name="Ada S.")
    room = room.after(room.next(60.0))
    said["question"] = snapshots.question(room, room.players["p1"], 60.0)
    room = room.after(room.answer("p2", 1, room.option_id(1), 1, 62.5))  # type: ignore[arg-type]
    said["people"] = snapshots.people(room, {"p1", "p2"})
    said["scene"] = snapshots.scene(room, 63.0)
    said["notes"] = snapshots.notes(room, 63.0)
    room = room.after(room.pause(63.0))
    said["clock"] = snapshots.clock(room, 63.0)
    room = room.after(room.go_on(90.0))
    room = room.after(room.answer("p1", 1, room.option_id(0), 1, 91.0))  # type: ignore[arg-type]
    said["accepted"] = protocol.Accepted(seq=1, number=1, option=room.option_id(0))
    room = room.after(room.reveal(91.0))
    said["reveal"] = snapshots.for_player(room, room.players["p2"], 91.0)
    room = room.after(room.next(120.0))
    room = room.after(room.skip(125.0))
    said["skipped"] = snapshots.for_player(room, room.players["p1"], 125.0)
    room = room.after(room.end(130.0))
    said["ended"] = snapshots.for_player(room, room.players["p1"], 130.0)
    alone = Room.of([_OPENED.model_copy(update={"pace": "own", "attempts": 2, "closes": "2031-05-09T16:00:00+00:00"})])
    alone = alone.after(alone.join(Nickname("Ada", "ada"), "the hash of a token", 30.0))
    alone = alone.after(alone.answer("p1", 1, alone.option_id(1, 1), 1, 62.5))  # type: ignore[arg-type]
    said["progress"] = snapshots.progress(alone, alone.players["p1"])
    said["question-alone"] = snapshots.shown(alone, alone.players["p1"], 1)
    said["refusal"] = protocol.Refusal(reason=Reason.NAME_TAKEN, text=WORDS[Reason.NAME_TAKEN])
    said["refusal-of-answer"] = protocol.Refusal(reason=Reason.TOO_LATE, text=WORDS[Reason.TOO_LATE], seq=1)
    return said


def _laid_out(value: Any, indent: int = 0, before: int = 0) -> str:
    """`value` as JSON, each part on one line where that fits, with so many characters `before` its first line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or indent + before + len(flat) < WIDTH:
        return flat
    if isinstance(value, dict):
        heads = {key: f"{json.dumps(key)}: " for key in value}
        parts = [head + _laid_out(value[key], indent + 2, len(head)) for key, head in heads.items()]
        opening, closing = "{", "}"
    else:
        parts = [_laid_out(part, indent + 2) for part in value]
        opening, closing = "[", "]"
    lines = ",\n".join(" " * (indent + 2) + part for part in parts)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


def examples_in(page: str) -> dict[str, str]:
    """The examples that stand in the text of the page, by their names."""
    return {found["name"]: found["text"].rstrip("\n") for found in _EXAMPLE.finditer(page)}


def with_examples(page: str) -> str:
    """The text of the page with its examples as they are now."""
    told = examples()
    return _EXAMPLE.sub(lambda found: f"{found['head']}{told[found['name']]}\n", page)


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    print(SCHEMA)
    PAGE.write_text(with_examples(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(PAGE)
