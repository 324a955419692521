"""List every text that a user can see, by module, in docs/texts.txt: to be read through, and translated one day.

Texts are found in the syntax tree. Prose, which is anything of two words or more, counts unless it is known to be
something else: a docstring, SQL, a regular expression, a style. A single word counts where it is passed on to be shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "orbitquiz"
FILE = ROOT / "docs" / "texts.txt"

_HEAD = """\
Every text that a user of OrbitQuiz can see, by module. `make texts` writes this file; a test compares it with the code.
{…} is where something is filled in. What several modules say comes first. Single words that only name a key of JSON, a
column or a choice on the command line are not listed: programs read those.
"""

_PROSE = re.compile(
    r"[^\W\d_]{2,}[,;:.!?…”’)]* +[(“‘`–—]*[^\W\d_]|[^\W\d_]{2,} *\{|\} *[^\W\d_]{2,}|[^\W\d_]{3,}[.!?…:]$"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FILLED = re.compile(r"\{[^{}]*\}")

_SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|COMMIT|ROLLBACK|WITH|REINDEX|VACUUM)\b"
)
_PATTERN = re.compile(r"\\[dwsbWSB\[]|\(\?|\[\^|\]\{|\]\+|\]\*")
_STYLE = re.compile(
    r"(?:(?:bold|dim|italic|underline|reverse|not|on|auto|none|link|\$[\w-]+|#[0-9a-f]{3,8}|[\d.]+%|\{[^{}]*\}"
    r"|black|white|red|green|blue|yellow)(?:\s+|$))+"
)
_RULES = re.compile(r"(?s).*\{\s*[\w-]+:.*;\s*\}.*|[\w-]+=[\w-]+(, .*)?")
_SELECTOR = re.compile(r"[#.][\w-]+( [#.>]?[\w-]+)*$|[A-Z]\w+( [#.][\w-]+)+$")

#: Calls whose arguments no user reads.
_UNSEEN_CALLS = frozenset(
    "add_class compile decode encode endswith execute executemany executescript field_validator fullmatch getattr"
    " hasattr match open query query_one removeprefix removesuffix search set_class setattr startswith sub toggle_class"
    " TypeVar update_classes".split()
)
#: Calls whose arguments are shown, also where they are single words.
_SHOWN_CALLS = frozenset("Content assemble styled counted Label print say write_line listed add_parser".split())
_SHOWN_KEYWORDS = frozenset("help title detail placeholder description epilog label words metavar sub_title".split())
_UNSEEN_KEYWORDS = frozenset("id classes name action dest variant encoding errors color_system".split())


def catalogue() -> str:
    """Return the whole list as it is kept in docs/texts.txt."""
    texts = {path.relative_to(SOURCE).as_posix(): list(dict.fromkeys(_texts_in(path))) for path in _files()}
    places: dict[str, list[str]] = {}
    for module, said in texts.items():
        for text in said:
            places.setdefault(text, []).append(module)
    shared = {text: modules for text, modules in places.items() if len(modules) > 1}
    parts = [_HEAD, _section("in several modules", sorted(shared, key=lambda text: (text.lower(), text)))]
    for module, said in texts.items():
        if own := [text for text in said if text not in shared]:
            parts.append(_section(module, own))
    return "\n".join(parts)


def _files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*") if path.suffix in (".py", ".jinja"))


def _section(title: str, texts: list[str]) -> str:
    return (
        "\n".join([title, *(f"  - {text}".replace("\n", "\n    ") for text in texts)]).replace("\n    \n", "\n\n")
        + "\n"
    )


def _texts_in(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    return template_texts(text) if path.suffix == ".jinja" else python_texts(text)


def python_texts(code: str) -> Iterator[str]:
    """Yield what a user can see of a module, in the order of its lines."""
    tree = ast.parse(code)
    unseen = set(_docstrings(tree))
    parents: dict[ast.AST, ast.AST] = {}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            parents[child] = node
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.JoinedStr, ast.Constant)) or node in unseen:
            continue
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            continue
        above = list(_above(node, parents))
        if isinstance(node, ast.Constant) and above and isinstance(above[0], (ast.JoinedStr, ast.FormattedValue)):
            continue
        text = _spelled(node)
        if _is_shown(node, text, above):
            found.append((node.lineno, node.col_offset, "\n".join(text.strip().split("\n"))))
    yield from (text for _, _, text in sorted(found))


def template_texts(template: str) -> Iterator[str]:
    """Yield the words of a page's template, without its tags and statements."""
    template = re.sub(r"(?s)<(style|script)\b.*?</\1>|\{#.*?#\}", "", template)
    for said in re.findall(r'\b(?:alt|title|aria-label|content)="([^"]*)"', template):
        if _PROSE.search(said) and not _is_technical(said):
            yield said
    for piece in re.split(r"(?s)<[^<>]*>|\{%.*?%\}", template):
        words = " ".join(piece.split())
        if _WORD.search(re.sub(r"\{\{.*?\}\}", "", words)) or re.search(r"\{\{[^}]*[\"'][^\"']*\w \w", words):
            yield words


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield docstrings, also those of attributes."""
    for node in ast.walk(tree):
        for statement in getattr(node, "body", ()) if not isinstance(node, (ast.Lambda, ast.IfExp)) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def _spelled(node: ast.JoinedStr | ast.Constant) -> str:
    """Return a string as it is written, with {…} for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{_filled(part)}}}" for part in node.values
    )


