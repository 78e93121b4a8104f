"""Settles Pillow for photos from anywhere: warnings stay inside, its own size limit steps aside.

It must not use ``warnings.catch_warnings``: that is not safe where several threads decode.
"""

import re
import warnings

from PIL import Image, ImageFile

from editor.core.libtiff_messages import silence_libtiff

_MODULES = r"PIL\."
_BLOCK_BYTES = 1 << 23
"""How much Pillow hands over at once: a reduced photo whole, instead of a hundred parts that are joined."""
_FILTER = ("ignore", None, Warning, re.compile(_MODULES), 0)


def settle_pillow(max_pixels: int) -> None:
    """Makes Pillow's warnings silent in this process and lets it open pictures up to a size.

    Pillow warns of broken metadata, which is nobody's concern while the pixels are whole. To be called
    before every decode, because a test runner puts the filters back; it costs next to nothing.

    Args:
        max_pixels: The most pixels the decoder allows; Pillow itself refuses only beyond twice that.
    """
    Image.MAX_IMAGE_PIXELS = max_pixels
    ImageFile.MAXBLOCK = _BLOCK_BYTES
    silence_libtiff()
    if _FILTER not in warnings.filters:
        warnings.filterwarnings("ignore", module=_MODULES)
