"""Reads from the first directory of a TIFF what decides how, and whether, it is decoded."""

from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL.TiffImagePlugin import ImageFileDirectory_v2

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC = 256, 257, 258, 262
_SAMPLE_FORMAT, _PROFILE, _DNG_VERSION = 339, 34675, 50706
_STRIPS, _TILES = (273, 279), (324, 325)
_RGB = 2
_WHOLE, _FLOAT = 1, 3
_MAGICS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


@dataclass(frozen=True, slots=True)
class TiffHeader:
    """What the first directory says.

    Attributes:
        width: Pixels in a stored row.
        height: Stored rows.
        bits: Bits of the first channel.
        is_deep_rgb: Whether it holds RGB of 16 bits or of floats, with or without alpha.
        is_float: Whether its channels are floats.
        is_dng: Whether it is a camera RAW file in a TIFF's clothes.
        profile: Its ICC profile.
        data_end: Where the last strip or tile ends; the file must not be shorter.
    """

    width: int
    height: int
    bits: int
    is_deep_rgb: bool
    is_float: bool
    is_dng: bool
    profile: bytes | None
    data_end: int


def is_tiff(beginning: bytes) -> bool:
    """Whether a file that begins like this is a TIFF, small or big."""
    return beginning.startswith(_MAGICS)


def read_tiff_header(file: BinaryIO) -> TiffHeader:
    """Reads the first directory; the file is left anywhere.

    Raises:
        Exception: whatever Pillow raises on a broken directory, as the codecs do.
    """
    file.seek(0)
    beginning = file.read(8)
    if beginning[2:4] in {b"+\0", b"\0+"}:
        beginning += file.read(8)
    tags = ImageFileDirectory_v2(beginning)
    file.seek(tags.next or 0)
    tags.load(file)
    bits = _values(tags, _BITS) or (1,)
    return TiffHeader(
        width=int(tags[_WIDTH]),
        height=int(tags[_HEIGHT]),
        bits=int(bits[0]),
        is_deep_rgb=_is_deep_rgb(tags, bits),
        is_float=_sample_kind(tags) == _FLOAT,
        is_dng=_DNG_VERSION in tags,
        profile=_profile(tags),
        data_end=max(_data_end(tags, *_STRIPS), _data_end(tags, *_TILES)),
    )


def _is_deep_rgb(tags: ImageFileDirectory_v2, bits: tuple[Any, ...]) -> bool:
    if tags.get(_PHOTOMETRIC) != _RGB or len(bits) not in {3, 4} or len(set(bits)) != 1:
        return False
    return (bits[0], _sample_kind(tags)) in {(16, _WHOLE), (32, _FLOAT), (64, _FLOAT)}


def _sample_kind(tags: ImageFileDirectory_v2) -> int:
    return int((_values(tags, _SAMPLE_FORMAT) or (_WHOLE,))[0])


def _profile(tags: ImageFileDirectory_v2) -> bytes | None:
    value = tags.get(_PROFILE)
    return value if isinstance(value, bytes) and value else None


def _data_end(tags: ImageFileDirectory_v2, offsets: int, lengths: int) -> int:
    pairs = zip(_values(tags, offsets), _values(tags, lengths), strict=False)
    return max((int(start) + int(length) for start, length in pairs), default=0)


def _values(tags: ImageFileDirectory_v2, tag: int) -> tuple[Any, ...]:
    value = tags.get(tag, ())
    return value if isinstance(value, tuple) else (value,)
