"""How much of a tile's detail is coarser than its pixels: a measure of blur that needs no network."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

_REDUCTIONS = (2, 4)


def coarseness(tile: NDArray[np.float32]) -> float:
    """Detail of a tile reduced to a half and a quarter, beside the detail at its own pixels.

    Natural pictures look alike at every scale (Ruderman and Bialek 1994), so the variance of the Laplacian
    of a sharp tile hardly changes when the tile is averaged down, whatever it shows. Blur takes it away at
    the tile's own pixels first.

    Args:
        tile: Shape (side, side, 3), values 0..255; the side at least 12.

    Returns:
        Mean of the natural logarithms of both ratios: about 0.5 for sharp tiles, 2 and more for soft ones.
    """
    grey = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
    coarse = [_detail(_reduced(grey, factor)) for factor in _REDUCTIONS]
    return sum(coarse) / len(coarse) - _detail(grey)


def _reduced(grey: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    size = (grey.shape[1] // factor, grey.shape[0] // factor)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _detail(grey: NDArray[np.float32]) -> float:
    """Logarithm of the variance of the Laplacian; one square grey level more, so that nothing is infinite."""
    deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_32F))[1]
    return math.log(float(deviation[0, 0]) ** 2 + 1)
