"""Decodes an opened photo, format by format.

It must not turn errors into sentences: whatever a codec raises passes through to the decoder.
"""

import os
from pathlib import Path
from typing import BinaryIO

from PIL import BmpImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from editor.core.decode_failure import DAMAGED, ENDS_EARLY, TOO_LARGE
from editor.core.deep_pixels import deep_rgb_pixels
from editor.core.errors import PhotoTooLargeError, PhotoUnreadableError, PhotoUnsupportedError
from editor.core.icc import RGB, colour_space
from editor.core.orientation import UPRIGHT, read_orientation, swaps_sides, turn_upright
from editor.core.photo_formats import undecodable_kind
from editor.core.pillow_settings import settle_pillow
from editor.core.pixels import Picture, Pixels
from editor.core.rgb_pixels import rgb_pixels
from editor.core.tiff_header import TiffHeader, is_tiff, read_tiff_header

MAX_PIXELS = 250_000_000
"""The most pixels a photo may have; the largest phone sensors give 200 million."""

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "DIB")
_PLUGINS = (BmpImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Pillow knows a format only once its module is imported."""

_JPEG_FORMATS = frozenset({"JPEG", "MPO"})
_REDUCTIONS = (4, 2)  # never 8: at 1/8 a third of the fine detail is lost
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
        PhotoError: if it is of another kind, too large or short.
        Exception: whatever Pillow raises on a damaged file.
    """
    settle_pillow(MAX_PIXELS)
    beginning = file.read(64)
    kind = undecodable_kind(path.suffix, beginning)
    if kind is not None:
        raise PhotoUnsupportedError(
            path, f"This is {kind}, which cannot be opened yet; export it as JPEG or TIFF."
        )
    gray_bits = 16
    if is_tiff(beginning):
        header = read_tiff_header(file)
        _require_size(path, header.width, header.height)
        picture = _deep_tiff(file, path, header)
        if picture is not None:
            return picture
        gray_bits = header.bits
    file.seek(0)
    with Image.open(file, formats=_FORMATS) as image:
        _require_size(path, *image.size)
        if image.format in _JPEG_FORMATS:
            return _jpeg(image, at_least)
        if image.format == "PNG" and _is_deep_rgb_png(beginning):
            picture = _deep_png(file, image)
            if picture is not None:
                return picture
        image.load()
        turned = UPRIGHT if image.format == "TIFF" else read_orientation(image)  # Pillow turns a TIFF itself
        pixels, profile = rgb_pixels(image, gray_bits)
        return _full_picture(turn_upright(pixels, turned), profile)


def _jpeg(image: Image.Image, at_least: tuple[int, int] | None) -> Picture:
    orientation = read_orientation(image)
    width, height = image.size
    if at_least is not None:
        stored = (at_least[1], at_least[0]) if swaps_sides(orientation) else at_least
        reduction = _reduction(image.size, stored)
        image.draft(None, (max(1, width // reduction), max(1, height // reduction)))
    image.load()
    pixels, profile = rgb_pixels(image)
    full = (height, width) if swaps_sides(orientation) else (width, height)
    return Picture(turn_upright(pixels, orientation), profile, *full)


def _reduction(size: tuple[int, int], at_least: tuple[int, int]) -> int:
    """The coarsest of 4, 2 and 1 that keeps both sides; a reduced side is rounded up by the codec."""
    for reduction in _REDUCTIONS:
        if all(
            side >= reduction and -(-side // reduction) >= least
            for side, least in zip(size, at_least, strict=True)
        ):
            return reduction
    return 1


def _deep_tiff(file: BinaryIO, path: Path, header: TiffHeader) -> Picture | None:
    if header.is_dng:
        raise PhotoUnsupportedError(
            path, "This is a camera RAW file, which cannot be opened yet; export it as JPEG or TIFF."
        )
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


def _require_size(path: Path, width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise PhotoUnreadableError(path, DAMAGED)
    if width * height > MAX_PIXELS:
        raise PhotoTooLargeError(path, TOO_LARGE)
