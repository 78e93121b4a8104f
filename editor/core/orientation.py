"""Reads a photo's EXIF orientation and turns pixels upright by it."""

import cv2
import numpy as np
from PIL import ExifTags, Image

from editor.core.exif_faults import BROKEN_EXIF
from editor.core.pixels import Pixels

UPRIGHT = 1
"""The orientation of a picture that is stored upright."""

_ROWS, _COLUMNS, _BOTH = 0, 1, -1
_FLIPS = {2: _COLUMNS, 3: _BOTH, 4: _ROWS, 6: _COLUMNS, 7: _BOTH, 8: _ROWS}
"""What is reversed, in OpenCV's numbers, once the sides are swapped where they are to be."""


def read_orientation(image: Image.Image) -> int:
    """The EXIF orientation 1..8; a missing, broken or meaningless entry counts as upright.

    Args:
        image: An opened image; its pixels must be loaded already if it is a PNG.
    """
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    except BROKEN_EXIF:
        return UPRIGHT
    return value if isinstance(value, int) and 1 <= value <= 8 else UPRIGHT


def swaps_sides(orientation: int) -> bool:
    """Whether width and height of the upright picture are those of the stored one, exchanged."""
    return orientation >= 5


def turn_upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turns stored pixels upright.

    Args:
        pixels: Shape (H, W, C) as stored in the file.
        orientation: EXIF orientation 1..8 (EXIF 2.32, tag 0x0112): where row 0 and column 0 belong.

    Returns:
        Contiguous pixels, shape (W, H, C) for orientations 5 to 8.
    """
    if orientation == UPRIGHT:
        return np.ascontiguousarray(pixels)
    turned = cv2.transpose(pixels) if swaps_sides(orientation) else pixels
    if orientation in _FLIPS:
        turned = cv2.flip(turned, _FLIPS[orientation])
    return np.asarray(turned, dtype=pixels.dtype)
