"""Paints the crop overlay: the turned photo, the shade outside the cut, thirds and handles."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from editor.panel.crop_geometry import GRIPS, MOVE, Grip

REACH = 14.0
"""How near to a handle the mouse takes hold of it, in device-independent pixels."""

_SHADE = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255, 220)
_THIRD = QColor(255, 255, 255, 110)
_EDGE = QColor(0, 0, 0, 140)
_FINE = 8
_CORNER, _BAR = 18.0, 22.0


@dataclass(frozen=True, slots=True)
class CropPlaces:
    """Where things lie in the widget.

    Attributes:
        centre: Middle of the photo.
        size: Width and height of the turned photo.
        scale: Widget pixels for each pixel of the photo.
        corner: Top left corner of the straightened picture.
        frame: The cut.
    """

    centre: QPointF
    size: QPointF
    scale: float
    corner: QPointF
    frame: QRectF


def grip_at(frame: QRectF, position: QPointF) -> Grip | None:
    """What of a cut lies under the mouse, corners before edges; None beside it."""
    for grip in sorted(GRIPS, key=lambda each: each.across * each.down == 0):
        x = (frame.left(), frame.center().x(), frame.right())[grip.across + 1]
        y = (frame.top(), frame.center().y(), frame.bottom())[grip.down + 1]
        inside_x = frame.left() < position.x() < frame.right()
        inside_y = frame.top() < position.y() < frame.bottom()
        near_x = abs(position.x() - x) <= REACH if grip.across else inside_x
        near_y = abs(position.y() - y) <= REACH if grip.down else inside_y
        if near_x and near_y:
            return grip
    return MOVE if frame.contains(position) else None


def paint_crop(
    widget: QWidget,
    places: CropPlaces,
    pixmap: QPixmap,
    angle: float,
    line: tuple[QPointF, QPointF] | None,
    *,
    fine: bool,
    words: str,
) -> None:
    """Paints the whole overlay.

    Args:
        widget: What is painted on.
        places: Where things lie.
        pixmap: The photo, turned and mirrored.
        angle: Straightening in degrees, clockwise above 0.
        line: The ends of the line that is being drawn.
        fine: Whether a fine grid is shown instead of thirds, for straightening.
        words: What stands below the cut.
    """
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(widget.rect(), widget.palette().color(QPalette.ColorRole.Window))
    painter.save()
    painter.translate(places.centre)
    painter.rotate(angle)
    box = QRectF(-places.size / 2, places.size / 2)
    painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))
    painter.restore()
    outside = QPainterPath()
    outside.addRect(QRectF(widget.rect()))
    outside.addRect(places.frame)
    painter.fillPath(outside, _SHADE)
    _paint_grid(painter, places.frame, _FINE if fine else 3)
    _paint_frame(painter, places.frame)
    _paint_words(painter, widget, places.frame, words)
    if line is not None:
        painter.setPen(QPen(_EDGE, 4))
        painter.drawLine(*line)
        painter.setPen(QPen(_LINE, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(*line)
    painter.end()


def _paint_grid(painter: QPainter, frame: QRectF, parts: int) -> None:
    painter.setPen(QPen(_THIRD, 1))
    for part in range(1, parts):
        x = frame.left() + frame.width() * part / parts
        y = frame.top() + frame.height() * part / parts
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))


def _paint_frame(painter: QPainter, frame: QRectF) -> None:
    """The edge of the cut with corners and bars to take hold of, white on a dark rim."""
    corner, bar = (
        min(_CORNER, frame.width() / 4, frame.height() / 4),
        min(_BAR, frame.width() / 4, frame.height() / 4),
    )
    handles = QPainterPath()
    for x, way_x in ((frame.left(), 1), (frame.right(), -1)):
        for y, way_y in ((frame.top(), 1), (frame.bottom(), -1)):
            handles.moveTo(x, y + way_y * corner)
            handles.lineTo(x, y)
            handles.lineTo(x + way_x * corner, y)
    middle = frame.center()
    for y in (frame.top(), frame.bottom()):
        handles.moveTo(middle.x() - bar / 2, y)
        handles.lineTo(middle.x() + bar / 2, y)
    for x in (frame.left(), frame.right()):
        handles.moveTo(x, middle.y() - bar / 2)
        handles.lineTo(x, middle.y() + bar / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_EDGE, 3))
    painter.drawRect(frame)
    painter.setPen(QPen(_LINE, 1))
    painter.drawRect(frame)
    for color, width in ((_EDGE, 6.0), (_LINE, 3.5)):
        painter.setPen(
            QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
        )
        painter.drawPath(handles)


def _paint_words(painter: QPainter, widget: QWidget, frame: QRectF, words: str) -> None:
    """The size of the cut below it, or inside it where there is no room below."""
    metrics = painter.fontMetrics()
    size = QRectF(0, 0, metrics.horizontalAdvance(words) + 16, metrics.height() + 6)
    size.moveCenter(QPointF(frame.center().x(), frame.bottom() + 22))
    size.moveBottom(min(size.bottom(), widget.height() - 4.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 20, 190))
    painter.drawRoundedRect(size, 4, 4)
    painter.setPen(QColor(240, 240, 240))
    painter.drawText(size, Qt.AlignmentFlag.AlignCenter, words)
