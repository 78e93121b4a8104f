"""Resizes 8-bit pictures by Pillow's antialiased bicubic filter, as products of matrices; nothing else.

The filter widens with the reduction, so no pixel is skipped. One pass along the rows and one down the
columns, each rounded to whole numbers, as `PIL.Image.resize(..., BICUBIC)` does. As a rule fewer than one
value in ten thousand differs; where sides are reduced by a half of their length again (3 : 2), many lie
halfway between two levels, and one in a thousand does; always by one level. It takes two thirds of the time.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

_SHARPNESS = -0.5
"""The free parameter of the cubic kernel (Keys 1981), as Pillow has it."""
_RADIUS = 2.0
_FRACTION = 1 << 22
"""Pillow rounds its weights to so many parts of one."""

_HALF_UP = 2.0**-16
"""OpenCV rounds a half to the even number, Pillow up: this much more decides it, and hardly anything else."""

_RUN = 16
"""So many neighbouring results are made by one product: more would multiply more zeros."""
_SMALL_PRODUCT = 1 << 18
"""Multiplications up to which OpenBLAS stays on the thread that asks: the workers share the cores already."""
_MOST_ROWS, _MOST_VALUES = 32, 256
"""Rows, and values of all rows, that are taken at once: their numbers stay in the caches of a core."""
_FLOAT = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """How the results along one side are made: each run of neighbours from a window on the sources.

    Attributes:
        before: Zeros that are needed in front of the sources, for the windows to reach over.
        length: Of the sources, with the zeros in front and behind.
        stride: From one window to the next.
        weights: Shape (windows, width of a window, `_RUN`); the last results may be too many.
    """

    before: int
    length: int
    stride: int
    weights: NDArray[np.float32]


def resample(
    srgb8: NDArray[np.uint8], rows: int, columns: int, *, columns_first: bool = False
) -> NDArray[np.float32]:
    """Resizes a picture; the aspect ratio need not be kept.

    Args:
        srgb8: Shape (H, W, 3), uint8.
        rows: Height of the result, at least 1.
        columns: Width of the result, at least 1.
        columns_first: Whether the pass down the columns comes before the one along the rows.

    Returns:
        Shape (rows, columns, 3), float32, whole numbers 0..255.
    """
    if columns_first:
        return _along_rows(_down_columns(srgb8, rows), columns).astype(np.float32)
    return _down_columns(_along_rows(srgb8, columns), rows).astype(np.float32)


def _along_rows(srgb8: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Every row at its new width; shape (H, columns, 3)."""
    height, width = srgb8.shape[:2]
    side = _side(width, columns)
    windows, span, _ = side.weights.shape
    band = max(1, min(height, _MOST_ROWS, _SMALL_PRODUCT // (3 * span * _RUN)))
    planes = np.empty((3, band, width), np.uint8)
    values = np.zeros((3, band, side.length), np.float32)
    seen = as_strided(
        values,
        (windows, 3 * band, span),
        (side.stride * _FLOAT, side.length * _FLOAT, _FLOAT),
        writeable=False,
    )
    found = np.empty((3 * band, windows, _RUN), np.float32)
    resized = np.empty((height, columns, 3), np.uint8)
    for top in range(0, height, band):
        count = min(band, height - top)
        cv2.split(srgb8[top : top + count], tuple(planes[:, :count]))
        values[:, :, side.before : side.before + width] = planes
        np.matmul(seen, side.weights, out=found.transpose(1, 0, 2))
        rounded = _rounded(found.reshape(3 * band, -1)).reshape(3, band, -1)
        cv2.merge(tuple(rounded[:, :count, :columns]), dst=resized[top : top + count])
    return resized


def _down_columns(srgb8: NDArray[np.uint8], rows: int) -> NDArray[np.uint8]:
    """Every column at its new height; shape (rows, W, 3)."""
    height, width = srgb8.shape[:2]
    side = _side(height, rows)
    windows, span, _ = side.weights.shape
    band = max(1, min(3 * width, _MOST_VALUES, _SMALL_PRODUCT // (span * _RUN)))
    flat = srgb8.reshape(height, 3 * width)
    values = np.zeros((side.length, band), np.float32)
    seen = as_strided(
        values, (windows, span, band), (side.stride * band * _FLOAT, band * _FLOAT, _FLOAT), writeable=False
    )
    found = np.empty((windows, _RUN, band), np.float32)
    resized = np.empty((rows, 3 * width), np.uint8)
    for left in range(0, 3 * width, band):
        count = min(band, 3 * width - left)
        values[side.before : side.before + height, :count] = flat[:, left : left + count]
        np.matmul(side.weights.transpose(0, 2, 1), seen, out=found)
        resized[:, left : left + count] = _rounded(found.reshape(-1, band))[:rows, :count]
    return resized.reshape(rows, width, 3)


def _rounded(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounds and cuts to 0..255 in one pass; the filter overshoots at edges."""
    return np.asarray(cv2.add(values, _HALF_UP, dtype=cv2.CV_8U), dtype=np.uint8)


@lru_cache(maxsize=16)
def _side(source: int, target: int) -> _Side:
    """The windows and weights for a side of so many sources and results."""
    taken = [_weights(place, source, target) for place in range(target)]
    stride = round(_RUN * source / target)
    starts = [start - place // _RUN * stride for place, (start, _) in enumerate(taken)]
    before = max(0, -min(starts))
    span = before + max(start + len(one) for start, (_, one) in zip(starts, taken, strict=True))
    weights = np.zeros((-(-target // _RUN), span, _RUN), np.float32)
    for place, (start, (_, one)) in enumerate(zip(starts, taken, strict=True)):
        weights[place // _RUN, before + start : before + start + len(one), place % _RUN] = one
    return _Side(before, max(before + source, (len(weights) - 1) * stride + span), stride, weights)


def _weights(place: int, source: int, target: int) -> tuple[int, NDArray[np.float64]]:
    """The first source of one result, and the weights from there on; they sum to 1."""
    scale = source / target
    widened = max(scale, 1.0)
    center, reach = (place + 0.5) * scale, _RADIUS * widened
    start, end = max(0, int(center - reach + 0.5)), min(source, int(center + reach + 0.5))
    kernel = _cubic(np.abs(np.arange(start, end) - center + 0.5) / widened)
    kernel /= kernel.sum()
    return start, np.trunc(kernel * _FRACTION + np.copysign(0.5, kernel)) / _FRACTION


def _cubic(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keys' cubic convolution kernel at distances of 0 and more."""
    a = _SHARPNESS
    near = ((a + 2) * distance - (a + 3)) * distance * distance + 1
    far = (((distance - 5) * distance + 8) * distance - 4) * a
    return np.where(distance < 1, near, np.where(distance < _RADIUS, far, 0.0))
