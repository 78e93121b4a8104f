"""Walks the boxes of HEIC, AVIF and CR3 files (ISO/IEC 14496-12) in Python, safely whatever they hold.

It must not decode pixels. Every length is checked against what is there, and nothing is followed twice.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = struct.Struct(">I4s")
_MOST_BYTES = 64 * 1024 * 1024
_MOST_BOXES = 4096
_NEEDED = frozenset({b"ftyp", b"meta", b"mdat", b"moov"})


@dataclass(frozen=True, slots=True)
class Box:
    """One box inside some bytes.

    Attributes:
        kind: Its four-letter type.
        content: What it holds, without its head.
    """

    kind: bytes
    content: memoryview


def boxes(content: memoryview) -> Iterator[Box]:
    """The boxes that stand one after the other; those cut off or malformed end the row."""
    start = 0
    for _ in range(_MOST_BOXES):
        if start + _HEAD.size > len(content):
            return
        size, kind = _HEAD.unpack_from(content, start)
        head = _HEAD.size
        if size == 1 and start + 16 <= len(content):
            size, head = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = len(content) - start
        if size < head or start + size > len(content):
            return
        yield Box(kind, content[start + head : start + size])
        start += size


def child(content: memoryview, *kinds: bytes) -> memoryview | None:
    """The content of the first box of a type, and in it of the next type, and so on."""
    for kind in kinds:
        found = next((box.content for box in boxes(content) if box.kind == kind), None)
        if found is None:
            return None
        content = found
    return content


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a top-level box's content lies in its file, by what its head says."""

    kind: bytes
    start: int
    end: int


def top_box(file: BinaryIO, kind: bytes) -> memoryview | None:
    """The content of a file's first top-level box of a type; boxes before it are skipped, not read.

    Args:
        file: An open file; it is left at any position.
        kind: Type of a box that is no larger than 64 MiB.
    """
    for place in _places(file):
        if place.kind == kind:
            if place.end - place.start > _MOST_BYTES:
                return None
            file.seek(place.start)
            content = file.read(place.end - place.start)
            return memoryview(content) if len(content) == place.end - place.start else None
    return None


def ends_early(file: BinaryIO) -> bool:
    """Whether a box that holds the photo reaches beyond the end of its file.

    Args:
        file: An open file; it is left at any position. What some phones append is none of its boxes.
    """
    size = os.fstat(file.fileno()).st_size
    return any(place.end > size and place.kind in _NEEDED for place in _places(file))


def _places(file: BinaryIO) -> Iterator[_Place]:
    """The top-level boxes, the last maybe reaching beyond the end."""
    size = os.fstat(file.fileno()).st_size
    start = 0
    for _ in range(_MOST_BOXES):
        file.seek(start)
        head = file.read(16)
        if len(head) < _HEAD.size:
            return
        length, kind = _HEAD.unpack_from(head)
        head_size = _HEAD.size
        if length == 1 and len(head) == 16:
            length, head_size = int.from_bytes(head[8:], "big"), 16
        elif length == 0:
            length = max(size - start, head_size)
        if length < head_size:
            return
        yield _Place(kind, start + head_size, start + length)
        if start + length > size:
            return
        start += length
