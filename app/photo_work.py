"""What a worker does with one photo: known score, or one decode for thumbnail and judgement; no widgets."""

import logging
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.identity_cache import IdentityCache
from editor.core.photo import PhotoIdentity, read_identity
from editor.core.photo_change import unchanged
from editor.core.pixels import Picture
from editor.core.thumbnail_cache import ThumbnailCache
from editor.panel.monitor import for_monitor
from editor.panel.qimage import shrink_to, to_qimage
from quality.core.preprocess import DECODE_AT_LEAST
from quality.core.scorer import PhotoScore, Scorer
from quality.panel.scoring_service import ShowThumbnail

THUMBNAIL_SIDE = 512
"""Longest side of a stored thumbnail in pixels."""

_log = logging.getLogger(__name__)


class PhotoWork:
    """Judges photos for the scoring service; threads may share it."""

    def __init__(
        self, scorer: Scorer, thumbnails: ThumbnailCache, identities: IdentityCache | None = None
    ) -> None:
        """Takes the judge, the place where thumbnails are kept, and who remembers identities."""
        self._scorer = scorer
        self._thumbnails = thumbnails
        self._identities = identities

    def __call__(self, path: Path, show: ShowThumbnail) -> PhotoScore:
        """Judges one photo.

        Args:
            path: The photo.
            show: Gets the thumbnail before the network runs, where the photo had to be decoded.

        Returns:
            The score; a photo whose score is known is not decoded.

        Raises:
            PhotoError: It cannot be read.
            JobCancelled: `show` found that nobody waits any more.
        """
        identity = self._identify(path)
        known = self._scorer.known([identity]).get(identity)
        if known is not None:
            return known
        small: list[NDArray[np.uint8]] = []

        def on_picture(srgb8: NDArray[np.uint8], _picture: Picture) -> None:
            small.append(shrink_to(srgb8, THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            show(to_qimage(for_monitor(small[0])))

        score = self._scorer.score(path, on_picture)
        if small:
            self._thumbnails.save(score.identity, small[0])
        return score

    def _identify(self, path: Path) -> PhotoIdentity:
        """Reads a photo's identity, and has it remembered for the next time the shoot is opened."""
        before = None
        with suppress(OSError):
            before = path.stat()
        identity = read_identity(path)
        if before is not None and self._identities is not None:
            self._identities.note(path, identity, before)
        return identity


def load_thumbnail(path: Path, thumbnails: ThumbnailCache) -> QImage:
    """One thumbnail, from the cache or by a reduced decode.

    Args:
        path: The photo.
        thumbnails: Where thumbnails are kept.

    Returns:
        The thumbnail, upright, in the colours of the monitor; it is kept in sRGB.

    Raises:
        PhotoError: The photo cannot be read.
    """
    with unchanged(path):
        identity = read_identity(path)
        small = thumbnails.load(identity)
        if small is not None:
            return to_qimage(for_monitor(small))
        picture = decode(path, DECODE_AT_LEAST)
    small = shrink_to(to_srgb8(picture), THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    thumbnails.save(identity, small)
    return to_qimage(for_monitor(small))
