"""Resizes 8-bit pictures by Pillow's antialiased bicubic filter, as products of matrices; nothing else.

The filter widens with the reduction, so no pixel is skipped. First along the rows, rounded to whole numbers,
then down the columns, rounded again, as `PIL.Image.resize(..., BICUBIC)` does with pictures in landscape
format: fewer than one value in ten thousand differs, by one level, and it takes about three quarters of the
time, less on a busy machine.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

_SHARPNESS = -0.5
"""The free parameter of the cubic kernel (Keys 1981), as Pillow has it."""
_RADIUS = 2.0
_FRACTION = 1 << 22
"""Pillow rounds its weights to so many parts of one."""

_RUN = 16
"""So many neighbouring results are made by one product: more would multiply more zeros."""
_SMALL_PRODUCT = 1 << 18
"""Multiplications up to which OpenBLAS stays on the thread that asks: the workers share the cores already."""


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """What neighbouring results are made from: weights, shape (sources, results), from a first source on."""

    first: int
    weights: NDArray[np.float32]


def resample(srgb8: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.float32]:
    """Resizes a picture; the aspect ratio need not be kept.

    Args:
        srgb8: Shape (H, W, 3), uint8.
        rows: Height of the result, at least 1.
        columns: Width of the result, at least 1.

    Returns:
        Shape (rows, columns, 3), float32, whole numbers 0..255.
    """
    across = _along_rows(srgb8, columns)
    down = np.empty((3, rows, columns), np.float32)
    for top, run in enumerate(_runs(srgb8.shape[0], rows)):
        sources, results = run.weights.shape
        part = down[:, top * _RUN : top * _RUN + results]
        weights = run.weights.T
        width = max(1, _SMALL_PRODUCT // run.weights.size)
        for left in range(0, columns, width):
            found = across[:, run.first : run.first + sources, left : left + width]
            np.matmul(weights, found, out=part[:, :, left : left + width])
    _round(down, down)
    return np.asarray(cv2.merge(tuple(down)), dtype=np.float32)


def _along_rows(srgb8: NDArray[np.uint8], columns: int) -> NDArray[np.float32]:
    """Every row at its new width; shape (3, H, columns), whole numbers."""
    height, width = srgb8.shape[:2]
    runs = _runs(width, columns)
    across = np.empty((3, height, columns), np.float32)
    band = min(height, max(1, _SMALL_PRODUCT // max(run.weights.size for run in runs)))
    plane, found = np.empty((band, width), np.float32), np.empty((band, columns), np.float32)
    for top in range(0, height, band):
        for channel, values in enumerate(cv2.split(srgb8[top : top + band])):
            count = len(values)
            plane[:count] = values
            for left, run in enumerate(runs):
                sources, results = run.weights.shape
                np.matmul(
                    plane[:count, run.first : run.first + sources],
                    run.weights,
                    out=found[:count, left * _RUN : left * _RUN + results],
                )
            _round(found[:count], across[channel, top : top + count])
    return across


def _round(values: NDArray[np.float32], rounded: NDArray[np.float32]) -> None:
    """Rounds half up to whole numbers 0..255; the filter overshoots at edges."""
    np.add(values, np.float32(0.5), out=values)
    np.clip(values, 0, 255, out=values)
    np.floor(values, out=rounded)


@lru_cache(maxsize=16)
def _runs(source: int, target: int) -> tuple[_Run, ...]:
    """The weights along one side, for all results in runs of neighbours."""
    weights = [_weights(place, source, target) for place in range(target)]
    return tuple(_run(weights[start : start + _RUN]) for start in range(0, target, _RUN))


def _run(neighbours: list[tuple[int, NDArray[np.float64]]]) -> _Run:
    first = min(start for start, _ in neighbours)
    end = max(start + len(weights) for start, weights in neighbours)
    found = np.zeros((end - first, len(neighbours)), np.float32)
    for column, (start, weights) in enumerate(neighbours):
        found[start - first : start - first + len(weights), column] = weights
    return _Run(first, found)


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
