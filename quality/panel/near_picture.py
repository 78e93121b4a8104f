"""The parts of a tile beside the line, painted beforehand: a covered, rounded picture and a score.

GUI thread only; knows no photo and no line.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPixmap,
    QTransform,
)

_RADIUS = 3.0
_CAPTION = 16
_KEPT = 512


def rounded(room: QRectF) -> QPainterPath:
    """The outline of a picture."""
    outline = QPainterPath()
    outline.addRoundedRect(room, _RADIUS, _RADIUS)
    return outline


def covered(image: QImage, size: QSize, room: QRectF, ratio: float) -> QPixmap:
    """A picture that fills a rounded room, on a transparent ground.

    Args:
        image: The whole thumbnail; scaled coarsely before smoothly, so that a dragged line never waits.
        size: Of the ground, in device-independent pixels.
        room: Where on it the picture lies.
        ratio: Device pixels per device-independent pixel.
    """
    wanted = (room.size() * ratio).toSize().expandedTo(QSize(1, 1))
    keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    coarse = image
    if image.width() > 3 * wanted.width():
        coarse = image.scaled(wanted * 2, keep, Qt.TransformationMode.FastTransformation)
    scaled = coarse.scaled(wanted, keep, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Filling a shape with the picture is smooth at its edge as a clip is, and takes half the time.
    shown = QRectF(QPointF(), scaled.deviceIndependentSize())
    shown.moveCenter(room.center())
    brush = QBrush(scaled)
    brush.setTransform(QTransform.fromTranslate(shown.left(), shown.top()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(room, _RADIUS, _RADIUS)
    painter.end()
    return pixmap


class ScorePixmaps:
    """Scores in small figures, each painted once."""

    def __init__(self) -> None:
        """Has painted nothing yet."""
        self._painted: dict[tuple[str, bool, int, str, float], QPixmap] = {}

    def pixmap(self, words: str, color: QColor, font: QFont, ratio: float, *, over: bool) -> QPixmap:
        """One score.

        Args:
            words: For example ``0.72``.
            color: Of text in the theme.
            font: Of text around it.
            ratio: Device pixels per device-independent pixel.
            over: Whether it is over the line: bold and strong, else plain and quiet.
        """
        key = (words, over, color.rgba(), font.key(), ratio)
        if key not in self._painted:
            if len(self._painted) >= _KEPT:
                self._painted.clear()
            self._painted[key] = _painted_score(words, color, font, ratio, over=over)
        return self._painted[key]


def _painted_score(words: str, color: QColor, font: QFont, ratio: float, *, over: bool) -> QPixmap:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    small.setWeight(QFont.Weight.DemiBold if over else QFont.Weight.Normal)
    shade = QColor(color)
    shade.setAlphaF(1.0 if over else 0.7)
    size = QSize(QFontMetrics(small).horizontalAdvance(words) + 4, _CAPTION)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(small)
    painter.setPen(shade)
    painter.drawText(QRectF(QPointF(), size), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return pixmap
