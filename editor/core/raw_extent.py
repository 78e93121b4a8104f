"""Says whether a RAW file holds all the sensor data that its directories speak of.

LibRaw develops what is missing from whatever lay in memory, so a cut file would look like a photo. It must
not decode, and what it cannot follow counts as complete: a healthy file is never refused by it.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from editor.core.isobmff import ends_early

_ORDERS = {b"II": "<", b"MM": ">"}
_SIZES = {1: 1, 3: 2, 4: 4, 13: 4}
_CODES = {1: "B", 3: "H", 4: "I", 13: "I"}
_WIDTH, _HEIGHT, _STRIPS, _STRIP_BYTES, _PANASONIC_DATA = 256, 257, 273, 279, 280
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _CHILDREN = 322, 323, 324, 325, 330
_WANTED = frozenset(
    {_WIDTH, _HEIGHT, _STRIPS, _STRIP_BYTES, _PANASONIC_DATA}
    | {_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _CHILDREN}
)
_RAF_MAGIC, _RAF_PLACES, _RAF_PLACES_AT = b"FUJIFILMCCD-RAW", struct.Struct(">6I"), 84
_MOST_DIRECTORIES = 64
_MOST_VALUES = 100_000
_MISSING_SHARE = 0.05  # some cameras round up; a file cut at its very end LibRaw notices itself
_BROKEN = (struct.error, OSError, ValueError, OverflowError, KeyError)

Tags = dict[int, tuple[int, ...]]


def raw_is_cut(file: BinaryIO) -> bool:
    """Whether more than a twentieth of what the directories name lies beyond the end of the file.

    Args:
        file: A RAW file, open for reading; it is left at any position.
    """
    size = os.fstat(file.fileno()).st_size
    try:
        file.seek(0)
        beginning = file.read(_RAF_PLACES_AT + _RAF_PLACES.size)
        if beginning[4:8] == b"ftyp":
            return ends_early(file)
        if beginning.startswith(_RAF_MAGIC):
            places = _RAF_PLACES.unpack_from(beginning, _RAF_PLACES_AT)
            return _missing(places[0] + places[1], size) or _missing(places[4] + places[5], size)
        if beginning[:2] not in _ORDERS:
            return False
        return any(_is_cut(tags, size) for tags in _directories(file, beginning, size))
    except _BROKEN:
        return False


def _is_cut(tags: Tags, size: int) -> bool:
    if _PANASONIC_DATA in tags and _STRIP_BYTES in tags:
        return _missing(tags[_PANASONIC_DATA][0] + tags[_STRIP_BYTES][0], size)
    if _TILES in tags and all(tags.get(tag, (0,))[0] for tag in (_WIDTH, _HEIGHT, _TILE_WIDTH, _TILE_HEIGHT)):
        across = -(-tags[_WIDTH][0] // tags[_TILE_WIDTH][0])
        down = -(-tags[_HEIGHT][0] // tags[_TILE_HEIGHT][0])
        if len(tags[_TILES]) < across * down <= _MOST_VALUES:
            return True
    for starts, lengths in ((_STRIPS, _STRIP_BYTES), (_TILES, _TILE_BYTES)):
        ends = map(sum, zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False))
        if _missing(max(ends, default=0), size):
            return True
    return False


def _missing(end: int, size: int) -> bool:
    return end - size > _MISSING_SHARE * end


def _directories(file: BinaryIO, beginning: bytes, size: int) -> Iterator[Tags]:
    """The directories of a TIFF-like file with their children, none twice."""
    order = _ORDERS[beginning[:2]]
    waiting = [struct.unpack_from(f"{order}I", beginning, 4)[0]]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        start = waiting.pop()
        if start in seen or not 8 <= start < size:
            continue
        seen.add(start)
        file.seek(start)
        (count,) = struct.unpack(f"{order}H", file.read(2))
        block = file.read(count * 12 + 4)
        tags = _tags(file, block[: count * 12], order)
        waiting += tags.get(_CHILDREN, ())
        if len(block) == count * 12 + 4:
            waiting += struct.unpack_from(f"{order}I", block, count * 12)
        yield tags


def _tags(file: BinaryIO, block: bytes, order: str) -> Tags:
    tags: Tags = {}
    for tag, kind, count, entry in struct.iter_unpack(f"{order}HHI4s", block[: len(block) // 12 * 12]):
        if tag not in _WANTED or kind not in _SIZES or not 0 < count <= _MOST_VALUES:
            continue
        length = count * _SIZES[kind]
        if length > 4:
            file.seek(struct.unpack(f"{order}I", entry)[0])
            entry = file.read(length)
        if len(entry) >= length:
            tags[tag] = struct.unpack(f"{order}{count}{_CODES[kind]}", entry[:length])
    return tags
