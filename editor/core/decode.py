"""The one way from a photo's file to upright pixels: JPEG, PNG, TIFF, WebP and BMP.

It must not convert colours for the screen: ``editor.core.color`` does that.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from editor.core.decode_failure import decode_error
from editor.core.decode_file import MAX_PIXELS, decode_file
from editor.core.photo_file import open_photo
from editor.core.pixels import Picture

__all__ = ["MAX_PIXELS", "DecodeRequest", "Decoder", "PillowDecoder", "decode"]


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """What to decode; immutable, and can be sent to another process.

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


class PillowDecoder:
    """Decodes in this process; holds nothing, so any number of threads may share one."""

    def decode(self, request: DecodeRequest) -> Picture:
        """Decodes one photo, upright by its EXIF orientation, its bit depth and profile kept.

        A JPEG is decoded at 1/4 or 1/2 where both sides stay at least as large as asked for; every
        other format in full. A picture smaller than asked for is decoded in full, never enlarged.

        Raises:
            PhotoMissingError: if the file is not there.
            PhotoUnsupportedError: if it is a photo of a format that is not decoded yet.
            PhotoTooLargeError: if it has more than MAX_PIXELS pixels or needs more memory than there is.
            PhotoUnreadableError: if it is damaged, ends early, or is no regular file.
        """
        try:
            with open_photo(request.path) as file:
                return decode_file(file, request.path, request.at_least)
        except Exception as error:  # the per-photo boundary; decode_error logs
            raise decode_error(request.path, error) from error


_DEFAULT: Decoder = PillowDecoder()


def decode(path: Path, at_least: tuple[int, int] | None = None) -> Picture:
    """Decodes one photo with the default decoder; see ``PillowDecoder.decode``."""
    return _DEFAULT.decode(DecodeRequest(path, at_least))
