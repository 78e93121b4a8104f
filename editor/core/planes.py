"""Takes linear pixels apart into planes and puts them together, in the ways that OpenCV does fastest.

It must not know what the planes mean.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.working_space import Linear, Matrix, Plane

_IDENTITY: Matrix = np.eye(3)


def planes_of(linear: Linear, matrix: Matrix = _IDENTITY) -> list[Plane]:
    """The channels after a matrix, each shape (H, W): faster than changing all and then splitting them.

    Args:
        linear: Shape (H, W, 3).
        matrix: Shape (N, 3), one row for each plane wanted.
    """
    size = linear.shape[:2]
    return [cv2.transform(linear, row[np.newaxis]).reshape(size) for row in matrix]


def plane_of(linear: Linear, weights: NDArray[np.floating]) -> Plane:
    """The sum of the channels by weights of the shape (1, 3); shape (H, W)."""
    found: Plane = cv2.transform(linear, weights).reshape(linear.shape[:2])
    return found


def extremes(planes: list[Plane]) -> tuple[Plane, Plane]:
    """The largest and the smallest of three planes in every place."""
    first, second, third = planes
    largest: Plane = cv2.max(first, second)
    smallest: Plane = cv2.min(first, second)
    return cv2.max(largest, third, dst=largest), cv2.min(smallest, third, dst=smallest)


def merged(planes: list[Plane]) -> Linear:
    """Pixels of three planes; shape (H, W, 3)."""
    found: Linear = cv2.merge(planes)
    return found
