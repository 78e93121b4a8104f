"""How a person's marks are drawn: solid and filled, unlike the hollow dashed advice; decides nothing."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from editor.core.marks import Flag

PICK_COLOR = QColor("#009e73")
REJECT_COLOR = QColor("#d55e00")
LABEL_COLORS = {
    "Red": QColor("#e0484d"),
    "Yellow": QColor("#f0d048"),
    "Green": QColor("#5fb84e"),
    "Blue": QColor("#3f86e8"),
}
"""Colours of our own labels; the letter on the chip says the same."""
OTHER_LABEL_COLOR = QColor("#9a9a9a")

REJECT_OPACITY = 0.35
"""How opaque the picture of a rejected photo is painted."""

_EDGE = QColor(16, 16, 16, 200)
_PLATE = QColor(16, 16, 16, 190)
_STAR = QColor("#f2f2f2")


def label_color(label: str) -> QColor:
    """The colour of a label; grey for one of another program."""
    return LABEL_COLORS.get(label, OTHER_LABEL_COLOR)


def paint_flag(painter: QPainter, box: QRectF, flag: Flag) -> None:
    """Paints a filled disc with a tick, or with a cross; nothing for an undecided photo.

    Args:
        painter: Its pen and brush are restored afterwards.
        box: The square to fill.
        flag: What was decided.
    """
    if flag is Flag.UNFLAGGED:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_EDGE, max(1.0, box.width() * 0.06)))
    painter.setBrush(PICK_COLOR if flag is Flag.PICK else REJECT_COLOR)
    painter.drawEllipse(box)
    pen = QPen(Qt.GlobalColor.white, box.width() * 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(_tick(box) if flag is Flag.PICK else _cross(box), pen)
    painter.restore()


def stars_width(rating: int, height: float) -> float:
    """The width of the plate that `paint_stars` paints."""
    return rating * height * 0.8 + height * 0.5 if rating else 0.0


def paint_stars(
    painter: QPainter, corner: QPointF, rating: int, height: float, *, plate: bool = True
) -> None:
    """Paints filled stars in a row.

    Args:
        painter: Its pen and brush are restored afterwards.
        corner: Top left.
        rating: How many, 0..5.
        height: Of the plate, in the painter's pixels.
        plate: Whether a dark plate lies below, for stars on a picture; else they take the pen's colour.
    """
    if not rating:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = _STAR if plate else painter.pen().color()
    painter.setPen(Qt.PenStyle.NoPen)
    if plate:
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(QRectF(corner.x(), corner.y(), stars_width(rating, height), height), 4, 4)
    painter.setBrush(color)
    for place in range(rating):
        centre = corner + QPointF(height * (0.65 + 0.8 * place), height * 0.53)
        painter.drawPolygon(_star(centre, height * 0.4))
    painter.restore()


def paint_label(painter: QPainter, box: QRectF, label: str) -> None:
    """Paints a filled chip with the first letter of a label."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label_color(label))
    painter.drawRoundedRect(box, 3, 3)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(box.height() * 0.72)))
    font.setWeight(QFont.Weight.Bold)
    outline = QPainterPath()
    outline.addText(QPointF(0, 0), font, label[0].upper())
    painter.translate(box.center() - outline.boundingRect().center())
    painter.fillPath(outline, QColor("#101010"))
    painter.restore()


def _tick(box: QRectF) -> QPainterPath:
    path = QPainterPath(_at(box, 0.28, 0.53))
    path.lineTo(_at(box, 0.44, 0.69))
    path.lineTo(_at(box, 0.72, 0.35))
    return path


def _cross(box: QRectF) -> QPainterPath:
    path = QPainterPath(_at(box, 0.33, 0.33))
    path.lineTo(_at(box, 0.67, 0.67))
    path.moveTo(_at(box, 0.67, 0.33))
    path.lineTo(_at(box, 0.33, 0.67))
    return path


def _at(box: QRectF, across: float, down: float) -> QPointF:
    return QPointF(box.left() + box.width() * across, box.top() + box.height() * down)


def _star(centre: QPointF, radius: float) -> QPolygonF:
    points = []
    for corner in range(10):
        angle = math.pi * corner / 5 - math.pi / 2
        reach = radius if corner % 2 == 0 else radius * 0.45
        points.append(centre + QPointF(math.cos(angle) * reach, math.sin(angle) * reach))
    return QPolygonF(points)
