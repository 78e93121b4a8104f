"""Gaussian blur of float pixels with the window, border and reach that every operation shares."""

import cv2
import numpy as np
from numpy.typing import NDArray

_TRUNCATE = 4.0
_SMALLEST = 0.05


def reach(sigma: float) -> int:
    """How many pixels away a Gaussian of a standard deviation still counts; 0 if it changes nothing."""
    if sigma < _SMALLEST:
        return 0
    return max(1, int(_TRUNCATE * sigma + 0.5))


def gaussian_kernel(sigma: float) -> NDArray[np.float64]:
    """The normalised window, shape (2 * reach + 1,).

    Cut off at 4 sigma, as in SciPy's ``gaussian_filter``. Below half a pixel, where samples of the bell no
    longer have its width, a window of three with the same variance takes over, so that a radius that was
    scaled down with the picture keeps its effect.
    """
    radius = reach(sigma)
    if radius == 0:
        return np.ones(1)
    if sigma < 0.5:
        side = sigma * sigma / 2.0
        return np.array([side, 1.0 - 2.0 * side, side])
    window = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return np.asarray(window / window.sum())


def gaussian_blur(pixels: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Blurs pixels; beyond the border the picture is reflected with its edge repeated.

    Args:
        pixels: Shape (H, W) or (H, W, 3), float32.
        sigma: Standard deviation in pixels of this picture; next to nothing returns the pixels themselves.
    """
    if reach(sigma) == 0:
        return pixels
    kernel = gaussian_kernel(sigma)
    blurred: NDArray[np.float32] = cv2.sepFilter2D(pixels, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT)
    return blurred
