"""Judges edited photos again and makes their thumbnails in the background; the newest wish comes first."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.edited_work import EditedAnswer, EditedRequest, EditedWork
from editor.core.errors import PhotoError
from editor.core.jobs import Answer, JobPool
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import QualityModel
from quality.core.score_cache import ScoreCache

_log = logging.getLogger(__name__)


class EditedService(QObject):
    """Lives in the GUI thread; `arrived` comes there, one answer for each photo's newest recipe."""

    arrived = Signal(object)
    _answered = Signal(object)

    def __init__(self, thumbnails: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = EditedWork(thumbnails)
        self._waiting: dict[Path, EditedRequest] = {}
        self._running: EditedRequest | None = None
        self._pool: JobPool[EditedRequest, EditedAnswer] = JobPool(
            self._work, self._answered.emit, workers=1, name="edited"
        )
        self._pool.begin()
        self._answered.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits."""
        return self._running is not None or bool(self._waiting)

    @property
    def has_model(self) -> bool:
        """Whether photos can be judged."""
        return self._work.model is not None

    def set_model(self, model: QualityModel, scores: ScoreCache | None) -> None:
        """Takes the model that judges and the cache of its answers."""
        self._work.model, self._work.scores = model, scores

    def begin(self) -> None:
        """Starts over for another shoot."""
        self._pool.begin()
        self._waiting.clear()
        self._running = None

    def want(self, request: EditedRequest, *, first: bool = False) -> None:
        """Asks for a photo; an older wish for it that has not begun is forgotten.

        Args:
            request: The photo with its recipe.
            first: Whether it goes before all others.
        """
        self._waiting.pop(request.path, None)
        if first:
            self._waiting = {request.path: request, **self._waiting}
        else:
            self._waiting[request.path] = request
        self._feed()

    def forget(self, path: Path) -> None:
        """Drops what waits for a photo."""
        self._waiting.pop(path, None)

    def close(self) -> None:
        """Stops the thread."""
        self._waiting.clear()
        self._pool.close()

    def _feed(self) -> None:
        if self._running is None and self._waiting:
            path = next(iter(self._waiting))
            self._running = self._waiting.pop(path)
            self._pool.submit([self._running], again=True)

    @Slot(object)
    def _take(self, answer: Answer[EditedRequest, EditedAnswer]) -> None:
        if answer.key != self._running:
            return
        self._running = None
        self._feed()
        if answer.result is not None:
            self.arrived.emit(answer.result)
        elif isinstance(answer.error, PhotoError):
            _log.info("an edited photo cannot be read: %s", answer.error)
        else:
            _log.error("judging the edited %s failed", answer.key.path, exc_info=answer.error)
