"""What a decoder in a process of its own and the program say to each other: lengths, then raw bytes.

It must not trust either side: a broken photo may have taken over the decoder, so every number is checked
before anything is read or made by it, and nothing that is received is ever run or unpickled.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from editor.core.decode_limits import MAX_PIXELS
from editor.core.errors import (
    PhotoError,
    PhotoMissingError,
    PhotoTooLargeError,
    PhotoUnreadableError,
    PhotoUnsupportedError,
)
from editor.core.photo_formats import ISOLATED_FORMATS, PhotoFormat
from editor.core.pixels import Picture

READY: Final = b"framesift decoder 1\n"
"""What the decoder says once it has started."""

ACCEPTED: Final = b"\x06"
"""What the decoder says once it has a request, before it touches the photo."""

_REQUEST = struct.Struct("<BIIdI")
_STATUS = struct.Struct("<B")
_PICTURE = struct.Struct("<BIIIII")
_LENGTH = struct.Struct("<I")
_FORMATS = tuple(sorted(ISOLATED_FORMATS))
_DTYPES = (np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.float32))
_ERRORS: tuple[type[PhotoError], ...] = (
    PhotoUnreadableError,
    PhotoMissingError,
    PhotoUnsupportedError,
    PhotoTooLargeError,
)
_IS_PICTURE = len(_ERRORS)
_MOST_PATH_BYTES = 1 << 16
_MOST_TEXT_BYTES = 1 << 12
_MOST_PROFILE_BYTES = 1 << 26
_MOST_SIDE = 1 << 24


class WireError(Exception):
    """The other side ended, or said something that makes no sense."""


@dataclass(frozen=True, slots=True)
class WireRequest:
    """What the decoder is asked for.

    Attributes:
        photo_format: One of ``ISOLATED_FORMATS``.
        path: The photo's absolute path.
        at_least: Width and height that the upright picture keeps; None for full size.
        cpu_s: Seconds of processor time the decoder may spend on it.
    """

    photo_format: PhotoFormat
    path: Path
    at_least: tuple[int, int] | None
    cpu_s: float


def write_request(stream: BinaryIO, request: WireRequest) -> None:
    """Sends a request."""
    path = os.fsencode(request.path)
    width, height = request.at_least or (0, 0)
    number = _FORMATS.index(request.photo_format)
    sides = (min(max(side, 0 if request.at_least is None else 1), _MOST_SIDE) for side in (width, height))
    stream.write(_REQUEST.pack(number, *sides, request.cpu_s, len(path)) + path)
    stream.flush()


def read_request(stream: BinaryIO) -> WireRequest | None:
    """Waits for the next request.

    Returns:
        None once the program has gone.

    Raises:
        WireError: if the program said something else.
    """
    head = stream.read(_REQUEST.size)
    if not head:
        return None
    if len(head) < _REQUEST.size:
        raise WireError("a request ends early")
    number, width, height, cpu_s, length = _REQUEST.unpack(head)
    if number >= len(_FORMATS) or length > _MOST_PATH_BYTES:
        raise WireError("no request")
    path = Path(os.fsdecode(_exactly(stream, length)))
    return WireRequest(_FORMATS[number], path, (width, height) if width and height else None, cpu_s)


def write_picture(stream: BinaryIO, picture: Picture) -> None:
    """Sends a picture."""
    profile = picture.profile or b""
    pixels = np.ascontiguousarray(picture.pixels)
    head = _PICTURE.pack(
        _DTYPES.index(pixels.dtype),
        picture.width,
        picture.height,
        picture.full_width,
        picture.full_height,
        len(profile),
    )
    stream.write(_STATUS.pack(_IS_PICTURE) + head + profile)
    stream.write(pixels.data.cast("B"))
    stream.flush()


def write_error(stream: BinaryIO, error: PhotoError) -> None:
    """Sends an error's kind and reason; the path the other side knows."""
    kind = next((number for number, known in enumerate(_ERRORS) if isinstance(error, known)), 0)
    text = error.reason.encode("utf-8", "replace")[:_MOST_TEXT_BYTES]
    stream.write(_STATUS.pack(kind) + _LENGTH.pack(len(text)) + text)
    stream.flush()


def read_acceptance(stream: BinaryIO) -> None:
    """Waits until the decoder has the request; a decoder that ends before has not met the photo.

    Raises:
        WireError: if it ended, or said something else.
    """
    if _exactly(stream, len(ACCEPTED)) != ACCEPTED:
        raise WireError("the request was not accepted")


def read_answer(stream: BinaryIO, path: Path) -> Picture:
    """Waits for the answer to a request.

    Args:
        stream: The decoder's output.
        path: The photo, for errors.

    Raises:
        PhotoError: if that is the answer.
        WireError: if the decoder ended, or said something that makes no sense.
    """
    (status,) = _STATUS.unpack(_exactly(stream, _STATUS.size))
    if status == _IS_PICTURE:
        return _read_picture(stream)
    if status > _IS_PICTURE:
        raise WireError("no answer")
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MOST_TEXT_BYTES:
        raise WireError("a reason is too long")
    raise _ERRORS[status](path, _exactly(stream, length).decode("utf-8", "replace"))


def _read_picture(stream: BinaryIO) -> Picture:
    dtype, width, height, full_width, full_height, profile_length = _PICTURE.unpack(
        _exactly(stream, _PICTURE.size)
    )
    sane = (
        dtype < len(_DTYPES)
        and 0 < width <= full_width <= _MOST_SIDE
        and 0 < height <= full_height <= _MOST_SIDE
        and width * height <= MAX_PIXELS
        and profile_length <= _MOST_PROFILE_BYTES
    )
    if not sane:
        raise WireError("no picture")
    profile = _exactly(stream, profile_length) or None
    pixels = np.empty((height, width, 3), dtype=_DTYPES[dtype])
    _fill(stream, pixels.data.cast("B"))
    return Picture(pixels, profile, full_width, full_height)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = bytearray(size)
    _fill(stream, memoryview(content))
    return bytes(content)


def _fill(stream: BinaryIO, target: memoryview) -> None:
    filled = 0
    while filled < len(target):
        count = stream.readinto(target[filled:])  # type: ignore[attr-defined]  # every real stream has it
        if not count:
            raise WireError("the stream ends early")
        filled += count
