"""Noise reduction: fine detail that is weaker than the noise is taken out, scale by scale."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.gaussian import gaussian_blur, reach
from editor.core.operation import Operation
from editor.core.parameter import Parameter, percent
from editor.core.planes import merged, planes_of
from editor.core.working_space import Linear, Plane

_SIGMAS = (0.0, 0.7, 1.4, 2.8, 5.6)
_NOISE = (0.80, 0.26, 0.13, 0.065)
_LUMINANCE = 0.06
_COLOR = 0.20
_SMALLEST = 0.3

_TO_YCC: NDArray[np.float64] = np.array(
    [[0.2627, 0.6780, 0.0593], [-0.1396, -0.3604, 0.5], [0.5, -0.4598, -0.0402]]
)
_FROM_YCC: NDArray[np.float64] = np.asarray(np.linalg.inv(_TO_YCC), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class NoiseReduction(Operation):
    """Stored parameters, each 0..100.

    Attributes:
        luminance: Strength against grain.
        color: Strength against coloured specks.
    """

    NAME: ClassVar[str] = "noise_reduction"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (percent("luminance", 0.0), percent("color", 0.0))

    luminance: float = 0.0
    color: float = 0.0


def noise_reach(scale: float) -> int:
    """How many pixels away the operation looks, at a render scale."""
    return sum(reach(width, scale) for _, width in _scales(scale))


def reduce_noise(linear: Linear, stored: NoiseReduction, scale: float) -> Linear:
    """Takes noise out of linear working pixels.

    Works on the square root of light, where the noise of photons is equally strong in bright and dark
    parts, apart for lightness and colour. The difference between two Gaussians is weighted by
    d^2 / (d^2 + t^2): edges pass, noise below t goes. Scales that a smaller rendering has already
    averaged away are left out there.

    Args:
        linear: Shape (H, W, 3).
        stored: The parameters.
        scale: Size of this rendering in relation to the full size.
    """
    roots = _lit(linear)
    planes = planes_of(cv2.sqrt(roots, dst=roots), _TO_YCC)
    if stored.luminance:
        planes[0] = _shrunk(planes[0], stored.luminance / 100.0 * _LUMINANCE, scale)
    if stored.color:
        planes[1:] = [_shrunk(plane, stored.color / 100.0 * _COLOR, scale) for plane in planes[1:]]
    clean = cv2.transform(merged(planes), _FROM_YCC)
    clean = _lit(clean, dst=clean)
    return np.asarray(cv2.multiply(clean, clean, dst=clean))


def _lit(linear: Linear, dst: Linear | None = None) -> Linear:
    """No light below none. OpenCV's maximum takes a single pixel for a number, and is slower."""
    lit: Linear = cv2.threshold(linear, 0.0, 0.0, cv2.THRESH_TOZERO, dst=dst)[1]
    return lit


def _scales(scale: float) -> list[tuple[float, float]]:
    """For every scale that is left: the noise to expect, and the Gaussian that leads to the next."""
    steps = [
        (noise, float(np.sqrt(wide**2 - narrow**2)))
        for noise, (narrow, wide) in zip(_NOISE, pairwise(_SIGMAS), strict=True)
    ]
    return [(noise, width) for noise, width in steps if width * scale >= _SMALLEST]


def _shrunk(plane: Plane, strength: float, scale: float) -> Plane:
    """One plane without its noise; worked on in place where the steps allow."""
    kept = np.zeros_like(plane)
    for noise, width in _scales(scale):
        smooth = gaussian_blur(plane, width, scale)
        detail = cv2.subtract(plane, smooth)
        square = cv2.multiply(detail, detail)
        total = np.add(square, np.float32((strength * noise) ** 2))
        cv2.divide(square, total, dst=square)
        cv2.accumulateProduct(detail, square, kept)
        plane = smooth
    return np.asarray(cv2.add(kept, plane, dst=kept))
