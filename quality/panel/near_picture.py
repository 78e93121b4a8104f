"""The parts of a tile beside the line, made beforehand: a picture that fills its room, and a score.

GUI thread only; knows no photo and no line.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap

from quality.panel.clear_pixmap import clear_pixmap

_CAPTION = 16
_KEPT = 512


def covered(image: QImage, size: QSize, ratio: float) -> QPixmap:
    """A picture that fills a rectangle; what does not fit is cut off on both sides alike.

    Args:
        image: The whole thumbnail; scaled coarsely before smoothly, so that a dragged line never waits.
        size: Of the rectangle, in device-independent pixels.
        ratio: Device pixels per device-independent pixel.
    """
    wanted = (size * ratio).expandedTo(QSize(1, 1))
    keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    if image.width() > 3 * wanted.width():
        image = image.scaled(wanted * 2, keep, Qt.TransformationMode.FastTransformation)
    image = image.scaled(wanted, keep, Qt.TransformationMode.SmoothTransformation)
    left, top = (image.width() - wanted.width()) // 2, (image.height() - wanted.height()) // 2
    pixmap = QPixmap.fromImage(image.copy(left, top, wanted.width(), wanted.height()))
    pixmap.setDevicePixelRatio(ratio)
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
    pixmap = clear_pixmap(size.width(), size.height(), ratio)
    painter = QPainter(pixmap)
    painter.setFont(small)
    painter.setPen(shade)
    painter.drawText(QRectF(QPointF(), size), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return pixmap
