"""Closes what still has threads when the program ends, for a moment at most; it knows nothing of their work.

A daemon thread is stopped by the interpreter wherever it is. If that is inside Qt, the whole process dies.
"""

import atexit
import time
from functools import cache
from typing import Protocol
from weakref import WeakSet

LAST_SECONDS = 2.0
"""How long the program waits for all threads together."""


class Closable(Protocol):
    """Whatever has threads."""

    def close(self, timeout: float | None = None) -> None:
        """Ends the threads, and waits for them no longer than some seconds; a second time does no harm."""
        ...


_left: "WeakSet[Closable]" = WeakSet()


def close_at_the_end(closable: Closable) -> None:
    """Remembers something until nobody needs it any more; if that comes first, the end closes it."""
    _left.add(closable)
    _watch()


@cache
def _watch() -> None:
    """From the first one on, and so after Qt has arranged its own end, which then comes later."""
    atexit.register(_close_all)


def _close_all() -> None:
    until = time.monotonic() + LAST_SECONDS
    for closable in list(_left):
        closable.close(max(0.0, until - time.monotonic()))
