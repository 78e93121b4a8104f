"""The only way from a picture to the 8-bit pixels of model and screen: sRGB, or the colours of a monitor."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from editor.core.icc import apply_transform, is_srgb, rgb_transform, srgb_transform
from editor.core.pixels import Picture, Pixels

_BAND_PIXELS = 1 << 20
_WHITE_16 = 65535
_STEP = 257
_ROUNDED_8 = ((np.arange(_WHITE_16 + 1) + _STEP // 2) // _STEP).astype(np.uint8)


def to_srgb8(picture: Picture) -> NDArray[np.uint8]:
    """Converts a picture to 8-bit sRGB; the picture itself stays as it is.

    Without a profile, with one that means sRGB, or with a broken one, 8-bit pixels pass unchanged and
    deeper ones are rounded to the nearest level. Any other profile is applied by relative colorimetric
    intent with black point compensation, deeper pixels without being rounded first.

    Returns:
        Shape (H, W, 3), uint8, sRGB; maybe the picture's own, read-only pixels.
    """
    pixels = picture.pixels
    transform = None if picture.profile is None else srgb_transform(picture.profile, "RGB")
    if transform is None or picture.profile is None or is_srgb(picture.profile):
        return _rounded(pixels)
    return _transformed(pixels, transform)


def to_monitor8(picture: Picture, monitor: bytes | None) -> NDArray[np.uint8]:
    """Converts a picture to the 8-bit pixels that a monitor shows in the picture's colours.

    Straight from the picture's own space: colours that sRGB lacks and the monitor has are kept.

    Args:
        picture: The picture; it stays as it is.
        monitor: The ICC profile of the monitor; None, and one that cannot be used, mean sRGB.

    Returns:
        Shape (H, W, 3), uint8; maybe the picture's own, read-only pixels.
    """
    if monitor is None or picture.profile == monitor:
        return _rounded(picture.pixels) if monitor else to_srgb8(picture)
    transform = rgb_transform(picture.profile, monitor)
    return to_srgb8(picture) if transform is None else _transformed(picture.pixels, transform)


def _transformed(pixels: Pixels, transform: ImageCms.ImageCmsTransform) -> NDArray[np.uint8]:
    if pixels.dtype == np.uint8:
        return np.asarray(apply_transform(transform, Image.fromarray(pixels)))
    return _transform_deep(_as_16_bit(pixels), transform)


def _rounded(pixels: Pixels) -> NDArray[np.uint8]:
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    if pixels.dtype == np.uint16:
        return np.asarray(_ROUNDED_8[pixels], dtype=np.uint8)
    return np.rint(_unit_range(pixels) * 255).astype(np.uint8)


def _as_16_bit(pixels: Pixels) -> NDArray[np.uint16]:
    if pixels.dtype == np.uint16:
        return pixels.astype(np.uint16, copy=False)
    return np.rint(_unit_range(pixels) * _WHITE_16).astype(np.uint16)


def _unit_range(pixels: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.clip(np.nan_to_num(pixels.astype(np.float64), nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0)


def _transform_deep(pixels: NDArray[np.uint16], transform: ImageCms.ImageCmsTransform) -> NDArray[np.uint8]:
    rows = max(1, _BAND_PIXELS // pixels.shape[1])
    bands = [_transform_band(pixels[top : top + rows], transform) for top in range(0, pixels.shape[0], rows)]
    return np.concatenate(bands)


def _transform_band(pixels: NDArray[np.uint16], transform: ImageCms.ImageCmsTransform) -> NDArray[np.uint8]:
    """Tetrahedral interpolation between the four 8-bit colours around each 16-bit colour.

    The colour engine takes 8-bit RGB only. The corners of the tetrahedron are met by stepping first
    along the channel with the largest fraction, then the next, then the last, so the weights are never
    negative and rounding errors of the engine do not grow.
    """
    base = (pixels // _STEP).astype(np.uint8)
    fraction = (pixels % _STEP).astype(np.float32) / _STEP
    largest = fraction.max(axis=2, keepdims=True)
    smallest = fraction.min(axis=2, keepdims=True)
    middle = fraction.sum(axis=2, keepdims=True) - largest - smallest
    above = np.where(base == 255, base, base + np.uint8(1))
    one_step = np.where(fraction >= largest, above, base)
    two_steps = np.where(fraction > smallest, above, base)
    corners = (base, one_step, two_steps, above)
    weights = (1 - largest, largest - middle, middle - smallest, smallest)
    total = np.full(pixels.shape, 0.5, dtype=np.float32)
    for corner, weight in zip(corners, weights, strict=True):
        total += weight * np.asarray(apply_transform(transform, Image.fromarray(corner)))
    return total.astype(np.uint8)
