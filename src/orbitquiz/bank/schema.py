"""The files of a bank as their authors write them, as Pydantic models.

They say which keys there are, which are required and what form each value has; the JSON Schemas that editors use
are generated from them. What needs more than one place to judge (whether a quotation stands in its source, say) is
in `orbitquiz.bank.load`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from orbitquiz.bank.stem_words import ENGLISH, places_of
from orbitquiz.bank.values import FactType
from orbitquiz.bank.values.entity import EntityType
from orbitquiz.text.fold import plain
from orbitquiz.text.safe import line_of

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A name that files, codes and commands refer to: small letters, digits and single hyphens."""


def _line(text: str) -> str:
    """Return `text` on one line. Raise `PydanticCustomError` where nobody sees anything of it."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text  # as most do
    if not plain(text):
        raise PydanticCustomError("invisible", "nothing of it can be seen")
    return line_of(text)


Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_line)]
"""Text that is shown: on one line, with control characters as placeholders."""

SHA256 = r"^[0-9a-f]{64}$"
"""The form of a SHA-256 in hexadecimal."""

Exact = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that is compared with a source and never shown as it stands here."""

Differs = Literal["conflict", "time", "spelling", "precision"]

Settled = Literal["most", "latest"]

Among = Annotated[Slug | None, Field(description="The group of entities that the wrong options come from.")]


def _real_date(text: str | None) -> str | None:
    """Return `text`, a date in the form of ISO 8601, where the calendar has it."""
    if text:
        year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
        try:
            datetime.date(year, month, day)
        except ValueError:
            raise PydanticCustomError("no_date", "the calendar has no such date") from None
    return text


def _without_value(text: str | None) -> str | None:
    """Return `text` where it has no {value} in it, which a plain question would tell or show as it stands."""
    if text and "{value}" in text:
        raise PydanticCustomError("value_in_stem", "only the stem of a reverse has {value} in it")
    return text


class _Entry(BaseModel):
    # Built at first use: what only the JSON Schema needs costs no player anything.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _with_places(words: Mapping[str, str]) -> Mapping[str, str]:
    """Return `words` where each is a sentence that the program knows, with the same places in it."""
    for key, sentence in words.items():
        if key not in ENGLISH:
            raise PydanticCustomError("words", "{key} is none of {known}", {"key": key, "known": ", ".join(ENGLISH)})
        if places_of(sentence) != places_of(ENGLISH[key]):
            raise PydanticCustomError(
                "words", "{key} needs the same places in braces as “{english}”", {"key": key, "english": ENGLISH[key]}
            )
    return words


class BankFile(_Entry):
    """`bank.yaml`: what the bank is and whose."""

    id: Annotated[Slug, Field(description="The bank's name for programs.")]
    title: Annotated[Words, Field(description="The bank's name for people.")]
    version: Annotated[Words, Field(description="The version of the bank, as its author counts.")]
    language: Annotated[Words, Field(description="The language of the questions, as a BCP 47 tag such as en.")]
    rights: Annotated[Words, Field(description="Whose the questions and the documents are, and under which terms.")]
    contact: Annotated[Words, Field(description="Where a reader reports a mistake.")]
    words: Annotated[
        dict[str, Words],
        AfterValidator(_with_places),
        Field(
            description="The words that questions add, in the bank's language, by their keys.",
            json_schema_extra={"propertyNames": {"enum": list(ENGLISH)}},
        ),
    ] = {}


class DeclinedEntry(_Entry):
    """A sentence of a document that no fact quotes, and why."""

    quote: Annotated[Exact, Field(description="Its words, or some of them, exactly.")]
    reason: Annotated[Words, Field(description="Why nothing is asked about it.")]


class LocatorEntry(_Entry):
    """A page or a heading of a document, and the offset in its text from which it holds."""

    at: Annotated[int, Field(ge=0, description="How many characters of the text stand before it.")]
    name: Annotated[Words, Field(description="The number of the page, or the words of the heading.")]


class OriginalEntry(_Entry):
    """The file that the text of a source was extracted from, and by what."""

    file: Annotated[Exact, Field(description="Its path inside seeds/, with forward slashes.")]
    sha256: Annotated[
        str,
        StringConstraints(pattern=SHA256),
        Field(description="SHA-256 of the file's bytes, in hexadecimal."),
    ]
    extractor: Annotated[Words, Field(description="The program that extracted the text, and its version.")]


