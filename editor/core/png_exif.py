"""Finds the EXIF block of a PNG file, which may stand behind the pixels, without decoding them."""

import os
import struct
from typing import BinaryIO

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
"""How every PNG file begins."""

_HEAD = struct.Struct(">I4s")
_CHECKSUM_BYTES = 4
_MOST_BYTES = 16 * 1024 * 1024


def png_exif(file: BinaryIO) -> bytes | None:
    """The content of the eXIf chunk (PNG specification, third edition, 11.3.4.5).

    Args:
        file: A PNG file, open for reading; it is left at any position.

    Returns:
        A TIFF structure; None if there is none, or if the file ends before it.
    """
    size = os.fstat(file.fileno()).st_size
    position = len(PNG_MAGIC)
    while position + _HEAD.size <= size:
        file.seek(position)
        length, kind = _HEAD.unpack(file.read(_HEAD.size))
        if kind == b"eXIf" and length <= min(size - position - _HEAD.size, _MOST_BYTES):
            return file.read(length)
        if kind == b"IEND":
            return None
        position += _HEAD.size + length + _CHECKSUM_BYTES
    return None
