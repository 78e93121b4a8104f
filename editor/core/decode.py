"""The one way from a photo's file to upright pixels, whatever its format.

It must not convert colours for the screen: ``editor.core.color`` does that.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from editor.core.decode_failure import decode_error
from editor.core.decode_limits import MAX_PIXELS
from editor.core.decode_pool import FULL_LIMIT, REDUCED_LIMIT, SHARED_POOL, DecodePool
from editor.core.decode_wire import WireRequest
from editor.core.errors import PhotoUnsupportedError
from editor.core.photo_file import open_photo
from editor.core.photo_formats import (
    BEGINNING_BYTES,
    ISOLATED_FORMATS,
    UNSUPPORTED_FORMATS,
    PhotoFormat,
    photo_format,
)
from editor.core.pillow_settings import settle_pillow
from editor.core.pixels import Picture

__all__ = ["MAX_PIXELS", "DecodeRequest", "Decoder", "PhotoDecoder", "decode"]


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """What to decode; immutable.

    Attributes:
        path: The photo's file.
        at_least: Width and height in pixels of the upright picture below which neither side may be
            reduced; None asks for the full size.
    """

    path: Path
    at_least: tuple[int, int] | None = None


class Decoder(Protocol):
    """Whoever turns a request into a picture, in this process or in one of its own."""

    def decode(self, request: DecodeRequest) -> Picture:
        """Decodes one photo.

        Raises:
            PhotoError: whatever is wrong with the file; nothing else is raised.
        """
        ...


class PhotoDecoder:
    """Decodes common formats in this process and all others in decoder processes; any thread may ask."""

    def __init__(self, pool: DecodePool = SHARED_POOL) -> None:
        """Takes the processes; none is started before a photo needs it."""
        self._pool = pool

    def decode(self, request: DecodeRequest) -> Picture:
        """Decodes one photo, upright, its bit depth and profile kept.

        Where less than the full size is asked for, a JPEG is decoded at 1/4 or 1/2 if both sides stay at
        least as large, a RAW photo gives the camera's own preview if that is large enough, else a
        development at half size, and HEIC and AVIF are averaged down; every other format comes in full.
        A picture smaller than asked for is decoded in full, never enlarged.

        Raises:
            PhotoMissingError: if the file is not there.
            PhotoUnsupportedError: if it is a photo of a format that is not decoded.
            PhotoTooLargeError: if it has more than MAX_PIXELS pixels or needs more memory than there may be.
            PhotoUnreadableError: if it is damaged, ends early, takes far too long, or is no regular file.
        """
        try:
            with open_photo(request.path) as file:
                kind = _decodable_format(file, request.path)
                if kind not in ISOLATED_FORMATS:
                    # Imported only here: where all photos are known, no codec need be loaded.
                    from editor.core.decode_file import decode_file

                    file.seek(0)
                    return decode_file(file, request.path, request.at_least)
                size = os.fstat(file.fileno()).st_size
            return self._decode_apart(request, kind, size)
        except Exception as error:  # the per-photo boundary; decode_error logs
            raise decode_error(request.path, error) from error

    def _decode_apart(self, request: DecodeRequest, kind: PhotoFormat, size: int) -> Picture:
        limit = FULL_LIMIT if request.at_least is None else REDUCED_LIMIT
        cpu_s = limit.cpu_seconds(size)
        asked = WireRequest(kind, Path(os.path.abspath(request.path)), request.at_least, cpu_s)  # noqa: PTH100
        return self._pool.decode(asked, cpu_s * limit.wall_ratio)


def _decodable_format(file: BinaryIO, path: Path) -> PhotoFormat:
    """The photo's format; a DNG that calls itself TIFF is still a RAW photo."""
    from editor.core.tiff_header import is_tiff, read_tiff_header  # as above, and this knows Pillow's TIFF

    beginning = file.read(BEGINNING_BYTES)
    kind = photo_format(path.suffix, beginning)
    if kind in UNSUPPORTED_FORMATS:
        reason = f"This is {kind.value}, which cannot be opened; export it as JPEG or TIFF."
        raise PhotoUnsupportedError(path, reason)
    if kind is PhotoFormat.COMMON and is_tiff(beginning):
        settle_pillow(MAX_PIXELS)
        return PhotoFormat.RAW if read_tiff_header(file).is_dng else kind
    return kind


_DEFAULT: Decoder = PhotoDecoder()


def decode(path: Path, at_least: tuple[int, int] | None = None) -> Picture:
    """Decodes one photo with the default decoder; see ``PhotoDecoder.decode``."""
    return _DEFAULT.decode(DecodeRequest(path, at_least))
