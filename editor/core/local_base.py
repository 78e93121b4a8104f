"""The lightness of a pixel's surroundings, with edges kept: a guided filter found on a small copy.

The coefficients (He, Sun and Tang 2013; He and Sun 2015 for the small copy) belong to the whole picture at
a fixed size, so every size and every tile of it gets the same surroundings, and strong edges no halos.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from editor.core.gaussian import gaussian_blur
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, Linear, Plane

PROXY_SIDE = 512
"""Longest side of the small copy in pixels."""

_FLOOR = 2.0**-10
_RADIUS = 0.02
_EDGE = 0.4**2
_OCTAVE = float(np.log2(np.e))


@dataclass(frozen=True, slots=True, eq=False)
class LocalBase:
    """Coefficients over the whole rendered picture; the base of a pixel is slope * lightness + offset.

    Attributes:
        slope: Shape (h, w), 0..1: near 1 at strong edges, near 0 in even or finely textured areas.
        offset: Shape (h, w).
    """

    slope: Plane
    offset: Plane

    def of(self, stops: Plane, window: Window, size: tuple[int, int]) -> Plane:
        """The lightness of the surroundings in a part of the picture.

        Args:
            stops: Shape (H, W), lightness of this part from ``lightness``.
            window: Where the part lies in the rendered picture.
            size: Width and height of the whole rendered picture.
        """
        slope, offset = (_stretched(plane, window, size) for plane in (self.slope, self.offset))
        return np.asarray(slope * stops + offset)


def _stretched(plane: Plane, window: Window, size: tuple[int, int]) -> Plane:
    across, down = plane.shape[1] / size[0], plane.shape[0] / size[1]
    matrix = np.array(
        [[across, 0.0, (window.left + 0.5) * across - 0.5], [0.0, down, (window.top + 0.5) * down - 0.5]]
    )
    stretched: Plane = cv2.warpAffine(
        plane,
        matrix,
        (window.width, window.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return stretched


def lightness(linear: Linear) -> Plane:
    """The log2 of luminance, shape (H, W): 0 is white, -10 the floor that black counts as."""
    luminance = cv2.transform(linear, LUMINANCE).reshape(linear.shape[:2])
    return np.asarray(cv2.log(np.maximum(luminance, np.float32(_FLOOR))) * np.float32(_OCTAVE))


def find_base(proxy: Linear, full_side: float) -> LocalBase:
    """The coefficients from a small copy of the picture.

    Args:
        proxy: Shape (h, w, 3), linear light after exposure.
        full_side: The longest side of the whole photo, uncropped, in pixels of the proxy; the radius of
            the surroundings is 2 % of it.
    """
    guide: Plane = lightness(proxy)
    radius = max(0.5, _RADIUS * full_side / 2.0)
    mean = gaussian_blur(guide, radius)
    variance: Plane = np.maximum(gaussian_blur(guide * guide, radius) - mean * mean, np.float32(0.0))
    slope = np.asarray(variance / (variance + np.float32(_EDGE)), dtype=np.float32)
    return LocalBase(gaussian_blur(slope, radius), gaussian_blur(mean - slope * mean, radius))
