"""The histogram of a rendered picture, and how much of it has lost its highlights or shadows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.clipping import BLOCKED_TO, CLIPPED_FROM, brightest_of

LEVELS = 256
_PARTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How often each level occurs.

    Attributes:
        red: Shape (256,), counts of pixels, int64; ``green`` and ``blue`` likewise.
        green: See ``red``.
        blue: See ``red``.
        luminance: The same of Rec. 709 luma, for the outline.
        highlights: Share of pixels, 0..1, that have lost their highlights (see ``clipping``).
        shadows: Share of pixels that have lost their shadows.
    """

    red: NDArray[np.int64]
    green: NDArray[np.int64]
    blue: NDArray[np.int64]
    luminance: NDArray[np.int64]
    highlights: float
    shadows: float


def measure_histogram(srgb8: NDArray[np.uint8]) -> Histogram:
    """Counts the levels of pixels as they are shown.

    Args:
        srgb8: Shape (H, W, 3), uint8.
    """
    with ThreadPoolExecutor(_PARTS, thread_name_prefix="histogram") as pool:
        counted = list(pool.map(_counted, np.array_split(srgb8, min(_PARTS, len(srgb8)))))
    red, green, blue, luminance, brightest = np.sum(counted, axis=0)
    return Histogram(
        red,
        green,
        blue,
        luminance,
        highlights=float(brightest[CLIPPED_FROM:].sum() / brightest.sum()),
        shadows=float(brightest[: BLOCKED_TO + 1].sum() / brightest.sum()),
    )


def _counted(srgb8: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Counts of red, green, blue, luma and the brightest channel, shape (5, 256)."""
    red, green, blue = cv2.split(srgb8)
    luma = cv2.cvtColor(srgb8, cv2.COLOR_RGB2GRAY)
    brightest = brightest_of(red, green, blue)
    return np.stack([_counts(plane) for plane in (red, green, blue, luma, brightest)])


def _counts(plane: NDArray[np.uint8]) -> NDArray[np.int64]:
    counted = cv2.calcHist([plane], [0], None, [LEVELS], [0, LEVELS])
    return np.asarray(counted, dtype=np.float64).ravel().astype(np.int64)
