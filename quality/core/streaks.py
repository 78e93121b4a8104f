"""The direction in which a soft picture is smeared, from where its contrast is least; decides nothing."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

LEAST_COHERENCE = 0.35
"""Below this the contrast is as good as alike in all directions: rather defocus than shake."""


def streak_direction(tiles: NDArray[np.float32]) -> float | None:
    """The common direction of streaks in tiles, by the structure tensor of their fine contrast.

    Shake averages along its path, so the gradients across the path are what is left (Bigun and Granlund
    1987). Every tile counts alike, so that one strong edge does not speak for the photo.

    Args:
        tiles: Shape (N, side, side, 3), 0..255.

    Returns:
        Degrees, 0 to the right, 90 upwards, 0 <= angle < 180; None where no direction prevails.
    """
    if len(tiles) == 0:
        return None
    tensors = np.mean([_tensor(tile) for tile in tiles], axis=0)
    across, along, mixed = tensors
    coherence = math.hypot(across - along, 2 * mixed)
    if coherence < LEAST_COHERENCE:
        return None
    # The gradients lie at half this angle; rows count downwards, streaks lie at a right angle to them.
    gradients = math.degrees(0.5 * math.atan2(2 * mixed, across - along))
    return (90.0 - gradients) % 180.0


def _tensor(tile: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean squares of the gradient across and down, and their mean product; the two squares sum to 1."""
    grey = cv2.cvtColor(tile.astype(np.uint8), cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 1.0)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    squares = np.array([np.mean(across * across), np.mean(down * down), np.mean(across * down)])
    return np.asarray(squares / max(float(squares[0] + squares[1]), 1e-9), dtype=np.float64)
