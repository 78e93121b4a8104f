"""Decodes an opened photo of a common format: JPEG, PNG, TIFF, WebP or BMP.

It must not turn errors into sentences: whatever a codec raises passes through to the decoder.
"""

import os
from pathlib import Path
from typing import BinaryIO

from PIL import BmpImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from editor.core.decode_failure import DAMAGED, ENDS_EARLY
from editor.core.decode_jpeg import JPEG_FORMATS, decode_jpeg
from editor.core.decode_limits import MAX_PIXELS, require_size
from editor.core.deep_pixels import deep_rgb_pixels
from editor.core.errors import PhotoUnreadableError
from editor.core.icc import RGB, colour_space
from editor.core.orientation import UPRIGHT, read_orientation, turn_upright
from editor.core.pillow_settings import settle_pillow
from editor.core.pixels import Picture, Pixels
from editor.core.rgb_pixels import rgb_pixels
from editor.core.tiff_header import TiffHeader, is_tiff, read_tiff_header

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "DIB")
_PLUGINS = (BmpImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Pillow knows a format only once its module is imported."""

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_PNG_DEPTH, _PNG_COLOUR = 24, 25
_PNG_COLOURS_THAT_PILLOW_CUTS = frozenset({2, 4, 6})
_PNG_TURNED = (b"eXIf", b"tiff:Orientation")


def decode_file(file: BinaryIO, path: Path, at_least: tuple[int, int] | None) -> Picture:
    """Decodes an opened photo upright.

    Args:
        file: The photo, open for reading at its beginning.
        path: Its path, for its ending and for errors.
        at_least: Width and height of the upright picture that a reduced decode keeps; None for full size.

    Raises:
        PhotoError: if it is too large or ends early.
        Exception: whatever Pillow raises on a damaged file.
    """
    settle_pillow(MAX_PIXELS)
    beginning = file.read(64)
    gray_bits = 16
    if is_tiff(beginning):
        header = read_tiff_header(file)
        require_size(path, header.width, header.height)
        picture = _deep_tiff(file, path, header)
        if picture is not None:
            return picture
        gray_bits = header.bits
    file.seek(0)
    with Image.open(file, formats=_FORMATS) as image:
        require_size(path, *image.size)
        if image.format in JPEG_FORMATS:
            return decode_jpeg(image, at_least, read_orientation(image))
        if image.format == "PNG" and _is_deep_rgb_png(beginning):
            picture = _deep_png(file, image)
            if picture is not None:
                return picture
        image.load()
        turned = UPRIGHT if image.format == "TIFF" else read_orientation(image)  # Pillow turns a TIFF itself
        pixels, profile = rgb_pixels(image, gray_bits)
        return _full_picture(turn_upright(pixels, turned), profile)


def _deep_tiff(file: BinaryIO, path: Path, header: TiffHeader) -> Picture | None:
    if not header.is_deep_rgb:
        return None
    if header.data_end > os.fstat(file.fileno()).st_size:
        raise PhotoUnreadableError(path, ENDS_EARLY)
    file.seek(0)
    pixels = deep_rgb_pixels(file.read())
    if pixels is None:
        if header.is_float:
            raise PhotoUnreadableError(path, DAMAGED)
        return None
    return _full_picture(pixels, header.profile)


def _deep_png(file: BinaryIO, image: Image.Image) -> Picture | None:
    file.seek(0)
    content = file.read()
    pixels = deep_rgb_pixels(content)
    if pixels is None:
        return None
    profile = image.info.get("icc_profile")
    may_be_turned = any(mark in content for mark in _PNG_TURNED)
    return _full_picture(turn_upright(pixels, read_orientation(image) if may_be_turned else UPRIGHT), profile)


def _is_deep_rgb_png(beginning: bytes) -> bool:
    return (
        beginning.startswith(_PNG_MAGIC)
        and beginning[_PNG_DEPTH] == 16
        and beginning[_PNG_COLOUR] in _PNG_COLOURS_THAT_PILLOW_CUTS
    )


def _full_picture(pixels: Pixels, profile: bytes | None) -> Picture:
    kept = profile if profile and colour_space(profile) == RGB else None
    return Picture(pixels, kept, full_width=int(pixels.shape[1]), full_height=int(pixels.shape[0]))