def _filled(part: ast.expr) -> str:
    """Return the name of what is filled in, or … where that is more than a name."""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    while isinstance(value, ast.Call) and value.args:  # line_of(name) is a name still
        value = value.args[0]
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case _:
            return "…"


def _is_shown(node: ast.AST, text: str, above: list[ast.AST]) -> bool:
    """True if a user may see `text`."""
    letters = _FILLED.sub("", text)
    if not _WORD.search(letters) or _is_technical(text) or _is_unseen(node, above):
        return False
    return bool(_PROSE.search(text)) or _is_shown_word(node, text, above)


def _is_technical(text: str) -> bool:
    return bool(
        _SQL.match(text)
        or _PATTERN.search(text)
        or any(form.fullmatch(text.strip()) for form in (_STYLE, _SELECTOR, _RULES))
    )


def _is_unseen(node: ast.AST, above: list[ast.AST]) -> bool:
    """True if `node` stands where only the program reads it."""
    for child, parent in pairwise([node, *above]):
        match parent:
            case ast.Attribute(attr="split" | "splitlines"):
                return True
            case ast.Compare() | ast.Subscript() | ast.match_case() | ast.MatchValue() | ast.Assert():
                return child is not getattr(parent, "value", None) or not isinstance(parent, ast.Subscript)
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=annotation) if child is annotation:
                return True
            case ast.Dict(keys=keys) if child in keys and not _PROSE.search(_text_of(child)):
                return True
            case ast.keyword(arg=str(name)):
                return name in _UNSEEN_KEYWORDS
            case ast.Call() if child is not parent.func:
                return _called(parent) in _UNSEEN_CALLS
            case ast.stmt():
                return False
    return False


def _text_of(node: ast.AST) -> str:
    return _spelled(node) if isinstance(node, (ast.JoinedStr, ast.Constant)) else ""


def _is_shown_word(node: ast.AST, text: str, above: list[ast.AST]) -> bool:
    """True if a word alone is passed on to be shown."""
    for child, parent in pairwise([node, *above]):
        match parent:
            case ast.Tuple(elts=[key, what, ast.Constant(value=str(action))]) if child in (key, what):
                return action == "" or action.startswith(("screen.", "app."))
            case ast.Tuple(elts=[first, *_]) if first is not child:
                return False
            case ast.keyword(arg=str(name)):
                return name in _SHOWN_KEYWORDS
            case ast.Call() if child is not parent.func:
                called = _called(parent)
                return called in _SHOWN_CALLS or (
                    called == "Binding" and len(parent.args) > 2 and parent.args[2] is child
                )
            case ast.Dict():
                return text[:1].isupper() and text[1:].islower()
            case ast.Tuple() | ast.List() | ast.IfExp() | ast.JoinedStr() | ast.FormattedValue() | ast.BoolOp():
                continue
            case ast.Return() | ast.Yield() | ast.Assign() | ast.AnnAssign():
                return text[:1].isupper() and text[1:].islower()
            case _:
                return False
    return False


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


if __name__ == "__main__":
    FILE.write_text(catalogue(), encoding="utf-8", newline="\n")
    print(FILE)
