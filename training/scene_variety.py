"""New scenes out of known ones, as good as they were: two in one frame, other colours, an empty ground."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from training import light

Bytes = NDArray[np.uint8]

_SMALLEST_PART = 0.3
_PALEST = 0.2
"""The least saturation that `recolour` leaves, as a share."""
_BLACKS = (0.0, 14.0)
_WHITES = (238.0, 255.0)
_HALF_LENGTHS = (0.3, 0.5)
"""Half the height and the width of what stays of a scene on an empty ground, as shares of the frame."""
_WIDEST_EDGE = 0.05
"""The widest soft edge before an empty ground, as the deviation of its blur in widths of the frame."""


class Parting(NamedTuple):
    """A frame cut in two, as sizes in rows and columns."""

    first: tuple[int, int]
    second: tuple[int, int]
    axis: int
    """0 where the second part lies under the first, 1 where it stands to the right of it."""


def parting(rows: int, columns: int, random: np.random.Generator) -> Parting:
    """Where a frame is cut: either part takes 0.3 of it at least."""
    share = random.uniform(_SMALLEST_PART, 1 - _SMALLEST_PART)
    if random.random() < 0.5:
        left = round(share * columns)
        return Parting((rows, left), (rows, columns - left), 1)
    upper = round(share * rows)
    return Parting((upper, columns), (rows - upper, columns), 0)


def recolour(frame: Bytes, random: np.random.Generator) -> Bytes:
    """Channels in another order, and paler: the light stays much as it was, the colours tell no scene.

    Nothing is made more colourful, because that clips.

    Args:
        frame: Shape (H, W, 3), RGB.
        random: Source of every draw.
    """
    shuffled = frame[..., random.permutation(3)].astype(np.float32)
    grey = light.monochrome(shuffled)
    saturation = np.float32(random.uniform(_PALEST, 1.0))
    return np.asarray(grey + saturation * (shuffled - grey) + 0.5, dtype=np.uint8)


def on_empty_ground(frame: Bytes, random: np.random.Generator) -> Bytes:
    """A part of the scene, a box or an ellipse, on a ground that is nearly black or nearly white.

    A goblet on black velvet and a chair on a white page are exposed as they should be: what counts is the
    light on the subject, not the mean of the frame.

    Args:
        frame: Shape (H, W, 3), RGB.
        random: Source of every draw.
    """
    rows, columns = frame.shape[:2]
    half = [random.uniform(*_HALF_LENGTHS) for _ in range(2)]
    middle = [random.uniform(length, 1 - length) for length in half]
    down = np.abs((np.arange(rows, dtype=np.float32) + 0.5) / rows - middle[0])[:, None] / half[0]
    across = np.abs((np.arange(columns, dtype=np.float32) + 0.5) / columns - middle[1])[None] / half[1]
    distance = np.maximum(down, across) if random.random() < 0.5 else np.hypot(down, across)
    subject = (distance <= 1).astype(np.float32)
    if random.random() < 0.5:
        subject = cv2.GaussianBlur(subject, (0, 0), max(0.5, random.uniform(0, _WIDEST_EDGE) * columns))
    tone = np.float32(random.uniform(*(_BLACKS if random.random() < 0.5 else _WHITES)))
    return np.asarray(tone + subject[..., None] * (frame - tone) + 0.5, dtype=np.uint8)
