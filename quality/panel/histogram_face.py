"""Both faces of a histogram, below and over its line, painted once; a moved line copies parts of them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from quality.core.score_column import ScoreColumn
from quality.panel.clear_pixmap import clear_pixmap
from quality.panel.score_bars import EDGE, BarFill, ScoreBars

_GRIP = 5.0
_CORNER = 4
_KEPT = 6


@dataclass(frozen=True, slots=True)
class FaceLook:
    """What a face looks like beside its bars.

    Attributes:
        text: Of frame, floor and line, as `QColor.rgba`.
        ground: Behind the bars, as `QColor.rgba`.
        bars: Of the bars, as `QColor.rgba`.
        fill: How the bars are filled.
        focus: Whether the frame is strong.
        partial: Whether the floor is dotted, because scores are still to come.
    """

    text: int
    ground: int
    bars: int
    fill: BarFill
    focus: bool
    partial: bool


class HistogramFaces:
    """GUI thread only."""

    def __init__(self) -> None:
        """Has no bars yet."""
        self._bars = ScoreBars()
        self._painted: dict[tuple[FaceLook, int, int, float], QPixmap] = {}
        self._grips: dict[tuple[int, float], QPixmap] = {}

    def set_column(self, column: ScoreColumn) -> None:
        """Takes the scores of a shoot."""
        self._bars.set_column(column)
        self._painted.clear()

    def paint(
        self, painter: QPainter, size: QSize, ratio: float, line: float, below: FaceLook, over: FaceLook
    ) -> None:
        """Paints ground and bars, on each side of the line with the look of that side.

        Args:
            painter: Of the widget.
            size: Of the widget, in device-independent pixels.
            ratio: Device pixels per device-independent pixel.
            line: Where the line is, in device-independent pixels.
            below: Left of the line.
            over: From the line on.
        """
        split = min(size.width(), max(0, round(line)))
        for left, right, look in ((0, split, below), (split, size.width(), over)):
            if right > left:
                face = self._face(look, size, ratio)
                part = QRectF(left * ratio, 0, (right - left) * ratio, face.height())
                painter.drawPixmap(QRectF(left, 0, right - left, size.height()), face, part)

    def paint_line(self, painter: QPainter, height: int, ratio: float, line: float, text: QColor) -> None:
        """Paints the line with its grip, on whole device pixels, so that it is always as sharp."""
        x = round(line * ratio) / ratio
        painter.fillRect(QRectF(x - 1, 1, 2, height - 2), text)
        painter.drawPixmap(QPointF(x - _GRIP, 1), self._grip(text, ratio))

    def _face(self, look: FaceLook, size: QSize, ratio: float) -> QPixmap:
        key = (look, size.width(), size.height(), ratio)
        if key not in self._painted:
            if len(self._painted) >= _KEPT:
                self._painted.clear()
            self._painted[key] = self._paint_face(look, size, ratio)
        return self._painted[key]

    def _paint_face(self, look: FaceLook, size: QSize, ratio: float) -> QPixmap:
        face = clear_pixmap(size.width(), size.height(), ratio)
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = QColor.fromRgba(look.text)
        painter.setPen(QPen(text if look.focus else faded(text, 0.14), 1))
        painter.setBrush(QColor.fromRgba(look.ground))
        ground = QRectF(QRect(0, 0, size.width(), size.height())).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, _CORNER, _CORNER)
        painter.drawPixmap(0, 0, self._bars.pixmap(QColor.fromRgba(look.bars), look.fill, size, ratio))
        style = Qt.PenStyle.DotLine if look.partial else Qt.PenStyle.SolidLine
        painter.setPen(QPen(faded(text, 0.4), 1, style))
        floor = size.height() - 3.5
        painter.drawLine(QPointF(EDGE, floor), QPointF(size.width() - EDGE, floor))
        painter.end()
        return face

    def _grip(self, text: QColor, ratio: float) -> QPixmap:
        key = (text.rgba(), ratio)
        if key not in self._grips:
            grip = clear_pixmap(2 * _GRIP, 1.4 * _GRIP, ratio)
            painter = QPainter(grip)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(text)
            corners = [QPointF(0, 0), QPointF(2 * _GRIP, 0), QPointF(_GRIP, 1.4 * _GRIP)]
            painter.drawPolygon(QPolygonF(corners))
            painter.end()
            self._grips = {key: grip}
        return self._grips[key]


def faded(color: QColor, alpha: float) -> QColor:
    """A colour of which something below shines through.

    Args:
        color: The colour.
        alpha: 0..1.
    """
    through = QColor(color)
    through.setAlphaF(alpha)
    return through
