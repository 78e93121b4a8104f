"""Brings colours that a space cannot show into it: towards grey first, so that hues do not tip over."""

import numpy as np
from numpy.typing import NDArray

from editor.core.working_space import Plane

_DRAWN = 0.7
_SLACK = 2e-3
_TINY = np.float32(1e-6)


def fit_gamut(planes: list[Plane], luminance: NDArray[np.float32], white: float = 1.0) -> list[Plane]:
    """Draws colours outside 0..1 towards the grey of their luminance.

    All of the way would take bright colours their strength, none of it would turn orange into red and melt
    the texture of strong colours together: seven tenths of the way, the rest is clipped later.

    Args:
        planes: Red, green and blue, each shape (H, W), linear light in the target space; colours outside are
            changed in place.
        luminance: Shape (1, 3), what its channels weigh.
        white: The light of white in the planes.

    Returns:
        The same planes; colours inside never change.
    """
    most, least = np.float32(white * (1.0 + _SLACK)), np.float32(-white * _SLACK)
    masks = [plane > most for plane in planes if plane.max() > most]
    masks += [plane < least for plane in planes if plane.min() < least]
    if not masks:
        return planes
    places = np.flatnonzero(np.logical_or.reduce(masks))
    light = np.stack([plane.reshape(-1)[places] for plane in planes]) / np.float32(white)
    for plane, values in zip(planes, _fitted(light, luminance[0]) * np.float32(white), strict=True):
        plane.reshape(-1)[places] = values
    return planes


def _fitted(light: NDArray[np.float32], luminance: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same for single colours, shape (3, N)."""
    grey = np.clip(luminance @ light, np.float32(0.0), np.float32(1.0))
    above = (np.float32(1.0) - grey) / np.maximum(light.max(axis=0) - grey, _TINY)
    below = grey / np.maximum(grey - light.min(axis=0), _TINY)
    kept = np.minimum(np.minimum(above, below), np.float32(1.0))
    kept = np.float32(1.0 - _DRAWN) + np.float32(_DRAWN) * kept
    return np.asarray(grey + (light - grey) * kept)
