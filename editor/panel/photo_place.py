"""Where the whole photo lies in a view that shows a cut of it, turned and straightened; paints nothing."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform

from editor.core.crop import Crop
from editor.core.frame import make_frame


def photo_place(crop: Crop, full_size: tuple[int, int], target: QRectF) -> tuple[QRectF, QTransform]:
    """Where an upright photo lies in a view.

    Args:
        crop: What is cut out of the photo.
        full_size: Width and height of the upright photo in pixels.
        target: Where the cut lies in the view.

    Returns:
        A rectangle as large as the photo in the view, from 0, 0, and how it is turned, mirrored and moved
        to its place there; lengths stay as they are.
    """
    frame = make_frame(crop, full_size, None)
    scale = target.width() / frame.cut_width
    (a, c, x), (b, d, y) = frame.to_photo()
    cut_to_turned = QTransform(float(a), float(b), float(c), float(d), float(x), float(y))
    turned_to_cut, _ = cut_to_turned.inverted()
    enlarged = QTransform.fromScale(scale, scale)
    back, _ = enlarged.inverted()
    place = QTransform.fromTranslate(target.x(), target.y())
    turn = back * _turned(crop, full_size) * turned_to_cut * enlarged * place
    return QRectF(0, 0, full_size[0] * scale, full_size[1] * scale), turn


def _turned(crop: Crop, full_size: tuple[int, int]) -> QTransform:
    """From places in the upright photo to places in the turned and mirrored one, in pixels."""
    width, height = full_size
    turns = (
        QTransform(),
        QTransform(0, 1, -1, 0, height, 0),
        QTransform(-1, 0, 0, -1, width, height),
        QTransform(0, -1, 1, 0, 0, width),
    )
    turn = turns[int(crop.quarter_turns)]
    if not crop.mirrored:
        return turn
    across = height if crop.quarter_turns % 2 else width
    return turn * QTransform(-1, 0, 0, 1, across, 0)
