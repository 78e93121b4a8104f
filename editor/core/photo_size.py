"""Width and height of an upright photo from its header, without decoding where that can be avoided.

It must not keep pixels: ``decode`` is for those.
"""

import logging
from pathlib import Path

from PIL import Image

from editor.core.decode import decode
from editor.core.decode_limits import MAX_PIXELS
from editor.core.exif_faults import BROKEN_EXIF
from editor.core.orientation import read_orientation, swaps_sides
from editor.core.photo_file import open_photo
from editor.core.photo_formats import BEGINNING_BYTES, PhotoFormat, photo_format
from editor.core.pillow_settings import settle_pillow

_HEADER_SAYS = ("JPEG", "PNG", "WEBP", "BMP")
_SMALL = (16, 16)

_logger = logging.getLogger(__name__)


def read_upright_size(path: Path) -> tuple[int, int]:
    """Width and height of the photo in full size, upright.

    Raises:
        PhotoError: if the file cannot be read or decoded.
    """
    with open_photo(path) as file:
        if photo_format(path.suffix, file.read(BEGINNING_BYTES)) is PhotoFormat.COMMON:
            file.seek(0)
            settle_pillow(MAX_PIXELS)
            try:
                with Image.open(file, formats=_HEADER_SAYS) as image:
                    width, height = image.size
                    return (height, width) if swaps_sides(read_orientation(image)) else (width, height)
            except BROKEN_EXIF as error:
                _logger.debug("The header of %s does not say its size: %r", path, error)
    picture = decode(path, _SMALL)
    return picture.full_width, picture.full_height
