"""Vibrance and saturation: chroma in Oklab, so that neither hue nor lightness wanders."""

from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np

from editor.core.operation import Operation
from editor.core.parameter import Parameter, percent
from editor.core.planes import merged, planes_of
from editor.core.working_space import BT709, WORKING_TO_XYZ, Linear, Matrix, Plane, to_xyz

_LMS_OF_SRGB: Matrix = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB_OF_LMS: Matrix = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_TO_LMS: Matrix = np.asarray(_LMS_OF_SRGB @ np.linalg.inv(to_xyz(BT709)) @ WORKING_TO_XYZ, dtype=np.float64)
_FROM_LMS: Matrix = np.asarray(np.linalg.inv(_TO_LMS), dtype=np.float64)
_TO_LAB = _LAB_OF_LMS
_FROM_LAB: Matrix = np.asarray(np.linalg.inv(_LAB_OF_LMS), dtype=np.float64)

_FULL_CHROMA = 0.24
_SKIN_HUE = np.deg2rad(52.0)
_SKIN_SPARED = 0.5
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class ColorMix(Operation):
    """Stored parameters, each -100..100.

    Attributes:
        vibrance: Chroma of weak colours more than of strong ones; the colours of skin are half spared.
        saturation: Chroma of all colours alike: -100 is grey, 100 doubles it.
    """

    NAME: ClassVar[str] = "color_mix"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (percent("vibrance"), percent("saturation"))

    vibrance: float = 0.0
    saturation: float = 0.0


def mix_colors(linear: Linear, stored: ColorMix) -> Linear:
    """Changes the chroma of linear working pixels; greys stay what they are.

    Oklab by Ottosson (2020), https://bottosson.github.io/posts/oklab/.

    Args:
        linear: Shape (H, W, 3).
        stored: The parameters.
    """
    roots = cv2.transform(linear, _TO_LMS)
    np.cbrt(roots, out=roots)
    if stored.vibrance == 0.0:
        mixed = cv2.transform(roots, _flat_mix(1.0 + stored.saturation / 100.0))
    else:
        light, a, b = planes_of(roots, _TO_LAB)
        factor = _vibrance_factor(stored.vibrance / 100.0, a, b)
        factor *= np.float32(1.0 + stored.saturation / 100.0)
        cv2.multiply(a, factor, dst=a)
        cv2.multiply(b, factor, dst=b)
        mixed = cv2.transform(merged([light, a, b]), _FROM_LAB)
    return np.asarray(cv2.transform(cv2.pow(mixed, 3), _FROM_LMS))


def _flat_mix(factor: float) -> Matrix:
    return np.asarray(_FROM_LAB @ np.diag([1.0, factor, factor]) @ _TO_LAB)


def _vibrance_factor(vibrance: float, a: Plane, b: Plane) -> Plane:
    """What chroma is multiplied by: 1 for colours as strong as can be, more for weaker ones."""
    chroma = cv2.magnitude(a, b)
    weak = np.multiply(chroma, np.float32(-1.0 / _FULL_CHROMA))
    weak += np.float32(1.0)
    np.maximum(weak, np.float32(0.0), out=weak)
    weak *= np.float32(vibrance)
    if vibrance > 0:
        cv2.multiply(weak, _spared(a, b, chroma), dst=weak)
    return np.asarray(np.add(weak, np.float32(1.0), out=weak))


def _spared(a: Plane, b: Plane, chroma: Plane) -> Plane:
    """What vibrance is multiplied by for the sake of skin: 1 far from its hue, less near it."""
    chroma += np.float32(_TINY)
    towards: Plane = cv2.addWeighted(a, float(np.cos(_SKIN_HUE)), b, float(np.sin(_SKIN_HUE)), 0.0)
    cv2.divide(towards, chroma, dst=towards)
    np.maximum(towards, np.float32(0.0), out=towards)
    for _ in range(3):
        cv2.multiply(towards, towards, dst=towards)
    towards *= np.float32(-_SKIN_SPARED)
    return np.asarray(np.add(towards, np.float32(1.0), out=towards))
