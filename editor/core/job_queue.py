"""The order in which jobs wait: by priority, then by arrival, each key once.

It must not be used by two threads at once: the pool's lock guards it.
"""

import heapq
from itertools import count
from typing import Generic

from editor.core.job_answer import K

_STALE_ENTRIES_KEPT = 64


class JobQueue(Generic[K]):
    """Keys waiting for a worker; moving one leaves its old entry behind, to be skipped later."""

    def __init__(self) -> None:
        self._places: dict[K, tuple[int, int]] = {}
        self._heap: list[tuple[int, int, K]] = []
        self._arrivals = count()

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: K) -> bool:
        return key in self._places

    def put(self, key: K, priority: int) -> None:
        """Queues a key, or moves a queued one behind those of its new priority.

        Args:
            key: What to work on.
            priority: Lower comes sooner. A queued key keeps its place if this is its priority already.
        """
        place = self._places.get(key)
        if place is not None and place[0] == priority:
            return
        place = (priority, next(self._arrivals))
        self._places[key] = place
        heapq.heappush(self._heap, (*place, key))
        if len(self._heap) > 2 * len(self._places) + _STALE_ENTRIES_KEPT:
            self._heap = [(*place, key) for key, place in self._places.items()]
            heapq.heapify(self._heap)

    def take(self) -> K:
        """Removes and returns the key that comes first.

        Raises:
            IndexError: if none waits.
        """
        while True:
            priority, arrival, key = heapq.heappop(self._heap)
            if self._places.get(key) == (priority, arrival):
                del self._places[key]
                return key

    def clear(self) -> None:
        """Forgets every key."""
        self._places.clear()
        self._heap.clear()
