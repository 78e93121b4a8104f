"""Where a picture has lost its highlights or its shadows: one rule for figures and for the overlay on screen.

It must not change pixels. A colour counts by its brightest channel: one channel at the end is enough to lose
a highlight, all three must be at the end to lose a shadow.
"""

import numpy as np
from numpy.typing import NDArray

CLIPPED_FROM = 253
"""A channel from here on is clipped; JPEG writes pure white as 253 to 255."""

BLOCKED_TO = 2
"""A shadow whose brightest channel is no more than this is blocked."""


def clipped(srgb8: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels with a channel at the upper end.

    Args:
        srgb8: Shape (H, W, 3).

    Returns:
        Shape (H, W).
    """
    return clipped_at(_brightest(srgb8))


def blocked(srgb8: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels with every channel at the lower end.

    Args:
        srgb8: Shape (H, W, 3).

    Returns:
        Shape (H, W).
    """
    return blocked_at(_brightest(srgb8))


def clipped_at(brightest: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The same as `clipped`, from the brightest channel of every pixel, shape (H, W)."""
    return brightest >= CLIPPED_FROM


def blocked_at(brightest: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The same as `blocked`, from the brightest channel of every pixel, shape (H, W)."""
    return brightest <= BLOCKED_TO


def brightest_of(
    red: NDArray[np.uint8], green: NDArray[np.uint8], blue: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """The brightest channel of every pixel; maxima of planes are several times faster than along an axis."""
    higher = np.maximum(red, green)
    return np.maximum(higher, blue, out=higher)


def _brightest(srgb8: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return brightest_of(srgb8[..., 0], srgb8[..., 1], srgb8[..., 2])
