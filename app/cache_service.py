"""Measures, trims and clears the cache in the background; marks and recipes are not in it."""

import logging
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.settings import MEBIBYTE, Settings
from app.settings_table import CACHE_LIMIT
from editor.core.cache_room import CacheSize, measure_cache, trim_thumbnails
from editor.core.identity_cache import IdentityCache
from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.score_cache import ScoreCache

THUMBNAILS = "thumbnails"
SCORES = "scores.sqlite"
IDENTITIES = "identities.sqlite"

_log = logging.getLogger(__name__)


class CacheTask(Enum):
    """What may be done with the cache."""

    MEASURE = "measure"
    TRIM = "trim"
    CLEAR = "clear"


class CacheService(QObject):
    """Lives in the GUI thread; each task is answered by `measured`, which carries what lies there then."""

    measured = Signal(object)
    _answered = Signal(object)

    def __init__(self, folder: Path, settings: Settings, parent: QObject) -> None:
        """Starts the thread.

        Args:
            folder: Where scores and thumbnails are kept.
            settings: How much room they may take.
            parent: The object that owns the service.
        """
        super().__init__(parent)
        self._folder, self._settings = folder, settings
        self._limit = 0
        self._pool: JobPool[CacheTask, CacheSize] = JobPool(
            self._work, self._answered.emit, workers=1, name="cache"
        )
        self._answered.connect(self._take)

    def start(self, task: CacheTask) -> None:
        """Begins a task; one that is under way is done once more afterwards."""
        self._limit = self._settings.value(CACHE_LIMIT) * MEBIBYTE
        self._pool.submit([task], again=True)

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    def _work(self, task: CacheTask, cancellation: Cancellation) -> CacheSize:
        thumbnails, scores = self._folder / THUMBNAILS, self._folder / SCORES
        if task is not CacheTask.MEASURE:
            limit = 0 if task is CacheTask.CLEAR else self._limit
            deleted = trim_thumbnails(thumbnails, limit, cancellation)
            _log.info("%s thumbnails deleted from the cache", deleted)
        if task is CacheTask.CLEAR:
            self._clear_tables(scores, self._folder / IDENTITIES)
        return measure_cache(thumbnails, scores, cancellation)

    def _clear_tables(self, scores: Path, identities: Path) -> None:
        for path, cache in ((scores, ScoreCache), (identities, IdentityCache)):
            if path.exists():
                table = cache(path)
                table.clear()
                table.close()

    @Slot(object)
    def _take(self, answer: Answer[CacheTask, CacheSize]) -> None:
        if answer.result is not None:
            self.measured.emit(answer.result)
        else:
            _log.error("the cache: %s failed", answer.key.value, exc_info=answer.error)
