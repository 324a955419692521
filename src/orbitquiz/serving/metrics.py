"""The figures of a service, as Prometheus reads them."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orbitquiz.classroom.rules.events import Event
from orbitquiz.classroom.storage.event_log import EventLog

if TYPE_CHECKING:
    from prometheus_client.core import Metric

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds

MISSING = "/metrics needs prometheus-client: pip install 'orbitquiz[serve]'"


class Histogram:
    """Counts durations in seconds by their size. Any thread may add to it."""

    def __init__(self) -> None:
        self.sum = 0.0
        self._counts = [0] * (len(_BOUNDS) + 1)
        self._lock = threading.Lock()

    def add(self, seconds: float) -> None:
        """Count a duration."""
        with self._lock:
            self._counts[bisect_left(_BOUNDS, seconds)] += 1
            self.sum += seconds

    @property
    def buckets(self) -> Sequence[tuple[str, float]]:
        """The upper bound of each bucket, with the number of all durations up to it."""
        total, rows = 0, []
        for bound, count in zip((*map(str, _BOUNDS), "+Inf"), self._counts, strict=True):
            total += count
            rows.append((bound, float(total)))
        return rows


@dataclass
class Figures:
    """The figures that grow: counts, how long keeping events took, and how late the event loop was, in seconds."""

    counts: Counter[str] = field(default_factory=Counter)
    append: Histogram = field(default_factory=Histogram)
    lag: Histogram = field(default_factory=Histogram)


class MeasuredLog:
    """An event log whose writes are counted and timed."""

    def __init__(self, log: EventLog, figures: Figures, clock: Callable[[], float]) -> None:
        self._log, self._figures, self._clock = log, figures, clock

    def append(self, events: Sequence[Event]) -> None:
        """Keep `events`."""
        began = self._clock()
        self._log.append(events)
        self._figures.append.add(self._clock() - began)
        self._figures.counts["events kept"] += len(events)

    def close(self) -> None:
        """Let another program take over the room."""
        self._log.close()


def exposition(figures: Figures, gauges: dict[str, int]) -> bytes:
    """Return all figures in Prometheus's text format. Raise `ImportError` without prometheus-client."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

    class Collector:
        def collect(self) -> Iterator[Metric]:
            for name, value in gauges.items():
                yield GaugeMetricFamily(f"orbitquiz_{_symbol(name)}", name.capitalize(), value)
            for name, count in sorted(figures.counts.items()):
                yield CounterMetricFamily(f"orbitquiz_{_symbol(name)}", name.capitalize(), count)
            for name, histogram in (("append seconds", figures.append), ("loop lag seconds", figures.lag)):
                yield HistogramMetricFamily(
                    f"orbitquiz_{_symbol(name)}", name.capitalize(), histogram.buckets, histogram.sum
                )

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector())
    return bytes(generate_latest(registry))


def _symbol(name: str) -> str:
    return name.replace(" ", "_")
