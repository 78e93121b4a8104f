"""Turns a loaded Pillow image of any mode into RGB pixels and the profile that goes with them.

It must not turn or resize anything.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from editor.core.icc import CMYK, GRAY, RGB, apply_transform, colour_space, srgb_transform
from editor.core.pixels import Pixels

DeepGray = NDArray[np.uint16 | np.float32]

_GRAY_MODES = {"1", "L", "LA", "La"}
_DEEP_GRAY_MODES = {"I;16", "I;16B", "I;16L", "I;16N", "I"}
_MODES_WITH_OWN_PROFILE = {("L", GRAY), ("CMYK", CMYK)}


def rgb_pixels(image: Image.Image, gray_bits: int = 16) -> tuple[Pixels, bytes | None]:
    """RGB pixels of an image as it is stored.

    Gray becomes three equal channels, a palette its colours, alpha is laid on white. CMYK, and gray with
    a profile of gray, are converted to sRGB here, where their own channels still exist.

    Args:
        image: A loaded image.
        gray_bits: Bits that the values of a deep gray image really use.

    Returns:
        Pixels of shape (H, W, 3), uint8, uint16 (deep gray) or float32 (gray floats), and the ICC profile
        that belongs to them; None means sRGB.
    """
    profile = image.info.get("icc_profile") or None
    space = colour_space(profile) if profile else None
    if image.mode in _DEEP_GRAY_MODES or image.mode == "F":
        gray = _deep_gray(image, gray_bits)
        if profile and space == GRAY:
            return _three_channels(_deep_gray_to_srgb(gray, profile)), None
        return _three_channels(gray), profile if space == RGB else None
    plain = _without_alpha(image)
    if profile and (plain.mode, space) in _MODES_WITH_OWN_PROFILE:
        transform = srgb_transform(profile, plain.mode)
        if transform is not None:
            return np.asarray(apply_transform(transform, plain)), None
    kept = profile if space == RGB and plain.mode in {"L", "RGB"} else None
    return np.asarray(plain if plain.mode == "RGB" else plain.convert("RGB")), kept


def _without_alpha(image: Image.Image) -> Image.Image:
    """An image of mode L, RGB, CMYK or another without alpha; alpha is laid on white."""
    mode = "L" if image.mode in _GRAY_MODES else "RGB"
    if image.has_transparency_data:
        layered = image.convert("LA" if mode == "L" and image.mode != "1" else "RGBA")
        solid = Image.new(mode, image.size, "white")
        solid.paste(layered.convert(mode), mask=layered.getchannel("A"))
        return solid
    return image.convert(mode) if image.mode in {"1", "P", "RGBX"} else image


def _deep_gray(image: Image.Image, bits: int) -> DeepGray:
    values = np.asarray(image)
    if image.mode == "F":
        return values.astype(np.float32)
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        values = np.where(values == clear, (1 << bits) - 1, values)
    whole: NDArray[np.int64] = np.clip(values.astype(np.int64), 0, (1 << bits) - 1)
    return (whole * 65535 // ((1 << bits) - 1)).astype(np.uint16)


def _deep_gray_to_srgb(gray: DeepGray, profile: bytes) -> DeepGray:
    """Deep gray through the 256 levels of its profile's curve, interpolated between them."""
    transform = srgb_transform(profile, "L")
    if transform is None:
        return gray
    white = 1.0 if gray.dtype == np.float32 else 65535.0
    ramp = Image.fromarray(np.arange(256, dtype=np.uint8)[np.newaxis])
    curve = np.asarray(apply_transform(transform, ramp))[0, :, 1] / 255.0 * white
    converted = np.interp(gray, np.linspace(0.0, white, 256), curve)
    if gray.dtype == np.float32:
        return converted.astype(np.float32)
    return np.rint(converted).astype(np.uint16)


def _three_channels(gray: DeepGray) -> Pixels:
    return np.repeat(gray[:, :, np.newaxis], 3, axis=2)
