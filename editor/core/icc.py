"""Reads ICC profiles and builds the transforms from them to sRGB.

It must not decide what happens without a transform: that belongs to the caller.
"""

import io
import logging
from functools import lru_cache
from itertools import product

import numpy as np
from PIL import Image, ImageCms

RGB = "RGB"
GRAY = "GRAY"
CMYK = "CMYK"

_HEADER_BYTES = 128
_LATTICE = (0, 3, 8, 16, 32, 64, 96, 128, 160, 192, 224, 255)
_BROKEN_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)

_logger = logging.getLogger(__name__)


def colour_space(profile: bytes) -> str | None:
    """The colour space a profile describes, for example RGB, GRAY or CMYK; None if it is no profile."""
    if len(profile) < _HEADER_BYTES or profile[36:40] != b"acsp":
        return None
    return profile[16:20].decode("ascii", "replace").strip()


@lru_cache(maxsize=32)
def srgb_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The transform of 8-bit pixels to sRGB: relative colorimetric with black point compensation.

    Args:
        profile: The ICC profile of the pixels.
        mode: Pillow's mode of the pixels: "RGB", "L" or "CMYK".

    Returns:
        A transform to mode "RGB" that several threads may apply at once; None, with a line in the
        log, if the profile is broken or describes other pixels.
    """
    try:
        return _transform(profile, mode, None)
    except _BROKEN_PROFILE as error:
        _logger.warning("Colour profile of %d bytes ignored, taken as sRGB: %s", len(profile), error)
        return None


@lru_cache(maxsize=32)
def rgb_transform(source: bytes | None, target: bytes) -> ImageCms.ImageCmsTransform | None:
    """The transform of 8-bit RGB pixels to the profile of a device, in the same way as ``srgb_transform``.

    Args:
        source: The ICC profile of the pixels; None means sRGB. A broken one counts as sRGB.
        target: The ICC profile of the device.

    Returns:
        None if the target is broken or describes other pixels.
    """
    for tried in dict.fromkeys((source, None)):
        try:
            return _transform(tried, RGB, target)
        except _BROKEN_PROFILE as error:
            _logger.info("No transform between two colour profiles: %s", error)
    return None


def _transform(source: bytes | None, mode: str, target: bytes | None) -> ImageCms.ImageCmsTransform:
    """A transform between two profiles, None standing for sRGB; raises one of ``_BROKEN_PROFILE``."""
    return ImageCms.buildTransform(
        _opened(source),
        _opened(target),
        mode,
        RGB,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _opened(profile: bytes | None) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB") if profile is None else io.BytesIO(profile)
    )


@lru_cache(maxsize=32)
def is_srgb(profile: bytes) -> bool:
    """Whether a profile of RGB pixels means sRGB: no colour moves by more than one level of 255."""
    transform = srgb_transform(profile, "RGB")
    if transform is None:
        return False
    colours = np.array([list(product(_LATTICE, repeat=3))], dtype=np.uint8)
    moved = apply_transform(transform, Image.fromarray(colours))
    return int(np.abs(np.asarray(moved, dtype=np.int16) - colours).max()) <= 1


def apply_transform(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    """A new RGB image in the transform's target space."""
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:  # pragma: no cover (only for a transform in place)
        raise RuntimeError("a transform that is not in place returns an image")
    return converted
