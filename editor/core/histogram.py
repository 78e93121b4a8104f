"""The histogram and the clipped shares of a rendered picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

LEVELS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How often each level occurs.

    Attributes:
        red: Shape (256,), counts of pixels, int64; ``green`` and ``blue`` likewise.
        green: See ``red``.
        blue: See ``red``.
        luminance: The same of Rec. 709 luma, for the outline.
        highlights: Share of pixels, 0..1, with a channel at 255: something is burnt out.
        shadows: Share of pixels with a channel at 0.
        white: Share of pixels with all channels at 255: nothing is left.
        black: Share of pixels with all channels at 0.
    """

    red: NDArray[np.int64]
    green: NDArray[np.int64]
    blue: NDArray[np.int64]
    luminance: NDArray[np.int64]
    highlights: float
    shadows: float
    white: float
    black: float


def measure_histogram(srgb8: NDArray[np.uint8]) -> Histogram:
    """Counts the levels of pixels as they are shown.

    Args:
        srgb8: Shape (H, W, 3), uint8.
    """
    planes = cv2.split(srgb8)
    luma = cv2.cvtColor(srgb8, cv2.COLOR_RGB2GRAY)
    red, green, blue, luminance = (_counts(plane) for plane in (*planes, luma))
    largest = cv2.max(cv2.max(planes[0], planes[1]), planes[2])
    smallest = cv2.min(cv2.min(planes[0], planes[1]), planes[2])
    pixels = luma.size
    return Histogram(
        red,
        green,
        blue,
        luminance,
        highlights=cv2.countNonZero(cv2.compare(largest, LEVELS - 1, cv2.CMP_EQ)) / pixels,
        shadows=1.0 - cv2.countNonZero(smallest) / pixels,
        white=cv2.countNonZero(cv2.compare(smallest, LEVELS - 1, cv2.CMP_EQ)) / pixels,
        black=1.0 - cv2.countNonZero(largest) / pixels,
    )


def clipping_mask(srgb8: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where any channel is at 255, and where any is at 0; both of shape (H, W)."""
    planes = cv2.split(srgb8)
    largest = cv2.max(cv2.max(planes[0], planes[1]), planes[2])
    smallest = cv2.min(cv2.min(planes[0], planes[1]), planes[2])
    return largest == LEVELS - 1, smallest == 0


def _counts(plane: NDArray[np.uint8]) -> NDArray[np.int64]:
    counted = cv2.calcHist([plane], [0], None, [LEVELS], [0, LEVELS])
    return np.asarray(counted, dtype=np.float64).ravel().astype(np.int64)
