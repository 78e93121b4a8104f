"""Makes pixels fewer by averaging squares of them: what is left of decoders that know only the full size."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from editor.core.pixels import Pixels


def averaged_down(pixels: Pixels, reduction: int) -> Pixels:
    """The means of squares of reduction x reduction pixels; those cut off at the edges are averaged too.

    Args:
        pixels: Shape (H, W, 3), uint8 or uint16.
        reduction: Side of the squares; 1 gives the pixels as they are.

    Returns:
        Sides rounded up, of the same type, rounded to the nearest level.
    """
    if reduction == 1:
        return pixels
    if pixels.dtype == np.uint8:
        return np.asarray(Image.fromarray(pixels).reduce(reduction))
    rows, columns = (-side % reduction for side in pixels.shape[:2])
    whole = np.pad(pixels, ((0, rows), (0, columns), (0, 0)), mode="edge") if rows or columns else pixels
    total: NDArray[np.uint32] = np.add.reduceat(
        whole.astype(np.uint32), range(0, len(whole), reduction), axis=0
    )
    total = np.add.reduceat(total, range(0, whole.shape[1], reduction), axis=1)
    count = reduction * reduction
    return ((total + count // 2) // count).astype(np.uint16)
