"""Decodes the one photo that is shown large, in the background; the newest request wins."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.panel.qimage import shrink_to, to_qimage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which photo, and the box it will be shown in, in device pixels; None asks for every pixel."""

    path: Path
    box: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture ready for the screen, with the upright size of the whole photo in pixels."""

    request: PictureRequest
    image: QImage
    full_width: int
    full_height: int


class PictureService(QObject):
    """Lives in the GUI thread; `arrived` and `failed` come there, only for the newest request."""

    arrived = Signal(object)
    failed = Signal(object, str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = -1
        self._pool: JobPool[PictureRequest, ShownPicture] = JobPool(
            load_picture, self._answered.emit, workers=1, name="picture"
        )
        self._answered.connect(self._take)

    def request(self, request: PictureRequest) -> None:
        """Asks for a picture; whatever was asked before is dropped."""
        self._generation = self._pool.begin()
        self._pool.submit([request])

    def drop(self) -> None:
        """Forgets the newest request."""
        self._generation = self._pool.begin()

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    @Slot(object)
    def _take(self, answer: Answer[PictureRequest, ShownPicture]) -> None:
        if answer.generation != self._generation:
            return
        if answer.result is not None:
            self.arrived.emit(answer.result)
        elif isinstance(answer.error, PhotoError):
            self.failed.emit(answer.key.path, answer.error.reason)
        else:
            _log.error("showing %s failed", answer.key.path, exc_info=answer.error)
            self.failed.emit(
                answer.key.path, self.tr("It could not be shown because of a fault in the program.")
            )


def load_picture(request: PictureRequest, cancellation: Cancellation) -> ShownPicture:
    """Decodes and shrinks one photo for the screen.

    Args:
        request: What to show.
        cancellation: Looked at between the steps.

    Returns:
        The picture, upright, sRGB.

    Raises:
        PhotoError: The photo cannot be read.
        JobCancelled: A newer request came.
    """
    picture = decode(request.path, request.box)
    cancellation.raise_if_cancelled()
    srgb8 = to_srgb8(picture)
    cancellation.raise_if_cancelled()
    if request.box is not None:
        srgb8 = shrink_to(srgb8, *request.box)
    return ShownPicture(request, to_qimage(srgb8), picture.full_width, picture.full_height)
