"""Brings colours that a space cannot show into it: towards grey first, so that hues do not tip over."""

import cv2
import numpy as np
from numpy.typing import NDArray

_DRAWN = 0.7
_SLACK = 2e-3


def fit_gamut(light: NDArray[np.float32], luminance: NDArray[np.float32]) -> NDArray[np.float32]:
    """Draws colours outside 0..1 towards the grey of their luminance.

    All of the way would take bright colours their strength, none of it would turn orange into red and melt
    the texture of strong colours together: seven tenths of the way, the rest is clipped later.

    Args:
        light: Shape (H, W, 3), linear light in the target space.
        luminance: Shape (1, 3), what its channels weigh.

    Returns:
        The same pixels where all lie within; colours inside never change.
    """
    lowest, highest = cv2.minMaxLoc(light.reshape(light.shape[0], -1))[:2]
    if lowest > -_SLACK and highest < 1.0 + _SLACK:
        return light
    planes = cv2.split(light)
    largest = cv2.max(cv2.max(planes[0], planes[1]), planes[2])
    smallest = cv2.min(cv2.min(planes[0], planes[1]), planes[2])
    grey = np.clip(cv2.transform(light, luminance).reshape(largest.shape), np.float32(0.0), np.float32(1.0))
    tiny = np.float32(1e-6)
    above = (np.float32(1.0) - grey) / np.maximum(largest - grey, tiny)
    below = grey / np.maximum(grey - smallest, tiny)
    kept = np.minimum(np.minimum(above, below), np.float32(1.0))
    kept = np.float32(1.0 - _DRAWN) + np.float32(_DRAWN) * kept
    return np.asarray(cv2.merge([grey + (plane - grey) * kept for plane in planes]))
