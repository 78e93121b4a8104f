"""The small sign of an edited photo in its cell: three sliders on a dark plate; decides nothing."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_PLATE = QColor(24, 24, 24, 215)
_LINE = QColor(236, 236, 236)
_KNOBS = (0.66, 0.34, 0.58)


def paint_edited(painter: QPainter, box: QRectF) -> None:
    """Paints the sign.

    Args:
        painter: Its pen and brush are restored afterwards.
        box: The square it fills.
    """
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PLATE)
    painter.drawRoundedRect(box, 4, 4)
    side = box.width()
    inner = box.adjusted(side * 0.2, side * 0.26, -side * 0.2, -side * 0.26)
    for place, knob in enumerate(_KNOBS):
        y = inner.top() + inner.height() * place / (len(_KNOBS) - 1)
        painter.setPen(QPen(_LINE, max(1.0, side * 0.07)))
        painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_LINE)
        painter.drawEllipse(QPointF(inner.left() + inner.width() * knob, y), side * 0.1, side * 0.1)
    painter.restore()
