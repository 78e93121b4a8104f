"""Distortions as pure functions of pixels and numbers; every random number is drawn elsewhere.

Pictures are float32 of shape (H, W, 3), RGB, 0..1; "encoded" means sRGB-encoded, "linear" means
proportional to light.
"""

import functools
import math

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]

DISK_RADII = (1.0, 2.0, 4.0, 6.0, 8.0)
"""KADIS lens blur, pixels, levels 1 to 5."""
LINE_LENGTHS = (1.0, 2.0, 4.0, 6.0, 10.0)
"""KADIS motion blur, pixels, levels 1 to 5."""
BRIGHTEN_AMOUNTS = (0.1, 0.2, 0.4, 0.7, 1.1)
DARKEN_AMOUNTS = (0.05, 0.1, 0.2, 0.4, 0.8)


@functools.lru_cache(maxsize=64)
def disk_kernel(radius: float) -> Pixels:
    """Normalised anti-aliased disk: the share of each pixel that a circle of this radius covers.

    Args:
        radius: Pixels, above 0.

    Returns:
        Shape (2 * ceil(radius) + 1,) twice, sum 1.
    """
    return polygon_kernel(radius, 0, 0.0)


def polygon_kernel(radius: float, blades: int, rotation: float) -> Pixels:
    """The image of a point out of focus: a disk, or a slightly polygonal one.

    Args:
        radius: Circumscribed radius in pixels, above 0.
        blades: Number of aperture blades; 0 for a circle.
        rotation: Radians.

    Returns:
        A normalised square kernel of odd side.
    """
    fine = 9
    reach = math.ceil(radius)
    side = 2 * reach + 1
    offsets = (np.arange(side * fine) + 0.5) / fine - side / 2
    x, y = np.meshgrid(offsets, offsets)
    edge: float | NDArray[np.float64] = radius
    if blades:
        sector = 2 * math.pi / blades
        angle = np.mod(np.arctan2(y, x) - rotation, sector) - sector / 2
        straight = math.cos(sector / 2) / np.cos(angle)
        edge = radius * (0.5 + 0.5 * straight)
    inside = (np.hypot(x, y) <= edge).astype(np.float32)
    kernel = inside.reshape(side, fine, side, fine).mean(axis=(1, 3))
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def line_kernel(length: float, angle: float) -> Pixels:
    """Normalised anti-aliased line through the centre: one minus the distance to it, at least 0.

    Args:
        length: Pixels, at least 1; a line of length 1 leaves the picture as it is.
        angle: Degrees, counter-clockwise from the x axis.

    Returns:
        A normalised square kernel of odd side.
    """
    half = (length - 1) / 2
    reach = math.ceil(half) + 1
    offsets = np.arange(-reach, reach + 1, dtype=np.float32)
    x, y = np.meshgrid(offsets, offsets)
    dx, dy = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    along = np.clip(x * dx + y * dy, -half, half)
    distance = np.hypot(x - along * dx, y - along * dy)
    kernel = np.maximum(1 - distance, 0)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def path_kernel(points: NDArray[np.float64]) -> Pixels:
    """The image of a point that wanders along a path while the shutter is open.

    Args:
        points: Shape (N, 2), x and y in pixels, equal times apart.

    Returns:
        A normalised square kernel of odd side, the path's centre of gravity in its middle.
    """
    points = points - points.mean(axis=0)
    reach = math.ceil(float(np.abs(points).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    low = np.floor(points).astype(int)
    part = points - low
    for across, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
        weight_x = part[:, 0] if across else 1 - part[:, 0]
        weight_y = part[:, 1] if down else 1 - part[:, 1]
        np.add.at(kernel, (low[:, 1] + down + reach, low[:, 0] + across + reach), weight_x * weight_y)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def blur(picture: Pixels, kernel: Pixels) -> Pixels:
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
