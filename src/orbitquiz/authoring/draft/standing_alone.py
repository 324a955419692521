"""Telling whether a player who reads nothing else can understand a sentence with a gap.

The rules are strict, since a draft that has to be rewritten costs its author more than one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orbitquiz.bank.values.date import MONTHS
from orbitquiz.quiz.quality.lint_bank import LONGEST_GAP
from orbitquiz.text.fold import plain
from orbitquiz.text.spans import Span


def _any(words: list[str]) -> str:
    """Return an expression for any of `words`, in which _ is a space."""
    return "|".join(words).replace("_", r"\s")


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_SPEAKER = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours|you|your|yours)\b")
_PERIOD = _any("year month week day night spring summer autumn fall winter".split())
#: Words that point to what stands before, wherever they are, and times that are told from the day of writing.
_POINTER = re.compile(
    r"\b(?:this|these|those(?!\s(?:who|of|that|which))|such(?!\sas)|the\snew\sone|that\s(?:same\s)?(?:point|date|period|time)"
    r"|there(?!\s(?:is|are|was|were|had|has|have|will|would|can|could)\b)|that\s(?:sentiment|view|opinion|claim)"
    rf"|(?:that|last|next)\s(?:{_PERIOD})|(?:{_PERIOD})s?\s(?:later|earlier|before|after)"
    r"|the\s(?:former|latter|others?|same|following|above|next|previous|preceding|said)|"
    + _any(
        """
        here above below ago yesterday tomorrow tonight nowadays currently today to-day recently
        however at_the_time since_then by_then so_far as_well too
        """.split()
    )
    + r")\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|it|its|itself)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
#: First words that tie a sentence to the one before.
_LINKS = _any(
    """
    However Therefore Thus Also Similarly Then Finally Instead Moreover Furthermore Meanwhile Later Afterwards?
    Eventually Subsequently Consequently Again Still Yet Nevertheless Nonetheless Additionally Initially
    Originally Likewise Otherwise Accordingly Indeed Soon Now Next Another Others? Both Neither Either Each All Most
    Many Some Several Few None One And But Or So Nor For_example For_instance In_addition In_total In_all In_turn
    In_particular In_fact In_contrast As_a_result As_such Of_these Of_them After_that After_which Note See There_is
    There_are There_was There_were
    """.split()
)
_LINK = re.compile(
    rf"[“\"‘(]*(?:{_LINKS}|An?\s(?:total|further|second|third|similar|few|number|additional|estimated|other)|The\s(?:"
    + _any(
        "first second third last latter former other same next following above previous remaining rest results?".split()
    )
    + r"|two|three|four|five))\b"
)
_REFERENCE = re.compile(
    r"[\[\]^§†‡*_#]|\b[A-Z]\.\s?[A-Z]\.;|\b(?:pp?\.|eds?\.|vol\.|no\.|Fig\.|"
    + _any(
        """
        et_al ibid doi arXiv ISBN ISSN Retrieved Archived Accessed Proceedings Journal_of Transactions RFC Figure
        Table Appendix Chapter Section
        """.split()
    )
    + r")(?!\w)"
)
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]+")
_FORENAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\.?|\b[Tt]he)\s\Z")
_NO_NAME = frozenset(
    "The A An In On At By For From To Of With And But Or As If When While After Before During Since Until Although"
    " Though Because There Here This That These Those It Its He His She Her They Their We Our You Your Not No Yes"
    " Mr Mrs Ms Dr Sir Captain Professor President".split()
)
_FOLLOWING = _any(
    """
    and or but in on at to from for with by as of off into onto over near along is was were are had has have who which
    where when that until till before after during under between because while since through about against among around
    without within would will could can did does said says told became made took went came wrote left won lost
    founded opened built died
    """.split()
)
_ENDS_A_PHRASE = re.compile(rf"\Z|[.,;:!?)”\"]|\s(?:[(–—]|(?:{_FOLLOWING}|\w+ed)\b)")
#: Where a long sentence may be cut, and what is left is still one: before a clause, or else before more of the same.
_CLAUSES = _any(
    """
    which who whose where while although though but because when after before including followed making becoming
    leaving giving thus so despite however and_it and_he and_she and_they and_was and_were and_is and_had and_has
    and_the
    """.split()
)
_CLAUSE = re.compile(
    rf";\s|[,–—]\s(?=(?:{_CLAUSES})\b)|\s[–—]\s"
    r"|\s(?=(?:when|while|because|although|after|before|where|which|who|and\s(?:was|were|had|\w+ed))\s)"
)
_PHRASE = re.compile(
    rf"(?<!\bof)\s(?=(?:{_any('by with from for in on at through during under near as since until'.split())})\s)"
)
_VERBS = _any(
    """
    was were is are had has have did became took made won lost wrote went came left began met gave built led held ran
    saw sold bought sent set cost died rose fell grew drew stood spoke says said told can could will would underwent
    """.split()
)
_VERB = re.compile(rf"\b(?:{_VERBS})\b|(?<!, )(?<!\w)\w{{2,}}ed\b")
_FEWEST_WORDS = 6
#: A post of which nobody says where.
_POST = re.compile(
    r"\b(?:elected|appointed|named|became|made|as|be|replaced?|re-elected)\s(?:the\s|a\s|an\s)?(?:\w+\s)?"
    r"(?:president|chairman|chairwoman|chair|director|mayor|captain|secretary|editor|minister|manager|head|leader)\b"
    r"(?!\s(?:of|at|for)\s)"
)
_OPENING = re.compile(
    r"(?:(?:In|On|At|By|From|Since|Until|During|After|Before|Around|For|Of|With|Under|Through|Despite|As|When|While)\s"
    r"(?:[^,]{1,60},|\d{4}(?!,))\s)?"
)
_OPEN_CLAUSE = re.compile(
    r"(?:(?:In|On|At|By|From|During)\s[^,]*\s?(?:when|while|where)|When|While|Until|If|As|After|Before)\s"
)
_BEGINS_A_CLAUSE = re.compile(r"(?<=,\s)(?:[A-ZÀ-Þ]|(?:the|an?)\s)")
#: A subject in small letters, and how a name has to follow for it to be clear which one is spoken of.
_SUBJECT = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_NO_VERB = rf"(?!(?:{_VERBS}|\w+ed)\s)[\w-]+\s"
_NAMED_SUBJECT = re.compile(
    rf"(?:[Tt]he|[Aa]n?)\s(?:(?:{_NO_VERB})?|(?:{_NO_VERB}){{1,4}}(?:of|against|between|near|behind)\s(?:the\s|an?\s)?"
    rf"|(?:{_NO_VERB}){{1,2}}(?:in|at|on|from|for|to|by)\s(?:the\s)?(?!\d))[A-Z0-9À-Þ“\"]"
)
_SETTING = re.compile(
    r"(?:On|At|From|Under|With|Through|During|After|Before|For|Despite)\s(?:the|an?)\s(?P<words>[^,]*)"
)
_MOST_NUMBERS = 3  # in what is shown
_FEWEST_BESIDE = 3  # words in a bracket, besides the gap


def stands_alone(words: str, gap: Span, names: Sequence[Span]) -> bool:
    """True if `words`, with a gap at `gap`, can be understood by themselves.

    `names` are the places in `words` of the names that the document is known to have, even where a sentence begins.
    """
    others = [name for name in names if name[1] <= gap[0] or gap[1] <= name[0]]
    if len(re.findall(r"\d+", words)) > _MOST_NUMBERS:
        return False  # a list of variants or results
    if not others or _REFERENCE.search(words) or _LINK.match(words) or not _is_balanced(words):
        return False
    told = _QUOTED.sub(lambda match: " " * len(match[0]), words)
    if _SPEAKER.search(told) or _POINTER.search(told) or _POST.search(told):
        return False
    if _PLURAL.search(told):
        return False  # a name before it is seldom what is meant
    pronoun = _PRONOUN.search(words)
    if pronoun and not any(name[1] <= pronoun.start() for name in names):
        return False
    return _has_a_named_subject(words) and not _is_an_aside(words, gap) and not _is_in_a_list(words, gap)


def _has_a_named_subject(words: str) -> bool:
    """True unless it speaks of "the club", say, and only the sentences before tell which."""
    words = words.lstrip("(“\"'")
    opening = _OPENING.match(words)
    if opening and (setting := _SETTING.match(opening[0])) and not _CAPITAL.search(setting["words"]):
        return False  # "Through the alliance, which …"
    subject = words[opening.end() if opening else 0 :]
    return _SUBJECT.match(subject) is None or _NAMED_SUBJECT.match(subject) is not None


def _is_balanced(words: str) -> bool:
    return words.count("(") == words.count(")") and words.count("“") == words.count("”") and words.count('"') % 2 == 0


def _is_an_aside(words: str, gap: Span) -> bool:
    """True if the gap is nearly all that stands in brackets."""
    for bracket in _BRACKET.finditer(words):
        if bracket.start() < gap[0] and gap[1] < bracket.end():
            rest = words[bracket.start() + 1 : gap[0]] + words[gap[1] : bracket.end() - 1]
            return len(re.findall(r"\w+", rest)) < _FEWEST_BESIDE
    return False


def _is_in_a_list(words: str, gap: Span) -> bool:
    """True if the gap is one name of several that could change places."""
    if not words[gap[0]].isupper() or words[gap[0] :].startswith(tuple(MONTHS)):
        return False
    before, after = words[: gap[0]], words[gap[1] :]
    return bool(
        re.search(r"[A-Z][\w’'.-]*(?:,|,? and| or| &|/)\s?(?:the\s)?\Z", before)
        or re.match(r"(?:,|,? and| or| &|/)\s?(?:the\s)?[A-Z]", after)
    )


def ends_a_phrase(after: str) -> bool:
    """True unless the words `after` a name go on with a noun that it describes, as in "the Norman church"."""
    return _ENDS_A_PHRASE.match(after) is not None


def shortened(text: str, sentence: Span, gap: Span) -> Span | None:
    """Return the beginning of `sentence` that can be shown with a gap: all of it, or what stands before a clause.

    None where what holds the gap is too long.
    """
    start, end = sentence
    if len(plain(text[start:end])) <= LONGEST_GAP:
        return sentence
    for kind in (_CLAUSE, _PHRASE):
        for cut in reversed([found.start() for found in kind.finditer(text, start, end)]):
            words = text[start:cut]
            if cut < gap[1] or len(plain(words)) > LONGEST_GAP or not _is_balanced(words):
                continue
            if len(words.split()) >= _FEWEST_WORDS and _says_something(words):
                return start, cut
    return None


def _says_something(words: str) -> bool:
    """True if `words` have a main clause, as far as a verb behind the opening tells."""
    opening = _OPENING.match(words)
    at = opening.end() if opening else 0
    if _OPEN_CLAUSE.match(words) and not _BEGINS_A_CLAUSE.match(words, at):
        return False
    return _VERB.search(words, at) is not None


def known_words(text: str, begins: Sequence[int]) -> frozenset[str]:
    """Return the words of names in `text`: with a capital where no sentence begins, and never without one."""
    starts = set(begins)
    small = set(re.findall(r"(?<!\w)[a-zà-öø-þ][\w’'-]+", text))
    capitals = {match[0] for match in _CAPITAL.finditer(text) if match.start() not in starts}
    return frozenset(word for word in capitals - _NO_NAME - frozenset(MONTHS) if word.lower() not in small)


def known_names(words: str, known: frozenset[str], surnames: frozenset[str]) -> list[Span]:
    """Return the places in `words` of capital words that are among the `known` names, without bare `surnames`."""
    found = []
    for match in _CAPITAL.finditer(words):
        word = re.sub("['’]s?$", "", match[0])
        is_bare = word in surnames and not _FORENAME.search(words, 0, match.start())
        if word in known and not is_bare:
            found.append(match.span())
    return found
