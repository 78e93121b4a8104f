"""Distortions as pure functions of pixels and numbers; every random number is drawn elsewhere.

Pictures are float32 of shape (H, W, 3), RGB, 0..1; "encoded" means sRGB-encoded, "linear" means
proportional to light.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.kernels import Kernel, disk_kernel, line_kernel

Pixels = NDArray[np.float32]

DISK_RADII = (1.0, 2.0, 4.0, 6.0, 8.0)
"""KADIS lens blur, pixels, levels 1 to 5."""
LINE_LENGTHS = (1.0, 2.0, 4.0, 6.0, 10.0)
"""KADIS motion blur, pixels, levels 1 to 5."""
BRIGHTEN_AMOUNTS = (0.1, 0.2, 0.4, 0.7, 1.1)
DARKEN_AMOUNTS = (0.05, 0.1, 0.2, 0.4, 0.8)


def blur(picture: Pixels, kernel: Kernel) -> Pixels:
    """Convolves with a kernel, the border replicated."""
    return np.asarray(cv2.filter2D(picture, -1, kernel, borderType=cv2.BORDER_REPLICATE))


def stretch(picture: Pixels) -> Pixels:
    """Maps the lowest value of the whole picture to 0 and the highest to 1, as KADIS does.

    KADIS stretches before and after every distortion, so its "darken" is a gamma, not an exposure
    error: whites stay white. A flat picture stays as it is.
    """
    low, high = float(picture.min()), float(picture.max())
    if high - low < 1e-6:
        return picture
    return (picture - low) / (high - low)


def tone_curve(values: Pixels, middle: float) -> Pixels:
    """The quadratic through (0, 0), (0.5, middle) and (1, 1), clipped to 0..1.

    It is an exact map: without the JPEG step afterwards a network could read it from gaps in the
    histogram.
    """
    square, slope = 2 - 4 * middle, 4 * middle - 1
    return np.asarray(np.clip(square * values * values + slope * values, 0, 1), dtype=np.float32)


def darken(picture: Pixels, amount: float) -> Pixels:
    """KADIS distortion 17: the tone curve with its middle at 0.5 - amount / 2, on R, G and B."""
    return tone_curve(picture, 0.5 - amount / 2)


def brighten(picture: Pixels, amount: float) -> Pixels:
    """KADIS distortion 16: two parts the tone curve on R, G, B and one part on CIELAB L."""
    middle = 0.5 + amount / 2
    on_rgb = tone_curve(picture, middle)
    lab = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2Lab)
    lab[..., 0] = 100 * tone_curve(lab[..., 0] / 100, middle)
    on_lightness = np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), 0, 1)
    return np.asarray((2 * on_rgb + on_lightness) / 3, dtype=np.float32)


def kadis(picture: Pixels, kind: int, level: int, angle: float = 0.0) -> Pixels:
    """One KADIS distortion of an encoded picture, stretched before and after.

    Args:
        picture: Encoded.
        kind: KADIS code: 2 lens blur, 3 motion blur, 16 brighten, 17 darken.
        level: 1..5.
        angle: Degrees, motion blur only.

    Raises:
        ValueError: If the code isn't one of the four.
    """
    picture = stretch(picture)
    if kind == 2:
        picture = blur(picture, disk_kernel(DISK_RADII[level - 1]))
    elif kind == 3:
        picture = blur(picture, line_kernel(LINE_LENGTHS[level - 1], angle))
    elif kind == 16:
        picture = brighten(picture, BRIGHTEN_AMOUNTS[level - 1])
    elif kind == 17:
        picture = darken(picture, DARKEN_AMOUNTS[level - 1])
    else:
        raise ValueError(f"KADIS code {kind} is not one of 2, 3, 16 and 17")
    return stretch(picture)
