"""A German and a Japanese bank, written to disk as an author would write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.making import write_bank, write_yaml

GERMAN_REPORT = """Feuer auf der Fähre

Am 3. Juni 1931 brannte die Fähre Marder vor der Wieker Bucht, gegen 18.40 Uhr. Kapitänin Ida Falk, 52, brachte alle
3.600 Fahrgäste an Land. Ihr Schornstein ist 1,9 Meter hoch. „Wir haben niemanden verloren“, sagte Falk.

Vor 12 Tagen war Nr. 2 der Reederei ausgelaufen. Im 19. Jahrhundert gab es hier z. B. Segler. Der Umbau kostete
3 Millionen Kronen.
"""

GERMAN_DIARY = """Aus dem Tagebuch

5. Juni. Die Fähre brannte am 4. Juni 1931. Ihr Schornstein ist 1,9 Meter hoch.
"""

JAPANESE_REPORT = """渡し船の火事

1931年6月3日、渡し船マルテン号がウィック湾で火事になった。午後ではなく18時40分のことである。船長のイーダ・ファルク(52歳)は乗客36人を全員救った。
「だれも失わなかった。よかった。」とファルクは言った。煙突の高さは1.9メートルである。修理には12日かかる。費用は3万クローネだった。
"""


def _person(id: str, name: str, *aliases: str) -> dict[str, Any]:
    more = {"aliases": list(aliases)} if aliases else {}
    return {"id": id, "type": "person", "name": name, "groups": ["captains"], **more}


def _fact(id: str, type: str, ask: str, statement: str, value: str, quote: str, **more: Any) -> dict[str, Any]:
    claim = {"value": value, "proof": [{"source": "report", "quote": quote}], **more.pop("claim", {})}
    return {"id": id, "type": type, "ask": ask, "statement": statement, "claims": [claim], **more}


GERMAN: Sequence[Mapping[str, Any]] = (
    {
        "id": "tag",
        "type": "date",
        "ask": "An welchem Tag brannte die Marder?",
        "statement": "Die Marder brannte am {value}.",
        "differs": "conflict",
        "claims": [
            {"value": "3. Juni 1931", "proof": [{"source": "report", "quote": "Am 3. Juni 1931 brannte die Fähre"}]},
            {"value": "4. Juni 1931", "proof": [{"source": "diary", "quote": "Die Fähre brannte am 4. Juni 1931"}]},
        ],
    },
    _fact(
        "fahrgaeste", "count", "Wie viele Fahrgäste waren an Bord?", "Es waren {value} Fahrgäste.", "3.600",
        "brachte alle 3.600 Fahrgäste an Land",
    ),
    _fact(
        "schornstein", "length", "Wie hoch ist der Schornstein?", "Der Schornstein ist {value} hoch.", "1,9 Meter",
        "Ihr Schornstein ist 1,9 Meter hoch", attributed="true",
    ),
    _fact(
        "frist", "duration", "Wie lange zuvor war Nr. 2 ausgelaufen?", "Nr. 2 war {value} vorher ausgelaufen.",
        "12 Tage", "Vor 12 Tagen war Nr. 2",
    ),
    _fact("uhrzeit", "time", "Um wie viel Uhr brannte es?", "Es brannte um {value}.", "18:40 Uhr", "gegen 18.40 Uhr"),
    _fact(
        "kosten", "count", "Wie viel kostete der Umbau?", "Er kostete {value}.", "3 Millionen Kronen",
        "Der Umbau kostete 3 Millionen Kronen",
        claim={"cloze": {"source": "report", "quote": "Der Umbau kostete 3 Millionen Kronen."}},
    ),
    _fact(
        "kapitaenin", "person", "Wer brachte die Fahrgäste an Land?", "{value} brachte sie an Land.", "Ida Falk",
        "Kapitänin Ida Falk, 52, brachte alle 3.600 Fahrgäste an Land. Ihr Schornstein ist 1,9 Meter hoch. "
        "„Wir haben niemanden verloren“, sagte Falk",
        said={"source": "report", "quote": "Wir haben niemanden verloren", "by": "ida-falk"},
    ),
)  # fmt: skip

GERMAN_WORDS = {
    "according": "Laut {source}: {sentence}",
    "gap": "Was fehlt? {quotation}",
    "who-said": "Wer sagte {quotation}?",
}

JAPANESE: Sequence[Mapping[str, Any]] = (
    _fact(
        "hi", "date", "マルテン号の火事はいつですか？", "火事は{value}だった。", "1931年6月3日",
        "1931年6月3日、渡し船マルテン号",
        claim={"cloze": {"source": "report", "quote": "1931年6月3日、渡し船マルテン号がウィック湾で火事になった。"}},
    ),
    _fact("kyaku", "count", "乗客は何人でしたか？", "乗客は{value}だった。", "36人", "乗客36人を全員救った"),
    _fact("takasa", "length", "煙突の高さは？", "高さは{value}である。", "1.9メートル", "煙突の高さは1.9メートル"),
    _fact("shuri", "duration", "修理には何日かかりますか？", "修理には{value}かかる。", "12日", "修理には12日かかる"),
    _fact("jikoku", "time", "火事は何時でしたか？", "火事は{value}だった。", "18時40分", "18時40分のことである"),
    _fact("hiyo", "count", "費用はいくらでしたか？", "費用は{value}だった。", "3万クローネ", "費用は3万クローネ"),
    _fact(
        "sencho", "person", "乗客を救ったのはだれですか？", "{value}が救った。", "イーダ・ファルク",
        "船長のイーダ・ファルク(52歳)は乗客36人を全員救った。 「だれも失わなかった。よかった。」とファルクは言った",
        said={"source": "report", "quote": "だれも失わなかった。よかった。", "by": "ida-falk"},
    ),
)  # fmt: skip


def write_german(folder: Path) -> Path:
    """Write the German bank into `folder` and return it."""
    people = [
        _person("ida-falk", "Ida Falk", "Falk"), _person("jon-aske", "Jon Aske"), _person("ole-tamm", "Ole Tamm"),
        _person("eva-lund", "Eva Lund"),
    ]  # fmt: skip
    documents = {"report": GERMAN_REPORT, "diary": GERMAN_DIARY}
    cited = {"report": {"cite-as": "dem Bericht"}, "diary": {"cite-as": "dem Tagebuch"}}
    write_bank(folder, GERMAN, entities=people, documents=documents, category="hafen", about=cited)
    return _in_language(folder, "de", "Der Hafen", GERMAN_WORDS)


def write_japanese(folder: Path) -> Path:
    """Write the Japanese bank into `folder` and return it."""
    people = [
        _person("ida-falk", "イーダ・ファルク", "ファルク"), _person("jon", "ヨン・アスケ"),
        _person("ole", "オーレ・タム"), _person("eva", "エヴァ・ルンド"),
    ]  # fmt: skip
    cited = {"report": {"cite-as": "新聞"}}
    write_bank(folder, JAPANESE, entities=people, documents={"report": JAPANESE_REPORT}, category="minato", about=cited)
    return _in_language(folder, "ja", "港", {"gap": "空所は何ですか？{quotation}"})


def _in_language(folder: Path, language: str, title: str, words: Mapping[str, str]) -> Path:
    head = {name: f"the {name}" for name in ("version", "rights", "contact")}
    write_yaml(
        folder / "bank.yaml",
        {"id": f"{language}-bank", "title": title, "language": language, **head, "words": dict(words)},
    )
    return folder
