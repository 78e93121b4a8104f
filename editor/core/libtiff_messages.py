"""Keeps libtiff, which Pillow decodes TIFFs with, from writing to standard error.

It must not change what Pillow raises: a damaged file stays an error that the decoder turns into words.
"""

import ctypes
import functools
import logging

from PIL import _imaging

_SETTERS = ("TIFFSetWarningHandler", "TIFFSetErrorHandler")

_logger = logging.getLogger(__name__)


@functools.cache
def silence_libtiff() -> None:
    """Takes away the handlers that print libtiff's messages, once for this process.

    Where Pillow has libtiff built in and hidden (Windows), its messages stay; they harm nothing.
    """
    try:
        # The loader looks in the libraries that Pillow's module is linked with, too.
        library = ctypes.CDLL(_imaging.__file__)
        for name in _SETTERS:
            setter = getattr(library, name)
            setter.argtypes, setter.restype = (ctypes.c_void_p,), ctypes.c_void_p
            setter(None)
    except (AttributeError, OSError) as error:
        _logger.debug("libtiff keeps its messages: %r", error)
