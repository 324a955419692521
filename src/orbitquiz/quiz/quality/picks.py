"""Wrong options as players take them: dead ones that nobody picks, and traps that mislead."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

FEWEST_SHOWN = 60
"""The number of times that an option was shown before it is called dead."""

DEAD = 0.05
"""The share of picks under which an option is dead."""

FEWEST_TRAPPED = 10
"""The number of times that an option was shown before games on one's own call it a trap."""

_Z = NormalDist().inv_cdf(0.975)  # 95 % of a normal distribution lie within so many standard deviations


def wilson(count: int, total: int) -> tuple[float, float] | None:
    """Return the 95 % score interval for the share of `count` in `total` (Wilson 1927); None for none in none."""
    if not total:
        return None
    share, z2 = count / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    reach = _Z / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    # At the ends it is the share itself, which rounding would miss by a hair.
    return (0.0 if count == 0 else middle - reach), (1.0 if count == total else middle + reach)


def is_dead(picked: int, shown: int) -> bool:
    """True if a wrong option tempts hardly anybody: shown often, and the upper limit of its share is under 5 %."""
    interval = wilson(picked, shown)
    return interval is not None and shown >= FEWEST_SHOWN and interval[1] < DEAD


def misleads(picked: int, right: int, shown: int) -> bool:
    """True if a wrong option is picked more often than the right one, or by a third of those who see it."""
    return picked > 0 and (picked > right or 3 * picked >= shown)


@dataclass(frozen=True, slots=True)
class OptionTally:
    """A wrong option of the question with the id `question`: how often it was `shown`, and `picked` then.

    `right` is how often the key was picked instead.
    """

    question: str
    option: str
    shown: int
    picked: int
    right: int

    @property
    def is_dead(self) -> bool:
        """True if it tempts hardly anybody."""
        return is_dead(self.picked, self.shown)

    @property
    def is_trap(self) -> bool:
        """True if it was shown several times and misleads."""
        return self.shown >= FEWEST_TRAPPED and misleads(self.picked, self.right, self.shown)


def together(tallies: Iterable[OptionTally]) -> tuple[OptionTally, ...]:
    """Return one tally for each option of each question, by question and text."""
    sums: dict[tuple[str, str], OptionTally] = {}
    for tally in tallies:
        key = tally.question, tally.option
        known = sums.get(key, OptionTally(*key, 0, 0, 0))
        counts = (known.shown + tally.shown, known.picked + tally.picked, known.right + tally.right)
        sums[key] = OptionTally(*key, *counts)
    return tuple(sums[key] for key in sorted(sums))
