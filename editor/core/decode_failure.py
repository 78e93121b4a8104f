"""Turns whatever a codec raises on a bad file into a PhotoError with a sentence for a person."""

import errno
import logging
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from editor.core.errors import PhotoError, PhotoTooLargeError, PhotoUnreadableError
from editor.core.photo_file import file_error

ENDS_EARLY = "The file ends too early; copy it from the card again."
DAMAGED = "The file is damaged and cannot be decoded; copy it from the card again."
NO_PICTURE = "The content is no picture in a known format; the file is damaged or is something else."
TOO_LARGE = "The picture has too many pixels to open safely; reduce it in the program that made it."
NO_MEMORY = "There is not enough memory to open this picture; close other programs and try again."

_EARLY_WORDS = (
    "truncated",
    "end of file",
    "unexpected end",
    "not enough",
    "cannot read",
    "buffer",
    "incomplete",
)

_logger = logging.getLogger(__name__)


def decode_error(path: Path, error: Exception) -> PhotoError:
    """The error for a person that stands for what a codec raised.

    Args:
        path: The photo's file.
        error: Anything raised while the file was decoded; a PhotoError is returned as it is.
    """
    if isinstance(error, PhotoError):
        return error
    _logger.debug("%s cannot be decoded: %r", path, error)
    if isinstance(error, Image.DecompressionBombError):
        return PhotoTooLargeError(path, TOO_LARGE)
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return PhotoTooLargeError(path, NO_MEMORY)
    if isinstance(error, UnidentifiedImageError):
        return PhotoUnreadableError(path, NO_PICTURE)
    if isinstance(error, OSError) and error.errno is not None:
        return file_error(path, error)
    text = str(error).lower()
    if isinstance(error, EOFError) or any(words in text for words in _EARLY_WORDS):
        return PhotoUnreadableError(path, ENDS_EARLY)
    return PhotoUnreadableError(path, DAMAGED)
