"""Curves as look-up tables: any function of one value, applied to float pixels at the speed of a look-up."""

from collections.abc import Callable
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.working_space import srgb_decode, srgb_encode

_LAST = 65535
_SAMPLES = 8193
_ROOTS = np.linspace(0.0, 1.0, _LAST + 1)
_Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class CurveTable:
    """A curve over 0..top, looked up at the square root of the value, so that shadows are finely divided.

    The distance between two entries is at most 1/32,000 of ``top`` at ``top`` and falls towards 0. The curve
    is asked at 8,193 places; between them entries lie on straight lines. Looked up at the nearest entry;
    ``precise`` interpolates between entries, for results of more than 8 bits.
    """

    def __init__(self, curve: _Curve, top: float = 1.0) -> None:
        samples = np.linspace(0.0, 1.0, _SAMPLES)
        values = np.interp(_ROOTS, samples, curve(samples * samples * top))
        self._values = values.astype(np.float32)[np.newaxis]
        self._root = _LAST / np.sqrt(top)
        self.scale = _LAST * _LAST / top
        """What values are multiplied by for ``scaled``: their roots are places in the table then."""

    def __call__(self, pixels: NDArray[np.float32], *, precise: bool = False) -> NDArray[np.float32]:
        """The curve of every value; values beyond 0..top count as the nearest of these.

        Args:
            pixels: Any shape (H, W) or (H, W, C), float32.
            precise: Whether to interpolate.
        """
        if not precise:
            return look_up(self._values, root_index(pixels, self._root))
        return self._between(cv2.sqrt(np.maximum(pixels, np.float32(0.0))) * np.float32(self._root))

    def scaled(self, pixels: NDArray[np.float32], *, precise: bool = False) -> NDArray[np.float32]:
        """The same of values that were multiplied by ``scale`` on their way: one pass less."""
        if not precise:
            return look_up(self._values, whole_index(cv2.sqrt(pixels)))
        return self._between(cv2.sqrt(np.maximum(pixels, np.float32(0.0))))

    def _between(self, roots: NDArray[np.float32]) -> NDArray[np.float32]:
        places = np.minimum(roots, np.float32(_LAST))
        nearest = np.rint(places)
        index = nearest.astype(np.uint16)
        return np.asarray(look_up(self._values, index) + (places - nearest) * look_up(self._rises, index))

    @cached_property
    def _rises(self) -> NDArray[np.float32]:
        return np.asarray(np.gradient(self._values[0]), dtype=np.float32)[np.newaxis]


def root_index(pixels: NDArray[np.float32], scale: float) -> NDArray[np.uint16]:
    """The square roots times a scale, rounded into 0..65535; what is below 0 counts as 0.

    The root of a negative number is no number, which OpenCV rounds to 0: one pass less than cutting it off.

    Args:
        pixels: Any shape (H, W) or (H, W, C).
        scale: What the roots are multiplied by.
    """
    return scaled_index(cv2.sqrt(pixels), scale)


def spaced_table(function: _Curve, low: float, high: float) -> NDArray[np.float32]:
    """A function of low..high as a table for ``look_up``, 65,536 equal steps of it, shape (1, 65536).

    It is asked at 8,193 places; between them entries lie on straight lines.
    """
    places = np.linspace(low, high, _SAMPLES)
    return np.interp(_ROOTS, np.linspace(0.0, 1.0, _SAMPLES), function(places)).astype(np.float32)[np.newaxis]


def scaled_index(values: NDArray[np.float32], scale: float, offset: float = 0.0) -> NDArray[np.uint16]:
    """Values times a scale plus an offset, below 2**31, rounded into 0..65535."""
    index: NDArray[np.uint16] = cv2.addWeighted(values, scale, values, 0.0, offset, dtype=cv2.CV_16U)
    return index


def whole_index(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Values below 2**31 rounded into 0..65535; no number, as the root of one below 0 is, becomes 0."""
    index: NDArray[np.uint16] = cv2.add(values, 0.0, dtype=cv2.CV_16U)
    return index


def look_up(table: NDArray[np.float32], index: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The entries of a table, shape (1, 65536), float32, at every index."""
    found: NDArray[np.float32] = cv2.LUT(index, table)
    return found.reshape(index.shape)


ENCODE = CurveTable(srgb_encode)
"""Linear light 0..1 to encoded by the sRGB curve; brighter counts as 1."""

LEVELS = CurveTable(lambda linear: srgb_encode(linear) * _LAST)
"""The same in 16-bit levels, 0..65535."""

DECODED: NDArray[np.float32] = srgb_decode(np.linspace(0.0, 1.0, _LAST + 1)).astype(np.float32)[np.newaxis]
"""Linear light of the 65,536 levels of the sRGB curve, for ``look_up``."""
