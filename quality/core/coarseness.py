"""How much of a tile's detail is coarser than its pixels: a measure of blur that needs no network."""

import cv2
import numpy as np
from numpy.typing import NDArray

_REDUCTIONS = (2, 4)
_FLOOR = 0.25
"""Squared grey levels that rounding to bytes leaves, so that nothing is infinite."""


def coarseness(tile: NDArray[np.float32]) -> float:
    """Detail of a tile reduced to a half and a quarter, beside the detail at its own pixels.

    Natural pictures look alike at every scale (Ruderman and Bialek 1994), so the energy of the second
    derivative of a sharp tile hardly changes when the tile is averaged down, whatever it shows. Blur takes
    it away at the tile's own pixels first, and a shake does so in its own direction only: the direction
    that lost most counts.

    Args:
        tile: Shape (side, side, 3), values 0..255; the side at least 12.

    Returns:
        Mean of the natural logarithms of both ratios: about 0.7 for sharp tiles, 2 for soft ones.
    """
    grey = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)
    coarse = [_detail(_reduced(grey, factor)) for factor in _REDUCTIONS]
    return float((np.mean(coarse, axis=0) - _detail(grey)).max())


def _reduced(grey: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    size = (grey.shape[1] // factor, grey.shape[0] // factor)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _detail(grey: NDArray[np.float32]) -> NDArray[np.float64]:
    """Logarithm of the mean square of the second derivative across, down and along both diagonals."""
    twice = 2 * grey[1:-1, 1:-1]
    neighbours = (
        (grey[1:-1, 2:], grey[1:-1, :-2]),
        (grey[2:, 1:-1], grey[:-2, 1:-1]),
        (grey[2:, 2:], grey[:-2, :-2]),
        (grey[2:, :-2], grey[:-2, 2:]),
    )
    energies = [
        cv2.norm(cv2.add(one, other), twice, cv2.NORM_L2SQR) / twice.size for one, other in neighbours
    ]
    return np.log(np.array(energies) + _FLOOR)
