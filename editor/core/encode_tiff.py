"""Writes TIFF with 8 or 16 bits a channel, Deflate with prediction, profile and EXIF."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from numpy.typing import NDArray
from PIL import TiffImagePlugin

from editor.core.export_exif import ExifFields, fill_directory
from editor.core.pixels import Pixels

_STRIP_BYTES = 1 << 22
_LEVEL = 3
_DEFLATE = 8
_HORIZONTAL = 2
_RGB = 2
_ICC = 34675
_XMP = 700
_HEADER = b"II*\0\x08\0\0\0"


def tiff(pixels: Pixels, profile: bytes | None, exif: ExifFields | None, xmp: bytes | None = None) -> bytes:
    """A TIFF, little endian, in strips that several threads compress.

    Args:
        pixels: Shape (H, W, 3), uint8 or uint16, RGB.
        profile: The ICC profile; None for sRGB.
        exif: What to write about the photo; None for nothing.
        xmp: The XMP packet; None for none.

    Raises:
        ValueError: if the content is beyond the 4 GiB that a TIFF holds.
    """
    height, width = pixels.shape[:2]
    rows = max(1, _STRIP_BYTES // (width * 3 * pixels.itemsize))
    with ThreadPoolExecutor(cpu_count() or 1, thread_name_prefix="tiff") as pool:
        strips = list(pool.map(_strip, (pixels[top : top + rows] for top in range(0, height, rows))))
    directory = TiffImagePlugin.ImageFileDirectory_v2(_HEADER)
    if exif is not None:
        fill_directory(directory, exif)
    if xmp is not None:
        directory[_XMP] = xmp
    sizes = [len(strip) for strip in strips]
    if sum(sizes) > (1 << 32) - (1 << 24):
        raise ValueError("a TIFF holds at most 4 GiB")
    places = np.concatenate([[0], np.cumsum(sizes)[:-1]]).tolist()
    bits = 8 * pixels.itemsize
    directory.update(
        {
            256: width,
            257: height,
            258: (bits, bits, bits),
            259: _DEFLATE,
            262: _RGB,
            277: 3,
            278: rows,
            284: 1,
            317: _HORIZONTAL,
        }
    )
    directory.tagtype[273] = directory.tagtype[279] = 4
    directory[273] = tuple(places)
    directory[279] = tuple(sizes)
    if profile is not None:
        directory.tagtype[_ICC] = 7
        directory[_ICC] = profile
    file = io.BytesIO()
    file.write(_HEADER)
    file.write(directory.tobytes(len(_HEADER)))
    for strip in strips:
        file.write(strip)
    return file.getvalue()


def _strip(pixels: NDArray[np.uint8 | np.uint16 | np.float32]) -> bytes:
    """Compresses rows of differences between neighbours; they wrap around, as the format wants."""
    rows = pixels.copy()
    np.subtract(pixels[:, 1:], pixels[:, :-1], out=rows[:, 1:])
    return zlib.compress(rows.astype(rows.dtype.newbyteorder("<")).tobytes(), _LEVEL)
