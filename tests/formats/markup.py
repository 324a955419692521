"""Texts that would be markup, and Markdown as a reader sees it."""

from __future__ import annotations

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

NASTY = [
    "`x`", "``", "# x", "x\n# y", "x\r\ry", "- x", "+ x", "1. x", "1) x", "---", "===", "<script>x</script>", "<!-- x",
    "[x](y)", "![x](y)", "[x]: y", "**x**", "__x__", "~~x~~", "| x | y |", "&amp;", "&lt;b&gt;", "\\", "\\*", "> x",
    "https://x.org/a_b", "//x.org", "www.x.org", "a@x.org", "<https://x.org>", "    x", "```\nx", "\u2028# x",
    "\x85- x", "\x1b[31m", "\u202eabc", "- [ ] x", "x\\", "$x$",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, " ", "\n", "a", "7", ".", "*", "<"]), max_size=5).map("".join),
    st.text(max_size=30),
)
MARKDOWN = MarkdownIt("gfm-like")
assert MARKDOWN.linkify is not None
MARKDOWN.linkify.set({"fuzzy_link": False})  # a bare x.org is no link on GitHub


def read_as_markdown(text: str) -> list[Token]:
    return MARKDOWN.parse(text)


def structure(text: str) -> list[str]:
    """The blocks of `text`, without what stands in them."""
    return [token.type for token in read_as_markdown(text) if token.type != "inline"]


def words_in(text: str) -> list[str]:
    """The text of each block, as a reader sees it; what is not text is told by its name."""
    return [
        "".join(
            part.content if part.type in ("text", "text_special") else f"<{part.type}>" for part in token.children or ()
        )
        for token in read_as_markdown(text)
        if token.type == "inline"
    ]
