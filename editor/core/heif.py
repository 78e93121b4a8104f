"""Decodes HEIC, HIF and AVIF photos; runs in the decoder's own process, because a file may kill it.

It must not turn errors into sentences, nor turn pixels: the libraries do that by the file's own boxes.
"""

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image

from editor.core.averaging import averaged_down
from editor.core.cicp import cicp_profile
from editor.core.decode_failure import DAMAGED, ENDS_EARLY
from editor.core.decode_jpeg import coarsest_reduction
from editor.core.decode_limits import MAX_PIXELS, require_size
from editor.core.errors import PhotoUnreadableError
from editor.core.heif_boxes import heif_cicp
from editor.core.icc import RGB, colour_space
from editor.core.isobmff import ends_early
from editor.core.orientation import read_orientation, turn_upright
from editor.core.pillow_settings import settle_pillow
from editor.core.pixels import Picture, Pixels
from editor.core.rgb_pixels import rgb_pixels

_PIXELS_OF_ANY_FILE = 40_000_000
_MOST_PIXELS_A_BYTE = 100_000  # an even gray surface of 24 megapixels has a quarter as many
_PLUGINS = (AvifImagePlugin,)
"""Pillow knows a format only once its module is imported."""

# A thread of its own gives libheif nothing that the process beside it does not take.
pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
pi_heif.options.DEPTH_IMAGES = False
pi_heif.options.AUX_IMAGES = False


def decode_heif(file: BinaryIO, path: Path, at_least: tuple[int, int] | None) -> Picture:
    """Decodes the primary image of a HEIC or HIF file, upright by its own boxes.

    The libraries know only the full size; where less is asked for, it is averaged down to 1/4 or 1/2, so
    that what comes after is spared most of the pixels. More than 8 bits a channel become 16 bits. Without
    an ICC profile the file's colour codes count.

    Args:
        file: The photo, open for reading.
        path: Its path, for errors.
        at_least: Width and height of the upright picture that are kept; None for full size.

    Raises:
        PhotoError: if it is too large or ends early.
        Exception: whatever pi-heif raises on a damaged file.
    """
    settle_pillow(MAX_PIXELS)
    _require_end(file, path)
    container = pi_heif.open_heif(file, convert_hdr_to_8bit=False, hdr_to_16bit=False)
    image = container[container.primary_index]
    _require_honest_size(file, path, *image.size)
    bits = int(image.info["bit_depth"])
    pixels: Pixels
    if bits > 8 and ";" in image.mode:
        profile = image.info.get("icc_profile")
        pixels = _deep_pixels(np.asarray(image), bits, premultiplied="a" in image.mode)
    else:
        pixels, profile = rgb_pixels(_plain(image.to_pillow()))
    coded = _rgb_profile(profile) or _coded_profile(file, has_profile=bool(profile))
    return _picture(pixels, coded, at_least)


def decode_avif(file: BinaryIO, path: Path, at_least: tuple[int, int] | None) -> Picture:
    """Decodes an AVIF file like ``decode_heif``; 8 bits a channel, as Pillow gives them.

    Raises:
        PhotoError: if it is too large or ends early.
        Exception: whatever Pillow raises on a damaged file.
    """
    settle_pillow(MAX_PIXELS)
    _require_end(file, path)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    with Image.open(file, formats=("AVIF",)) as image:
        _require_honest_size(file, path, *image.size)
        image.load()
        pixels, profile = rgb_pixels(image)
        has_profile = bool(image.info.get("icc_profile"))
        upright = turn_upright(pixels, read_orientation(image))
    return _picture(upright, profile or _coded_profile(file, has_profile=has_profile), at_least)


def _require_end(file: BinaryIO, path: Path) -> None:
    """Refuses a file that ends early; the libraries would leave parts of the picture gray."""
    if ends_early(file):
        raise PhotoUnreadableError(path, ENDS_EARLY)
    file.seek(0)


def _require_honest_size(file: BinaryIO, path: Path, width: int, height: int) -> None:
    """Refuses also a few bytes that claim to be a huge picture: AVIF makes it, in many seconds."""
    require_size(path, width, height)
    size = os.fstat(file.fileno()).st_size
    if width * height > _PIXELS_OF_ANY_FILE + _MOST_PIXELS_A_BYTE * size:
        raise PhotoUnreadableError(path, DAMAGED)


def _picture(pixels: Pixels, profile: bytes | None, at_least: tuple[int, int] | None) -> Picture:
    height, width = pixels.shape[:2]
    reduction = 1 if at_least is None else coarsest_reduction((width, height), at_least)
    return Picture(averaged_down(pixels, reduction), profile, full_width=width, full_height=height)


def _rgb_profile(profile: bytes | None) -> bytes | None:
    return profile if profile and colour_space(profile) == RGB else None


def _coded_profile(file: BinaryIO, *, has_profile: bool) -> bytes | None:
    cicp = None if has_profile or file.closed else heif_cicp(file)
    return None if cicp is None else cicp_profile(cicp)


def _plain(image: Image.Image) -> Image.Image:
    return image.convert("RGBA") if image.mode == "RGBa" else image


def _deep_pixels(stored: NDArray[np.uint16], bits: int, *, premultiplied: bool) -> NDArray[np.uint16]:
    """Values of 9 to 16 bits as 16 bits, gray as three channels, alpha laid on white."""
    white = (1 << bits) - 1
    layers = stored[:, :, np.newaxis] if stored.ndim == 2 else stored
    colour = layers[:, :, : 1 if layers.shape[2] < 3 else 3]
    values = (np.minimum(colour, white).astype(np.uint32) * 65535 + white // 2) // white
    if layers.shape[2] in {2, 4}:
        cover = np.minimum(layers[:, :, -1:], white) / white
        values = np.rint(values * (1.0 if premultiplied else cover) + 65535 * (1 - cover)).clip(0, 65535)
    return np.ascontiguousarray(np.broadcast_to(values, (*values.shape[:2], 3))).astype(np.uint16)
