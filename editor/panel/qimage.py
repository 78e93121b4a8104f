"""Pictures for the screen: sRGB arrays to QImage, safe on any thread; makes no QPixmap."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage


def to_qimage(srgb8: NDArray[np.uint8]) -> QImage:
    """Copies a picture into a QImage.

    Args:
        srgb8: Upright sRGB picture, shape (H, W, 3), uint8, both sides at least 1.

    Returns:
        An image that owns its pixels, in the format screens paint fastest.
    """
    rows, columns = srgb8.shape[:2]
    contiguous = np.ascontiguousarray(srgb8)
    image = QImage(contiguous.data, columns, rows, columns * 3, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def shrink_to(srgb8: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Makes a picture fit a box; a smaller one is left as it is.

    Args:
        srgb8: Shape (H, W, 3), uint8.
        width: Width of the box in pixels.
        height: Height of the box in pixels.

    Returns:
        Shape (h, w, 3) with h <= height and w <= width, the aspect ratio kept to a pixel.
    """
    rows, columns = srgb8.shape[:2]
    scale = min(width / columns, height / rows)
    if scale >= 1:
        return srgb8
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    picture = Image.fromarray(np.ascontiguousarray(srgb8))
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0), dtype=np.uint8)
