"""Questions from GIFT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orbitquiz.formats.readers.decode import decode
from orbitquiz.formats.readers.items import SEVERAL_RIGHT, TRUE_OR_FALSE, Found, Item, Refusal, Text, judge, unsupported
from orbitquiz.formats.readers.markup import from_html
from orbitquiz.formats.readers.moodle_xml import category_of

_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d+)?)%")
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_TOKEN = re.compile(r"\\.|[~=#{}]", re.DOTALL)
_TRUE_OR_FALSE = re.compile(r"\s*(?:TRUE|FALSE|T|F)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"https?://[^\s<>\"']+")
_GAP = "____"
_ALL = 100.0  # per cent of the mark


def read(raw: bytes) -> Found:
    """Return the questions of a GIFT file."""
    found = Found()
    category = ""
    for line, block, comments in _blocks(decode(raw)):
        if block.startswith("$CATEGORY:"):
            category = category_of(block.partition(":")[2].partition("\n")[0])
            block = block.partition("\n")[2].strip()
            line += 1
        if block:
            found.take(_question(line, block, category, comments))
    return found


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield what blank lines part: the line where it begins, its text, and its comments."""
    start, lines, comments = 0, [], []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip().startswith("//"):
            comments.append(line)
        elif line.strip():
            start = start or number
            lines.append(line)
        else:
            if lines:
                yield start, "\n".join(lines).strip(), "\n".join(comments)
                comments = []
            start, lines = 0, []


def _question(line: int, block: str, category: str, comments: str) -> Item | Refusal:
    if block.startswith("::"):
        end = _unescaped(block, "::", 2)
        block = block[end + 2 :].strip() if end >= 0 else block
    opens = next(_tokens(block, "{"), -1)
    closes = next((at for at in _tokens(block, "}") if at > opens), -1)
    if opens < 0 or closes < 0:
        return Refusal(line, "the braces with the answers are missing" if opens < 0 else "a brace is not closed")
    before, inside, after = block[:opens], block[opens + 1 : closes], block[closes + 1 :]
    words, format = _format(before, "moodle")
    stem = _text(f"{words} {_GAP} {after}" if after.strip(" \n\t") else words, format)
    explanation = None
    if (at := inside.rfind("####")) >= 0 and at in {*_tokens(inside, "#")}:
        feedback, feedback_format = _format(inside[at + 4 :], format)
        explanation = _text(feedback, feedback_format)
        inside = inside[:at]
    if kind := _kind(inside):
        return unsupported(line, kind)
    options = [_option(answer, format) for answer in _answers(inside)]
    links = _LINK.findall(comments)
    if not any(answer[0] == "~" for answer in _answers(inside)):
        options = options[:1]  # a short answer: any of them is right, and the first is what it is about
    elif options and max(share for _, share in options) < _ALL:
        if sum(share > 0 for _, share in options) > 1:
            return unsupported(line, SEVERAL_RIGHT)
        return Refusal(line, "no option gives the whole mark")
    elif len(options) == 1:
        return Refusal(line, "there is only one option")
    return judge(line, stem, [(option, share >= _ALL) for option, share in options], explanation, category, links)


def _kind(inside: str) -> str | None:
    """Return the kind of question that has these answers, where it is none with options or a short answer."""
    if not inside.strip():
        return "an essay"
    if inside.lstrip().startswith("#"):
        return "a numerical question"
    if _TRUE_OR_FALSE.fullmatch(inside):
        return TRUE_OR_FALSE
    if "->" in inside and not [*_tokens(inside, "~")]:
        return "matching"
    return None


def _answers(inside: str) -> list[str]:
    """Return the answers, each with the sign that it begins with."""
    starts = [*_tokens(inside, "~=")]
    ends = [*starts[1:], len(inside)]
    answers = [inside[start:end] for start, end in zip(starts, ends, strict=False)]
    # "~=" is a right answer.
    return [answer for n, answer in enumerate(answers) if answer.strip() != "~" or n + 1 == len(answers)]


def _option(answer: str, format: str) -> tuple[Text, float]:
    sign, words = answer[0], answer[1:]
    if weight := _WEIGHT.match(words):
        words = words[weight.end() :]
    share = float(weight[1]) if weight else _ALL if sign == "=" else 0.0
    if (feedback := next(_tokens(words, "#"), -1)) >= 0:
        words = words[:feedback]
    return _text(*_format(words, format)), share


def _format(words: str, default: str) -> tuple[str, str]:
    """Return the words without the name of their format, and that name."""
    found = _FORMAT.match(words)
    return (words[found.end() :], found[1].lower()) if found else (words, default)


def _text(words: str, format: str) -> Text:
    plain = _ESCAPED.sub(lambda match: " " if match[1] == "n" else match[1], words)
    return from_html(plain) if format in ("html", "moodle") else Text(plain.strip())


def _tokens(text: str, signs: str) -> Iterator[int]:
    """Yield where one of `signs` stands without a backslash."""
    return (match.start() for match in _TOKEN.finditer(text) if match[0] in signs)


def _unescaped(text: str, sign: str, start: int) -> int:
    """Return where `sign` first stands from `start` on without a backslash before it; -1 where it does not."""
    at = text.find(sign, start)
    while at > 0 and text[at - 1] == "\\":
        at = text.find(sign, at + 1)
    return at