class SourceEntry(_Entry):
    """A document. The names are CSL's; give only what the document itself states."""

    id: Annotated[Slug, Field(description="What quotations name the source by.")]
    file: Annotated[Exact, Field(description="The document's path inside seeds/, with forward slashes.")]
    sha256: Annotated[
        str,  # any text, so that a wrong one is told together with the right one
        Field(description="SHA-256 of the file's bytes, in hexadecimal.", json_schema_extra={"pattern": SHA256}),
    ]
    title: Annotated[Words, Field(description="The document's title.")]
    cite_as: Annotated[
        Words,
        Field(
            alias="cite-as",
            description="What a stem, after “According to”, and a passage's heading call it. It gives no answer away.",
        ),
    ]
    author: Annotated[Words | None, Field(description="Who wrote it.")] = None
    publisher: Annotated[Words | None, Field(description="Who published it.")] = None
    issued: Annotated[
        str | None,
        StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$"),
        AfterValidator(_real_date),
        Field(description="When it was published: 2021-10-05, 2021-10 or 2021."),
    ] = None
    url: Annotated[Words | None, Field(alias="URL", description="Where it was published.")] = None
    format: Annotated[
        Literal["text", "markdown"], Field(description="How the document is written: plain text, or Markdown.")
    ] = "text"
    pages: Annotated[
        tuple[LocatorEntry, ...], Field(description="Where the pages of the original begin in the text, in order.")
    ] = ()
    headings: Annotated[
        tuple[LocatorEntry, ...], Field(description="Where its headings stand in the text, in order.")
    ] = ()
    original: Annotated[
        OriginalEntry | None, Field(description="The file from which the text was extracted, where it is another one.")
    ] = None
    furniture: Annotated[
        tuple[Exact, ...],
        Field(description="Lines that belong to the page and not to the text: comment forms, picture credits."),
    ] = ()
    declined: Annotated[
        tuple[DeclinedEntry, ...], Field(description="Sentences that no fact quotes, with reasons.")
    ] = ()


class SourcesFile(_Entry):
    """`seeds/sources.yaml`: the documents that a bank quotes."""

    sources: list[SourceEntry]


class EntityEntry(_Entry):
    """A person, place, organisation, title or vehicle."""

    id: Slug
    type: EntityType
    name: Annotated[Words, Field(description="The name that players read.")]
    aliases: Annotated[tuple[Words, ...], Field(description="Every other way in which it is written.")] = ()
    groups: Annotated[
        tuple[Slug, ...], Field(description="The sets among which it is plausible as a wrong option.")
    ] = ()
    about: Annotated[
        Words | None,
        Field(description="One sentence on who or what it is, for a player who picks it where it is wrong."),
    ] = None


class EntitiesFile(_Entry):
    """`questions/entities.yaml`: whom and what the facts speak of, and what may stand beside them."""

    entities: list[EntityEntry]


class QuotationEntry(_Entry):
    """Words that stand in a source exactly (W3C Web Annotation's TextQuoteSelector)."""

    source: Annotated[Slug, Field(description="The id of the source.")]
    quote: Annotated[
        Exact, Field(description="The words, exactly; only white space and the form of quotes and hyphens may differ.")
    ]
    prefix: Annotated[
        Exact | None, Field(description="The words right before, where the quotation stands in several places.")
    ] = None
    suffix: Annotated[
        Exact | None, Field(description="The words right after, where the quotation stands in several places.")
    ] = None


class ClaimEntry(_Entry):
    """A value that some sources give, and the quotations that prove it."""

    value: Annotated[Words, Field(description="The answer, in the form of the fact's type.")]
    as_: Annotated[
        Exact | None,
        Field(
            alias="as",
            description="The words of a quotation that carry the value, where they cannot be derived from it.",
        ),
    ] = None
    proof: Annotated[list[QuotationEntry], Field(min_length=1)]
    cloze: Annotated[
        QuotationEntry | None,
        Field(description="A quotation to be completed: the words that carry the value become a gap."),
    ] = None
    note: Annotated[Words | None, Field(description="The editor's word after this answer only.")] = None


