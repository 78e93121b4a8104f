"""New scenes out of known ones, as good as they were: two in one frame, and other colours."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import light

Bytes = NDArray[np.uint8]

_SMALLEST_PART = 0.3
_PALEST = 0.2
"""The least saturation that `recolour` leaves, as a share."""


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
