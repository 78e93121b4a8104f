"""Writes PNG with 16 bits a channel, which Pillow does not; with profile and EXIF."""

import struct
import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.pixels import Pixels

_HEADER_END = 8 + 4 + 4 + 13 + 4
_LEVEL = 2


def deep_png(pixels: Pixels, profile: bytes | None, exif: bytes | None, xmp: bytes | None = None) -> bytes:
    """A PNG of 16-bit pixels.

    Args:
        pixels: Shape (H, W, 3), uint16, RGB.
        profile: The ICC profile; None for sRGB.
        exif: EXIF as Pillow gives it, beginning with "Exif" and two zero bytes; None for none.
        xmp: The XMP packet; None for none.
    """
    swapped: NDArray[np.uint16] = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    done, encoded = cv2.imencode(".png", swapped, [cv2.IMWRITE_PNG_COMPRESSION, _LEVEL])
    if not done:  # pragma: no cover (only without memory)
        raise MemoryError("the PNG could not be made")
    content = encoded.tobytes()
    chunks = b"" if profile is None else _chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(profile))
    if exif is not None:
        chunks += _chunk(b"eXIf", exif.removeprefix(b"Exif\0\0"))
    if xmp is not None:
        chunks += _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    return content[:_HEADER_END] + chunks + content[_HEADER_END:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
