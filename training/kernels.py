"""Blur kernels as pure functions of numbers: disk, polygon, line and path; every one sums to 1."""

import functools
import math

import numpy as np
from numpy.typing import NDArray

Kernel = NDArray[np.float32]


@functools.lru_cache(maxsize=64)
def disk_kernel(radius: float) -> Kernel:
    """Normalised anti-aliased disk: the share of each pixel that a circle of this radius covers.

    Args:
        radius: Kernel, above 0.

    Returns:
        Shape (2 * ceil(radius) + 1,) twice, sum 1.
    """
    return polygon_kernel(radius, 0, 0.0)


def polygon_kernel(radius: float, blades: int, rotation: float) -> Kernel:
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


def line_kernel(length: float, angle: float) -> Kernel:
    """Normalised anti-aliased line through the centre: one minus the distance to it, at least 0.

    Args:
        length: Kernel, at least 1; a line of length 1 leaves the picture as it is.
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


def path_kernel(points: NDArray[np.float64]) -> Kernel:
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
