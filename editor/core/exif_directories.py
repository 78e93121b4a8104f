"""Gets the two EXIF directories that say how a photo was taken, from blocks and from RAW files.

It must not decode pixels, and broken EXIF is never an error: what cannot be read is left out.
"""

import io
import logging
import struct
from collections.abc import Mapping
from typing import BinaryIO

from PIL import ExifTags, Image, JpegImagePlugin

from editor.core.exif_faults import BROKEN_EXIF
from editor.core.isobmff import child, top_box

Directory = Mapping[int, object]

_PLUGINS = (JpegImagePlugin,)
_FIRST_TAGS = (ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.Orientation, ExifTags.Base.DateTime)
_TIFF_MAGICS = (b"II*\0", b"MM\0*")
_TIFF_LOOKALIKES = {b"IIRO": b"II*\0", b"IIRS": b"II*\0", b"IIU\0": b"II*\0", b"MMOR": b"MM\0*"}
_LOOKALIKE_BYTES = 4 * 1024 * 1024
_PANASONIC_ISO = 0x17
_RAF_MAGIC, _RAF_PLACE = b"FUJIFILMCCD-RAW", struct.Struct(">II")
_MOST_RAF_BYTES = 64 * 1024 * 1024
_CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")

_logger = logging.getLogger(__name__)


def exif_directories(exif: Image.Exif) -> tuple[Directory, Directory]:
    """The entries of the first directory and of the EXIF directory; as many as can be read."""
    first: dict[int, object] = {}
    second: dict[int, object] = {}
    for tag in _FIRST_TAGS:
        try:
            first[tag] = exif.get(tag)
        except BROKEN_EXIF as error:
            _logger.debug("EXIF entry %d is broken: %r", tag, error)
    try:
        second.update(exif.get_ifd(ExifTags.IFD.Exif))
    except BROKEN_EXIF as error:
        _logger.debug("The EXIF directory is broken: %r", error)
    return first, second


def block_exif(block: bytes) -> Image.Exif:
    """The EXIF of a block: a TIFF structure."""
    exif = Image.Exif()
    exif.load(b"Exif\0\0" + block)
    return exif


def raw_directories(file: BinaryIO) -> tuple[Directory, Directory]:
    """The two directories of a RAW file: of those that are TIFF inside, of RAF and of CR3.

    Args:
        file: The photo, open for reading; it is left at any position.

    Returns:
        Two empty directories for other RAW files.

    Raises:
        Exception: one of BROKEN_EXIF.
    """
    file.seek(0)
    beginning = file.read(100)
    magic = beginning[:4]
    file.seek(0)
    if beginning.startswith(_RAF_MAGIC):
        return _raf_directories(file, beginning)
    if beginning[4:8] == b"ftyp":
        return _cr3_directories(file)
    if magic in _TIFF_LOOKALIKES:
        exif = block_exif(_TIFF_LOOKALIKES[magic] + file.read(_LOOKALIKE_BYTES)[4:])
        first, second = exif_directories(exif)
        return first, {ExifTags.Base.ISOSpeedRatings: exif.get(_PANASONIC_ISO), **second}
    if magic not in _TIFF_MAGICS:
        return {}, {}
    exif = Image.Exif()
    exif.load_from_fp(file)
    return exif_directories(exif)


def _raf_directories(file: BinaryIO, beginning: bytes) -> tuple[Directory, Directory]:
    """Fujifilm's: the EXIF stands in the JPEG whose place the header says."""
    start, size = _RAF_PLACE.unpack_from(beginning, 84)
    file.seek(start)
    with Image.open(io.BytesIO(file.read(min(size, _MOST_RAF_BYTES))), formats=("JPEG",)) as image:
        return exif_directories(image.getexif())


def _cr3_directories(file: BinaryIO) -> tuple[Directory, Directory]:
    """Canon's: each directory is a TIFF of its own in a box of Canon's."""
    movie = top_box(file, b"moov")
    found = None if movie is None else child(movie, b"uuid")
    if found is None or found[:16] != _CANON_UUID:
        return {}, {}
    blocks = [child(found[16:], name) for name in (b"CMT1", b"CMT2")]
    first, second = (block_exif(bytes(block)) if block else Image.Exif() for block in blocks)
    return exif_directories(first)[0], dict(second)
