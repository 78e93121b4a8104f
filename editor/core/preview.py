"""The picture that a camera put into its RAW file: ready at once, where it is large enough.

It must not stand for the photo where it shows another part of it: then there is none.
"""

import io
import logging
import struct

import numpy as np
import rawpy
from PIL import ExifTags, Image, JpegImagePlugin

from editor.core.decode_jpeg import decode_jpeg
from editor.core.decode_limits import MAX_PIXELS
from editor.core.orientation import UPRIGHT, read_orientation, swaps_sides, turn_upright
from editor.core.pillow_settings import settle_pillow
from editor.core.pixels import Picture
from editor.core.raw_frame import RawFrame

_PLUGINS = (JpegImagePlugin,)
"""Pillow knows a format only once its module is imported."""

_ASPECT_TOLERANCE = 0.04
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    Image.DecompressionBombError,
    rawpy.LibRawError,
    rawpy.NotSupportedError,
)

_logger = logging.getLogger(__name__)


def raw_preview(raw: rawpy.RawPy, frame: RawFrame, at_least: tuple[int, int]) -> Picture | None:
    """Decodes the preview of an opened RAW file, upright.

    Args:
        raw: The RAW file; its pixels need not be unpacked.
        frame: Where the photo lies in it.
        at_least: Width and height that the upright preview must have.

    Returns:
        A picture whose full size is the photo's; None if there is no preview, it is broken, smaller
        than asked for, or of other proportions than the photo.
    """
    try:
        thumbnail = raw.extract_thumb()
        if isinstance(thumbnail.data, bytes):
            picture = _jpeg_preview(thumbnail.data, frame, at_least)
        else:
            pixels = np.ascontiguousarray(thumbnail.data)
            orientation = _orientation(pixels.shape[1], pixels.shape[0], None, frame)
            if not _serves(pixels.shape[1], pixels.shape[0], orientation, frame, at_least):
                return None
            picture = Picture(turn_upright(pixels, orientation), None, 1, 1)
    except _BROKEN as error:
        _logger.debug("The preview is not used: %r", error)
        return None
    return picture and Picture(picture.pixels, picture.profile, *frame.upright_size)


def _jpeg_preview(content: bytes, frame: RawFrame, at_least: tuple[int, int]) -> Picture | None:
    settle_pillow(MAX_PIXELS)
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        tagged = ExifTags.Base.Orientation in image.getexif()
        orientation = _orientation(*image.size, read_orientation(image) if tagged else None, frame)
        if not _serves(*image.size, orientation, frame, at_least):
            return None
        return decode_jpeg(image, at_least, orientation)


def _orientation(width: int, height: int, own: int | None, frame: RawFrame) -> int:
    """The preview's own orientation, else the photo's, else upright: the first that fits the frame."""
    full_width, full_height = frame.upright_size
    for orientation in (own, frame.orientation, UPRIGHT):
        if orientation is not None:
            turned = (height, width) if swaps_sides(orientation) else (width, height)
            if (turned[0] >= turned[1]) == (full_width >= full_height):
                return orientation
    return frame.orientation


def _serves(width: int, height: int, orientation: int, frame: RawFrame, at_least: tuple[int, int]) -> bool:
    upright = (height, width) if swaps_sides(orientation) else (width, height)
    if upright[0] * upright[1] > MAX_PIXELS or any(
        side < least for side, least in zip(upright, at_least, strict=True)
    ):
        return False
    full_width, full_height = frame.upright_size
    return abs(upright[0] * full_height / (upright[1] * full_width) - 1) <= _ASPECT_TOLERANCE
