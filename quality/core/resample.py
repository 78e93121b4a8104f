"""Resizes 8-bit pictures by Pillow's antialiased bicubic filter, as products of matrices; nothing else.

The filter widens with the reduction, so no pixel is skipped. First along the rows, rounded to whole numbers,
then down the columns, rounded again, as `PIL.Image.resize(..., BICUBIC)` does with pictures in landscape
format. As a rule fewer than one value in ten thousand differs; where sides are reduced by a half of their
length again (3 : 2), many lie halfway between two levels, and one in a thousand does; always by one level.
It takes about three quarters of the time, less on a busy machine.
"""

import math
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
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
_ALIGNED = 64
"""Products that end at such a place are a tenth faster."""
_MOST_KEPT = 1 << 23
"""Numbers up to which a thread keeps its room: enough for what a scan decodes of 24 megapixels."""


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """What neighbouring results are made from: weights, shape (sources, results), from a first source on."""

    first: int
    weights: NDArray[np.float32]


class _Scratch(threading.local):
    """Memory that a thread writes to again with every picture: new memory is cold, and has to be cleared."""

    def __init__(self) -> None:
        """Begins with none, once on every thread."""
        self._kept: dict[str, NDArray[np.generic]] = {}

    def bytes_of(self, name: str, *shape: int) -> NDArray[np.uint8]:
        """Room for whole numbers; what it holds is of no use."""
        return np.asarray(self._room(name, shape, np.dtype(np.uint8)), dtype=np.uint8)

    def floats_of(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Room for sums; what it holds is of no use."""
        return np.asarray(self._room(name, shape, np.dtype(np.float32)), dtype=np.float32)

    def _room(self, name: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> NDArray[np.generic]:
        count = math.prod(shape)
        kept = self._kept.get(name)
        if kept is None or len(kept) < count:
            kept = np.empty(count, kind)
            if count <= _MOST_KEPT:
                self._kept[name] = kept
        return kept[:count].reshape(shape)


_scratch = _Scratch()


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
    resized = np.empty((rows, columns, 3), np.float32)
    for top, run in enumerate(_runs(srgb8.shape[0], rows)):
        sources, results = run.weights.shape
        values = _scratch.floats_of("column values", 3, sources, columns)
        values[:] = across[:, run.first : run.first + sources]
        found = _scratch.floats_of("columns", 3, results, columns)
        width = _SMALL_PRODUCT // run.weights.size
        width = max(1, width % _ALIGNED, width - width % _ALIGNED)
        for left in range(0, columns, width):
            here = slice(left, left + width)
            np.matmul(run.weights.T, values[:, :, here], out=found[:, :, here])
        np.add(found, np.float32(0.5), out=found)
        np.clip(found, 0, 255, out=found)
        np.floor(found, out=found)
        cv2.merge(tuple(found), dst=resized[top * _RUN : top * _RUN + results])
    return resized


def _along_rows(srgb8: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Every row at its new width; shape (3, H, columns)."""
    height, width = srgb8.shape[:2]
    runs = _runs(width, columns)
    across = _scratch.bytes_of("across", 3, height, columns)
    band = min(height, max(1, _SMALL_PRODUCT // max(run.weights.size for run in runs)))
    values, found = _scratch.floats_of("row values", band, width), _scratch.floats_of("row", band, columns)
    channels = cv2.split(srgb8, tuple(_scratch.bytes_of("channels", 3, height, width)))
    for channel, plane in enumerate(channels):
        for top in range(0, height, band):
            count = min(band, height - top)
            values[:count] = plane[top : top + count]
            for left, run in enumerate(runs):
                sources, results = run.weights.shape
                np.matmul(
                    values[:count, run.first : run.first + sources],
                    run.weights,
                    out=found[:count, left * _RUN : left * _RUN + results],
                )
            # Rounds and cuts to 0..255 in one pass; the filter overshoots at edges.
            cv2.add(found[:count], _HALF_UP, dst=across[channel, top : top + count], dtype=cv2.CV_8U)
    return across


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
