"""Leaving in order when the system asks for it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # not every system has all of them


@contextmanager
def leaving_by(leave: Callable[[], None]) -> Iterator[None]:
    """As long as this lasts, ctrl-C, a closed terminal and a request to end call `leave` in the running loop."""
    loop = asyncio.get_running_loop()
    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # What is ignored stays so: that is how `nohup` keeps a program alive.
    before = {each: handler for each in known if (handler := signal.getsignal(each)) != signal.SIG_IGN}
    for each in before:
        try:
            loop.add_signal_handler(each, leave)
        except NotImplementedError:  # the loop of Windows has none
            signal.signal(each, lambda *_: loop.call_soon_threadsafe(leave))
    try:
        yield
    finally:
        for each, handler in before.items():
            with suppress(NotImplementedError):
                loop.remove_signal_handler(each)
            signal.signal(each, handler or signal.SIG_DFL)
