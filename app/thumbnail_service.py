"""Fetches thumbnails of visible photos that nobody judges at the moment; the newest wish comes first."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.photo_work import load_thumbnail
from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.thumbnail_cache import ThumbnailCache

_AHEAD = 2

_log = logging.getLogger(__name__)


class ThumbnailService(QObject):
    """Lives in the GUI thread; both signals carry a list of pairs and come there."""

    arrived = Signal(list)
    failed = Signal(list)
    _answered = Signal(object)

    def __init__(self, thumbnails: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._generation = -1
        self._waiting: list[Path] = []
        self._running: set[Path] = set()
        self._pool: JobPool[Path, QImage] = JobPool(
            self._work, self._answered.emit, workers=1, name="thumbnail"
        )
        self._answered.connect(self._take)

    def begin(self) -> None:
        """Starts over for another shoot."""
        self._generation = self._pool.begin()
        self._waiting.clear()
        self._running.clear()

    def want(self, photos: Sequence[Path]) -> None:
        """Asks for these thumbnails, in this order; older wishes that have not begun are forgotten."""
        self._waiting = [path for path in photos if path not in self._running]
        self._feed()

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    def _work(self, path: Path, cancellation: Cancellation) -> QImage:
        cancellation.raise_if_cancelled()
        return load_thumbnail(path, self._thumbnails)

    def _feed(self) -> None:
        """Keeps the thread busy without queueing what may be unwanted a moment later."""
        while self._waiting and len(self._running) < _AHEAD:
            path = self._waiting.pop(0)
            self._running.add(path)
            self._pool.submit([path], again=True)

    @Slot(object)
    def _take(self, answer: Answer[Path, QImage]) -> None:
        if answer.generation != self._generation:
            return
        self._running.discard(answer.key)
        self._feed()
        if answer.result is not None:
            self.arrived.emit([(answer.key, answer.result)])
        elif isinstance(answer.error, PhotoError):
            self.failed.emit([(answer.key, answer.error.reason)])
        else:
            _log.error("the thumbnail of %s failed", answer.key, exc_info=answer.error)
            self.failed.emit(
                [(answer.key, self.tr("It could not be shown because of a fault in the program."))]
            )
