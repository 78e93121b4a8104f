"""Remembers what stages of a rendering made, up to a number of bytes; the longest unused goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

DEFAULT_BYTES = 384 << 20

Kind = TypeVar("Kind", bound=np.generic)


class StageCache:
    """Arrays by the key of everything that went into them; any thread may use it.

    Args:
        max_bytes: Most bytes of arrays to keep; a larger array is returned but not kept.
    """

    def __init__(self, max_bytes: int = DEFAULT_BYTES) -> None:
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, NDArray[Any]] = OrderedDict()
        self._bytes = 0
        self._before: tuple[Hashable, ...] = ()
        self._lock = threading.Lock()

    @property
    def kept_bytes(self) -> int:
        """How many bytes are kept now."""
        return self._bytes

    def __contains__(self, key: Hashable) -> bool:
        """Whether anything is kept under a key."""
        with self._lock:
            return key in self._kept

    def same_as_before(self, steps: tuple[Hashable, ...]) -> int:
        """How many of the first steps of a rendering are those of the one before, whatever its size.

        One of a single step is not remembered: it shows a photo as it was, and does not tell what is moved.
        """
        with self._lock:
            before = self._before
            if len(steps) > 1:
                self._before = steps
        pairs = enumerate(zip(steps, before, strict=False))
        return next((at for at, (new, old) in pairs if new != old), min(len(steps), len(before)))

    def find(self, key: Hashable, make: Callable[[], NDArray[Kind]]) -> NDArray[Kind]:
        """What is kept under a key, or else what ``make`` returns, kept from now on.

        Two threads that ask for the same at once may both make it. What is returned must not be written to.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        made.flags.writeable = False
        self._keep(key, made)
        return made

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _keep(self, key: Hashable, made: NDArray[Any]) -> None:
        with self._lock:
            if made.nbytes > self._max_bytes or key in self._kept:
                return
            self._kept[key] = made
            self._bytes += made.nbytes
            while self._bytes > self._max_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= dropped.nbytes
