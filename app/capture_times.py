"""Reads when photos were taken, in the background, for those that are not judged yet; decodes no picture."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.photo_list_model import PhotoListModel
from app.shoot import Shoot
from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.metadata import PhotoMetadata, read_metadata

_AT_ONCE = 100

_log = logging.getLogger(__name__)

Found = list[tuple[Path, PhotoMetadata]]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    photos: Sequence[Path]


class CaptureTimes(QObject):
    """Lives in the GUI thread; what is read goes into the model, some photos at a time."""

    _part_read = Signal(object, list)
    _answered = Signal(object)

    def __init__(self, photos: PhotoListModel, parent: QObject) -> None:
        """Starts the thread.

        Args:
            photos: Gets what is read.
            parent: The object that owns the service.
        """
        super().__init__(parent)
        self._photos = photos
        self._shoot: Shoot | None = None
        self._current: _Reading | None = None
        self._pool: JobPool[_Reading, None] = JobPool(
            self._read_all, self._answered.emit, workers=1, name="capture-times"
        )
        self._part_read.connect(self._take_part)
        self._answered.connect(self._take_end)

    def read(self) -> None:
        """Reads what is not known of the open shoot, once for each."""
        shoot = self._photos.shoot
        if shoot is self._shoot:
            return
        self._shoot = shoot
        missing = [path for row, path in enumerate(shoot.photos) if row not in shoot.metadata]
        self._current = _Reading(tuple(missing))
        self._pool.begin()
        if missing:
            self._pool.submit([self._current])

    def close(self) -> None:
        """Stops the thread."""
        self._current = None
        self._pool.close()

    def _read_all(self, reading: _Reading, cancellation: Cancellation) -> None:
        """On the thread."""
        for first in range(0, len(reading.photos), _AT_ONCE):
            part: Found = []
            for path in reading.photos[first : first + _AT_ONCE]:
                cancellation.raise_if_cancelled()
                try:
                    part.append((path, read_metadata(path)))
                except PhotoError as error:
                    _log.debug("no time of %s: %s", path.name, error)  # judging says what is wrong with it
            if part:
                self._part_read.emit(reading, part)

    @Slot(object, list)
    def _take_part(self, reading: _Reading, part: Found) -> None:
        if reading is self._current:
            self._photos.take_metadata(part)

    @Slot(object)
    def _take_end(self, answer: Answer[_Reading, None]) -> None:
        if answer.error is not None and answer.key is self._current:
            _log.error("reading capture times failed", exc_info=answer.error)
