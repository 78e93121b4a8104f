"""The bars of a histogram as pixmaps, painted once for each size and colour; knows no line."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from quality.core.score_column import ScoreColumn
from quality.panel.clear_pixmap import clear_pixmap

BARS = 50

HATCH_UNDERLAY = 0.4
"""How strong the colour below a hatch is."""

EDGE = 8
"""Space left and right of the bars, half a slider's handle, so that line and handle stand in one place."""

_KEPT = 8


class BarFill(Enum):
    """How bars are filled, so that no mode is told by its colour alone."""

    SOLID = "solid"
    HATCHED = "hatched"
    HOLLOW = "hollow"


class ScoreBars:
    """GUI thread only."""

    def __init__(self) -> None:
        """Has no bars yet."""
        self._heights: list[float] = []
        self._painted: dict[tuple[int, BarFill, int, int, float], QPixmap] = {}

    def set_column(self, column: ScoreColumn) -> None:
        """Takes the scores of a shoot."""
        counts = column.bars(BARS)
        most = max(1, int(counts.max()))
        # Square roots: a handful of flagged photos stays visible beside hundreds of good ones.
        self._heights = [(int(count) / most) ** 0.5 for count in counts]
        self._painted.clear()

    def pixmap(self, color: QColor, fill: BarFill, size: QSize, ratio: float) -> QPixmap:
        """All bars in one colour.

        Args:
            color: Of every bar.
            fill: How every bar is filled.
            size: Of the histogram in device-independent pixels.
            ratio: Device pixels per device-independent pixel.
        """
        key = (color.rgba(), fill, size.width(), size.height(), ratio)
        if key not in self._painted:
            if len(self._painted) >= _KEPT:
                self._painted.clear()
            self._painted[key] = self._paint(color, fill, size, ratio)
        return self._painted[key]

    def _paint(self, color: QColor, fill: BarFill, size: QSize, ratio: float) -> QPixmap:
        pixmap = clear_pixmap(size.width(), size.height(), ratio)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor, step = size.height() - 4.0, (size.width() - 2 * EDGE) / BARS
        for place, height in enumerate(self._heights):
            if height > 0:
                high = max(2.0, height * (floor - 8.0))
                bar = QRectF(EDGE + place * step + 0.4, floor - high, max(1.0, step - 0.8), high)
                _fill(painter, bar, color, fill)
        painter.end()
        return pixmap


def _fill(painter: QPainter, bar: QRectF, color: QColor, fill: BarFill) -> None:
    if fill is BarFill.SOLID:
        painter.fillRect(bar, color)
    elif fill is BarFill.HATCHED:
        ground = QColor(color)
        ground.setAlphaF(color.alphaF() * HATCH_UNDERLAY)
        painter.fillRect(bar, ground)
        painter.fillRect(bar, QBrush(color, Qt.BrushStyle.BDiagPattern))
    else:
        painter.setPen(QPen(color, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, 0))
