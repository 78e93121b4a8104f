"""How large a picture may be drawn while a slider moves so that it follows the hand; it draws nothing."""

from collections import deque

TARGET_S = 0.034
"""How long a picture may take on its way while a slider moves, in seconds.

Less than the 50 ms in which a hand expects it: asking for it and painting take time as well.
"""

SHARES = (1.0, 0.9, 0.8, 0.72, 0.65, 0.58, 0.5, 0.45, 0.4, 0.34, 0.28)
"""Sides of such a picture in relation to the room for it, the finest first."""

FIXED_S = 0.006
"""How much of that does not depend on the size of a picture: tables and surroundings, threads that begin."""

_REMEMBERED = 4
_SLACK = 0.8

Moved = frozenset[str]
"""The names of the operations that a hand moves: each costs its own time, as stages before it are kept."""


class Pace:
    """Learns from every picture what the next one of its kind will cost; belongs to one thread."""

    def __init__(self) -> None:
        self._costs: dict[Moved, deque[float]] = {}
        self._shares: dict[Moved, float] = {}
        self._before: tuple[Moved, float] | None = None
        self._last = SHARES[0]

    def share(self, moved: Moved) -> float:
        """The side of the next picture in relation to the room for it.

        The slowest of the last few counts, so that a picture is rarely late. The share grows only where there
        is time to spare, so that it does not go back and forth; what is moved for the first time begins where
        the hand was before.
        """
        costs, now = self._costs.get(moved), self._shares.get(moved, self._last)
        self._last = now
        if not costs:
            return now
        cost = max(costs)
        for share in SHARES:
            limit = TARGET_S * (_SLACK if share > now else 1.0)
            if FIXED_S + cost * share * share <= limit:
                break
        self._shares[moved] = self._last = share
        return share

    def note(self, moved: Moved, share: float, seconds: float) -> None:
        """Takes how long a picture took; the first of a kind and size made stages anew and is not counted.

        Args:
            moved: What was moved.
            share: The side it had.
            seconds: How long it took.
        """
        if self._before == (moved, share):
            costs = self._costs.setdefault(moved, deque(maxlen=_REMEMBERED))
            costs.append(max(0.0, seconds - FIXED_S) / (share * share))
        self._before = (moved, share)
