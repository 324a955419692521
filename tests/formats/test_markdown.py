"""Anybody's words in Markdown are shown as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.formats.markdown import as_text, bold, escaped, link
from orbitquiz.text.safe import line_of
from tests.formats.markup import TEXTS, read_as_markdown, structure, words_in


@pytest.mark.parametrize("before", ["", "- ", "- Why: ", "## ", "> "])
@settings(deadline=None)
@given(text=TEXTS.filter(line_of))
def test_what_strangers_wrote_is_shown_as_it_stands(before: str, text: str) -> None:
    as_word = structure(f"{before}word")
    written = f"{before}{as_text(text)}"
    assert structure(written) == as_word
    assert words_in(written) == [f"{before.lstrip('-#> ')}{line_of(text)}"]


def test_an_address_that_github_would_make_a_link_of_is_text() -> None:
    assert as_text("WWW.x.org") == "WWW\\.x.org"
    assert as_text("https://x.org") == "https:/\\/x.org"


@given(before=st.sampled_from(["", " ", "a", "7", "(", "”"]), words=TEXTS, after=st.sampled_from(["", " ", "b", ")"]))
@settings(deadline=None)  # a busy machine takes its time to parse
def test_bold_is_bold_whatever_stands_beside_it(before: str, words: str, after: str) -> None:
    words = f"x{line_of(words)}".rstrip()
    written = f"{before}{bold(escaped(words), before, after)}{after}"
    (paragraph,) = (token for token in read_as_markdown(written) if token.type == "inline")
    parts = [part.content or part.type for part in paragraph.children or () if part.content or part.nesting]
    opens = next(at for at, part in enumerate(parts) if part in ("strong_open", "<strong>"))
    closes = next(at for at, part in enumerate(parts) if part in ("strong_close", "</strong>"))
    assert "".join(parts[opens + 1 : closes]) == words


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org/a_b*c?d=[e]#f&amp;", "HTTPS://x.org/~é"])
def test_an_address_is_a_link(url: str) -> None:
    assert link(url) == f"<{url}>"
    assert words_in(link(url)) == [f"<link_open>{url}<link_close>"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "x.org", "https://x.org/a b", "https://x.org/<b>", "\u202e", ""]
)
def test_what_can_be_no_link_is_text(url: str) -> None:
    assert link(url) == as_text(url)
    assert "link" not in "".join(words_in(link(url)))
