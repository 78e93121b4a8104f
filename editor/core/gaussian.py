"""Gaussian blur of float pixels with the window, border and reach that every operation shares.

Widths are given in pixels of the full size, with the scale of the rendering beside them: what a window does
to a smaller rendering is what it does to the full size, seen from further away.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

_TRUNCATE = 4.0
_SMALLEST = 0.05
_TAIL = 2
_FREQUENCIES = 512

Kernel = NDArray[np.float64]


def reach(sigma: float, scale: float = 1.0) -> int:
    """How many pixels of the rendering away a Gaussian still counts; 0 if it changes nothing.

    Args:
        sigma: Standard deviation in pixels of the full size.
        scale: Size of the rendering in relation to the full size, at most 1.
    """
    if sigma * scale < _SMALLEST:
        return 0
    plain = max(1, int(_TRUNCATE * sigma * scale + 0.5))
    return plain if scale == 1.0 else plain + _TAIL


@lru_cache(maxsize=256)
def gaussian_kernel(sigma: float, scale: float = 1.0) -> Kernel:
    """The normalised window, shape (2 * reach + 1,).

    At full size the samples of the bell, cut off at 4 sigma, as in SciPy's ``gaussian_filter``. At a smaller
    scale the window whose frequency response is that of the full-size window at the scaled frequencies;
    samples of a narrower bell would blur the finest detail too little to agree with it.
    """
    if reach(sigma, scale) == 0:
        return np.ones(1)
    if scale == 1.0:
        radius = reach(sigma)
        window = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
        return np.asarray(window / window.sum())
    full = gaussian_kernel(sigma)
    distances = np.arange(len(full)) - len(full) // 2
    frequencies = (np.arange(_FREQUENCIES) + 0.5) * np.pi / _FREQUENCIES
    response = np.cos(np.outer(frequencies * scale, distances)) @ full
    radius = reach(sigma, scale)
    places = np.arange(-radius, radius + 1)
    window = np.cos(np.outer(places, frequencies)) @ response
    return np.asarray(window / window.sum())


def gaussian_blur(pixels: NDArray[np.float32], sigma: float, scale: float = 1.0) -> NDArray[np.float32]:
    """Blurs pixels; beyond the border the picture is reflected with its edge repeated.

    Args:
        pixels: Shape (H, W) or (H, W, 3), float32.
        sigma: Standard deviation in pixels of the full size; next to nothing returns the pixels themselves.
        scale: Size of these pixels in relation to the full size, at most 1.
    """
    if reach(sigma, scale) == 0:
        return pixels
    kernel = gaussian_kernel(sigma, scale)
    blurred: NDArray[np.float32] = cv2.sepFilter2D(pixels, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT)
    return blurred