class DistractorEntry(_Entry):
    """A wrong option by hand, perhaps with the reason why it is wrong. A text alone is one without a reason."""

    model_config = ConfigDict(json_schema_extra=lambda schema: _or_text(schema))

    text: Annotated[Words, Field(description="The option, in the form of the value.")]
    because: Annotated[
        Words | None, Field(description="Why it is wrong, as a sentence for a player who has picked it.")
    ] = None
    proof: Annotated[
        list[QuotationEntry] | None,
        Field(min_length=1, description="What proves the reason. Without it the reason is the editor's word."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if not isinstance(data, str | dict):
            raise PydanticCustomError("distractor", "expected a text, or `text` with `because`")
        return {"text": data} if isinstance(data, str) else data


def _or_text(schema: dict[str, Any]) -> None:
    """Let the JSON Schema of a distractor accept its text alone."""
    entry = dict(schema)
    text = entry["properties"]["text"]
    schema.clear()
    schema["description"] = entry.pop("description")
    schema["anyOf"] = [{key: value for key, value in text.items() if key != "title"}, entry]


class ReverseEntry(_Entry):
    """A question that gives the value and asks for an entity."""

    ask: Annotated[
        Words, StringConstraints(pattern=r"\{value\}.*[?？]$"), Field(description="The stem, with {value} in it.")
    ]
    statement: Annotated[
        Words,
        StringConstraints(pattern=r"\{value\}"),
        Field(description="The fact as a sentence that names the answer, with {value} where the value stands."),
    ]
    answer: Annotated[Exact, Field(description="The id of the entity that is the key.")]
    among: Among = None


class SaidEntry(QuotationEntry):
    """Words that somebody spoke, to be asked as “Who said …?”."""

    by: Annotated[Exact, Field(description="The id of the entity that said them.")]
    among: Among = None


Links = Annotated[
    tuple[Words, ...],
    Field(description="Addresses that an imported question named: where a document that proves it may be found."),
]


class FactEntry(_Entry):
    """One thing that the sources state."""

    id: Annotated[Slug, Field(description="Unique in the bank, and stable: records and codes refer to it.")]
    type: Annotated[FactType, Field(description="What kind of value the fact has.")]
    ask: Annotated[
        Words | None,
        AfterValidator(_without_value),
        Field(
            pattern=r"[?？]$",
            description="The stem of the question. It and the statement may be left out where every claim has a cloze.",
        ),
    ] = None
    statement: Annotated[
        Words | None,
        Field(pattern=r"\{value\}", description="The fact as a sentence, with {value} where the answer stands."),
    ] = None
    claims: Annotated[list[ClaimEntry], Field(min_length=1)]
    draft: Annotated[bool, Field(description="Not yet cleared by a person: counted by `check`, never played.")] = False
    links: Links = ()
    level: Annotated[int, Field(ge=1, le=3, description="1 easy, 2 medium, 3 hard: the author's guess.")] = 2
    attributed: Annotated[bool, Field(description="One source alone asserts it, so it is asked as that source's.")] = (
        False
    )
    differs: Annotated[
        Differs | None, Field(description="Why the claims differ. Required where there are two or more.")
    ] = None
    settled: Annotated[
        Settled | None,
        Field(description="Why the first of several claims is the answer: most sources say so, or the latest do."),
    ] = None
    point: Annotated[
        Words | None,
        Field(description="What the claims differ on, in a few words that end “The reports differ on …”."),
    ] = None
    note: Annotated[Words | None, Field(description="The editor's word after the answer.")] = None
    reverse: ReverseEntry | None = None
    said: SaidEntry | None = None
    among: Among = None
    distractors: Annotated[
        tuple[DistractorEntry, ...],
        Field(description="Wrong options by hand: each a text in the form of the value, or a text with a reason."),
    ] = ()
    not_: Annotated[
        tuple[Words, ...],
        Field(
            alias="not",
            description="What the proof's own sentence names and is false here, so that it may be an option.",
        ),
    ] = ()
    avoid: Annotated[
        tuple[Words, ...], Field(description="What is never an option here, because it is true too, or arguable.")
    ] = ()
    accept: Annotated[
        tuple[Words, ...],
        Field(description="Further words that count as the answer where it is typed and not chosen."),
    ] = ()


class UnprovedClaimEntry(_Entry):
    """The answer of a question that has no proof yet."""

    value: Annotated[Words, Field(description="The answer.")]


class UnprovedEntry(_Entry):
    """A question from another program that no document of the bank proves yet. It is a draft and stays one."""

    id: Annotated[Slug, Field(description="Unique in the bank.")]
    draft: Annotated[bool, Field(description="What has no proof is a draft, and never played.")]
    type: Annotated[FactType, Field(description="What kind of value the answer is.")] = "text"
    ask: Annotated[Words, Field(description="The stem of the question.")]
    statement: Annotated[Words | None, Field(description="The fact as a sentence, with {value} in it.")] = None
    claims: Annotated[list[UnprovedClaimEntry], Field(min_length=1, max_length=1)]
    distractors: Annotated[tuple[Words, ...], Field(description="Its own wrong options.")] = ()
    note: Annotated[Words | None, Field(description="The explanation that came with it.")] = None
    links: Links = ()


class QuestionsFile(_Entry):
    """`questions/<category>.yaml`: the facts of one category."""

    category: Annotated[Slug, Field(description="The category's name for commands: the file's own name.")]
    title: Annotated[Words, Field(description="The category's name for people.")]
    facts: list[FactEntry | UnprovedEntry]


FILES: dict[str, type[BaseModel]] = {
    "bank": BankFile,
    "sources": SourcesFile,
    "entities": EntitiesFile,
    "questions": QuestionsFile,
}
"""The kinds of file that a bank consists of, by the name of their schema."""
