"""The one way from a decoded picture to the network's input, shared by the program and training."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from quality.core.resample import resample

INPUT_ROWS = 384
INPUT_COLUMNS = 512

DECODE_AT_LEAST = (800, 600)
"""Width and height that a reduced decode must not fall below, in pixels of the upright picture.

Well above the input: a JPEG reduced while decoding is softer than one resized with a filter, and only the
filter that follows evens that out. On ten cameras' photos, a decode that just covered the input lost up to
22 % of the variance of the Laplacian; from 1.5 times the input on it lost 6 to 10 %.
"""

RESIZE_RULE = "reduced decode at 1/4 or finer, then antialiased bicubic, aspect not kept"
"""What this module does, in the words of the contract."""

PREPROCESS_VERSION = 1
"""Raised whenever decoding or resizing changes what the network sees; cached scores depend on it."""


def to_model_input(srgb8: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Resizes a whole picture to the network's input; the aspect ratio is not kept.

    Antialiased bicubic: Pillow's filter widens with the reduction, so no pixel is skipped. Values
    are rounded to whole numbers on the way, as in an 8-bit picture. `resample` does the same in less time,
    with the pass first that Pillow does first: along the rows of pictures of 4 : 3 and wider, down the
    columns of those of 2 : 3 and narrower. Between them Pillow chooses by a rule of its own, so they stay
    with it, as do the few that are enlarged, whose values lie halfway between two levels more often.

    Args:
        srgb8: Upright sRGB picture, shape (H, W, 3), uint8.

    Returns:
        Shape (INPUT_ROWS, INPUT_COLUMNS, 3), float32 in 0..255, channels R, G, B.
    """
    height, width = srgb8.shape[:2]
    if (height, width) == (INPUT_ROWS, INPUT_COLUMNS):
        return np.asarray(srgb8, dtype=np.float32)
    if height >= INPUT_ROWS and height * INPUT_COLUMNS <= width * INPUT_ROWS:
        return resample(srgb8, INPUT_ROWS, INPUT_COLUMNS)
    if width >= INPUT_COLUMNS and 2 * height >= 3 * width:
        return resample(srgb8, INPUT_ROWS, INPUT_COLUMNS, columns_first=True)
    picture = Image.fromarray(srgb8).resize((INPUT_COLUMNS, INPUT_ROWS), Image.Resampling.BICUBIC)
    return np.asarray(picture, dtype=np.float32)
