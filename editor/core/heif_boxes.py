"""Finds in the boxes of a HEIC or AVIF file its EXIF block and its colours (ISO/IEC 23008-12).

It must not decode pixels; what is broken or missing is None.
"""

import struct
from typing import BinaryIO, NamedTuple

from editor.core.isobmff import boxes, child, top_box

_VERSION_AND_FLAGS = 4
_MOST_EXIF_BYTES = 16 * 1024 * 1024
_BROKEN = (struct.error, IndexError, ValueError, OverflowError, OSError)


class Cicp(NamedTuple):
    """How pixels without an ICC profile are encoded (ITU-T H.273).

    Attributes:
        primaries: Code of the colour primaries, for example 1 (BT.709), 9 (BT.2020), 12 (Display P3).
        transfer: Code of the transfer curve, for example 13 (sRGB), 16 (PQ), 18 (HLG).
    """

    primaries: int
    transfer: int


class _Reader:
    """Reads big-endian numbers one after the other."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0

    def number(self, size: int) -> int:
        """The next number of so many bytes; a number of no bytes is 0."""
        self._at += size
        if self._at > len(self._content):
            raise ValueError("the box ends early")
        return int.from_bytes(self._content[self._at - size : self._at], "big")


def heif_cicp(file: BinaryIO) -> Cicp | None:
    """The first colour description without a profile of a HEIC or AVIF file."""
    try:
        meta = top_box(file, b"meta")
        properties = None if meta is None else child(meta[_VERSION_AND_FLAGS:], b"iprp", b"ipco")
        for box in boxes(properties or memoryview(b"")):
            if box.kind == b"colr" and bytes(box.content[:4]) == b"nclx":
                return Cicp(*struct.unpack_from(">HH", box.content, 4))
    except _BROKEN:
        return None
    return None


def heif_exif(file: BinaryIO) -> bytes | None:
    """The EXIF block of a HEIC or AVIF file: a TIFF structure."""
    try:
        meta = top_box(file, b"meta")
        if meta is None:
            return None
        item = _exif_item(meta[_VERSION_AND_FLAGS:])
        place = None if item is None else _place(meta[_VERSION_AND_FLAGS:], item)
        if place is None or not 4 < place[1] <= _MOST_EXIF_BYTES:
            return None
        file.seek(place[0])
        block = file.read(place[1])
        return block[4 + int.from_bytes(block[:4], "big") :] or None
    except _BROKEN:
        return None


def _exif_item(meta: memoryview) -> int | None:
    """The number of the item of type Exif."""
    table = child(meta, b"iinf")
    if table is None:
        return None
    for box in boxes(table[6 if table[0] == 0 else 8 :]):
        entry = box.content
        if box.kind == b"infe" and entry[0] in {2, 3}:
            size = 2 if entry[0] == 2 else 4
            if bytes(entry[_VERSION_AND_FLAGS + size + 2 :][:4]) == b"Exif":
                return int.from_bytes(entry[_VERSION_AND_FLAGS : _VERSION_AND_FLAGS + size], "big")
    return None


def _place(meta: memoryview, wanted: int) -> tuple[int, int] | None:
    """Offset in the file and length of an item that lies in one piece."""
    table = child(meta, b"iloc")
    if table is None:
        return None
    version = table[0]
    reader = _Reader(table[_VERSION_AND_FLAGS:])
    sizes = reader.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in {1, 2} else 0
    number_size = 4 if version == 2 else 2
    for _ in range(reader.number(number_size)):
        item = reader.number(number_size)
        construction = reader.number(2) & 15 if version in {1, 2} else 0
        reader.number(2)
        base = reader.number(base_size)
        extents = [
            (reader.number(index_size), reader.number(offset_size), reader.number(length_size))
            for _ in range(reader.number(2))
        ]
        if item == wanted:
            whole = construction == 0 and len(extents) == 1
            return (base + extents[0][1], extents[0][2]) if whole else None
    return None
