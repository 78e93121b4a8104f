"""Decodes a photo for editing, fine enough for what is shown of it; remembers the last few pictures.

It must not take a camera's preview for the photo: an export develops the RAW file, so editing does too.
"""

from collections import OrderedDict
from math import ceil
from pathlib import Path

from editor.core.crop import Crop
from editor.core.decode import decode
from editor.core.frame import make_frame
from editor.core.photo_formats import RAW_SUFFIXES
from editor.core.pixels import Picture
from editor.core.source import averaged_picture

_MOST = 1.5
_WORTHWHILE = 0.75

KEPT = 2
"""Decoded pictures that are kept: one for the fitted view and one for 100 %."""


def decode_for_edit(path: Path, crop: Crop, fit: tuple[int, int] | None) -> Picture:
    """Decodes a photo so that its cut fills a box without being enlarged, where the photo is that large.

    Args:
        path: The photo.
        crop: What is cut out of it.
        fit: Width and height of the box in pixels; None asks for every pixel.

    Raises:
        PhotoError: The photo cannot be read.
    """
    if fit is None or path.suffix.lower() in RAW_SUFFIXES:
        return decode(path)
    picture = decode(path, fit)
    needed = needed_size(picture, crop, fit)
    return picture if is_fine_enough(picture, needed) else decode(path, needed)


def needed_size(picture: Picture, crop: Crop, fit: tuple[int, int]) -> tuple[int, int]:
    """Width and height that the whole upright photo must have for its cut to fill a box."""
    full = (picture.full_width, picture.full_height)
    scale = make_frame(crop, full, fit).scale
    return ceil(full[0] * scale), ceil(full[1] * scale)


def is_fine_enough(picture: Picture, needed: tuple[int, int]) -> bool:
    """Whether a picture is decoded to a size or to all it has."""
    whole = picture.width >= picture.full_width and picture.height >= picture.full_height
    return whole or (picture.width >= needed[0] and picture.height >= needed[1])


def _serves(picture: Picture, crop: Crop, fit: tuple[int, int]) -> bool:
    return is_fine_enough(picture, needed_size(picture, crop, fit))


class AveragedCopy:
    """A copy of a picture not much finer than what is shown of it, from which renderings begin sooner."""

    def __init__(self) -> None:
        self._kept: tuple[Picture, Picture] | None = None

    def of(self, picture: Picture, crop: Crop, fit: tuple[int, int], *, moving: bool = False) -> Picture:
        """The picture, or a copy of it of the needed size where that is much smaller.

        Args:
            picture: What was decoded.
            crop: What is cut out of it.
            fit: Width and height of the box that the cut fills.
            moving: Whether a finer copy serves as well, so that a crop that is moved needs no new one.
        """
        full = (picture.full_width, picture.full_height)
        # A straightened picture is drawn from one twice as fine, see ``source``.
        scale = make_frame(crop, full, fit).scale * (2 if crop.angle else 1)
        size = round(full[0] * scale), round(full[1] * scale)
        kept = None if self._kept is None or self._kept[0] is not picture else self._kept[1]
        if kept is not None and _serves_as_copy(kept, size, moving=moving):
            return kept
        if size[0] > _WORTHWHILE * picture.width:
            return picture
        self._kept = (picture, averaged_picture(picture, size))
        return self._kept[1]


def _serves_as_copy(kept: Picture, size: tuple[int, int], *, moving: bool) -> bool:
    """Whether a copy is of a size, or while a hand moves not much finer; averaged once it is exact."""
    if (kept.width, kept.height) == size:
        return True
    return moving and size[0] <= kept.width <= _MOST * size[0] and kept.height >= size[1]


class EditSource:
    """The decoded pictures of the photo that is edited; belongs to one thread."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[Path, bool], Picture] = OrderedDict()

    def picture(self, path: Path, crop: Crop, fit: tuple[int, int] | None) -> Picture:
        """A picture of a photo that is fine enough, decoded if need be.

        Raises:
            PhotoError: The photo cannot be read.
        """
        reduced = self._pictures.get((path, False))
        # Also where every pixel is there: what was made of the smaller one is kept elsewhere and serves on.
        if reduced is not None and fit is not None and _serves(reduced, crop, fit):
            return reduced
        whole = self._pictures.get((path, True))
        if whole is not None:
            return whole
        picture = decode_for_edit(path, crop, fit)
        is_whole = picture.width >= picture.full_width and picture.height >= picture.full_height
        self._keep((path, is_whole), picture)
        return picture

    def forget(self, path: Path | None = None) -> None:
        """Forgets all pictures but those of one photo."""
        for key in [key for key in self._pictures if key[0] != path]:
            del self._pictures[key]

    def _keep(self, key: tuple[Path, bool], picture: Picture) -> None:
        self.forget(key[0])
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
