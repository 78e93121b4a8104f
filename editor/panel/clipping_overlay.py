"""Marks lost highlights and shadows on a picture; changes no pixel of it."""

import numpy as np
from PySide6.QtGui import QImage

from editor.core.clipping import blocked, clipped

HIGHLIGHT = (230, 159, 0, 235)
"""RGBA of a lost highlight: orange, which colour-blind people tell from the blue of shadows."""

SHADOW = (0, 114, 230, 235)
"""RGBA of a lost shadow."""


def clipping_overlay(image: QImage) -> QImage:
    """What to draw over a picture.

    Args:
        image: The picture.

    Returns:
        An image of the same size that owns its pixels, transparent where nothing is lost.
    """
    rows, columns = image.height(), image.width()
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(rows, plain.bytesPerLine())
    pixels = lines[:, : columns * 3].reshape(rows, columns, 3)
    marks = np.zeros((rows, columns, 4), np.uint8)
    marks[clipped(pixels)] = HIGHLIGHT
    marks[blocked(pixels)] = SHADOW
    made = QImage(marks.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888)
    return made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
