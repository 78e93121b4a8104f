"""Decodes the photo that is shown large, in the background, and its neighbours ahead of time."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.color import to_monitor8, to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.pixels import Picture
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.render import RenderSettings, render
from editor.panel.clipping_overlay import clipping_overlay
from editor.panel.edit_source import decode_for_edit
from editor.panel.monitor import monitor_profile, rendering_space
from editor.panel.qimage import shrink_to, to_qimage

_log = logging.getLogger(__name__)

BYTE_LIMIT = 384 * 1024 * 1024
"""Room for decoded pictures: some dozens at screen size, or a few whole ones."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which photo, and the box it will be shown in, in device pixels; None asks for every pixel.

    Attributes:
        path: The photo.
        box: The box.
        recipe: What it is edited by.
        monitor: The ICC profile of the monitor it is shown on; None means sRGB.
    """

    path: Path
    box: tuple[int, int] | None
    recipe: Recipe = NEUTRAL
    monitor: bytes | None = field(default_factory=monitor_profile)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture ready for the screen.

    Attributes:
        request: What it answers.
        image: The pixels in the colours of the monitor.
        full_width: Upright width of the whole photo in pixels.
        full_height: Upright height of the whole photo in pixels.
        lost: What marks lost highlights and shadows on it; None where the image itself says so, in sRGB.
    """

    request: PictureRequest
    image: QImage
    full_width: int
    full_height: int
    lost: QImage | None = None

    @property
    def byte_count(self) -> int:
        """Bytes of its pixels."""
        return self.image.sizeInBytes() + (0 if self.lost is None else self.lost.sizeInBytes())


class PictureMemory:
    """Decoded pictures within a limit of bytes; the one not asked for longest goes first."""

    def __init__(self, byte_limit: int) -> None:
        self._limit, self._bytes = byte_limit, 0
        self._pictures: OrderedDict[PictureRequest, ShownPicture] = OrderedDict()

    def __contains__(self, request: PictureRequest) -> bool:
        return request in self._pictures

    def get(self, request: PictureRequest) -> ShownPicture | None:
        """A picture, None when it is not there."""
        if request in self._pictures:
            self._pictures.move_to_end(request)
        return self._pictures.get(request)

    def put(self, picture: ShownPicture) -> None:
        """Keeps a picture, also one that is larger than the limit until the next comes."""
        old = self._pictures.pop(picture.request, None)
        self._bytes += picture.byte_count - (old.byte_count if old else 0)
        self._pictures[picture.request] = picture
        while self._bytes > self._limit and len(self._pictures) > 1:
            self._bytes -= self._pictures.popitem(last=False)[1].byte_count

    def clear(self) -> None:
        """Forgets every picture."""
        self._pictures.clear()
        self._bytes = 0


class PictureService(QObject):
    """Lives in the GUI thread; `arrived` and `failed` come there, only for the newest request."""

    arrived = Signal(object)
    failed = Signal(object, str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None, byte_limit: int = BYTE_LIMIT) -> None:
        """Starts the thread.

        Args:
            parent: The object that owns the service.
            byte_limit: How much memory decoded pictures may take, in bytes.
        """
        super().__init__(parent)
        self._pictures = PictureMemory(byte_limit)
        self._wanted: PictureRequest | None = None
        self._running: PictureRequest | None = None
        self._wishes: list[PictureRequest] = []
        self._pool: JobPool[PictureRequest, ShownPicture] = JobPool(
            load_picture, self._answered.emit, workers=1, name="picture"
        )
        self._pool.begin()
        self._answered.connect(self._take)

    def request(self, request: PictureRequest, ahead: Sequence[PictureRequest] = ()) -> None:
        """Asks for a picture; whatever was asked before is dropped.

        Args:
            request: What to show now.
            ahead: What may be wanted next, the likeliest first; decoded when there is time.
        """
        self._wanted = request
        known = self._pictures.get(request)
        wishes = [wish for wish in (request, *ahead) if wish not in self._pictures]
        if self._running is not None and self._running not in wishes:
            self._pool.cancel()
            self._running = None
        wishes = [wish for wish in wishes if wish != self._running]
        self._wishes = wishes
        self._feed()
        if known is not None:
            self.arrived.emit(known)

    def has(self, request: PictureRequest) -> bool:
        """Whether a picture is there already."""
        return request in self._pictures

    def drop(self) -> None:
        """Forgets the newest request."""
        self._wanted = None
        self._wishes = []

    def forget(self) -> None:
        """Forgets every picture, for another shoot."""
        self.drop()
        self._pictures.clear()

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    def _feed(self) -> None:
        """Gives the thread one wish at a time, so that a newer one never waits behind older ones."""
        if self._running is None and self._wishes:
            self._running = self._wishes.pop(0)
            self._pool.submit([self._running], again=True)

    @Slot(object)
    def _take(self, answer: Answer[PictureRequest, ShownPicture]) -> None:
        if answer.key == self._running:
            self._running = None
        if answer.result is not None:
            self._pictures.put(answer.result)
        if answer.key == self._wanted:
            self._pass_on(answer)
        self._feed()

    def _pass_on(self, answer: Answer[PictureRequest, ShownPicture]) -> None:
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
        The picture, upright, in the colours of the monitor.

    Raises:
        PhotoError: The photo cannot be read.
        JobCancelled: A newer request came.
    """
    if request.recipe.is_neutral:
        picture = decode(request.path, request.box)
    else:
        picture = _edited(request, cancellation)
    cancellation.raise_if_cancelled()
    image = _image(to_monitor8(picture, request.monitor), request.box)
    lost = None
    if request.monitor is not None:
        cancellation.raise_if_cancelled()
        lost = clipping_overlay(_image(to_srgb8(picture), request.box))
    return ShownPicture(request, image, picture.full_width, picture.full_height, lost)


def _image(pixels: NDArray[np.uint8], box: tuple[int, int] | None) -> QImage:
    return to_qimage(pixels if box is None else shrink_to(pixels, *box))


def _edited(request: PictureRequest, cancellation: Cancellation) -> Picture:
    picture = decode_for_edit(request.path, request.recipe.crop, request.box)
    cancellation.raise_if_cancelled()
    settings = RenderSettings(fit=request.box)
    if request.monitor is not None:
        settings = replace(settings, space=rendering_space(request.monitor))
    return render(picture, request.recipe, settings, cancellation=cancellation)
