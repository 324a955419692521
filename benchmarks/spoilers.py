"""Count spoilers and key positions over many quizzes, from their exported JSON alone.

Run `python -m benchmarks.spoilers [SEEDS]`. The text matching is this file's own, and cruder than the composer's: a key
counts as shown when its words stand in anything that a player has read with an earlier question.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import Any

from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.formats.json import quiz_to_json
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose

SEEDS = 10_000
_MONTH = re.compile(
    r"(\d{1,2}) (january|february|march|april|may|june|july|august|september|october|november|december)"
)


def main() -> None:
    """Print what was counted."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    bank = open_bank(builtin_path()).bank
    assert bank is not None
    found: Counter[tuple[str, str]] = Counter()
    positions: Counter[int] = Counter()
    for seed in range(seeds):
        exported = json.loads(quiz_to_json(bank, compose(bank, Request(f"spoilers {seed}"))))
        found.update(spoilers(exported))
        for question in exported["questions"]:
            positions.update(index for index, option in enumerate(question["options"]) if option["key"])
    print(f"quizzes    {seeds}")
    print(f"spoilers   {sum(found.values())}")
    for (earlier, later), times in found.most_common(20):
        print(f"           {times} times {earlier} gives away {later}")
    total = sum(positions.values())
    shares = "  ".join(f"{index + 1}: {100 * times / total:.1f} %" for index, times in sorted(positions.items()))
    print(f"positions  {shares}")


def spoilers(exported: dict[str, Any]) -> list[tuple[str, str]]:
    """The pairs of question ids of which the earlier one shows the key of the later one or a quotation of its proof."""
    headings = {
        source["id"]: " | ".join(source[name] or "" for name in ("title", "author", "publisher"))
        for source in exported["sources"]
    }
    names = {source["id"]: source["cite-as"] for source in exported["sources"]}
    read: list[tuple[str, str, dict[str, str]]] = []  # id, everything, and the passages by their source
    pairs = []
    for question in exported["questions"]:
        key = next(option["text"] for option in question["options"] if option["key"])
        quoted = [*question["proof"], *([question["quotes"]] if question["quotes"] else [])]
        quotes = [(item["source"], _plain(item["quote"])) for item in quoted]
        for id, everything, passages in read:
            shown = any(_stands_in(words, everything) for words in _forms(key))
            if shown or any(_stands_in(words, passages.get(source, "")) for source, words in quotes):
                pairs.append((id, question["id"]))
        texts = [question["stem"], question["statement"], question["note"] or ""]
        texts += [text for item in question["proof"] for text in (item["passage"], headings[item["source"]])]
        told = [option["feedback"] for option in question["options"] if option["feedback"]]
        texts += [feedback["statement"] for feedback in told]
        texts += [names[item["source"]] for item in question["also"]]
        passages = {}
        for item in quoted:
            shown = item.get("passage", item["quote"])
            passages[item["source"]] = f"{passages.get(item['source'], '')} | {_plain(shown)}"
        read.append((question["id"], _plain(" | ".join(texts)), passages))
    return pairs


def _forms(key: str) -> list[str]:
    words = _plain(key)
    turned = _MONTH.sub(r"\2 \1", words)
    return [words, turned, re.sub(r"\b([a-z]{3})[a-z]+ (\d)", r"\1. \2", turned)]


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("–", "-").replace("“", '"').replace("”", '"').split()).casefold()


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w)(?![.,]\d)", text) is not None


if __name__ == "__main__":
    main()
