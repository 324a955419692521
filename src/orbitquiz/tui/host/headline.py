"""The headline of the host's screen, in forms from the longest to the shortest."""

from __future__ import annotations

from textual.content import Content

from orbitquiz.presenter.host_state import HostState
from orbitquiz.text.counts import counted
from orbitquiz.tui.styles import MUTED

_ROOM_FOR_BOTH = 100  # cells of a terminal in which the command has room beside the words that sources differ
_BRAND = Content.styled("◗ OrbitQuiz", "bold $primary")
_GAP = Content("  ")
_APART = Content("   ")


def lefts(seen: HostState, page: str) -> list[Content]:
    """Return the left part: the category, or what the `page` is about."""
    scene, welcome = seen.scene, seen.welcome
    if scene is None or welcome is None:
        return [_BRAND]
    asked = scene.question or scene.revealed
    if page == "standings" or asked is None:
        about = Content("Standings" if page == "standings" else welcome.title)
        return [_BRAND + _GAP + about, about]
    about = Content(asked.category)
    if not asked.sources_differ:
        return [_BRAND + _GAP + about, about]
    signs = [_GAP + Content.styled(words, "$accent") for words in ("≠ sources differ", "≠")]
    return [*(begin + about + sign for sign in signs for begin in (_BRAND + _GAP, Content())), about]


def rights(seen: HostState, page: str, width: int, *, is_time_up: bool = False) -> list[Content]:
    """Return the right part: progress, and how to join unless the `page` says so itself.

    `is_time_up` says that time ran out before all had answered.
    """
    scene, welcome = seen.scene, seen.welcome
    if scene is None or welcome is None:
        return [Content()]
    if page in ("lobby", "over"):
        timer = f", {welcome.timer:g} s each" if welcome.timer and page == "lobby" else ""
        return [Content(f"{counted(scene.total, 'question')}{timer}"), Content()]
    if seen.phase == "open":
        return [Content(counted(scene.total, "question")), Content()]
    place = Content.assemble((f"{scene.number}", "bold"), (f" of {scene.total}", MUTED))
    if seen.is_locked:
        joins = [Content.styled("locked", "bold $text-warning")]
    elif tells_how_to_join(seen, page):
        joins = []
    else:
        joins = [Content.styled(words, "$accent") for words in _joins(seen, width)]
    shorter = [[join, place] for join in joins] + [[place]]
    if page == "revealed":
        answered = Content(f"{scene.answered} of {scene.playing} answered")
        whole = [Content.styled("Time is up: ", "bold $text-warning") + answered] if is_time_up else []
        shorter = [[words, *rest] for words in (*whole, answered) for rest in shorter] + [[place]]
    return [_APART.join(parts) for parts in shorter]


def tells_how_to_join(seen: HostState, page: str) -> bool:
    """True if the `page` itself has room to tell those who are late how to join."""
    return page in ("standings", "skipped") or seen.phase == "paused"


def _joins(seen: HostState, width: int) -> list[str]:
    """Return ways to join. On a narrow terminal "sources differ" takes the place of the whole command."""
    asked = (seen.scene.question or seen.scene.revealed) if seen.scene else None
    short = [f"{seen.hosted.address}  {seen.hosted.code}", seen.hosted.code]
    has_no_room = asked is not None and asked.sources_differ and width < _ROOM_FOR_BOTH
    return short if has_no_room else [seen.hosted.command, *short]
