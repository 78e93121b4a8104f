"""Sharpen: an unsharp mask on encoded luminance; colours get no fringes."""

from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np

from editor.core.curve_table import DECODED, ENCODE, LEVELS, look_up
from editor.core.gaussian import gaussian_blur, reach
from editor.core.operation import Operation
from editor.core.parameter import Parameter
from editor.core.planes import merged, plane_of, planes_of
from editor.core.working_space import LUMINANCE, Linear, Matrix, Plane

AMOUNT = Parameter("amount", "%", 0.0, 0.0, 500.0, 0.0, 200.0, 1.0, 0)
RADIUS = Parameter("radius", "px", 1.0, 0.1, 50.0, 0.3, 5.0, 0.1, 1)
THRESHOLD = Parameter("threshold", "levels", 0.0, 0.0, 64.0, 0.0, 20.0, 0.5, 1)

_WHITE_LEVEL = 65535
_SCALED: Matrix = np.eye(3) * LEVELS.scale


@dataclass(frozen=True, slots=True)
class Sharpen(Operation):
    """Stored parameters; neutral whenever the amount is 0.

    Attributes:
        amount: How much of the mask is added, in percent.
        radius: Standard deviation of the mask's Gaussian in pixels of the full size.
        threshold: Differences up to this, in levels of 255, are left alone, larger ones lose as much.
    """

    NAME: ClassVar[str] = "sharpen"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (AMOUNT, RADIUS, THRESHOLD)

    amount: float = 0.0
    radius: float = 1.0
    threshold: float = 0.0

    @property
    def is_neutral(self) -> bool:
        """Whether nothing is added; radius and threshold alone do nothing."""
        return self.amount == 0.0


def sharpen_reach(stored: Sharpen, scale: float) -> int:
    """How many pixels away the operation looks, at a render scale."""
    return reach(stored.radius, scale)


def sharpen(linear: Linear, stored: Sharpen, scale: float) -> Linear:
    """Sharpens linear working pixels.

    The mask is found on luminance encoded by the sRGB curve, where a grey picture's own values are, and
    added to all encoded channels alike: no colour fringes, and a preview stays what the export looks like
    from further away, because adding commutes with averaging.

    Args:
        linear: Shape (H, W, 3).
        stored: The parameters.
        scale: Size of this rendering in relation to the full size.
    """
    change = mask_of(ENCODE.scaled(plane_of(linear, LUMINANCE * ENCODE.scale)), stored, scale)
    change *= np.float32(stored.amount / 100.0 * _WHITE_LEVEL)
    encoded = [LEVELS.scaled(plane) for plane in planes_of(linear, _SCALED)]
    sharper = [cv2.add(plane, change, dtype=cv2.CV_16U) for plane in encoded]
    return merged([look_up(DECODED, levels) for levels in sharper])


def unsharp_mask(encoded: Plane, stored: Sharpen, scale: float) -> Plane:
    """One plane plus its difference from its blurred self; not clipped.

    Args:
        encoded: Shape (H, W), 0..1.
        stored: The parameters.
        scale: Size of this rendering in relation to the full size.
    """
    return np.asarray(cv2.scaleAdd(mask_of(encoded, stored, scale), stored.amount / 100.0, encoded))


def mask_of(encoded: Plane, stored: Sharpen, scale: float) -> Plane:
    """The difference of one plane from its blurred self, less the threshold; of any sign.

    Args:
        encoded: Shape (H, W), 0..1.
        stored: The parameters.
        scale: Size of this rendering in relation to the full size.
    """
    difference: Plane = cv2.subtract(encoded, gaussian_blur(encoded, stored.radius, scale))
    if stored.threshold:
        limit = stored.threshold / 255.0
        difference = cv2.subtract(difference, np.clip(difference, -limit, limit))
    return difference
