"""Shares a few decoder processes among any number of threads, and ends them with the program.

It must not decode in this process, and must not be asked for formats that are decoded in it.
"""

import atexit
import logging
import os
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.decode_process import NO_DECODER, DecodeProcess, DecoderGoneError
from editor.core.decode_wire import WireError, WireRequest
from editor.core.errors import PhotoUnreadableError
from editor.core.pixels import Picture

MOST_PROCESSES = max(1, min(4, os.cpu_count() or 1))
"""More would only wait for each other, and each holds a large photo in memory."""

CLOSED = "The program is ending; open this photo again next time."

_ATTEMPTS = 3

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long one photo may take, before it counts as one that never ends.

    Attributes:
        cpu_s: Seconds of processor time for any photo, where the system can limit it.
        cpu_s_per_mb: As many more for each million bytes of its file.
        wall_ratio: How many times as long by the clock, for other programs want the processor too.
    """

    cpu_s: float
    cpu_s_per_mb: float
    wall_ratio: float = 4.0

    def cpu_seconds(self, size: int) -> float:
        """The limit of processor time for a file of so many bytes."""
        return self.cpu_s + self.cpu_s_per_mb * size / 1e6


REDUCED_LIMIT = TimeLimit(3.5, 0.1)
"""For a preview or a picture at half size: milliseconds to two seconds for a healthy photo."""

FULL_LIMIT = TimeLimit(5.0, 1.0)
"""For full development: up to ten seconds for a healthy photo of 25 MB on a slow processor."""


class DecodePool:
    """Decoder processes, started when first needed and used again; any thread may ask."""

    def __init__(self, most: int = MOST_PROCESSES, command: Sequence[str] | None = None) -> None:
        """Starts nothing yet.

        Args:
            most: How many processes there may be at once; further threads wait.
            command: How a decoder is started; None takes the program's own.
        """
        self._most = most
        self._command = command
        self.forget()

    def forget(self) -> None:
        """Begins anew without processes; after a fork the old ones belong to the other program."""
        self._places = threading.BoundedSemaphore(self._most)
        self._lock = threading.Lock()
        self._idle: list[DecodeProcess] = []
        self._all: weakref.WeakSet[DecodeProcess] = weakref.WeakSet()
        self._closed = threading.Event()

    def decode(self, request: WireRequest, wall_s: float) -> Picture:
        """Decodes one photo in another process.

        Args:
            request: The photo, and the processor time it may take.
            wall_s: Seconds by the clock it may take.

        Raises:
            PhotoError: whatever is wrong with the file, also where it killed the process.
        """
        with self._places:
            for _ in range(_ATTEMPTS):
                process = self._take(request)
                try:
                    return process.decode(request, wall_s)
                except DecoderGoneError:
                    _logger.info("A decoder had ended; another one is started")
                finally:
                    self._give_back(process)
        raise PhotoUnreadableError(request.path, NO_DECODER)

    def close(self) -> None:
        """Ends all processes, also those in mid-photo; whoever asks from now on gets an error."""
        with self._lock:
            self._closed.set()
            processes = list(self._all)
            self._idle.clear()
        for process in processes:
            process.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the running processes."""
        with self._lock:
            return tuple(process.pid for process in self._all if process.alive)

    def _take(self, request: WireRequest) -> DecodeProcess:
        with self._lock:
            if self._closed.is_set():
                raise PhotoUnreadableError(request.path, CLOSED)
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
                process.close()
        try:
            process = DecodeProcess(self._command)
        except (OSError, WireError) as error:
            _logger.exception("No decoder can be started")
            raise PhotoUnreadableError(request.path, NO_DECODER) from error
        with self._lock:
            self._all.add(process)
            late = self._closed.is_set()
        if late:
            process.close()
        return process

    def _give_back(self, process: DecodeProcess) -> None:
        with self._lock:
            if process.alive:
                self._idle.append(process)


SHARED_POOL = DecodePool()
"""The pool of the program."""

atexit.register(SHARED_POOL.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=SHARED_POOL.forget)
