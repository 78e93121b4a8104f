"""Keeps small pictures of photos in the user's cache folder, under the photos' identities.

It must not hold anything precious: the folder may be deleted at any time.
"""

import io
import logging
import os
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from editor.core.atomic_file import write_atomically
from editor.core.photo import PhotoIdentity

LONGEST_SIDE = 512
"""The longest side of a kept thumbnail, in pixels."""

_QUALITY = 90
_DAY_SECONDS = 86_400
_FORMATS = ("JPEG",)
_BROKEN_ENTRY = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, RuntimeError)

_logger = logging.getLogger(__name__)


class ThumbnailCache:
    """Thumbnails on disk; holds nothing in memory, so any thread and any process may use it."""

    def __init__(self, folder: Path) -> None:
        """Names the folder, which need not exist yet."""
        self._folder = folder

    def load(self, identity: PhotoIdentity) -> NDArray[np.uint8] | None:
        """The thumbnail of a photo.

        Returns:
            Upright sRGB pixels, shape (H, W, 3), uint8, longest side at most LONGEST_SIDE; None if
            there is none. A broken entry is removed and counts as none.
        """
        path = self._path(identity)
        try:
            content = path.read_bytes()
            _note_use(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            _logger.warning("A thumbnail cannot be read: %s", error)
            return None
        try:
            return _pixels(content)
        except _BROKEN_ENTRY as error:
            _logger.warning("Broken thumbnail %s removed: %s", path.name, error)
            _remove(path)
            return None

    def save(self, identity: PhotoIdentity, srgb8: NDArray[np.uint8]) -> None:
        """Keeps a photo's thumbnail; where that fails, only a line in the log says so.

        Args:
            identity: The photo.
            srgb8: Upright sRGB pixels of any size, shape (H, W, 3), uint8; reduced to LONGEST_SIDE.
        """
        image = Image.fromarray(srgb8)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BICUBIC)
        content = io.BytesIO()
        image.save(content, "JPEG", quality=_QUALITY)
        path = self._path(identity)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content.getvalue(), durable=False)
        except OSError as error:
            _logger.warning("A thumbnail cannot be kept: %s", error)

    def _path(self, identity: PhotoIdentity) -> Path:
        return self._folder / identity.digest[:2] / f"{identity.key}.jpg"


def _pixels(content: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        if image.mode != "RGB" or max(image.size) > LONGEST_SIDE:
            raise ValueError(f"not a thumbnail: {image.mode} {image.size}")
        return np.asarray(image)


def _note_use(path: Path) -> None:
    """Once a day, so that trimming the cache finds what was not used for longest."""
    now = time.time()
    if not 0 <= now - path.stat().st_mtime < _DAY_SECONDS:
        with suppress(OSError):
            os.utime(path, (now, now))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _logger.warning("A broken thumbnail cannot be removed: %s", error)
