"""Documents and facts in scripts without spaces between words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.load import read_bank
from tests.making import write_bank

JAPANESE = "船は港を出た。乗客は三十六人だった。船長は井田ファルクである。重さは3万トンだった。\n"
THAI = "เรือออกจากท่าเรือ ผู้โดยสารมี 36 คน\n"


def fact(type: str, value: str, quote: str, **more: Any) -> dict[str, Any]:
    claim = {"value": value, "proof": [{"source": "report", "quote": quote}]}
    return {"id": f"a-{type}", "type": type, "ask": "どれですか？", "statement": "{value}。", "claims": [claim], **more}


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        (JAPANESE, "船長は井田ファルクである", "井田ファルク"),
        (JAPANESE, "乗客は三十六人", "三十六人"),
        (JAPANESE, "重さは3万トン", "3万トン"),
        (THAI, "เรือออกจากท่าเรือ", "ท่าเรือ"),
    ],
)
def test_words_are_found_where_a_script_has_no_spaces(tmp_path: Path, text: str, quote: str, value: str) -> None:
    told = fact("text", value, quote, distractors=["甲", "乙", "丙"])
    reading = read_bank(write_bank(tmp_path, [told], documents={"report": text}))
    assert reading.problems == ()
    assert reading.bank is not None
    (claim,) = reading.bank.facts[0].claims
    assert reading.bank.sources["report"].text[slice(*claim.proof[0].span)] == quote


@pytest.mark.parametrize(
    ("type", "value", "quote"),
    [("text", "六人", "乗客は三十六人"), ("count", "3", "重さは3万トン"), ("text", "六", "六人だった")],
)
def test_a_part_of_a_number_proves_nothing_there_either(tmp_path: Path, type: str, value: str, quote: str) -> None:
    told = fact(type, value, quote, distractors=["8", "9", "7"])
    reading = read_bank(write_bank(tmp_path, [told], documents={"report": JAPANESE}))
    assert [problem.code for problem in reading.problems] in (["value-not-in-proof"], ["quotation-not-found"])
