"""Reads the RGB files that Pillow cannot keep whole: 16 bits a channel, and floats.

It must not be given other files, and must not check their size: the decoder has done both.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.pixels import Pixels

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def deep_rgb_pixels(content: bytes) -> NDArray[np.uint16 | np.float32] | None:
    """Decodes a PNG or TIFF of 16-bit or float RGB(A) or gray with alpha; alpha is laid on white.

    A TIFF comes out upright; a PNG comes out as it is stored.

    Args:
        content: The whole file.

    Returns:
        Shape (H, W, 3), channels R, G, B, uint16 or float32; None if the file is damaged or of
        another kind.
    """
    try:
        decoded = cv2.imdecode(np.frombuffer(content, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if decoded is None or decoded.ndim != 3 or decoded.shape[2] not in {3, 4}:
        return None
    if decoded.dtype == np.uint16:
        return _on_white(decoded, 65535).astype(np.uint16)
    if decoded.dtype in {np.dtype(np.float32), np.dtype(np.float64)}:
        return _on_white(decoded.astype(np.float32), 1).astype(np.float32)
    return None


def _on_white(bgr: Pixels, white: int) -> NDArray[np.generic]:
    colour = bgr[:, :, 2::-1]
    if bgr.shape[2] == 3:
        return np.ascontiguousarray(colour)
    cover = bgr[:, :, 3:].astype(np.float64) / white
    laid = colour * cover + white * (1 - cover)
    return np.rint(laid) if bgr.dtype == np.uint16 else laid
