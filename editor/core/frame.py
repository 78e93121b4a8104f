"""Where the pixels of a rendering lie in the photo: crop, angle and scale worked out to whole pixels."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from editor.core.crop import Crop, turned_size

_INSIDE = 0.49
_TOUCHING = 1e-9


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendering's place in the turned photo, in pixels of the full size.

    Attributes:
        turned_width: Width of the photo after its quarter turns.
        turned_height: Height after the quarter turns.
        left: Left edge of the cut; a whole number where ``angle`` is 0.
        top: Top edge of the cut.
        cut_width: Full-size width of the cut, a whole number of at least 1.
        cut_height: Full-size height of the cut.
        angle: Straightening in degrees, above 0 clockwise.
        quarter_turns: 0..3, clockwise.
        mirrored: Whether left and right are exchanged after the turns.
        width: Width of the rendering in pixels, at most ``cut_width``.
        height: Height of the rendering.
    """

    turned_width: int
    turned_height: int
    left: float
    top: float
    cut_width: int
    cut_height: int
    angle: float
    quarter_turns: int
    mirrored: bool
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Size of the rendering in relation to the full size, 1 or less; radii are multiplied by it."""
        return max(self.width / self.cut_width, self.height / self.cut_height)

    def to_photo(self) -> NDArray[np.float64]:
        """The 2 x 3 matrix from places in the rendering to places in the turned photo at full size.

        Places count from the outer edge of the first pixel, so the first pixel's centre is at 0.5.
        """
        c, s = cos(radians(self.angle)), sin(radians(self.angle))
        scale = np.diag([self.cut_width / self.width, self.cut_height / self.height])
        back = np.array([[c, s], [-s, c]])
        middle = np.array([self.turned_width, self.turned_height]) / 2
        offset = back @ (np.array([self.left, self.top]) - middle) + middle
        return np.column_stack([back @ scale, offset])


def make_frame(
    crop: Crop, full_size: tuple[int, int], fit: tuple[int, int] | None, limit: float = 1.0
) -> Frame:
    """The frame of a crop.

    Without an angle the edges are rounded to whole pixels. With one, the cut is pulled in towards its
    centre until all its corners lie within the straightened photo, its ratio kept: of an uncut photo that
    is the largest inner rectangle of the photo's own ratio.

    Args:
        crop: Stored parameters.
        full_size: Width and height of the upright photo.
        fit: Width and height the rendering must fit into, each at least 1; it is never enlarged. None asks
            for the full size.
        limit: The largest scale that the decoded pixels allow.
    """
    width, height = turned_size(crop, *full_size)
    left, top, cut_width, cut_height = _upright_cut(crop, width, height)
    if crop.angle:
        left, top, cut_width, cut_height = _pulled_in(crop, width, height)
    scale = limit
    if fit is not None:
        scale = min(limit, fit[0] / cut_width, fit[1] / cut_height)
    return Frame(
        width,
        height,
        left,
        top,
        cut_width,
        cut_height,
        crop.angle,
        crop.quarter_turns if isinstance(crop.quarter_turns, int) else int(crop.quarter_turns),
        crop.mirrored,
        max(1, round(cut_width * scale)),
        max(1, round(cut_height * scale)),
    )


def _upright_cut(crop: Crop, width: int, height: int) -> tuple[float, float, int, int]:
    left = min(round(crop.left * width), width - 1)
    top = min(round(crop.top * height), height - 1)
    right = max(round(crop.right * width), left + 1)
    bottom = max(round(crop.bottom * height), top + 1)
    return left, top, right - left, bottom - top


def _pulled_in(crop: Crop, width: int, height: int) -> tuple[float, float, int, int]:
    """The cut about its centre, made smaller until it lies within the straightened photo."""
    c, s = cos(radians(crop.angle)), sin(radians(crop.angle))
    back = np.array([[c, s], [-s, c]])
    size = np.array([width, height], dtype=np.float64)
    centre = np.array([crop.left + crop.right - 1, crop.top + crop.bottom - 1]) / 2 * size
    half = np.array([crop.right - crop.left, crop.bottom - crop.top]) / 2 * size
    centre_back = back @ centre
    centre = centre * min(1.0, *(_INSIDE * size / np.maximum(np.abs(centre_back), _TOUCHING)))
    room = size / 2 - np.abs(back @ centre)
    needed = np.abs(back) @ half
    factor = min(1.0, *(room / needed))
    inner = np.maximum(1, np.floor(2 * half * factor + _TOUCHING)).astype(int)
    left, top = centre + size / 2 - inner / 2
    return float(left), float(top), int(inner[0]), int(inner[1])
