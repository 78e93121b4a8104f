"""The random draws of blur: the kernel of a defocused or a shaken photo."""

import math

import numpy as np
from numpy.typing import NDArray

from training import kernels
from training.config import PhysicalRanges
from training.draws import log_uniform


def draw_blur_kernel(ranges: PhysicalRanges, random: np.random.Generator) -> kernels.Kernel:
    """The kernel of a defocused or a shaken photo."""
    if random.random() < 1 - ranges.shaken:
        blades = int(random.choice([0, 5, 6, 7, 8, 9]))
        radius = log_uniform(random, ranges.defocus_radius)
        return kernels.polygon_kernel(radius, blades, random.uniform(0, math.tau))
    length = log_uniform(random, ranges.shake_length)
    if random.random() < ranges.shake_line:
        return kernels.line_kernel(length, random.uniform(0, 180))
    return kernels.path_kernel(shake_path(length, random))


def shake_path(length: float, random: np.random.Generator, points: int = 96) -> NDArray[np.float64]:
    """A smooth random path of a hand that cannot hold still.

    Args:
        length: The path's length in pixels.
        random: Source of every draw.
        points: How many points stand for it.

    Returns:
        Shape (points, 2).
    """
    heading = random.uniform(0, math.tau)
    turns = np.cumsum(random.normal(0, 1.6 / math.sqrt(points), points))
    speed = np.exp(np.cumsum(random.normal(0, 0.8 / math.sqrt(points), points)))
    angles = heading + np.cumsum(turns) * (4 / points)
    steps = np.stack([np.cos(angles) * speed, np.sin(angles) * speed], axis=1)
    return np.cumsum(steps * (length / speed.sum()), axis=0)
