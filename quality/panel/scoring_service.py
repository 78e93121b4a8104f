"""Judges photos in the background and hands the answers to the GUI thread in small batches.

Decides nothing and paints nothing; what happens to one photo is a function given from outside.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.scorer import PhotoScore
from quality.panel.throttle import Throttle

_log = logging.getLogger(__name__)

BATCH = 48
"""Answers handled per turn of the event loop, so that no turn is long."""

PAUSE_MS = 40
"""Rest between two batches: every batch decides and counts anew, one for each photo would be too many."""

_NEXT = -1_000_000
"""A priority before that of any wish."""

ShowThumbnail: TypeAlias = Callable[[QImage], None]
JudgePhoto: TypeAlias = Callable[[Path, ShowThumbnail], PhotoScore]
"""Judges one photo on a worker thread and may hand out its thumbnail on the way."""


@dataclass(frozen=True, slots=True)
class _Thumbnail:
    path: Path
    image: QImage
    cancellation: Cancellation


class ScoringService(QObject):
    """Lives in the GUI thread. All signals carry lists of pairs and come there, never late ones."""

    thumbnails_arrived = Signal(list)
    scores_arrived = Signal(list)
    photos_failed = Signal(list)
    _filled = Signal()

    def __init__(self, judge: JudgePhoto, workers: int, parent: QObject | None = None) -> None:
        """Starts the workers; nothing is judged before `begin` and `submit`.

        Args:
            judge: Judges one photo; called on worker threads; raises PhotoError for a broken photo.
            workers: Number of threads, at least 1.
            parent: The object that owns the service.
        """
        super().__init__(parent)
        self._judge = judge
        self._generation = -1
        self._inbox: deque[Answer[Path, PhotoScore] | _Thumbnail] = deque()
        self._inbox_lock = threading.Lock()
        self._pool: JobPool[Path, PhotoScore] = JobPool(self._work, self._post, workers=workers, name="judge")
        self._soon = Throttle(self._drain, PAUSE_MS, self)
        self._filled.connect(self._soon.call, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """Photos queued or being judged."""
        return self._pool.pending

    def begin(self, photos: Iterable[Path]) -> None:
        """Starts over with these photos; answers for others no longer come."""
        self._generation = self._pool.begin()
        with self._inbox_lock:
            self._inbox.clear()
        self._pool.submit(photos, priority=1)

    def prefer(self, photos: Iterable[Path], priority: int) -> None:
        """Moves photos that still wait; a lower priority comes sooner, plain ones have 1."""
        self._pool.submit(photos, priority=priority)

    def judge_again(self, photos: Iterable[Path]) -> None:
        """Judges photos next, also those that have been answered already."""
        self._pool.submit(photos, priority=_NEXT, again=True)

    def pause(self) -> None:
        """Lets running photos finish and starts no others."""
        self._pool.pause()

    def resume(self) -> None:
        """Goes on after a pause."""
        self._pool.resume()

    def cancel(self) -> None:
        """Drops every photo that still waits; what was judged stays."""
        self._pool.cancel()

    def close(self) -> None:
        """Stops and joins the workers."""
        self._pool.close()

    def _work(self, path: Path, cancellation: Cancellation) -> PhotoScore:
        """On a worker thread: judges one photo."""

        def show(image: QImage) -> None:
            cancellation.raise_if_cancelled()
            self._post(_Thumbnail(path, image, cancellation))

        cancellation.raise_if_cancelled()
        return self._judge(path, show)

    def _post(self, item: Answer[Path, PhotoScore] | _Thumbnail) -> None:
        """On a worker thread: puts an answer in the inbox and wakes the GUI thread if it was empty."""
        with self._inbox_lock:
            was_empty = not self._inbox
            self._inbox.append(item)
        if was_empty:
            self._filled.emit()

    def _drain(self) -> None:
        """In the GUI thread: hands out one batch and comes back for the rest."""
        with self._inbox_lock:
            batch = [self._inbox.popleft() for _ in range(min(BATCH, len(self._inbox)))]
            more = bool(self._inbox)
        thumbnails: list[tuple[Path, QImage]] = []
        scores: list[tuple[Path, PhotoScore]] = []
        failures: list[tuple[Path, str]] = []
        for item in batch:
            if isinstance(item, _Thumbnail):
                if not item.cancellation.cancelled:
                    thumbnails.append((item.path, item.image))
            elif item.generation == self._generation:
                if item.result is not None:
                    scores.append((item.key, item.result))
                else:
                    failures.append((item.key, self._reason(item)))
        for signal, found in (
            (self.thumbnails_arrived, thumbnails),
            (self.scores_arrived, scores),
            (self.photos_failed, failures),
        ):
            if found:
                signal.emit(found)
        if more:
            self._filled.emit()

    def _reason(self, answer: Answer[Path, PhotoScore]) -> str:
        if isinstance(answer.error, PhotoError):
            return answer.error.reason
        _log.error("judging %s failed", answer.key, exc_info=answer.error)
        return self.tr("It could not be judged because of a fault in the program.")
