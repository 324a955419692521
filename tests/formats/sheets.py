"""Questions for tests of formats: hostile ones drawn by hypothesis, and one that has everything."""

from __future__ import annotations

from hypothesis import strategies as st

from orbitquiz.formats.deck import Deck
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet, QuestionSheet
from orbitquiz.text.fold import alike
from orbitquiz.text.safe import line_of

#: What means something in one format or another.
NASTY = [
    "A. Lincoln", "B) x", "ANSWER: B", "answer: c", "-> x", "a -> b", "&&058;", "%50%x", "%", "[html]x",
    "[moodle]", "{x}", "}", "~x", "=x", "#x", "####", "::x::", "\\", "\\\\", "\\n", "\\=", "//x",
    "$CATEGORY: x", "&amp;", "&amp;amp;", "&lt;b&gt;", "&nbsp;x", "&#8232;", "<b>x</b>", "<![CDATA[", "]]>",
    "<!-- x", "-->", "<quiz>", "</quiz>", "- [x] x", "[ ] x", "x\ty", '"', '""', "'", "'=1", "=1+1", "+1",
    "-1", "@x", "＝1", "a,b", "a;b", "a\nb", "[sound:x.mp3]", "\\(x\\)", "\\[x\\]", "{{x}}", "{{c1::x}}",
    "[latex]", "<script>x</script>", "x<", "&", "&x", "T", "TRUE", "Q: x", "A: x", "C: [x]", "---", "* x",
    "# x", "\u202ex", "\x1b[31m", "\ufeff", "𝔘😀", "\ufffe", "e\u0301", "İ", "C:\\x", "https://x.org/a_b", "?",
    "1.", "1) x",
]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, " ", "a", "7"]), min_size=1, max_size=4).map("".join),
    st.text(min_size=1, max_size=30),
)
LINES = WORDS.map(line_of).filter(lambda words: alike(words).strip() != "")


@st.composite
def sheets(draw: st.DrawFn, most_options: int = 8) -> QuestionSheet:
    """Draw a question whose every text is hostile. No two options are alike, and they are not true and false."""
    options = draw(st.lists(LINES, min_size=2, max_size=most_options, unique_by=alike))
    if {option.casefold().rstrip(".") for option in options} in ({"true", "false"}, {"t", "f"}):
        options.append("neither")
    text = draw(LINES)
    marks = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    passage = PassageSheet(options[0], draw(LINES), text, ((marks[0], marks[1]),))
    return QuestionSheet(
        id=draw(st.from_regex(r"[a-z0-9]{1,8}(\.[a-z0-9]{1,8})?", fullmatch=True)),
        fact="fact",
        category=draw(LINES),
        stem=draw(LINES),
        options=tuple(options),
        key=draw(st.integers(0, len(options) - 1)),
        is_ordered=draw(st.booleans()),
        sources_differ=False,
        proof=ProofSheet(draw(LINES), (passage,), (draw(LINES),), draw(st.none() | LINES)),
        remarks=tuple(draw(st.none() | LINES) for _ in options),
    )


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    """Draw a deck of questions with different ids."""
    questions = draw(st.lists(sheets(), min_size=1, max_size=3, unique_by=lambda sheet: sheet.id))
    return Deck("bank", draw(LINES), "en", draw(LINES), tuple(questions))


def sheet(number: int = 1, **changes: object) -> QuestionSheet:
    """Return a question that has everything, with some of it changed."""
    passages = (
        PassageSheet("1897", "line 3 · The guide", "The oldest crane was built in 1897 and is high.", ((4, 34),)),
        PassageSheet("1899", "line 9 · The diary", "… it was 1899, I am told.", ((9, 13),)),
    )
    values: dict[str, object] = {
        "id": f"crane-{number}.asked",
        "fact": f"crane-{number}",
        "category": "Cranes",
        "stem": f"In which year was crane {number} built?",
        "options": ("1895", "1897", "1899", "1901"),
        "key": 1,
        "is_ordered": True,
        "sources_differ": True,
        "proof": ProofSheet("The oldest crane was built in 1897.", passages, ("the report, line 4",), "One is wrong."),
        "remarks": (None, None, "The diary says 1899 (line 9)", None),
    }
    return QuestionSheet(**{**values, **changes})  # type: ignore[arg-type]


def deck(*questions: QuestionSheet) -> Deck:
    """Return a deck with these questions, or with three."""
    return Deck("harbour", "The harbour of Ostrand", "en", "Free.", questions or tuple(map(sheet, (1, 2, 3))))
