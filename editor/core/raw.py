"""Decodes camera RAW files by LibRaw; runs in the decoder's own process, because a file may kill it.

It must not turn errors into sentences, but for those that only LibRaw tells apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import rawpy

from editor.core.decode_failure import DAMAGED, ENDS_EARLY, NO_MEMORY, TOO_LARGE
from editor.core.decode_limits import require_size
from editor.core.errors import PhotoError, PhotoTooLargeError, PhotoUnreadableError, PhotoUnsupportedError
from editor.core.pixels import Picture, Pixels
from editor.core.preview import raw_preview
from editor.core.raw_extent import raw_is_cut
from editor.core.raw_frame import RawFrame, raw_frame

UNKNOWN_RAW = (
    "This camera's RAW format is not known, or the file is damaged; convert it to DNG and open that."
)

_SRGB_GAMMA = (2.4, 12.92)


def decode_raw(file: BinaryIO, path: Path, at_least: tuple[int, int] | None) -> Picture:
    """Decodes a RAW file upright.

    In full it is developed from the sensor by AHD with the camera's white balance, 16 bits a channel,
    without making it brighter than it was exposed. Where less is asked for, the camera's own preview
    serves if it is large enough, else a development at half size, 8 bits a channel.

    Args:
        file: The photo, open for reading.
        path: Its path.
        at_least: Width and height of the upright picture that must be kept; None for full size.

    Raises:
        PhotoError: if LibRaw does not know it, it is damaged or too large.
    """
    if raw_is_cut(file):
        raise PhotoUnreadableError(path, ENDS_EARLY)
    with _libraw_errors(path), rawpy.RawPy() as raw:
        _open(raw, file, path)
        frame = raw_frame(raw.sizes)
        require_size(path, raw.sizes.raw_width, raw.sizes.raw_height)
        require_size(path, *frame.upright_size)
        if at_least is not None:
            preview = raw_preview(raw, frame, _no_more_than(at_least, frame))
            if preview is not None:
                return preview
        raw.unpack()
        developed = _develop(raw, frame, at_least)
    return _picture(developed, frame)


def _open(raw: rawpy.RawPy, file: BinaryIO, path: Path) -> None:
    """By name, so that only what is needed is read; by content where LibRaw does not take the name."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        file.seek(0)
        raw.open_buffer(file)
    else:
        raw.open_file(str(path))


def _no_more_than(at_least: tuple[int, int], frame: RawFrame) -> tuple[int, int]:
    width, height = frame.upright_size
    return min(at_least[0], width), min(at_least[1], height)


def _develop(raw: rawpy.RawPy, frame: RawFrame, at_least: tuple[int, int] | None) -> Pixels:
    half = at_least is not None and all(
        side // 2 >= least for side, least in zip(frame.upright_size, at_least, strict=True)
    )
    return raw.postprocess(
        demosaic_algorithm=rawpy.DemosaicAlgorithm.AHD,
        half_size=half,
        use_camera_wb=True,
        no_auto_bright=True,
        gamma=_SRGB_GAMMA,
        output_color=rawpy.ColorSpace.sRGB,
        output_bps=16 if at_least is None else 8,
        user_flip=0,
    )


def _picture(developed: Pixels, frame: RawFrame) -> Picture:
    colour = developed if developed.shape[2] == 3 else np.repeat(developed[:, :, :1], 3, axis=2)
    upright = frame.upright(colour)
    known = max(frame.upright_size[0], upright.shape[1]), max(frame.upright_size[1], upright.shape[0])
    return Picture(upright, None, *known)


@contextmanager
def _libraw_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except rawpy.LibRawError as error:
        raise _photo_error(path, error) from error


def _photo_error(path: Path, error: rawpy.LibRawError) -> PhotoError:
    if isinstance(error, rawpy.LibRawUnsufficientMemoryError | rawpy.LibRawMemPoolOverflowError):
        return PhotoTooLargeError(path, NO_MEMORY)
    if isinstance(error, rawpy.LibRawTooBigError):
        return PhotoTooLargeError(path, TOO_LARGE)
    if isinstance(error, rawpy.LibRawFileUnsupportedError | rawpy.LibRawNotImplementedError):
        return PhotoUnsupportedError(path, UNKNOWN_RAW)
    if isinstance(error, rawpy.LibRawIOError | rawpy.LibRawDataError):
        return PhotoUnreadableError(path, ENDS_EARLY)
    return PhotoUnreadableError(path, DAMAGED)
