"""What stands at the top of the host's screen, in all its forms from the longest to the shortest."""

from __future__ import annotations

from textual.content import Content

from orbitquiz.bank.wording import counted
from orbitquiz.tui.room.host_seen import Seen
from orbitquiz.tui.words import MUTED

_ROOM_FOR_COMMAND = 100  # cells of a terminal in which the whole command stands at the top
_BRAND = Content.styled("◗ OrbitQuiz", "bold $primary")
_GAP = Content("  ")


def lefts(seen: Seen, page: str) -> list[Content]:
    """Where one is: the category of the question, or what the `page` is about."""
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


def rights(seen: Seen, page: str, width: int) -> list[Content]:
    """How far the game is, and how those who are late can still join."""
    scene, welcome = seen.scene, seen.welcome
    if scene is None or welcome is None:
        return [Content()]
    if page in ("lobby", "over"):
        timer = f", {welcome.timer:g} s each" if welcome.timer and page == "lobby" else ""
        return [Content(f"{counted(scene.total, 'question')}{timer}"), Content()]
    place = Content.assemble((f"{scene.number}", "bold"), (f" of {scene.total}", MUTED))
    if page == "revealed":
        place = Content(f"{scene.answered} of {scene.playing} answered   ") + place
    if seen.is_locked:
        return [Content.styled("locked   ", "bold $text-warning") + place, place]
    joins = [seen.hosted.command] if width >= _ROOM_FOR_COMMAND else []
    return [*(Content.styled(f"{join}   ", "$accent") + place for join in (*joins, seen.hosted.code)), place]
