"""Marks lost highlights and shadows on a picture; changes no pixel of it."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from editor.core.clipping import BLOCKED_TO, CLIPPED_FROM, brightest_of

HIGHLIGHT = (230, 159, 0, 235)
"""RGBA of a lost highlight: orange, which colour-blind people tell from the blue of shadows."""

SHADOW = (0, 114, 230, 235)
"""RGBA of a lost shadow."""


def _marks() -> NDArray[np.uint8]:
    """What marks a pixel by its brightest channel, its colour times its share: shape (1, 256, 4)."""
    marks = np.zeros((1, 256, 4), np.uint8)
    for places, colour in ((slice(CLIPPED_FROM, None), HIGHLIGHT), (slice(BLOCKED_TO + 1), SHADOW)):
        *light, share = colour
        marks[0, places] = [round(level * share / 255) for level in light] + [share]
    return marks


_MARKS = _marks()


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
    red, green, blue = cv2.split(np.ascontiguousarray(lines[:, : columns * 3]).reshape(rows, columns, 3))
    brightest = brightest_of(red, green, blue)
    marks = cv2.LUT(cv2.merge([brightest] * 4), _MARKS)
    made = QImage(marks.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888_Premultiplied)
    return made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
