"""The lightness of a pixel's surroundings, with edges kept: a guided filter found on a small copy.

The coefficients (He, Sun and Tang 2013; He and Sun 2015 for the small copy) belong to the whole picture at
a fixed size, so every size and every tile of it gets the same surroundings, and strong edges no halos.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.gaussian import gaussian_blur
from editor.core.planes import plane_of
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, Linear, Matrix, Plane

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
        cv2.multiply(slope, stops, dst=slope)
        return np.asarray(cv2.add(slope, offset, dst=slope))


def _stretched(plane: Plane, window: Window, size: tuple[int, int]) -> Plane:
    """A part of the plane stretched over the whole rendering, on straight lines between its values.

    Rows by hand, so that bands meet; along the rows OpenCV is fastest.
    """
    rows = (np.arange(window.top, window.top + window.height) + 0.5) * (plane.shape[0] / size[1]) - 0.5
    rows = np.clip(rows, 0.0, plane.shape[0] - 1)
    above = rows.astype(int)
    below = np.minimum(above + 1, plane.shape[0] - 1)
    part = (rows - above).astype(np.float32)[:, np.newaxis]
    narrow = plane[above] * (np.float32(1.0) - part) + plane[below] * part
    wide = cv2.resize(narrow, (size[0], window.height), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(wide[:, window.left : window.left + window.width])


def lightness(linear: Linear, weights: NDArray[np.floating] = LUMINANCE) -> Plane:
    """The log2 of luminance, shape (H, W): 0 is white, -10 the floor that black counts as.

    Args:
        linear: Shape (H, W, 3).
        weights: Shape (1, 3), what the channels weigh.
    """
    light = plane_of(linear, weights)
    np.maximum(light, np.float32(_FLOOR), out=light)
    cv2.log(light, dst=light)
    light *= np.float32(_OCTAVE)
    return light


def find_base(proxy: Linear, matrix: Matrix, full_side: float) -> LocalBase:
    """The coefficients from a small copy of the picture.

    Means of lightness and of its square are taken to half the size before they are blurred: so smooth, they
    lose nothing, and cost an eighth.

    Args:
        proxy: Shape (h, w, 3), linear light.
        matrix: What white balance and exposure do to it.
        full_side: The longest side of the whole photo, uncropped, in pixels of the proxy; the radius of
            the surroundings is 2 % of it.
    """
    guide: Plane = lightness(proxy, LUMINANCE @ matrix)
    half = (max(1, guide.shape[1] // 2), max(1, guide.shape[0] // 2))
    radius = max(0.5, _RADIUS * full_side / 2.0) / 2.0
    mean, square = (
        gaussian_blur(cv2.resize(p, half, interpolation=cv2.INTER_AREA), radius)
        for p in (guide, guide * guide)
    )
    variance: Plane = np.maximum(square - mean * mean, np.float32(0.0))
    slope = np.asarray(variance / (variance + np.float32(_EDGE)), dtype=np.float32)
    return LocalBase(gaussian_blur(slope, radius), gaussian_blur(mean - slope * mean, radius))
